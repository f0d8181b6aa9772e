//! Every field of the record that may leave reaches the bundle: editing it changes the bytes.

use std::collections::BTreeMap;

use kap_map::{Context, Policy};
use kap_record::Record;

use crate::identity::edits;
use crate::records::{Fixture, context, fixtures};
use crate::schema::{Leaf, leaves};

/// Fields that say nothing by themselves: the version of the document, and the number of an item to which withheld text belongs.
const NOT_TOLD: &[&str] = &["/schema", "/assessments/*/remarks/*/item"];

/// How many places of a field are tried: a field may be told only in some states of its object.
const ENOUGH: usize = 12;

#[derive(Default)]
struct Attempts {
    made: usize,
    reached: bool,
}

#[test]
fn every_field_that_may_leave_reaches_the_bundle() {
    let mut fields: BTreeMap<String, Attempts> = BTreeMap::new();
    for fixture in fixtures() {
        let before = [false, true].map(|open| (open, bundle(&fixture.record(), open)));
        for leaf in leaves(&fixture.document)
            .iter()
            .filter(|leaf| !leaf.never_leaves && says_something(leaf, &fixture))
        {
            let attempts = fields.entry(leaf.place.clone()).or_default();
            if attempts.reached || attempts.made == ENOUGH {
                continue;
            }
            attempts.made += 1;
            let tells = |edited: Record| before.iter().any(|(open, before)| bundle(&edited, *open) != *before);
            attempts.reached = edits(&fixture, leaf).any(tells);
        }
    }
    let missing: Vec<&String> = fields
        .iter()
        .filter(|(_, attempts)| !attempts.reached)
        .map(|(place, _)| place)
        .collect();
    assert!(
        missing.is_empty(),
        "these fields change nothing in any bundle: {missing:#?}"
    );
}

/// The bundle for a clinic that releases nothing restricted, or all.
fn bundle(record: &Record, insight_themes: bool) -> Vec<u8> {
    let context = Context {
        policy: Policy { insight_themes },
        ..context()
    };
    kap_map::map(record, &context).bundle
}

/// A unit that can be no other and the id of an actor who is the patient say nothing.
fn says_something(leaf: &Leaf, fixture: &Fixture) -> bool {
    let only_value =
        leaf.schema["enum"].as_array().is_some_and(|codes| codes.len() == 1) || !leaf.schema["const"].is_null();
    let holder = leaf
        .pointer
        .strip_suffix("/id")
        .and_then(|pointer| fixture.document.pointer(pointer));
    let is_patient = holder.is_some_and(|holder| holder["actorType"] == "patient");
    !only_value && !is_patient && !NOT_TOLD.contains(&leaf.place.as_str())
}
