//! How rules and structure work together: everything in one go, nothing twice, no finding that only follows from another.

use serde_json::{Value, json};

use super::read_record;

/// A valid record without any finding, small enough to be read.
const BASE: &str = include_str!("base.json");

/// The base with other values at some places.
fn changed(changes: &[(&str, Value)]) -> Value {
    let mut record: Value = serde_json::from_str(BASE).expect("the base is JSON");
    for (pointer, value) in changes {
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer has a slash");
        let parent = record.pointer_mut(parent).expect("the parent is in the base");
        parent[name] = value.clone();
    }
    record
}

fn found(record: &Value) -> Vec<(&'static str, String)> {
    let issues = read_record(record.to_string().as_bytes()).issues;
    issues
        .into_iter()
        .map(|issue| (issue.code, issue.location.pointer))
        .collect()
}

#[test]
fn the_base_has_no_finding() {
    let reading = read_record(BASE.as_bytes());
    assert!(reading.issues.is_empty(), "{:#?}", reading.issues);
}

#[test]
fn several_faults_are_found_in_one_go_without_what_follows_from_them() {
    let record = changed(&[
        // Without this session links to it lead nowhere, the course has no psychotherapy and no dose: none of that is reported.
        ("/sessions/0/place", json!("moon")),
        ("/assessments/0/scores/0/value", json!(18)),
        ("/assessments/1/answers", json!([{ "item": "one", "value": 1 }])),
        ("/goals/0/expressedBy/id", json!("nobody")),
        ("/practitioners/0/npi", json!("9000000016")),
    ]);
    let expected = [
        ("npi-check-digit", "/practitioners/0/npi"),
        ("structure-unknown-code", "/sessions/0/place"),
        ("score-contradicts-items", "/assessments/0/scores/0/value"),
        ("structure-wrong-type", "/assessments/1/answers/0/item"),
        ("link-dangling", "/goals/0/expressedBy/id"),
    ];
    assert_eq!(
        found(&record),
        expected.map(|(code, pointer)| (code, pointer.to_owned()))
    );
}

#[test]
fn pointers_stay_those_of_the_text_when_items_before_were_dropped() {
    let record = changed(&[
        ("/sessions/0/place", json!("moon")),
        ("/sessions/1/timeZone", json!("Mars/Base")),
    ]);
    let expected = [
        ("structure-unknown-code", "/sessions/0/place"),
        ("time-zone-unknown", "/sessions/1/timeZone"),
    ];
    assert_eq!(
        found(&record),
        expected.map(|(code, pointer)| (code, pointer.to_owned()))
    );
}

#[test]
fn what_was_entered_in_error_is_not_judged() {
    let withdrawn = json!({
        "version": 2, "recordedAt": "2026-02-01T09:00:00-08:00", "recordedById": "prac", "status": "entered-in-error", "reason": "data-entry-error",
    });
    let record = changed(&[
        ("/assessments/0/scores/0/value", json!(3)),
        ("/assessments/0/entry", withdrawn),
    ]);
    assert_eq!(found(&record), []);
}

#[test]
fn text_that_is_not_json_is_reported_as_such_only() {
    let issues = read_record(&BASE.as_bytes()[..BASE.len() / 2]).issues;
    assert!(!issues.is_empty());
    assert!(
        issues.iter().all(|issue| issue.code.starts_with("json-")),
        "{issues:#?}"
    );
    assert_eq!(
        read_record(b"").issues.first().map(|issue| issue.code),
        Some("json-empty")
    );
}

#[test]
fn a_repeated_name_is_reported_and_the_first_value_judged() {
    let text = BASE.replacen("\"gender\": \"unknown\"", "\"gender\": \"unknown\", \"gender\": 5", 1);
    let codes: Vec<&str> = read_record(text.as_bytes())
        .issues
        .iter()
        .map(|issue| issue.code)
        .collect();
    assert_eq!(codes, ["json-duplicate-key"]);
}
