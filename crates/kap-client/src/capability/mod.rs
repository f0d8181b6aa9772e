//! What a server can do for a push, from four sources, each decision with the one that made it.
//!
//! | source | says | overruled by |
//! |---|---|---|
//! | [`Statement`] | what the server declares (<https://hl7.org/fhir/R4/capabilitystatement.html>) | all others |
//! | [`Quirks`] | what is known of a vendor beyond its statement: data in `quirks/`, each line with where it is from | the two below |
//! | [`Learned`] | what this server taught at run time, kept in the journal | the configuration |
//! | [`Override`] | what `kap.toml` says | – |
//!
//! All four speak of the same closed list of [`Fact`]s. What none of them tells is not known, and a push then does without
//! it: no transaction, no condition, no limit. [`Rung`] is what follows for the safe repetition of a create.

mod difference;
mod fact;
mod known;
mod learned;
mod look;
mod quirk;
mod rung;
mod statement;

pub use difference::{Change, differences};
pub use fact::{Fact, Subject, Value};
pub use known::{Capabilities, Decision, Origin, Override};
pub use learned::Learned;
pub use look::{Look, Stated, look, look_or_recall, recall};
pub use quirk::{Quirks, Vendor};
pub use rung::Rung;
pub use statement::Statement;
