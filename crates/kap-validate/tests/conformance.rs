//! Sets of resources from outside. Their folder is named by `KAP_CONFORMANCE_DIR`; nothing of it is kept here.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use kap_validate::{Options, Plan, PlanSet, Report, check_bytes};
use serde_json::Value;

/// The folder, or a word that nothing was tested.
fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("KAP_CONFORMANCE_DIR").map(PathBuf::from);
    if folder.is_none() {
        // The library writes nothing; a test that was skipped must say so.
        #[expect(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: no conformance data (KAP_CONFORMANCE_DIR is not set)");
        }
    }
    folder
}

fn errors(report: &Report) -> Vec<&str> {
    let errors = report.issues.iter().filter(|issue| issue.severity.is_error());
    errors
        .filter_map(|issue| issue.location.expression.as_deref())
        .collect()
}

/// Whether an expression is at the expected place or below it. An element that is absent is reported on its parent.
fn is_located(found: &str, expected: &str) -> bool {
    let below = found
        .strip_prefix(expected)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
    below || expected.rsplit_once('.').is_some_and(|(parent, _)| parent == found)
}

/// Single faults in published resources: every one is found and located, except those that only an invariant finds.
#[test]
fn single_faults_are_found_and_located() {
    let Some(folder) = folder().map(|folder| folder.join("mutants")) else {
        return;
    };
    let index = read(&folder.join("index.json"));
    let plans = PlanSet::new(&[Plan::r4()]);
    let mut missed: BTreeMap<String, usize> = BTreeMap::new();
    let (mut total, mut detected, mut located) = (0, 0, 0);
    for case in index.iter().filter(|case| text(case, "source").starts_with("r4/")) {
        let bytes = fs::read(folder.join(text(case, "file"))).expect("the index names files that exist");
        let report = check_bytes(&plans, &bytes, &Options::default());
        let errors = errors(&report);
        total += 1;
        detected += usize::from(!errors.is_empty());
        if errors
            .iter()
            .any(|found| is_located(found, text(case, "expect_path_prefix")))
        {
            located += 1;
        } else {
            *missed.entry(text(case, "op").to_owned()).or_default() += 1;
        }
    }
    print(&format!(
        "mutants of R4 examples: {total}, detected {detected}, located {located}, missed {missed:?}"
    ));
    missed.retain(|operator, _| !matches!(operator.as_str(), "invariant:per-1" | "invariant:obs-6"));
    assert!(missed.is_empty(), "{missed:?}");
}

fn read(path: &Path) -> Vec<Value> {
    let text = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

#[expect(clippy::print_stdout, reason = "the figures are what the test is for")]
fn print(line: &str) {
    println!("{line}");
}
