//! Reading a record: text, structure, meaning. All findings come in one go.

use kap_json::{Document, Issue, Limits, Location};
use serde::Deserialize;

use crate::kept::Kept;
use crate::model::Record;
use crate::{codes, rules, structure};

/// Levels of nesting beyond which no text is a record.
const DEEPEST: u32 = 256;

/// What reading one document gave.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The record, if nothing is wrong with it; warnings do not count.
    pub record: Option<Record>,
    /// What was found, in the order of the text.
    pub issues: Vec<Issue>,
}

/// Reads one JSON document as a record.
///
/// Text that is not JSON is reported as such and not judged further. Otherwise structure and meaning are both judged:
/// parts that the schema refuses are left out, the rules look at the rest, and no rule reports what follows from a part left out.
///
/// ```
/// let reading = kap_record::read(br#"{"schema": "kap-record/1"}"#, &kap_json::Limits::default());
/// assert!(reading.record.is_none());
/// assert_eq!(reading.issues[0].code, "structure-missing-member");
/// ```
pub fn read(text: &[u8], limits: &Limits) -> Reading {
    // No record nests deeper, and judging one recurses.
    let limits = &Limits {
        max_depth: limits.max_depth.min(DEEPEST),
        ..*limits
    };
    let parsed = kap_json::parse(text, limits);
    let is_json = parsed
        .issues
        .iter()
        .all(|issue| issue.code == "json-duplicate-key" || !issue.severity.is_error());
    let mut issues = parsed.issues;
    let mut record = None;
    if let (true, Some(document)) = (is_json, &parsed.document) {
        let (readable, found) = judge(document, limits.max_issues);
        issues.extend(found);
        record = readable;
    }
    issues.sort_by(|one, other| (one.location.offset, one.code).cmp(&(other.location.offset, other.code)));
    bound(&mut issues, limits);
    let is_valid = !issues.iter().any(|issue| issue.severity.is_error());
    Reading {
        record: record.filter(|_| is_valid),
        issues,
    }
}

fn judge(document: &Document<'_>, most: usize) -> (Option<Record>, Vec<Issue>) {
    let mut kept = Kept::whole(document);
    let structure = structure::judge(&mut kept, most);
    let mut issues = structure.issues;
    let Some(value) = structure.readable else {
        return (None, issues);
    };
    // Schema and types accept the same documents (a property test holds that); should they ever differ, the document is refused, never misread.
    let Ok(record) = Record::deserialize(value) else {
        issues.push(Issue::new(
            &codes::WRONG_TYPE,
            Location::of(kept.root()),
            "the document does not fit the types of the record",
        ));
        return (None, issues);
    };
    issues.extend(rules::judge(&record, &kept));
    (Some(record), issues)
}

fn bound(issues: &mut Vec<Issue>, limits: &Limits) {
    if issues.len() > limits.max_issues {
        issues.truncate(limits.max_issues);
        issues.push(Issue::new(
            &kap_json::codes::TOO_MANY,
            Location::default(),
            "there are more findings than the limit",
        ));
    }
}
