//! The codes of the findings: unique, and each raised by a disclosure.

use std::collections::BTreeSet;

use kap_map::codes::CODES;
use kap_map::{Context, map};
use kap_record::model::consent::Purpose;

use crate::records::{context, fixtures};

#[test]
fn every_code_is_unique_and_raised() {
    let codes: BTreeSet<&str> = CODES.iter().map(|code| code.code).collect();
    assert_eq!(codes.len(), CODES.len());
    let mut raised = BTreeSet::new();
    for fixture in fixtures() {
        for purpose in [Purpose::Treatment, Purpose::Research] {
            let mapped = map(&fixture.record(), &Context { purpose, ..context() });
            raised.extend(mapped.issues.iter().map(|issue| issue.code));
        }
    }
    assert_eq!(raised, codes);
}
