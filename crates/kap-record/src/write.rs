//! The writer: the only code that turns a record, withheld text included, into bytes.

use serde_json::{Map, Value};

use crate::model::Record;

/// Writes a record as pretty-printed JSON with a final line break, numbers as they were read.
///
/// This is for the clinic's own store. What leaves the clinic is made by `kap-map`, which cannot read withheld text.
pub fn write(record: &Record) -> Vec<u8> {
    let value = record.write().unwrap_or(Value::Null);
    let mut bytes = format!("{value:#}").into_bytes();
    bytes.push(b'\n');
    bytes
}

/// Private to this crate, so that nobody else can serialise a part of a record.
pub(crate) trait Write {
    /// The JSON value, or `None` if the member is left out.
    fn write(&self) -> Option<Value>;
}

impl<T: Write> Write for Option<T> {
    fn write(&self) -> Option<Value> {
        self.as_ref().and_then(Write::write)
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&self) -> Option<Value> {
        let items: Vec<Value> = self.iter().filter_map(Write::write).collect();
        if items.is_empty() {
            None
        } else {
            Some(Value::Array(items))
        }
    }
}

impl Write for bool {
    fn write(&self) -> Option<Value> {
        Some(Value::Bool(*self))
    }
}

impl Write for String {
    fn write(&self) -> Option<Value> {
        Some(Value::String(self.clone()))
    }
}

pub(crate) fn write_member(members: &mut Map<String, Value>, field: &str, value: &impl Write) {
    if let Some(value) = value.write() {
        members.insert(camel_case(field), value);
    }
}

/// The member name of a field: what serde's `rename_all = "camelCase"` makes of it.
fn camel_case(field: &str) -> String {
    let mut name = String::with_capacity(field.len());
    let mut upper = false;
    for letter in field.chars() {
        if letter == '_' {
            upper = true;
        } else {
            name.push(if upper { letter.to_ascii_uppercase() } else { letter });
            upper = false;
        }
    }
    name
}
