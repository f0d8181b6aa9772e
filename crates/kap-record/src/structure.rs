//! Structure, judged by the JSON Schema: its errors become findings with our codes, and what is faulty is dropped.

use std::collections::{HashMap, HashSet};

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Fault;
use kap_json::{CodeInfo, Issue, Kind, Location, Message, Node};
use serde_json::Value;

use crate::codes;
use crate::kept::Kept;
use crate::schema::VALIDATOR;

/// What the schema says of a document.
pub(crate) struct Structure {
    /// What is wrong.
    pub(crate) issues: Vec<Issue>,
    /// What can be read, unless a fault reaches the document as a whole.
    pub(crate) readable: Option<Value>,
}

/// Missing members whose absence has a name of its own.
static MISSING: &[(&str, &CodeInfo)] = &[("unit", &codes::UNIT_MISSING), ("route", &codes::DOSE_WITHOUT_ROUTE)];

/// Members whose codes have a name of their own when they are wrong.
static WRONG: &[(&str, &CodeInfo)] = &[("unit", &codes::UNIT_WRONG), ("schema", &codes::SCHEMA_VERSION)];

/// Judges what `kept` holds and drops from it whatever is faulty, until the rest fits the schema.
///
/// With more than `most` faults nothing is readable: the document is something else than a record.
pub(crate) fn judge(kept: &mut Kept<'_>, most: usize) -> Structure {
    let mut issues = None;
    loop {
        let value = kept.to_value();
        let faults: Vec<Finding<'_>> = VALIDATOR
            .iter_errors(&value)
            .take(most.saturating_add(1))
            .flat_map(|error| findings(kept, &error))
            .collect();
        // Later rounds find what a dropped part leaves behind: a parent without a required child. It is dropped in turn, without a finding.
        let issues = issues.get_or_insert_with(|| one_per_place(&faults));
        if faults.is_empty() {
            return Structure {
                issues: std::mem::take(issues),
                readable: Some(value),
            };
        }
        if faults.len() > most || faults.iter().any(|finding| finding.faulty == kept.root()) {
            return Structure {
                issues: std::mem::take(issues),
                readable: None,
            };
        }
        for finding in faults {
            kept.drop(finding.faulty);
        }
    }
}

/// A finding and the node that has to go for it.
struct Finding<'d> {
    faulty: Node<'d>,
    issue: Issue,
    /// Of several findings about one value the one of the lowest rank says most; `None` if they do not compete.
    rank: Option<u8>,
}

fn one_per_place(findings: &[Finding<'_>]) -> Vec<Issue> {
    let mut best: HashMap<u32, u8> = HashMap::new();
    for (node, rank) in findings
        .iter()
        .filter_map(|finding| Some((finding.faulty.id().0, finding.rank?)))
    {
        best.entry(node)
            .and_modify(|least| *least = rank.min(*least))
            .or_insert(rank);
    }
    let says_most = |finding: &&Finding<'_>| {
        finding
            .rank
            .is_none_or(|rank| best.get(&finding.faulty.id().0) == Some(&rank))
    };
    findings
        .iter()
        .filter(says_most)
        .map(|finding| finding.issue.clone())
        .collect()
}

fn findings<'d>(kept: &Kept<'d>, error: &ValidationError<'_>) -> Vec<Finding<'d>> {
    let node = kept
        .find(error.instance_path().as_str())
        .unwrap_or_else(|nearest| nearest);
    match error.kind() {
        Fault::AdditionalProperties { unexpected } => {
            let unexpected: HashSet<&str> = unexpected.iter().map(String::as_str).collect();
            let members = kept.members(node).filter(|(name, _)| unexpected.contains(name));
            members.map(|(_, member)| unknown_member(member)).collect()
        }
        Fault::Required { property } => vec![missing_member(node, property.as_str().unwrap_or_default())],
        kind => vec![wrong_value(node, kind)],
    }
}

fn unknown_member(node: Node<'_>) -> Finding<'_> {
    let message = Message::text("the member ")
        .value(node.name().unwrap_or_default())
        .and(" is not part of the record");
    Finding {
        faulty: node,
        issue: Issue::new(&codes::UNKNOWN_MEMBER, Location::of(node), message),
        rank: None,
    }
}

fn missing_member<'d>(node: Node<'d>, name: &str) -> Finding<'d> {
    let code = MISSING
        .iter()
        .find(|(member, _)| *member == name)
        .map_or(&codes::MISSING_MEMBER, |(_, code)| *code);
    let message = Message::text(format!("`{name}` is missing here"));
    Finding {
        faulty: node,
        issue: Issue::new(code, Location::of(node), message),
        rank: None,
    }
}

fn wrong_value<'d>(node: Node<'d>, kind: &Fault) -> Finding<'d> {
    let (code, rank, message) = match kind {
        Fault::Enum { options } => (code_of_wrong_code(node), 1, wrong_code(node, options)),
        Fault::Minimum { limit } => (&codes::OUT_OF_BOUNDS, 1, bound(node, "less", limit)),
        Fault::Maximum { limit } => (&codes::OUT_OF_BOUNDS, 1, bound(node, "more", limit)),
        Fault::MaxLength { limit } => (
            &codes::BAD_FORMAT,
            1,
            Message::text(format!("this text is longer than {limit} characters")),
        ),
        Fault::Pattern { pattern } => {
            let message = Message::text("the text ")
                .value(shown(node))
                .and(format!(" does not match the pattern `{pattern}`"));
            (&codes::BAD_FORMAT, 2, message)
        }
        Fault::Format { .. } => {
            let message = Message::text("the date or time ")
                .value(shown(node))
                .and(" does not exist");
            (&codes::BAD_FORMAT, 3, message)
        }
        _ => (&codes::WRONG_TYPE, 0, wrong_type(node, kind)),
    };
    Finding {
        faulty: node,
        issue: Issue::new(code, Location::of(node), message),
        rank: Some(rank),
    }
}

fn code_of_wrong_code(node: Node<'_>) -> &'static CodeInfo {
    let name = node.name().unwrap_or_default();
    WRONG
        .iter()
        .find(|(member, _)| *member == name)
        .map_or(&codes::UNKNOWN_CODE, |(_, code)| *code)
}

fn wrong_code(node: Node<'_>, options: &Value) -> Message {
    let codes: Vec<String> = options
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(|code| format!("`{code}`"))
        .collect();
    let expected = match codes.as_slice() {
        [only] => format!(" is not {only}"),
        codes => format!(" is not one of {}", codes.join(", ")),
    };
    Message::value(Message::default(), shown(node)).and(expected)
}

fn bound(node: Node<'_>, side: &'static str, limit: &Value) -> Message {
    Message::text("the number ")
        .value(shown(node))
        .and(format!(" is {side} than {limit}"))
}

fn wrong_type(node: Node<'_>, kind: &Fault) -> Message {
    let found = match node.kind() {
        Kind::Null => "`null` is never accepted; leave the member out",
        Kind::Bool => "a truth value does not belong here",
        Kind::Number => "a number does not belong here",
        Kind::String => "a text does not belong here",
        Kind::Array => "a list does not belong here",
        Kind::Object => "an object does not belong here",
    };
    match kind {
        Fault::Type {
            kind: jsonschema::error::TypeKind::Single(expected),
        } => Message::text(format!("{found}: the schema expects {expected}")),
        _ => Message::text(found),
    }
}

fn shown(node: Node<'_>) -> &str {
    node.as_str().unwrap_or(node.raw())
}
