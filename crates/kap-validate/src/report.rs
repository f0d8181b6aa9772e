//! What a check found.

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use kap_fhir::{Undecided, Verdict};
use kap_json::{CodeInfo, Issue, Severity, shortened};

use crate::codes;

/// How much is kept of what an undecided check is about, in bytes.
const MAX_TEXT: usize = 1000;

/// The outcome of one check: issues in the order of the document, and what could not be decided.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The findings, by place in the text; those beyond [`crate::Options::max_issues`] are only counted.
    pub issues: Vec<Issue>,
    /// What could not be decided, by reason and subject, each with its count.
    pub undecided: Vec<Undecided>,
    /// Issues that were counted but not kept.
    pub omitted: usize,
    /// Errors, kept or not.
    pub errors: usize,
    /// Open questions that count once, however many parts of a check came upon them.
    open: Vec<OpenQuestion>,
}

/// A question that is counted once, by its hash, with the entry of [`Report::undecided`] that counts it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct OpenQuestion {
    hash: u64,
    reason: String,
    what: String,
}

impl Report {
    /// The same report with the faults of the document's JSON before its findings.
    #[must_use]
    pub fn led_by(mut self, faults: Vec<Issue>) -> Report {
        self.errors += faults.iter().filter(|issue| issue.severity.is_error()).count();
        self.issues.splice(0..0, faults);
        self
    }

    /// The report of the whole, from the reports of its parts ([`crate::check_part`]). At most `max_issues` are kept.
    #[must_use]
    pub fn join(parts: impl IntoIterator<Item = Report>, max_issues: usize) -> Report {
        let mut whole = Report::default();
        let mut undecided: BTreeMap<(String, String), u32> = BTreeMap::new();
        let mut known = HashSet::new();
        for part in parts {
            whole.issues.extend(part.issues);
            whole.omitted += part.omitted;
            whole.errors += part.errors;
            for open in part.undecided {
                let counted = undecided.entry((open.reason, open.what)).or_default();
                *counted = counted.saturating_add(open.count);
            }
            for question in part.open {
                if !known.insert(question.hash) {
                    let counted = undecided.entry((question.reason, question.what)).or_default();
                    *counted = counted.saturating_sub(1);
                }
            }
        }
        sort(&mut whole.issues);
        keep_first_of_each(&codes::BINDING_SUBSTITUTE, &mut whole.issues);
        whole.omitted += whole.issues.len().saturating_sub(max_issues);
        whole.issues.truncate(max_issues);
        whole.undecided = listed(undecided);
        whole
    }

    /// Invalid if there was an error, else undecided if something was left open, else valid.
    pub fn verdict(&self) -> Verdict {
        match (self.errors, self.undecided.as_slice()) {
            (0, []) => Verdict::Valid,
            (0, _) => Verdict::Undecided,
            _ => Verdict::Invalid,
        }
    }
}

/// What is going to be read of the findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Everything,
    /// Whether there was an error: no issue is ever built.
    Verdict,
    /// The first error.
    FirstError,
}

/// Gathers findings while the walk goes on. Without faults in the document nothing here allocates.
#[derive(Debug)]
pub(crate) struct Findings {
    wanted: Wanted,
    /// Another part of the check speaks about the present place.
    is_muted: bool,
    max_issues: usize,
    report: Report,
    /// A fault that base and profile both see is one fault.
    seen: HashSet<(&'static str, u32, String)>,
    undecided: BTreeMap<(String, String), u32>,
    /// Hashes of the questions that are counted once.
    open: HashSet<u64>,
}

impl Findings {
    pub(crate) fn new(quiet: bool, max_issues: usize) -> Findings {
        let wanted = if quiet { Wanted::Verdict } else { Wanted::Everything };
        Findings::wanting(wanted, max_issues)
    }

    /// Findings that end with the first error.
    pub(crate) fn first_error() -> Findings {
        Findings::wanting(Wanted::FirstError, 1)
    }

    fn wanting(wanted: Wanted, max_issues: usize) -> Findings {
        let report = Report::default();
        Findings {
            wanted,
            is_muted: false,
            max_issues,
            report,
            seen: HashSet::new(),
            undecided: BTreeMap::new(),
            open: HashSet::new(),
        }
    }

    /// Says whether findings from here on are left to another part; answers what held so far.
    pub(crate) fn mute(&mut self, is_muted: bool) -> bool {
        std::mem::replace(&mut self.is_muted, is_muted)
    }

    /// Whether findings are left to another part.
    pub(crate) fn is_muted(&self) -> bool {
        self.is_muted
    }

    /// Whether the walk may end here: a verdict alone needs one error.
    pub(crate) fn is_settled(&self) -> bool {
        self.wanted != Wanted::Everything && self.report.errors > 0
    }

    /// Whether somebody will read the messages.
    pub(crate) fn are_read(&self) -> bool {
        self.wanted != Wanted::Verdict && !self.is_settled()
    }

    /// Adds a finding of that severity; `issue` is built only if somebody will read it.
    pub(crate) fn add(&mut self, severity: Severity, issue: impl FnOnce() -> Issue) {
        if self.is_muted {
            return;
        }
        match self.wanted {
            Wanted::Everything => {}
            Wanted::FirstError if severity.is_error() && self.report.errors == 0 => {}
            Wanted::Verdict | Wanted::FirstError => {
                self.report.errors += usize::from(severity.is_error());
                return;
            }
        }
        let issue = issue();
        let key = (
            issue.code,
            issue.location.offset.unwrap_or(u32::MAX),
            issue.message.reveal(),
        );
        if !self.seen.insert(key) {
            return;
        }
        self.report.errors += usize::from(severity.is_error());
        if self.report.issues.len() < self.max_issues {
            self.report.issues.push(issue);
        } else {
            self.report.omitted += 1;
        }
    }

    /// The hash of a question that comes up for the first time.
    pub(crate) fn first(&mut self, question: &impl Hash) -> Option<u64> {
        if self.is_muted {
            return None;
        }
        let mut hasher = DefaultHasher::new();
        question.hash(&mut hasher);
        let hash = hasher.finish();
        self.open.insert(hash).then_some(hash)
    }

    /// Counts a question of [`Findings::first`] that could not be decided.
    pub(crate) fn undecided_question(&mut self, hash: u64, reason: &str, what: &str) {
        self.undecided(reason, what, 1);
        self.report.open.push(OpenQuestion {
            hash,
            reason: shortened(reason, MAX_TEXT).into_owned(),
            what: shortened(what, MAX_TEXT).into_owned(),
        });
    }

    /// Counts something that could not be decided.
    pub(crate) fn undecided(&mut self, reason: &str, what: impl Into<String>, count: u32) {
        if count > 0 && !self.is_muted {
            // URLs of the data may be as long as the document.
            let short = |text: &str| shortened(text, MAX_TEXT).into_owned();
            let counted = self.undecided.entry((short(reason), short(&what.into()))).or_default();
            *counted = counted.saturating_add(count);
        }
    }

    pub(crate) fn finish(mut self) -> Report {
        // The walk looks at a parent's cardinalities after its children; readers go from top to bottom.
        sort(&mut self.report.issues);
        self.report.undecided = listed(self.undecided);
        self.report
    }
}

/// By place; what stands at one place by code, so that the order does not depend on who found it first.
fn sort(issues: &mut [Issue]) {
    issues.sort_by_key(|issue| (issue.location.offset, issue.code));
}

/// Leaves of the findings with that code the first of each message: they are about the document, not about a place.
fn keep_first_of_each(info: &CodeInfo, issues: &mut Vec<Issue>) {
    let mut known = HashSet::new();
    issues.retain(|issue| issue.code != info.code || known.insert(issue.message.reveal()));
}

fn listed(undecided: BTreeMap<(String, String), u32>) -> Vec<Undecided> {
    undecided
        .into_iter()
        .map(|((reason, what), count)| Undecided { reason, what, count })
        .collect()
}
