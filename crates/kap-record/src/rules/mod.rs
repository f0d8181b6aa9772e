//! What a record must mean beyond its structure, one subject a file.
//!
//! Rules about the content of an object pass over what was entered in error. A rule that finds something missing stays silent
//! where a part was dropped for its structure: what is missing may be just that part.

mod assessment;
mod consent;
mod course;
mod dosing;
mod effect;
mod identity;
mod life_cycle;
mod link;
mod medication;
mod people;
mod plan;
mod score;
mod screening;
mod session;
mod span;
mod statement;
mod therapy;
mod time;
mod vital_signs;

use std::collections::HashSet;
use std::hash::Hash;

use kap_json::{CodeInfo, Issue, Location, Message};

use crate::kept::Kept;
use crate::model::Record;
use crate::model::dosing::{Administration, AdministrationStatus};
use crate::model::life_cycle::{EntryStatus, Keyed};
use crate::model::session::Session;

static RULES: &[fn(&Facts<'_>, &mut Findings<'_>)] = &[
    identity::judge,
    link::judge,
    life_cycle::judge,
    span::judge,
    time::judge,
    people::judge,
    course::judge,
    consent::judge,
    screening::judge,
    session::judge,
    therapy::judge,
    dosing::judge,
    medication::judge,
    vital_signs::judge,
    effect::judge,
    assessment::judge,
    score::judge,
    statement::judge,
    plan::judge,
];

/// Judges the meaning of `record`, which was read from what `kept` holds.
pub(crate) fn judge(record: &Record, kept: &Kept<'_>) -> Vec<Issue> {
    let facts = Facts { record, kept };
    let mut findings = Findings {
        kept,
        issues: Vec::new(),
    };
    for rule in RULES {
        rule(&facts, &mut findings);
    }
    findings.issues
}

/// What the rules look at.
struct Facts<'a> {
    record: &'a Record,
    kept: &'a Kept<'a>,
}

impl<'a> Facts<'a> {
    /// Kind and id of every object that the source system removed.
    fn removed(&self) -> HashSet<(&'a str, &'a str)> {
        let removed = self.record.removed.iter();
        removed
            .map(|removed| (removed.kind.as_str(), removed.id.as_str()))
            .collect()
    }

    /// Sessions that were not entered in error, with their pointers.
    fn sessions(&self) -> impl Iterator<Item = (String, &'a Session)> + use<'a> {
        held("/sessions", &self.record.sessions)
    }

    /// Administrations of those sessions that were not entered in error.
    fn administrations(&self) -> impl Iterator<Item = (String, &'a Session, &'a Administration)> + use<'a> {
        self.sessions().flat_map(|(at, session)| {
            let administrations = session
                .dosing
                .as_ref()
                .map_or(&[][..], |dosing| &dosing.administrations);
            held(&format!("{at}/dosing/administrations"), administrations)
                .map(move |(at, administration)| (at, session, administration))
        })
    }

    /// Administrations by which the patient got something.
    fn given(&self) -> impl Iterator<Item = (String, &'a Session, &'a Administration)> + use<'a> {
        self.administrations()
            .filter(|(_, _, administration)| administration.status != AdministrationStatus::NotDone)
    }
}

/// Collects findings and finds their places in the text.
struct Findings<'a> {
    kept: &'a Kept<'a>,
    issues: Vec<Issue>,
}

impl Findings<'_> {
    fn report(&mut self, code: &'static CodeInfo, pointer: &str, message: impl Into<Message>) {
        self.report_at(code, self.kept.locate(pointer), message);
    }

    fn report_at(&mut self, code: &'static CodeInfo, location: Location, message: impl Into<Message>) {
        self.issues.push(Issue::new(code, location, message));
    }
}

/// Each item of a list with its pointer.
fn each<'a, T>(list: &str, items: &'a [T]) -> impl Iterator<Item = (String, &'a T)> + use<'a, T> {
    items
        .iter()
        .enumerate()
        .map(move |(index, item)| (format!("{list}/{index}"), item))
        .collect::<Vec<_>>()
        .into_iter()
}

/// Each object of a list that was not entered in error, with its pointer.
fn held<'a, T: Keyed>(list: &str, items: &'a [T]) -> impl Iterator<Item = (String, &'a T)> + use<'a, T> {
    each(list, items).filter(|(_, item)| item.entry().status != EntryStatus::EnteredInError)
}

/// Each item that repeats the key of an earlier one.
fn repeated<T, K: Hash + Eq>(items: &[T], key: impl Fn(&T) -> K) -> impl Iterator<Item = (usize, &T)> {
    let mut seen = HashSet::new();
    items
        .iter()
        .enumerate()
        .filter(move |(_, item)| !seen.insert(key(item)))
}
