//! Every type that a record is mapped to can take a form in any EHR, or it is said that it cannot.

use std::collections::BTreeSet;

use kap_map::{Form, LADDERS, Ladder};

#[test]
fn every_type_of_every_bundle_has_its_ladder_and_no_other_type_has() {
    let mapped: BTreeSet<&str> = crate::resources::all()
        .iter()
        .filter_map(|resource| resource["resourceType"].as_str())
        .collect();
    let known: Vec<&str> = LADDERS.iter().map(|ladder| ladder.resource_type).collect();
    assert_eq!(known, mapped.into_iter().collect::<Vec<_>>());
    for name in known {
        assert_eq!(Ladder::of(name).map(|ladder| ladder.resource_type), Some(name));
    }
    assert_eq!(Ladder::of("Slot"), None);
}

#[test]
fn an_administered_dose_is_itself_or_a_note() {
    let dose = Ladder::of("MedicationAdministration").expect("doses are mapped");
    assert_eq!(dose.forms, [Form::Resource, Form::Note]);
}
