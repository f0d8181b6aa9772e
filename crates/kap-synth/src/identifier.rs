//! The same course under other identifiers.

use serde_json::Value;

/// The course of `record` as that of somebody else: every id of the source system and every identifier of the patient is a new one, and links lead where they led.
///
/// The number `n` tells copies apart. Professionals and organizations keep their business identifiers: they are the same ones.
pub fn under_new_identifiers(record: &Value, n: u64) -> Value {
    let mut copy = record.clone();
    rename(&mut copy, n);
    if let Some(Value::Array(identifiers)) = copy.pointer_mut("/patient/identifiers") {
        for value in identifiers.iter_mut().filter_map(|it| it.get_mut("value")) {
            renew(value, n);
        }
    }
    copy
}

/// A member named `id` holds an object's own id, one that ends in `Id` or `Ids` those of others.
fn rename(value: &mut Value, n: u64) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(_) if name == "id" || name.ends_with("Id") => renew(member, n),
                    Value::Array(ids) if name.ends_with("Ids") => ids.iter_mut().for_each(|id| renew(id, n)),
                    _ => rename(member, n),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, n)),
        _ => {}
    }
}

fn renew(id: &mut Value, n: u64) {
    if let Value::String(text) = id {
        *text = format!("{n}/{text}");
    }
}
