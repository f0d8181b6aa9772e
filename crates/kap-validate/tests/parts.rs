//! A check in parts is the check of the whole.

use std::fs;

use kap_validate::{Options, PlanSet, Report, check, check_part, parse};

use crate::conformance::folder;
use crate::support::{documents, json_files, root, with_plans};

/// What a report says, for comparison.
fn told(report: &Report) -> String {
    format!(
        "{:#?}\n{:#?}\n{} errors, {} omitted",
        report.issues, report.undecided, report.errors, report.omitted
    )
}

fn is_the_same_in_parts(plans: &PlanSet<'_>, text: &[u8], options: &Options) -> bool {
    let parsed = parse(plans, text, options);
    let Some(document) = &parsed.document else { return true };
    let whole = told(&check(plans, document, options));
    [1, 2, 3, 7].into_iter().all(|of| {
        let parts = (0..of).map(|number| check_part(plans, document, options, number, of));
        told(&Report::join(parts, options.max_issues)) == whole
    })
}

#[test]
fn the_parts_of_a_check_are_its_whole() {
    let options = Options::default();
    with_plans(|plans| {
        let mut paths = documents(&root().join("fixtures/invalid"));
        paths.extend(documents(&root().join("fixtures/valid")));
        for path in paths {
            let text = fs::read(&path).expect("the fixture is readable");
            assert!(is_the_same_in_parts(plans, &text, &options), "{}", path.display());
        }
    });
}

#[test]
fn the_parts_of_large_bundles_are_their_whole() {
    let Some(folder) = folder("KAP_SYNTHEA_DIR") else {
        return;
    };
    let options = Options::default();
    with_plans(|plans| {
        for path in json_files(&folder).into_iter().take(2) {
            let text = fs::read(&path).expect("the bundle is readable");
            assert!(is_the_same_in_parts(plans, &text, &options), "{}", path.display());
        }
    });
}
