//! The codes of findings.

use std::collections::HashSet;

use kap_client::codes::CODES;

#[test]
fn codes_are_unique_and_explained() {
    let codes: HashSet<&str> = CODES.iter().map(|info| info.code).collect();
    assert_eq!(codes.len(), CODES.len());
    assert!(
        CODES
            .iter()
            .all(|info| !info.explanation.is_empty() && !info.hint.is_empty())
    );
}

#[test]
fn each_code_is_met_by_a_test() {
    let tests = [
        include_str!("faults.rs"),
        include_str!("leases.rs"),
        include_str!("matching.rs"),
        include_str!("straight.rs"),
        include_str!("ways.rs"),
    ]
    .concat();
    for info in CODES {
        assert!(
            tests.contains(&format!("\"{}\"", info.code)),
            "no test meets {}",
            info.code
        );
    }
}
