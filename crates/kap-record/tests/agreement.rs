//! The types accept exactly what the schema accepts.

use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

use kap_record::Record;
use proptest::prelude::*;
use serde_json::{Number, Value, json};

use super::{read_record, repository};

/// Codes of findings that the schema gives.
const STRUCTURE: [&str; 10] = [
    "schema-version",
    "structure-unknown-member",
    "structure-missing-member",
    "structure-wrong-type",
    "structure-unknown-code",
    "structure-bad-format",
    "structure-out-of-bounds",
    "unit-missing",
    "unit-wrong",
    "dose-without-route",
];

static SEEDS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let mut paths: Vec<_> = fs::read_dir(repository("fixtures/records"))
        .expect("there are fixtures")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    paths.sort();
    let texts = paths
        .iter()
        .map(|path| fs::read_to_string(path).expect("the fixture can be read"));
    texts
        .map(|text| serde_json::from_str(&text).expect("the fixture is JSON"))
        .collect()
});

/// Numbers at the edges of what is accepted.
static NUMBERS: &[&str] = &[
    "0",
    "-1",
    "0.5",
    "3.0",
    "1e2",
    "1E-3",
    "-0",
    "1000000000.0",
    "1000000001",
    "1e400",
    "1e-400",
    "0.1234567890123456789012345678901",
];

/// Texts at the edges of what is accepted.
static TEXTS: &[&str] = &[
    "",
    " ",
    "x",
    "two words",
    " leading",
    "tab\there",
    "line\nbreak",
    "bell\u{7}here",
    "\u{0}",
    "\u{feff}",
    "\u{85}",
    "é",
    "mg",
    "active",
    "2026-02-28",
    "2026-02-30",
    "2026-02",
    "2024-02-29",
    "0000-01-01",
    "2026-03-01T10:00:00Z",
    "2026-03-01T10:00:60Z",
    "2026-03-01T24:00:00Z",
    "2026-03-01 10:00:00Z",
    "2026-03-01T10:00:00+14:59",
    "2026-03-01T10:00:00.1234567890Z",
    "2026-03-01T10:00:00.Z",
    "9999-12-31T23:59:59-14:00",
    "en-US",
    "e",
    "http://a",
    "http:",
    "A:b",
    "1234567890",
    "12345",
    "Etc/GMT+3",
    "/x",
];

/// What is done to one place of a record.
#[derive(Clone, Debug)]
enum Change {
    Remove,
    Rename,
    Add,
    Replace(Value),
}

fn changes() -> impl Strategy<Value = Change> {
    prop_oneof![
        Just(Change::Remove),
        Just(Change::Rename),
        Just(Change::Add),
        Just(Change::Replace(Value::Null)),
        Just(Change::Replace(json!(true))),
        Just(Change::Replace(json!([]))),
        Just(Change::Replace(json!({}))),
        prop::sample::select(NUMBERS)
            .prop_map(|number| Change::Replace(Value::Number(number.parse::<Number>().expect("a JSON number")))),
        prop::sample::select(TEXTS).prop_map(|text| Change::Replace(json!(text))),
        "\\PC{0,12}".prop_map(|text| Change::Replace(json!(text))),
        "[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2}))?"
            .prop_map(|text| Change::Replace(json!(text))),
    ]
}

fn pointers(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(name, value)| pointers(value, &format!("{at}/{name}"), out)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, item)| pointers(item, &format!("{at}/{index}"), out)),
        _ => {}
    }
}

fn apply(record: &mut Value, pointer: &str, change: &Change) {
    let (parent, name) = pointer.rsplit_once('/').unwrap_or(("", ""));
    match (
        change,
        record.pointer_mut(if matches!(change, Change::Remove | Change::Rename) {
            parent
        } else {
            pointer
        }),
    ) {
        (Change::Remove, Some(Value::Object(members))) => {
            members.shift_remove(name);
        }
        (Change::Remove, Some(Value::Array(items))) => {
            items.remove(name.parse().unwrap_or_default());
        }
        (Change::Rename, Some(Value::Object(members))) => {
            if let Some(value) = members.shift_remove(name) {
                members.insert(format!("{name}x"), value);
            }
        }
        (Change::Add, Some(Value::Object(members))) => {
            members.insert("note".to_owned(), json!("more"));
        }
        (Change::Add, Some(Value::Array(items))) => items.push(json!("more")),
        (Change::Replace(value), Some(place)) => *place = value.clone(),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn types_and_schema_agree(
        seed in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), changes()), 0..3),
    ) {
        let mut record = seed.get(SEEDS.as_slice()).clone();
        for (place, change) in &changes {
            let mut places = Vec::new();
            pointers(&record, "", &mut places);
            let pointer: &String = place.get(places.as_slice());
            apply(&mut record, pointer, change);
        }
        let text = record.to_string();
        let by_schema = read_record(text.as_bytes()).issues.iter().all(|issue| !STRUCTURE.contains(&issue.code));
        let by_types = serde_json::from_str::<Record>(&text);
        prop_assert_eq!(by_schema, by_types.is_ok(), "{:?}: {:?}", changes, by_types.err());
    }
}

/// What serde derives for a struct would read `["a", "b"]` as its members in their order, and `[]` where all of them are optional.
#[test]
fn an_array_is_never_read_as_an_object() {
    let mut seen = BTreeSet::new();
    for seed in SEEDS.iter() {
        let mut places = Vec::new();
        pointers(seed, "", &mut places);
        for pointer in &places {
            let Some(Value::Object(members)) = seed.pointer(pointer) else {
                continue;
            };
            // One item of a list is as good as the next.
            let shape: String = pointer.chars().filter(|one| !one.is_ascii_digit()).collect();
            if !seen.insert(shape) {
                continue;
            }
            for items in [Vec::new(), members.values().cloned().collect()] {
                let mut record = seed.clone();
                apply(&mut record, pointer, &Change::Replace(Value::Array(items)));
                assert!(serde_json::from_value::<Record>(record).is_err(), "{pointer}");
            }
        }
    }
}
