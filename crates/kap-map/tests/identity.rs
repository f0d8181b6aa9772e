//! Identifiers derive from the source system's ids and the clinic's namespace, and from nothing else.

use std::collections::{BTreeMap, BTreeSet};

use kap_map::{Context, Namespace};
use kap_record::Record;
use serde_json::Value;

use crate::records::{Fixture, fixtures, mapped, record};
use crate::schema::{Leaf, leaves, other_values};

/// Codes that tell the parts of one object from each other, where the parts have no id of their own.
const NAMES_OF_PARTS: &[&str] = &["/assessments/*/scores/*/score", "/sessions/*/integration/roles/*"];

#[test]
fn editing_any_other_field_keeps_every_identifier() {
    let mut seen = BTreeSet::new();
    for fixture in fixtures() {
        let before = keys(&fixture.record());
        for leaf in leaves(&fixture.document) {
            if leaf.is_id() || NAMES_OF_PARTS.contains(&leaf.place.as_str()) || !seen.insert(leaf.place.clone()) {
                continue;
            }
            if let Some(edited) = edits(&fixture, &leaf).next() {
                let after = keys(&edited);
                assert!(
                    before.is_subset(&after) || after.is_subset(&before),
                    "{}: editing {} replaced an identifier",
                    fixture.name,
                    leaf.pointer
                );
            }
        }
    }
    assert!(seen.len() > 100, "only {} fields were edited", seen.len());
}

#[test]
fn another_namespace_gives_other_identifiers() {
    for fixture in fixtures() {
        let other = Context::new(Namespace::new(uuid::Uuid::from_u128(7)));
        let after = kap_map::map(&fixture.record(), &other);
        let after: BTreeSet<String> = after
            .source_map
            .entries
            .into_iter()
            .map(|entry| entry.full_url)
            .collect();
        assert!(keys(&fixture.record()).is_disjoint(&after), "{}", fixture.name);
    }
}

#[test]
fn no_two_records_share_what_belongs_to_a_course() {
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for fixture in fixtures() {
        let shared = ["Patient", "Practitioner", "Organization", "Location"];
        for entry in mapped(&fixture.record()).source_map.entries {
            if !shared.contains(&entry.resource_type) {
                let other = owners.insert(entry.full_url, fixture.name.clone());
                assert_eq!(
                    other, None,
                    "{} has a {} of another record",
                    fixture.name, entry.resource_type
                );
            }
        }
    }
}

/// The identifiers of what a record maps to. Every identifier occurs once.
fn keys(record: &Record) -> BTreeSet<String> {
    let entries = mapped(record).source_map.entries;
    let count = entries.len();
    let keys: BTreeSet<String> = entries.into_iter().map(|entry| entry.full_url).collect();
    assert_eq!(keys.len(), count, "two entries with one identifier");
    keys
}

/// The record with other values of `leaf`: the first two that make a record. Each is made only when asked for.
pub(crate) fn edits(fixture: &Fixture, leaf: &Leaf) -> impl Iterator<Item = Record> {
    let value = fixture.document.pointer(&leaf.pointer).expect("a leaf");
    let edit = |other: Value| {
        let mut edited = fixture.document.clone();
        *edited.pointer_mut(&leaf.pointer).expect("a leaf") = other;
        record(&edited).ok()
    };
    other_values(leaf, value).into_iter().filter_map(edit).take(2)
}
