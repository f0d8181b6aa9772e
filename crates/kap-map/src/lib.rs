//! Turns a KAP record into a transaction bundle of FHIR R4, and says what stayed in the clinic and why.
//!
//! ```
//! use kap_map::{Context, Namespace, map};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let text = std::fs::read("../../fixtures/records/six-iv-infusions.json")?;
//! let record = kap_record::read(&text, &kap_json::Limits::default()).record.ok_or("the record has faults")?;
//! let namespace = Namespace::new(uuid::uuid!("7f3c1a52-60f4-4b8e-9d5c-0c7e5a9b1d42"));
//! let mapped = map(&record, &Context::new(namespace));
//! assert_eq!(mapped.receipt.kept["EpisodeOfCare"], 1);
//! assert!(mapped.bundle.starts_with(b"{\"resourceType\":\"Bundle\""));
//! # Ok(())
//! # }
//! ```
//!
//! The same record and context always give the same bytes: there is no clock and no randomness here. This crate reads no file, sends nothing and checks
//! nothing: `kap-validate` judges the bundle, `kap-client` sends it.
//!
//! * [`map`] runs the mappers of `subject`, one module per subject of the record, on the foundation in `mapping`
//! * `segment` decides what may leave, before anything is built, and repairs references to what stays
//! * `identity` derives keys, `code` holds the codes, `element`, `extension` and `narrative` make the parts of resources
//! * [`fold()`] tells in other forms what an EHR does not take as it is mapped
//! * `settle`, `bundle`, `provenance`, `receipt`, `audit` and `source_map` make what comes out, [`Mapped`]

mod audit;
mod bundle;
mod chronicle;
mod code;
pub mod codes;
mod draft;
mod element;
mod extension;
mod fold;
mod form;
mod identity;
mod label;
mod mapped;
mod mapping;
mod narrative;
mod place;
mod profile;
mod provenance;
mod receipt;
mod resource;
mod segment;
mod settle;
mod source;
mod source_map;
mod status;
mod subject;

use kap_record::Record;
use kap_record::model::consent::Purpose;

pub use audit::audit;
pub use fold::{Content, Fold, Folded, NotMapped, fold};
pub use form::{Form, LADDERS, Ladder};
pub use identity::{KEY_SYSTEM, Key, Namespace};
pub use mapped::Mapped;
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

/// Maps a record to a transaction bundle.
pub fn map(record: &Record, context: &Context) -> Mapped {
    let mut mapping = mapping::Mapping::new(record, context);
    subject::map(&mut mapping);
    mapped::finish(mapping, context)
}
