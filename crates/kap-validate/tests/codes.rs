//! Codes are unique, begin with their facet, and each has a fixture that raises it.

use std::collections::BTreeSet;

use kap_json::CodeInfo;
use kap_validate::codes;

use crate::fixtures::report;
use crate::support::{documents, root, with_plans};

fn all() -> impl Iterator<Item = &'static &'static CodeInfo> {
    codes::CODES
        .iter()
        .chain(codes::special::CODES)
        .chain(codes::signature::CODES)
}

#[test]
fn codes_are_unique_and_kebab_case() {
    let unique: BTreeSet<&str> = all().map(|info| info.code).collect();
    assert_eq!(unique.len(), all().count());
    for code in unique {
        assert!(
            code.contains('-') && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
            "{code}"
        );
    }
}

#[test]
fn every_code_is_raised_by_a_fixture_of_its_facet() {
    let mut open: BTreeSet<&str> = all().map(|info| info.code).collect();
    with_plans(|plans| {
        for path in documents(&root().join("fixtures/invalid")) {
            let facet = path
                .parent()
                .and_then(|folder| folder.file_name())
                .and_then(|name| name.to_str());
            let facet = facet.expect("fixtures lie in the folder of their facet");
            for issue in report(plans, &path).issues {
                if issue.code.starts_with(facet) {
                    open.remove(issue.code);
                }
            }
        }
    });
    assert!(open.is_empty(), "no fixture raises {open:?}");
}
