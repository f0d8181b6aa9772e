//! Turns a KAP record into a transaction bundle of FHIR R4, and says what stayed in the clinic and why.
//!
//! ```
//! # fn record() -> kap_record::Record { unimplemented!() }
//! # fn example() {
//! use kap_map::{Context, Namespace, map};
//!
//! let namespace = Namespace::new(uuid::uuid!("7f3c1a52-60f4-4b8e-9d5c-0c7e5a9b1d42"));
//! let mapped = map(&record(), &Context::new(namespace));
//! println!("{} resources, {} withheld", mapped.receipt.resources(), mapped.receipt.withheld_total());
//! # }
//! ```
//!
//! The same record and context always give the same bytes: there is no clock and no randomness here. This crate reads no file, sends nothing and checks
//! nothing: `kap-validate` judges the bundle, `kap-client` sends it.
//!
//! * [`map`] runs the mappers of `subject`, one module per subject of the record, on the foundation in `mapping`
//! * `segment` decides what may leave, before anything is built, and repairs references to what stays
//! * `identity` derives keys, `code` holds the codes, `element`, `extension` and `narrative` make the parts of resources
//! * `bundle`, `provenance`, `receipt`, `audit` and `source_map` make what comes out

mod audit;
mod bundle;
mod chronicle;
mod code;
pub mod codes;
mod element;
mod extension;
mod identity;
mod label;
mod mapping;
mod narrative;
mod place;
mod profile;
mod provenance;
mod receipt;
mod resource;
mod segment;
mod source_map;
mod subject;

use kap_json::Issue;
use kap_record::Record;
use kap_record::model::consent::Purpose;

pub use audit::audit;
pub use identity::{KEY_SYSTEM, Key, Namespace};
pub use receipt::Receipt;
pub use segment::{Policy, Reason, Recipient};
pub use source_map::{SourceEntry, SourceMap};

/// All that decides how a record is mapped besides the record itself.
#[derive(Clone, Debug)]
pub struct Context {
    /// The clinic's namespace, from which every key derives.
    pub namespace: Namespace,
    /// What the clinic releases beyond what leaves anyway.
    pub policy: Policy,
    /// What the disclosure is for.
    pub purpose: Purpose,
    /// Who receives the bundle; the EHR of the organization that is responsible for the course if absent.
    pub recipient: Option<Recipient>,
}

impl Context {
    /// A disclosure for treatment to the clinic's own EHR that releases nothing restricted.
    pub fn new(namespace: Namespace) -> Self {
        Self {
            namespace,
            policy: Policy::default(),
            purpose: Purpose::Treatment,
            recipient: None,
        }
    }
}

/// What became of a record.
#[derive(Clone, Debug)]
pub struct Mapped {
    /// The transaction bundle as compact JSON. Without entries if nothing may leave.
    pub bundle: Vec<u8>,
    /// What left, what stayed and why.
    pub receipt: Receipt,
    /// Where each entry comes from.
    pub source_map: SourceMap,
    /// Findings about the disclosure. [`codes`] has their codes.
    pub issues: Vec<Issue>,
}

/// Maps a record to a transaction bundle.
pub fn map(record: &Record, context: &Context) -> Mapped {
    let mut mapping = mapping::Mapping::new(record, context);
    subject::map(&mut mapping);
    bundle::finish(mapping, context)
}
