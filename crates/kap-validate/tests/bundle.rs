//! What becomes a checked bundle, and what does not.

use std::fs;

use kap_fhir::Verdict;
use kap_validate::{Options, Plan, PlanSet, check, check_bundle, is_valid, parse};

use crate::support::{documents, root};

fn transaction() -> Vec<u8> {
    fs::read(root().join("fixtures/valid/bundle/transaction.json")).expect("the fixture is readable")
}

#[test]
fn a_bundle_without_errors_is_checked_as_it_is() {
    let plans = PlanSet::new(&[Plan::r4()]);
    let bytes = transaction();
    let (checked, report) = check_bundle(&plans, bytes.clone(), &Options::default());
    let checked = checked.expect("the bundle has no errors");
    assert_eq!(checked.bytes(), bytes);
    assert_eq!(checked.packages(), ["hl7.fhir.r4.core#4.0.1"]);
    assert_eq!(checked.verdict(), report.verdict());
    assert_eq!(checked.undecided(), report.undecided);
    assert_eq!(checked.sha256_hex().len(), 64);
    assert!(
        !format!("{checked:?}").contains("Testperson"),
        "patient data never show in debug output"
    );
}

#[test]
fn what_is_not_decided_is_listed_and_counted() {
    let plans = PlanSet::new(&[Plan::r4()]);
    // FHIR lists the codes of vital signs itself; other codes of LOINC are not at hand.
    let text = String::from_utf8(transaction()).expect("the fixture is text");
    let text = text.replace("8867-4", "41950-7");
    let (_, report) = check_bundle(&plans, text.into_bytes(), &Options::default());
    assert_eq!(report.verdict(), Verdict::Undecided);
    let text = report
        .undecided
        .iter()
        .map(|one| format!("{} x {}: {}\n", one.count, one.what, one.reason));
    insta::assert_snapshot!(text.collect::<String>());
}

#[test]
fn a_bundle_with_errors_is_not_checked() {
    let plans = PlanSet::new(&[Plan::r4()]);
    for text in [
        "",
        "{",
        "[]",
        "{}",
        r#"{"resourceType":"Patient"}"#,
        r#"{"resourceType":"Bundle"}"#,
    ] {
        let (checked, report) = check_bundle(&plans, text.as_bytes().to_vec(), &Options::default());
        assert!(checked.is_none(), "{text}");
        assert_eq!(report.verdict(), Verdict::Invalid, "{text}");
        assert!(!report.issues.is_empty(), "{text}");
    }
}

#[test]
fn the_three_ways_of_asking_agree() {
    let plans = PlanSet::new(&[Plan::r4()]);
    let options = Options::default();
    for path in documents(&root().join("fixtures")) {
        let bytes = fs::read(&path).expect("the fixture is readable");
        if let Some(document) = &parse(&plans, &bytes, &options).document {
            let report = check(&plans, document, &options);
            assert_eq!(
                is_valid(&plans, document, &options),
                report.errors == 0,
                "{}",
                path.display()
            );
        }
    }
}

#[test]
fn a_document_parsed_without_names_is_judged_the_same() {
    let plans = PlanSet::new(&[Plan::r4()]);
    let options = Options::default();
    for path in documents(&root().join("fixtures/invalid")) {
        let bytes = fs::read(&path).expect("the fixture is readable");
        let with_names = parse(&plans, &bytes, &options);
        let without = kap_json::parse(&bytes, &options.limits);
        if let (Some(with_names), Some(without)) = (&with_names.document, &without.document) {
            let expected = check(&plans, with_names, &options).issues;
            assert_eq!(check(&plans, without, &options).issues, expected, "{}", path.display());
        }
    }
}

#[test]
fn issues_beyond_the_limit_are_counted() {
    let plans = PlanSet::new(&[Plan::r4()]);
    let options = Options {
        max_issues: 2,
        ..Options::default()
    };
    let text = br#"{"resourceType":"Patient","a1":1,"b2":1,"c3":1,"d4":1}"#;
    let report = kap_validate::check_bytes(&plans, text, &options);
    assert_eq!((report.issues.len(), report.omitted, report.errors), (2, 2, 4));
}
