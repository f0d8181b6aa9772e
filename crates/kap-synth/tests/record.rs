//! Records made up from seeds.

use std::collections::BTreeSet;

use kap_synth::record;

use crate::warnings;

#[test]
fn every_record_is_valid() {
    for seed in 0..500 {
        let found = warnings(&record(seed), &format!("seed {seed}"));
        assert!(found.is_empty(), "seed {seed}: {found:?}");
    }
}

#[test]
fn a_seed_always_gives_the_same_record() {
    assert_eq!(record(11).to_string(), record(11).to_string());
    assert_ne!(record(11).to_string(), record(12).to_string());
}

#[test]
fn records_vary() {
    let mut routes = BTreeSet::new();
    let mut zones = BTreeSet::new();
    let mut counts = BTreeSet::new();
    for seed in 0..100 {
        let record = record(seed);
        routes.insert(record["prescriptions"][0]["route"].to_string());
        zones.insert(record["sessions"][0]["timeZone"].to_string());
        counts.insert(record["sessions"].as_array().expect("sessions").len());
    }
    assert_eq!(routes.len(), 6, "{routes:?}");
    assert_eq!(zones.len(), 8, "{zones:?}");
    assert!(counts.len() > 3, "{counts:?}");
}
