//! Canaries in withheld content.

use std::collections::BTreeSet;

use kap_record::{SENSITIVITY_MEMBER, Sensitivity};
use kap_synth::{plant_canaries, record};
use serde_json::Value;

use crate::{fixtures, warnings};

#[test]
fn a_planted_record_is_still_valid() {
    for (name, fixture) in fixtures() {
        warnings(&plant_canaries(&fixture).record, &name);
    }
    for seed in 0..100 {
        warnings(&plant_canaries(&record(seed)).record, &format!("seed {seed}"));
    }
}

#[test]
fn every_canary_stands_once_where_it_is_said_to_stand() {
    for seed in 0..20 {
        let planted = plant_canaries(&record(seed));
        let text = planted.record.to_string();
        assert!(planted.canaries.len() > 10, "seed {seed}");
        for (canary, place) in planted.canaries.iter().zip(&planted.places) {
            assert_eq!(text.matches(canary.as_str()).count(), 1, "{canary}");
            let value = planted.record.pointer(place).expect("the place is there");
            assert!(value.to_string().contains(canary.as_str()), "{place}");
        }
    }
}

#[test]
fn generated_records_hold_every_withheld_field() {
    let schema = kap_record::schema();
    let mut expected = BTreeSet::new();
    for definition in schema["$defs"]
        .as_object()
        .expect("definitions")
        .values()
        .chain([&schema])
    {
        for (name, property) in definition["properties"].as_object().into_iter().flatten() {
            if property[SENSITIVITY_MEMBER] == Sensitivity::NeverLeaves.as_str() {
                expected.insert(name.clone());
            }
        }
    }
    let mut planted = BTreeSet::new();
    for seed in 0..50 {
        for place in plant_canaries(&record(seed)).places {
            planted.extend(place.split('/').map(str::to_owned));
        }
    }
    let missing: Vec<&String> = expected.difference(&planted).collect();
    assert!(
        expected.len() > 10 && missing.is_empty(),
        "{missing:?} are withheld, but never generated"
    );
}

#[test]
fn what_may_leave_is_left_as_it_is() {
    let before = record(3);
    let after = plant_canaries(&before).record;
    let shared = |record: &Value| {
        (
            record["goals"].clone(),
            record["summaryNotes"].clone(),
            record["prescriptions"].clone(),
        )
    };
    assert_eq!(shared(&before), shared(&after));
}
