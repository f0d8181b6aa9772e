//! Two versions of one record: identifiers stay, whatever changed.

use std::collections::BTreeSet;
use std::path::PathBuf;

use kap_map::Mapped;
use serde_json::Value;

use crate::records::{bundle, mapped, record};

fn version(pair: &str, name: &str) -> Mapped {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures/records/versions")
        .join(pair)
        .join(name);
    let document: Value = serde_json::from_slice(&std::fs::read(path).expect("a version")).expect("JSON");
    mapped(&record(&document).expect("a record"))
}

fn keys(mapped: &Mapped) -> BTreeSet<&str> {
    mapped
        .source_map
        .entries
        .iter()
        .map(|entry| entry.full_url.as_str())
        .collect()
}

/// Both versions, and the identifiers that only the first and only the second has.
fn compare(pair: &str) -> (Mapped, Mapped, usize, usize) {
    let (before, after) = (version(pair, "before.json"), version(pair, "after.json"));
    assert_eq!(before.receipt.record_key, after.receipt.record_key);
    let gone = keys(&before).difference(&keys(&after)).count();
    let new = keys(&after).difference(&keys(&before)).count();
    (before, after, gone, new)
}

#[test]
fn a_corrected_score_keeps_its_identifier() {
    let (before, after, gone, new) = compare("corrected-score");
    assert_eq!((gone, new), (0, 0));
    assert_ne!(before.bundle, after.bundle);
    assert!(bundle(&after).to_string().contains("\"status\":\"corrected\""));
}

#[test]
fn a_cancelled_session_stays_an_encounter() {
    let (_, after, gone, _) = compare("cancelled-session");
    assert_eq!(gone, 0);
    assert!(bundle(&after).to_string().contains("\"status\":\"cancelled\""));
}

#[test]
fn what_belongs_to_another_patient_is_marked_or_named_as_removed() {
    let (_, after, gone, new) = compare("wrong-patient-entry");
    let text = bundle(&after).to_string();
    assert!(text.contains("\"entered-in-error\""));
    assert!(text.contains("\"role\":\"removal\""));
    assert_eq!(after.receipt.removed, 1);
    assert_eq!(new, 0);
    assert!(gone > 0, "the removed object is gone");
}

#[test]
fn a_late_assessment_adds_and_replaces_nothing() {
    let (_, _, gone, new) = compare("late-assessment-nine-months");
    assert_eq!(gone, 0);
    assert!(new > 0);
}

#[test]
fn after_a_revocation_nothing_leaves() {
    let (before, after, _, new) = compare("consent-revoked-after-push");
    assert!(before.receipt.resources() > 0);
    assert_eq!((after.receipt.resources(), new), (0, 0));
}
