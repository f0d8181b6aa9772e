//! The bundle of every fixture as it is reviewed, in `tests/snapshots`: what each entry says in words and where it comes from, and the receipt, whose hash
//! any change of the bytes changes. Three bundles are there in full.

use std::collections::HashSet;

use kap_map::Mapped;
use serde_json::Value;

use crate::records::{bundle, fixtures, mapped};

/// The record that uses every field, the one that withholds most, and the one with unusual text.
const IN_FULL: &[&str] = &[
    "every-field",
    "deferred-at-contraindication-screen",
    "names-addresses-and-time-zones",
];

#[test]
fn every_record_becomes_its_bundle() {
    for fixture in fixtures() {
        let mapped = mapped(&fixture.record());
        insta::assert_snapshot!(format!("{}.outline", fixture.name), outline(&mapped));
        insta::assert_json_snapshot!(format!("{}.receipt", fixture.name), mapped.receipt);
        if IN_FULL.contains(&fixture.name.as_str()) {
            insta::assert_snapshot!(format!("{}.bundle", fixture.name), format!("{:#}", bundle(&mapped)));
        }
    }
}

/// One line per entry: its narrative and its place in the record.
fn outline(mapped: &Mapped) -> String {
    let bundle = bundle(mapped);
    let line = |(entry, source): (&Value, &kap_map::SourceEntry)| {
        let narrative = entry["resource"]["text"]["div"].as_str().unwrap_or_default();
        let words = narrative.split(['<', '>']).nth(4).unwrap_or_default();
        format!("{words} ← {}\n", source.pointer)
    };
    entries(&bundle)
        .iter()
        .zip(&mapped.source_map.entries)
        .map(line)
        .collect()
}

#[test]
fn mapping_twice_gives_the_same_bytes() {
    for fixture in fixtures() {
        let record = fixture.record();
        assert_eq!(mapped(&record).bundle, mapped(&record).bundle, "{}", fixture.name);
    }
}

#[test]
fn every_reference_leads_to_an_entry() {
    for fixture in fixtures() {
        let bundle = bundle(&mapped(&fixture.record()));
        let entries: HashSet<&str> = entries(&bundle)
            .iter()
            .filter_map(|entry| entry["fullUrl"].as_str())
            .collect();
        let mut references = Vec::new();
        collect_references(&bundle, &mut references);
        assert!(
            references.len() > entries.len(),
            "{}: a bundle that refers to nothing",
            fixture.name
        );
        for reference in references {
            assert!(
                entries.contains(reference),
                "{}: {reference} leads nowhere",
                fixture.name
            );
        }
    }
}

#[test]
fn the_source_map_has_every_entry_and_leads_into_the_record() {
    for fixture in fixtures() {
        let mapped = mapped(&fixture.record());
        let bundle = bundle(&mapped);
        assert_eq!(entries(&bundle).len(), mapped.source_map.entries.len());
        for (entry, source) in entries(&bundle).iter().zip(&mapped.source_map.entries) {
            assert_eq!(entry["fullUrl"], source.full_url);
            assert_eq!(entry["resource"]["resourceType"], source.resource_type);
            assert!(
                fixture.document.pointer(&source.pointer).is_some(),
                "{}: {}",
                fixture.name,
                source.pointer
            );
        }
    }
}

fn entries(bundle: &Value) -> &[Value] {
    bundle["entry"].as_array().map_or(&[], Vec::as_slice)
}

fn collect_references<'b>(value: &'b Value, references: &mut Vec<&'b str>) {
    match value {
        Value::Object(members) => {
            references.extend(members.get("reference").and_then(Value::as_str));
            members
                .values()
                .for_each(|member| collect_references(member, references));
        }
        Value::Array(items) => items.iter().for_each(|item| collect_references(item, references)),
        _ => {}
    }
}
