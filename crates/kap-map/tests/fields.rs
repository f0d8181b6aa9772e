//! Every field that the record's schema knows occurs in a record of the fixtures, so that the other tests miss none.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::records::fixtures;
use crate::schema::leaves;

#[test]
fn every_field_occurs_in_a_record() {
    let occurring: BTreeSet<String> = fixtures()
        .iter()
        .flat_map(|fixture| leaves(&fixture.document))
        .map(|leaf| leaf.place)
        .collect();
    let schema = kap_record::schema();
    let mut known = BTreeSet::new();
    collect(&schema, &schema, String::new(), &mut known);
    assert!(known.len() > 300, "the walk found only {} fields", known.len());
    let missing: Vec<&String> = known.difference(&occurring).collect();
    assert!(missing.is_empty(), "no record has these fields: {missing:#?}");
    let unknown: Vec<&String> = occurring.difference(&known).collect();
    assert!(unknown.is_empty(), "the schema has no such fields: {unknown:#?}");
}

/// The places of all leaves of a schema, as `/sessions/*/start`.
fn collect(root: &Value, schema: &Value, place: String, places: &mut BTreeSet<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let definition = root.pointer(reference.trim_start_matches('#')).expect("a definition");
        return collect(root, definition, place, places);
    }
    if let Some(members) = schema["properties"].as_object() {
        for (name, member) in members {
            collect(root, member, format!("{place}/{name}"), places);
        }
    } else if schema["items"].is_object() {
        collect(root, &schema["items"], format!("{place}/*"), places);
    } else {
        places.insert(place);
    }
}
