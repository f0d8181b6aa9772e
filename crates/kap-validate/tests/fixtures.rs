//! A fixture is two files: `fixtures/invalid/<facet>/x.json` must give exactly the findings of `x.issues.json`, and
//! nothing below `fixtures/valid` gives any. An optional `x.options.json` asks for profiles and strictness.
//!
//! `KAP_BLESS=1 cargo test -p kap-validate` writes the expected findings anew; the diff is the review.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use kap_json::Lines;
use kap_validate::{
    BestPractice, Options, PlanSet, ReferenceTarget, ReferenceTargets, Report, check_bundle, check_bytes,
};
use serde_json::{Value, json};

use crate::support::{documents, root, with_plans};

/// The findings on a file. Files below `bundle/` are checked as what is going to be pushed.
pub(crate) fn report(plans: &PlanSet<'_>, path: &Path) -> Report {
    let bytes = fs::read(path).expect("the fixture is readable");
    let options = options(path);
    if path.parent().is_some_and(|folder| folder.ends_with("bundle")) {
        check_bundle(plans, bytes, &options).1
    } else {
        check_bytes(plans, &bytes, &options)
    }
}

/// References that lead to nothing.
struct Missing(Vec<String>);

impl ReferenceTargets for Missing {
    fn target(&self, reference: &str) -> ReferenceTarget {
        if self.0.iter().any(|missing| missing == reference) {
            ReferenceTarget::Missing
        } else {
            ReferenceTarget::Unknown
        }
    }
}

fn options(path: &Path) -> Options {
    let mut options = Options::default();
    if let Ok(text) = fs::read(path.with_extension("options.json")) {
        let given: Value = serde_json::from_slice(&text).expect("the options are JSON");
        let profiles = given["profiles"].as_array().into_iter().flatten();
        options.profiles = profiles
            .filter_map(|profile| profile.as_str().map(str::to_owned))
            .collect();
        options.example_urls = given["exampleUrls"] != false;
        options.security_checks = given["securityChecks"] == true;
        let missing = given["missing"].as_array().into_iter().flatten();
        let missing: Vec<String> = missing.filter_map(|one| one.as_str().map(str::to_owned)).collect();
        if !missing.is_empty() {
            options.references = Some(Arc::new(Missing(missing)));
        }
        if given["bestPractice"] == "warning" {
            options.best_practice = BestPractice::Warning;
        }
        options.now = given["now"].as_str().map(str::to_owned);
    }
    options
}

fn found(report: &Report, path: &Path) -> Value {
    let text = fs::read(path).expect("the fixture is readable");
    let lines = Lines::new(&text);
    let issues = report.issues.iter().map(|issue| {
        let place = lines.position(issue.location.offset.unwrap_or(0));
        json!({
            "code": issue.code,
            "severity": issue.severity.as_str(),
            "expression": issue.location.expression,
            "line": place.line,
            "column": place.column,
            "message": issue.message.to_string(),
        })
    });
    Value::Array(issues.collect())
}

#[test]
fn every_invalid_fixture_gives_exactly_its_findings() {
    let bless = std::env::var_os("KAP_BLESS").is_some();
    let mut wrong = Vec::new();
    let files = documents(&root().join("fixtures/invalid"));
    assert!(files.len() >= 60, "only {} fixtures found", files.len());
    with_plans(|plans| {
        for path in &files {
            let found = found(&report(plans, path), path);
            let expected_path = path.with_extension("issues.json");
            if bless {
                let text = serde_json::to_string_pretty(&found).expect("findings are JSON");
                fs::write(&expected_path, text + "\n").expect("the fixture is writable");
            }
            let expected = fs::read(&expected_path)
                .ok()
                .and_then(|text| serde_json::from_slice::<Value>(&text).ok());
            let is_finding = found.as_array().is_some_and(|issues| !issues.is_empty());
            if expected.as_ref() != Some(&found) || !is_finding {
                wrong.push(format!("{}: found {found:#}", path.display()));
            }
        }
    });
    assert!(
        wrong.is_empty(),
        "{} fixtures differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn no_valid_fixture_gives_a_finding() {
    with_plans(|plans| {
        for path in documents(&root().join("fixtures/valid")) {
            let report = report(plans, &path);
            assert!(
                report.issues.is_empty(),
                "{}: {:#}",
                path.display(),
                found(&report, &path)
            );
        }
    });
}
