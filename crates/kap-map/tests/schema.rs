//! The record's schema, walked beside a document: what may leave, and which other values a field could have.

use std::sync::LazyLock;

use serde_json::{Value, json};

/// Made once: it is walked for every record.
static SCHEMA: LazyLock<Value> = LazyLock::new(kap_record::schema);

/// A leaf of a document: its pointer, its place in the schema (`/sessions/*/start`), its part of the schema, and whether it may leave.
pub(crate) struct Leaf {
    pub(crate) pointer: String,
    pub(crate) place: String,
    pub(crate) schema: Value,
    pub(crate) never_leaves: bool,
    pub(crate) restricted: bool,
}

impl Leaf {
    /// Whether the leaf is an id of the source system or refers to one.
    pub(crate) fn is_id(&self) -> bool {
        let name = self.place.trim_end_matches("/*").rsplit('/').next().unwrap_or_default();
        name == "id" || name.ends_with("Id") || name.ends_with("Ids")
    }
}

/// Every leaf of a document.
pub(crate) fn leaves(document: &Value) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    let start = Leaf {
        pointer: String::new(),
        place: String::new(),
        schema: SCHEMA.clone(),
        never_leaves: false,
        restricted: false,
    };
    walk(&SCHEMA, &start, document, &mut leaves);
    leaves
}

fn walk(root: &Value, at: &Leaf, value: &Value, leaves: &mut Vec<Leaf>) {
    let never_leaves = at.never_leaves || at.schema["x-kap-sensitivity"] == "never-leaves";
    let restricted = at.restricted || at.schema["x-kap-sensitivity"] == "restricted";
    let mut schema = at.schema.clone();
    while let Some(reference) = schema["$ref"].as_str() {
        schema = root
            .pointer(reference.trim_start_matches('#'))
            .expect("a definition")
            .clone();
    }
    let child = |name: &str, place: &str, schema: &Value| Leaf {
        pointer: format!("{}/{name}", at.pointer),
        place: format!("{}/{place}", at.place),
        schema: schema.clone(),
        never_leaves,
        restricted,
    };
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                walk(root, &child(name, name, &schema["properties"][name]), member, leaves);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(root, &child(&index.to_string(), "*", &schema["items"]), item, leaves);
            }
        }
        _ => leaves.push(Leaf {
            pointer: at.pointer.clone(),
            place: at.place.clone(),
            schema,
            never_leaves,
            restricted,
        }),
    }
}

/// Other values that the field may have in place of `value`; not all of them have its shape.
pub(crate) fn other_values(leaf: &Leaf, value: &Value) -> Vec<Value> {
    if let Some(codes) = leaf.schema["enum"].as_array() {
        return codes.iter().filter(|code| *code != value).cloned().collect();
    }
    match value {
        Value::Bool(value) => vec![json!(!value)],
        Value::Number(number) => {
            let number = number.as_f64().expect("a number");
            [number + 1.0, number - 1.0]
                .iter()
                .map(|other| serde_json::from_str(&other.to_string()).expect("a number"))
                .collect()
        }
        Value::String(text) => other_texts(text),
        other => panic!("{other} is no leaf"),
    }
}

fn other_texts(text: &str) -> Vec<Value> {
    let later = text
        .get(..4)
        .and_then(|year| year.parse::<i32>().ok())
        .map(|year| format!("{:04}{}", year + 1, &text[4..]));
    let fixed = ["1234567893", "Europe/Berlin", "fr-CA", "g/L"].map(str::to_owned);
    later
        .into_iter()
        .chain([format!("{text}x")])
        .chain(fixed)
        .filter(|other| other != text)
        .map(Value::from)
        .collect()
}
