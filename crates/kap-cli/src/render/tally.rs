//! What a run came to, added up.

use std::collections::BTreeMap;
use std::io::{self, Write};

use kap_json::{CodeInfo, Severity};

use super::{Outcome, undecided_text};

/// How many different undecided checks are told apart; a run over millions of documents must not remember them all.
const MAX_UNDECIDED: usize = 10_000;

/// Counts over any number of documents.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) documents: u64,
    pub(crate) invalid: u64,
    pub(crate) undecided_documents: u64,
    /// Findings by code, at their severity.
    pub(crate) codes: BTreeMap<(Severity, &'static str), u64>,
    /// Findings that were counted, but not kept.
    pub(crate) omitted: u64,
    /// What could not be decided, by reason and subject.
    pub(crate) undecided: BTreeMap<(String, String), u64>,
    /// What could not be decided beyond those told apart.
    pub(crate) more_undecided: u64,
}

impl Tally {
    /// One document.
    pub(crate) fn of(outcome: &Outcome<'_>) -> Self {
        let mut tally = Self {
            documents: 1,
            invalid: u64::from(outcome.verdict == "invalid"),
            undecided_documents: u64::from(outcome.verdict == "undecided"),
            omitted: outcome.omitted as u64,
            ..Self::default()
        };
        for issue in &outcome.issues {
            *tally.codes.entry((issue.severity, issue.code)).or_default() += 1;
        }
        for undecided in &outcome.undecided {
            let key = (undecided.reason.clone(), undecided.what.clone());
            *tally.undecided.entry(key).or_default() += u64::from(undecided.count);
        }
        tally
    }

    /// Adds what another part of the run came to.
    pub(crate) fn add(&mut self, other: Tally) {
        self.documents += other.documents;
        self.invalid += other.invalid;
        self.undecided_documents += other.undecided_documents;
        self.omitted += other.omitted;
        self.more_undecided += other.more_undecided;
        for (key, count) in other.codes {
            *self.codes.entry(key).or_default() += count;
        }
        for (key, count) in other.undecided {
            if let Some(known) = self.undecided.get_mut(&key) {
                *known += count;
            } else if self.undecided.len() < MAX_UNDECIDED {
                self.undecided.insert(key, count);
            } else {
                self.more_undecided += count;
            }
        }
    }

    /// How many checks could not be decided.
    pub(crate) fn undecided_checks(&self) -> u64 {
        self.undecided.values().sum::<u64>() + self.more_undecided
    }

    /// The codes that were found.
    pub(crate) fn infos(&self) -> impl Iterator<Item = &'static CodeInfo> {
        let all = crate::commands::explain::codes();
        let found = move |info: &&CodeInfo| self.codes.keys().any(|(_, code)| *code == info.code);
        all.into_iter().filter(found)
    }

    /// The list of undecided checks, each with its count.
    pub(crate) fn write_undecided(&self, out: &mut impl Write, label: &str) -> io::Result<()> {
        for ((reason, what), count) in &self.undecided {
            writeln!(out, "{label}: {}", undecided_text(what, reason, *count))?;
        }
        if self.more_undecided > 0 {
            writeln!(out, "{label}: {} more checks", self.more_undecided)?;
        }
        Ok(())
    }

    /// Counts by code, worst first, and the documents.
    pub(crate) fn write_summary(&self, out: &mut impl Write) -> io::Result<()> {
        for ((severity, code), count) in &self.codes {
            writeln!(out, "{count:>8}  {severity:<11}  {code}")?;
        }
        if self.omitted > 0 {
            writeln!(
                out,
                "{:>8}  more findings that were not kept (`--max-issues`)",
                self.omitted
            )?;
        }
        if self.undecided_checks() > 0 {
            writeln!(out, "{:>8}  undecided", self.undecided_checks())?;
        }
        let valid = self.documents - self.invalid - self.undecided_documents;
        writeln!(
            out,
            "{} document{}: {valid} valid, {} undecided, {} invalid",
            self.documents,
            if self.documents == 1 { "" } else { "s" },
            self.undecided_documents,
            self.invalid
        )
    }
}
