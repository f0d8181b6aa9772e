//! What a differential says of one element, laid over what its base says
//! (<https://hl7.org/fhir/R4/elementdefinition.html#interpretation>).

use serde_json::{Map, Value};

use crate::compile::text;

/// Lists that grow, with the member that tells their items apart; other members are replaced.
const GROWING: [(&str, &str); 4] = [
    ("constraint", "key"),
    ("extension", "url"),
    ("mapping", "map"),
    ("example", "label"),
];

/// Lists of texts that grow.
const GROWING_TEXTS: [&str; 2] = ["condition", "alias"];

/// Facts that new ones drive out, whatever their types, with the new ones: a fixed value says all that a pattern says.
const CHOICES: [(&str, &[&str]); 4] = [
    ("fixed", &["fixed"]),
    ("pattern", &["fixed", "pattern"]),
    ("minValue", &["minValue"]),
    ("maxValue", &["maxValue"]),
];

/// Lays the facts of a differential over those of the base. `source` is the definition that states new constraints.
pub(super) fn merge(base: &mut Map<String, Value>, differential: &Map<String, Value>, source: &str) {
    for (name, value) in differential {
        match name.as_str() {
            "base" => {}
            "constraint" => grow(base, name, "key", &with_source(value, source)),
            "binding" => merge_binding(base, value),
            name if GROWING_TEXTS.contains(&name) => grow_texts(base, name, value),
            name => {
                if let Some((_, key)) = GROWING.iter().find(|(list, _)| *list == name) {
                    grow(base, name, key, value);
                } else {
                    drive_out(base, name);
                    base.insert(name.to_owned(), value.clone());
                }
            }
        }
    }
}

/// Adds items that are not there. One with the same key is replaced, except for constraints: they cannot be loosened.
fn grow(base: &mut Map<String, Value>, name: &str, key: &str, value: &Value) {
    let Value::Array(added) = value else { return };
    let list = base.entry(name).or_insert_with(|| Value::Array(Vec::new()));
    let Value::Array(list) = list else { return };
    for item in added {
        let same = |known: &&mut Value| text(known, key).is_some() && text(known, key) == text(item, key);
        match list.iter_mut().find(same) {
            Some(_) if name == "constraint" => {}
            Some(known) => *known = item.clone(),
            None => list.push(item.clone()),
        }
    }
}

fn grow_texts(base: &mut Map<String, Value>, name: &str, value: &Value) {
    let Value::Array(added) = value else { return };
    let list = base.entry(name).or_insert_with(|| Value::Array(Vec::new()));
    let Value::Array(list) = list else { return };
    for item in added {
        if !list.contains(item) {
            list.push(item.clone());
        }
    }
}

fn with_source(constraints: &Value, source: &str) -> Value {
    let mut constraints = constraints.clone();
    for constraint in constraints.as_array_mut().into_iter().flatten() {
        if let Value::Object(constraint) = constraint {
            constraint.entry("source").or_insert_with(|| source.into());
        }
    }
    constraints
}

/// A binding that only says how strong it is keeps the value set.
fn merge_binding(base: &mut Map<String, Value>, value: &Value) {
    let mut binding = value.clone();
    let known = base.get("binding").and_then(|known| known.get("valueSet"));
    if let (Value::Object(binding), Some(known)) = (&mut binding, known) {
        binding.entry("valueSet").or_insert_with(|| known.clone());
    }
    base.insert("binding".to_owned(), binding);
}

/// Removes the choices that `name` takes the place of: `patternCoding` that of `patternCode`.
fn drive_out(base: &mut Map<String, Value>, name: &str) {
    let is_choice = |name: &str, choice: &str| {
        let rest = name.strip_prefix(choice);
        rest.is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_uppercase()))
    };
    for (old, new) in CHOICES {
        if new.iter().any(|new| is_choice(name, new)) {
            base.retain(|known, _| !is_choice(known, old));
        }
    }
}
