//! What a server taught at run time: it refused a bundle of so many entries, or has no `POST _search`.

use super::fact::{Fact, Subject, Value};
use crate::clock::Timestamp;

/// One thing that was learned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Learned {
    /// What it is about.
    pub subject: Subject,
    /// Which fact.
    pub fact: Fact,
    /// What it is.
    pub value: Value,
    /// How it was learned, in words that name no patient.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}
