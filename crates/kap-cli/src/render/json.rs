//! Findings for programs: the line that `kap validate --format ndjson` prints.

use kap_json::{Issue, Position};
use serde_json::{Map, Value, json};

use super::{Outcome, Style};

/// One outcome as one JSON object.
pub(crate) fn outcome(outcome: &Outcome<'_>, shown: &[&Issue], style: Style) -> Value {
    let issues: Vec<Value> = shown
        .iter()
        .map(|finding| issue(finding, outcome.position(finding), style.reveal_values))
        .collect();
    let undecided: Vec<Value> = outcome
        .undecided
        .iter()
        .map(|undecided| json!({"what": undecided.what, "reason": undecided.reason, "count": undecided.count}))
        .collect();
    let mut object = Map::new();
    object.insert("file".to_owned(), json!(outcome.file));
    object.insert("line".to_owned(), json!(outcome.line));
    insert(&mut object, "resourceType", outcome.resource_type.as_ref());
    insert(&mut object, "id", outcome.id.as_ref());
    object.insert("verdict".to_owned(), json!(outcome.verdict));
    object.insert("issues".to_owned(), Value::Array(issues));
    if outcome.omitted > 0 {
        object.insert("omitted".to_owned(), json!(outcome.omitted));
    }
    if !undecided.is_empty() {
        object.insert("undecided".to_owned(), Value::Array(undecided));
    }
    Value::Object(object)
}

/// One finding as one JSON object; `position` where its text is at hand.
pub(crate) fn issue(issue: &Issue, position: Option<Position>, reveal_values: bool) -> Value {
    let message = if reveal_values {
        issue.message.reveal()
    } else {
        issue.message.to_string()
    };
    let mut object = Map::new();
    object.insert("severity".to_owned(), json!(issue.severity.as_str()));
    object.insert("code".to_owned(), json!(issue.code));
    object.insert("fhirCode".to_owned(), json!(issue.fhir_code));
    insert(&mut object, "expression", issue.location.expression.as_ref());
    if issue.location.expression.is_none() {
        object.insert("pointer".to_owned(), json!(issue.location.pointer));
    }
    object.insert("message".to_owned(), json!(message));
    if let Some(position) = position {
        object.insert("line".to_owned(), json!(position.line));
        object.insert("column".to_owned(), json!(position.column));
    }
    if let Some(source) = &issue.source {
        object.insert("profile".to_owned(), json!(source.definition));
        insert(&mut object, "element", source.element.as_ref());
        insert(&mut object, "constraint", source.constraint.as_ref());
    }
    insert(&mut object, "hint", issue.hint.as_ref());
    Value::Object(object)
}

fn insert(object: &mut Map<String, Value>, name: &str, value: Option<&String>) {
    if let Some(value) = value {
        object.insert(name.to_owned(), json!(value));
    }
}
