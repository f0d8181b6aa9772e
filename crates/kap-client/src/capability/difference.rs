//! What changed in a server's statement since it was looked at last: an upgrade on their side can change what a push may do.

use std::collections::BTreeSet;

use super::fact::{Fact, Subject, Value};
use super::statement::Statement;

/// One fact that is stated otherwise than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is about.
    pub subject: Subject,
    /// Which fact.
    pub fact: Fact,
    /// What was stated before; `None` if nothing was.
    pub before: Option<Value>,
    /// What is stated now.
    pub now: Option<Value>,
}

/// The facts in which two statements differ, in order.
pub fn differences(before: &Statement, now: &Statement) -> Vec<Change> {
    let places: BTreeSet<_> = before.facts.keys().chain(now.facts.keys()).collect();
    let changes = places.into_iter().map(|place| Change {
        subject: place.0.clone(),
        fact: place.1,
        before: before.facts.get(place).copied(),
        now: now.facts.get(place).copied(),
    });
    changes.filter(|change| change.before != change.now).collect()
}
