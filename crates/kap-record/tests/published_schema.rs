//! The published schema is current, complete and usable.

use std::fs;

use kap_record::{SENSITIVITY_MEMBER, schema};
use serde_json::Value;

use super::{read_record, repository};

#[test]
fn the_published_file_is_what_the_types_make() {
    let path = repository("profiles/record/kap-record.schema.json");
    let published = fs::read_to_string(&path).expect("the schema is published");
    assert_eq!(
        published,
        format!("{:#}\n", schema()),
        "run `cargo run -p kap-record --example schema > profiles/record/kap-record.schema.json`"
    );
}

#[test]
fn every_member_has_a_title_a_description_and_a_sensitivity() {
    let schema = schema();
    let mut members = 0;
    let definitions = schema["$defs"].as_object().expect("there are definitions");
    for (name, definition) in definitions.iter().chain([(&"Record".to_owned(), &schema)]) {
        assert!(definition["description"].is_string(), "{name} has no description");
        for (member, property) in definition["properties"].as_object().into_iter().flatten() {
            members += 1;
            for keyword in ["title", "description"] {
                assert!(property[keyword].is_string(), "{name}.{member} has no {keyword}");
            }
            if !name.starts_with("QuantityIn") {
                let sensitivity = property[SENSITIVITY_MEMBER].as_str();
                assert!(
                    matches!(sensitivity, Some("shareable" | "restricted" | "never-leaves")),
                    "{name}.{member} does not say who may learn it"
                );
            }
        }
    }
    assert!(members > 300, "only {members} members: the schema has lost some");
}

#[test]
fn nothing_is_nullable_or_open() {
    fn walk(value: &Value, at: &str) {
        match value {
            Value::Object(members) => {
                assert_ne!(members.get("type").and_then(Value::as_str), Some("null"), "{at}");
                assert!(
                    !members.get("type").is_some_and(Value::is_array),
                    "{at} has several types"
                );
                assert!(!members.contains_key("anyOf"), "{at}");
                if members.contains_key("properties") {
                    assert_eq!(members.get("additionalProperties"), Some(&Value::Bool(false)), "{at}");
                }
                members
                    .iter()
                    .for_each(|(name, value)| walk(value, &format!("{at}/{name}")));
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, at)),
            _ => {}
        }
    }
    walk(&schema(), "");
}

#[test]
fn every_link_and_every_id_is_known_to_the_rules() {
    // A member that ends in `Id` or `Ids` is a link: a record in which all of them dangle must have as many findings as links.
    let schema = schema();
    let definitions = schema["$defs"].as_object().expect("there are definitions");
    let links: std::collections::BTreeSet<&str> = definitions
        .values()
        .filter_map(|definition| definition["properties"].as_object())
        .flat_map(|properties| properties.keys())
        .map(String::as_str)
        .filter(|name| name.ends_with("Id") || name.ends_with("Ids"))
        .collect();
    let rules = include_str!("../src/rules/link.rs");
    for link in links {
        assert!(
            rules.contains(&format!("(\"{link}\",")),
            "the link `{link}` is not followed"
        );
    }
}

#[test]
fn the_example_of_the_schema_is_a_valid_record() {
    let schema = schema();
    let example = schema["examples"][0].to_string();
    let reading = read_record(example.as_bytes());
    assert!(reading.issues.is_empty(), "{:#?}", reading.issues);
    assert!(reading.record.is_some());
}
