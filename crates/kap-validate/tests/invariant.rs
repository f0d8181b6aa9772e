//! Invariants that the walk decides by itself say what their published text says.

use std::collections::BTreeSet;
use std::fs;

use kap_json::Issue;
use kap_validate::{Options, check_bytes};

use crate::support::{documents, root, with_plans};

/// Errors with invariants decided natively, and with every invariant evaluated as its definition states it.
fn errors(bytes: &[u8], native_invariants: bool) -> Vec<Issue> {
    let options = Options {
        native_invariants,
        ..Options::default()
    };
    let report = with_plans(|plans| check_bytes(plans, bytes, &options));
    let issues = report.issues.into_iter();
    issues.filter(|issue| issue.severity.is_error()).collect()
}

fn expression(issue: &Issue) -> &str {
    issue.location.expression.as_deref().unwrap_or_default()
}

/// Whether one place is the other, or lies in it.
fn touches(left: &str, right: &str) -> bool {
    let (outer, inner) = if left.len() < right.len() {
        (left, right)
    } else {
        (right, left)
    };
    inner
        .strip_prefix(outer)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

#[test]
fn what_is_decided_natively_is_what_the_expression_says() {
    let mut compared = 0;
    for folder in ["fixtures/valid", "fixtures/invalid"] {
        for path in documents(&root().join(folder)) {
            let bytes = fs::read(&path).expect("the fixture is readable");
            let native = errors(&bytes, true);
            let evaluated = errors(&bytes, false);
            for issue in &native {
                assert!(evaluated.contains(issue), "{}: lost {issue:?}", path.display());
            }
            // What evaluation adds are the invariants themselves, where another facet has found the same fault.
            for issue in evaluated.iter().filter(|issue| !native.contains(issue)) {
                let explained = native.iter().any(|known| touches(expression(known), expression(issue)));
                assert!(explained, "{}: {issue:?} is found by evaluation alone", path.display());
                compared += 1;
            }
        }
    }
    assert!(compared >= 5, "only {compared} invariants were broken");
}

#[test]
fn each_native_invariant_is_broken_by_a_fixture() {
    let mut keys = BTreeSet::new();
    for path in documents(&root().join("fixtures/invalid")) {
        let bytes = fs::read(&path).expect("the fixture is readable");
        for issue in errors(&bytes, false) {
            if issue.code == "invariant-violated" {
                let message = issue.message.to_string();
                keys.extend(message.split(':').next().map(str::to_owned));
            }
        }
    }
    for key in [
        "ele-1", "ext-1", "ref-1", "dom-2", "dom-3", "dom-4", "dom-5", "txt-1", "txt-2",
    ] {
        assert!(keys.contains(key), "{key} is in none of {keys:?}");
    }
}
