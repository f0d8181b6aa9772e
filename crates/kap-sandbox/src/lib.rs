//! An EHR to try things on: [FHIR R4 REST](https://hl7.org/fhir/R4/http.html) on an SQLite file.
//!
//! ```
//! # let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
//! # runtime.block_on(async {
//! let folder = tempfile::tempdir()?;
//! let sandbox = kap_sandbox::Sandbox::open(&folder.path().join("ehr.sqlite"))?;
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
//! println!("serving http://{}/fhir", listener.local_addr()?);
//! let server = kap_sandbox::serve(sandbox.clone(), listener, async { /* until told to stop */ });
//! server.await?;
//! assert!(sandbox.counts()?.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! It does what a pushing client meets in an EHR: read, versions and history, create, update and delete, all of them
//! conditional where R4 has conditions, transactions that are atomic, batches, searches with pages, an OperationOutcome for every
//! refusal. `GET /fhir/metadata` says which types and search parameters there are; what it says is what is done.
//!
//! [`Sandbox::with_habits`] gives it the habits of a vendor, [`Sandbox::with_faults`] lets things go wrong: for testing clients.
//!
//! # What it is not
//!
//! **It is never a production server.** It has no sign-in, no TLS and no audit trail, survives the death of its process but
//! promises nothing about that of the machine, and binds only what it is handed, which should be a loopback address. It validates
//! no content: a resource needs a known `resourceType`, to be JSON and to have a legal id, and is stored as it came, numbers
//! as they were written. References to resources that are not there are stored too, except `urn:` ones in a transaction.
//!
//! # Map
//!
//! | module | holds |
//! |---|---|
//! | `supported` | the table of types and search parameters |
//! | `habits` | what each vendor offers and how it answers, as data; `capability` makes the statement of it |
//! | `faults` | what goes wrong on demand |
//! | `http` | headers, bodies and the one handler |
//! | `request` | from method and address to an interaction, for HTTP and for Bundle entries alike |
//! | `interaction` | what read, create, update and delete do |
//! | `bundle` | transaction and batch |
//! | `search` | parsing, index, query and answer |
//! | `store` | the database file: tables, reading, writing, history |
//! | `outcome` | what a request did wrong |
//! | `environment` | clock and ids, handed in |

mod bundle;
mod capability;
mod context;
mod environment;
mod error;
mod faults;
mod habits;
mod http;
mod interaction;
mod key;
mod outcome;
mod page;
mod preferences;
mod reference;
mod request;
mod sandbox;
mod search;
mod store;
mod supported;

pub use environment::{Environment, SystemEnvironment};
pub use error::Error;
pub use faults::{Fault, Faults, Injected};
pub use habits::Vendor;
pub use sandbox::{Sandbox, Traffic, serve};
