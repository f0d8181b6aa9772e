//! Pushes checked FHIR R4 bundles to a server through a durable journal, finds out what became of lost answers, and reads
//! back what was stored.
//!
//! ```no_run
//! use std::sync::Arc;
//! use kap_client::{Backoff, Client, Clock, Endpoint, Item, Journal, Owner, PushOptions, Random};
//!
//! # type Failure = Box<dyn std::error::Error>;
//! # async fn example(clock: Arc<dyn Clock>, random: Arc<dyn Random>, item: Item) -> Result<(), Failure> {
//! let endpoint = Endpoint::new("clinic", "https://ehr.example/fhir".parse()?);
//! let client = Client::new(endpoint, Backoff::default(), random)?;
//! let journal = Journal::open("push.journal".as_ref(), Owner::this_process("1"), clock)?;
//! let report = kap_client::push(&client, &journal, vec![item], &PushOptions::default(), &()).await?;
//! assert_eq!(report.conclusion(), kap_client::Conclusion::Complete);
//! # Ok(())
//! # }
//! ```
//!
//! What this crate does not do: it makes no content and judges none, sends nothing that is not in the journal, and knows no
//! word of ketamine-assisted psychotherapy. Clock, randomness and the owner of leases are handed in.
//!
//! | module | holds |
//! |---|---|
//! | [`endpoint`] | a server as configured |
//! | [`rest`](Client) | FHIR's RESTful API: transaction, read, search |
//! | [`capability`] | what a server can do, and who says so |
//! | `category`, `retry`, `backoff` | what a failure is, whether to try again, when |
//! | [`journal`] | the journal's file format, its states, its writer |
//! | `push` | planning, sending, reconciling |
//! | `terminology` | a terminology server, asked for what stayed undecided |
//! | `verify`, `compare`, `canonical` | reading back and comparing |
//! | [`codes`] | the codes of findings |

mod backoff;
mod bundle;
mod canonical;
pub mod capability;
mod category;
mod clock;
pub mod codes;
mod compare;
mod copies;
pub mod endpoint;
mod error;
mod identity;
pub mod journal;
mod owner;
mod progress;
mod push;
mod reference;
mod rest;
pub mod retry;
mod status;
mod terminology;
mod verify;

pub use backoff::{Backoff, Random};
pub use category::Category;
pub use clock::{Clock, Timestamp};
pub use endpoint::{Credentials, Endpoint, Secret, Timeouts};
pub use error::Error;
pub use journal::Journal;
pub use journal::state::State;
pub use owner::Owner;
pub use progress::{Progress, Step};
pub use push::{
    BundleReport, Carried, Conclusion, Item, ItemReport, Outcome, PlanStep, PlannedBundle, PlannedItem, PlannedRequest,
    PushOptions, PushReport, absent, forecast, push,
};
pub use rest::Client;
pub use status::{Carriage, EndpointStatus, OpenPush, Status, audit_events, status};
pub use terminology::{Answers, TerminologyServer};
pub use verify::{Comparison, VerifiedItem, VerifyOptions, VerifyReport, verify};
