//! The JSON Schema of the record, made from the types.

mod transform;

use std::sync::LazyLock;

use jsonschema::{Draft, Validator};
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::model::Record;
use crate::primitive::{is_date, is_instant, is_moment, is_partial_date};

/// Where the schema is published.
pub const SCHEMA_ID: &str = "https://kap-fhir.org/record/kap-record-1.schema.json";

/// The smallest record that makes sense; the schema shows it as its example.
const EXAMPLE: &str = include_str!("example.json");

/// The JSON Schema (draft 2020-12) of the record.
///
/// Beside the standard's own keywords it states of each member who may learn it (`x-kap-sensitivity`), the unit of a quantity (`x-kap-unit`),
/// what each code means (`x-kap-codes`) and which code system of the KAP guide repeats a list of codes (`x-kap-code-system`).
pub fn schema() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<Record>().to_value();
    transform::publish(&mut schema);
    if let Value::Object(members) = &mut schema {
        members.shift_insert(1, "$id".to_owned(), json!(SCHEMA_ID));
        let example: Value = serde_json::from_str(EXAMPLE).unwrap_or_default();
        members.insert("examples".to_owned(), json!([example]));
    }
    schema
}

/// The schema, compiled once. The formats are judged by the very functions that the types use.
pub(crate) static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .with_format("date", is_date)
        .with_format("date-time", is_instant)
        .with_format("kap-moment", is_moment)
        .with_format("kap-partial-date", is_partial_date)
        .build(&schema())
        .expect("the schema made from our own types is a valid schema")
});
