//! From what schemars derives to what we publish: no `null`, no defaults, a title and a sensitivity for every member.

use serde_json::{Map, Value};

use crate::sensitivity::{SENSITIVITY_MEMBER, Sensitivity};

/// Readies a derived schema for publication.
pub(super) fn publish(schema: &mut Value) {
    let Value::Object(members) = schema else { return };
    if let Some(Value::Object(definitions)) = members.get_mut("$defs") {
        for (name, definition) in definitions.iter_mut() {
            publish_object(definition);
            insert_title(definition, name);
        }
    }
    publish_object(schema);
}

fn publish_object(schema: &mut Value) {
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        for (name, property) in properties.iter_mut() {
            refuse_null(property);
            insert_title(property, name);
            state_sensitivity(property);
        }
    }
}

/// schemars lets an optional member be `null`; in a record an absent member is absent.
fn refuse_null(property: &mut Value) {
    let Value::Object(members) = property else { return };
    members.shift_remove("default");
    if let Some(Value::Array(types)) = members.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            members.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(alternatives)) = members.get("anyOf")
        && let Some(Value::Object(alternative)) = alternatives.first().cloned()
    {
        members.shift_remove("anyOf");
        for (keyword, value) in alternative {
            members.entry(keyword).or_insert(value);
        }
    }
}

fn insert_title(schema: &mut Value, name: &str) {
    if let Value::Object(members) = schema {
        members.shift_remove("title");
        members.shift_insert(0, "title".to_owned(), title(name).into());
    }
}

/// `birthDate` and `BirthDate` become `Birth date`.
fn title(name: &str) -> String {
    let mut title = String::with_capacity(name.len() + 4);
    for (at, letter) in name.chars().enumerate() {
        if at == 0 {
            title.push(letter.to_ascii_uppercase());
        } else if letter.is_ascii_uppercase() {
            title.push(' ');
            title.push(letter.to_ascii_lowercase());
        } else {
            title.push(letter);
        }
    }
    title
}

fn state_sensitivity(property: &mut Value) {
    let Value::Object(members) = property else { return };
    let stated = |members: &Map<String, Value>| members.get(SENSITIVITY_MEMBER).cloned();
    let of_items = members.get("items").and_then(Value::as_object).and_then(stated);
    let sensitivity = stated(members)
        .or(of_items)
        .unwrap_or_else(|| Sensitivity::Shareable.as_str().into());
    members.insert(SENSITIVITY_MEMBER.to_owned(), sensitivity);
}
