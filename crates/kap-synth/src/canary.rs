//! Canaries: texts and numbers that stand nowhere else, put wherever content is withheld. One that turns up elsewhere is a leak.

use std::str::FromStr;
use std::sync::LazyLock;

use kap_record::{SENSITIVITY_MEMBER, Sensitivity};
use serde_json::{Map, Number, Value};

static SCHEMA: LazyLock<Value> = LazyLock::new(kap_record::schema);

/// A record with canaries in it.
#[derive(Clone, Debug)]
pub struct Planted {
    /// The record, as valid as it was.
    pub record: Value,
    /// What must not be found anywhere: letters and digits only, so that no escaping hides them.
    pub canaries: Vec<String>,
    /// The places where they stand, as JSON Pointers, in the same order.
    pub places: Vec<String>,
}

/// Plants a canary in every withheld text and number of `record`, and in each withheld text that an object might have and does not.
///
/// The schema says what is withheld, so that a field added tomorrow is planted tomorrow.
pub fn plant_canaries(record: &Value) -> Planted {
    let mut planting = Planting {
        definitions: &SCHEMA["$defs"],
        canaries: Vec::new(),
        places: Vec::new(),
    };
    let mut record = record.clone();
    planting.visit(&mut record, &SCHEMA, false, "");
    Planted {
        record,
        canaries: planting.canaries,
        places: planting.places,
    }
}

struct Planting<'s> {
    definitions: &'s Value,
    canaries: Vec<String>,
    places: Vec<String>,
}

impl<'s> Planting<'s> {
    fn visit(&mut self, value: &mut Value, schema: &'s Value, withheld: bool, place: &str) {
        let withheld = withheld || is_withheld(schema);
        let schema = self.resolved(schema);
        match value {
            Value::Object(members) => self.object(members, schema, withheld, place),
            Value::Array(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.visit(item, &schema["items"], withheld, &format!("{place}/{index}"));
                }
            }
            Value::String(_) if withheld && (is_free_text(schema) || place.ends_with("/id")) => {
                *value = self.text(place).into();
            }
            Value::Number(number) if withheld && schema["type"] == "number" => *number = self.number(place),
            _ => {}
        }
    }

    fn object(&mut self, members: &mut Map<String, Value>, schema: &'s Value, withheld: bool, place: &str) {
        let Some(properties) = schema["properties"].as_object() else {
            return;
        };
        for (name, property) in properties {
            let place = format!("{place}/{name}");
            if let Some(member) = members.get_mut(name) {
                self.visit(member, property, withheld, &place);
            } else if is_withheld(property) && is_free_text(self.resolved(property)) {
                members.insert(name.clone(), self.text(&place).into());
            }
        }
    }

    fn resolved(&self, schema: &'s Value) -> &'s Value {
        let mut schema = schema;
        while let Some(name) = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
            schema = &self.definitions[name];
        }
        match schema["allOf"].as_array().map(Vec::as_slice) {
            Some([only]) => self.resolved(only),
            _ => schema,
        }
    }

    fn text(&mut self, place: &str) -> String {
        let canary = format!("canary{:05}inthecage", self.canaries.len());
        self.remember(canary.clone(), place);
        canary
    }

    /// A number between 0 and 1, which every withheld answer and amount may be.
    fn number(&mut self, place: &str) -> Number {
        let digits = format!("4815162342{:05}", self.canaries.len());
        let number = Number::from_str(&format!("0.{digits}")).expect("digits after 0. are a JSON number");
        self.remember(digits, place);
        number
    }

    fn remember(&mut self, canary: String, place: &str) {
        self.canaries.push(canary);
        self.places.push(place.to_owned());
    }
}

fn is_withheld(schema: &Value) -> bool {
    schema[SENSITIVITY_MEMBER] == Sensitivity::NeverLeaves.as_str()
}

fn is_free_text(schema: &Value) -> bool {
    schema["type"] == "string" && ["pattern", "enum", "format"].iter().all(|rule| schema[rule].is_null())
}
