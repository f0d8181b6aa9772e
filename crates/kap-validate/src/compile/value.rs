//! `fixed[x]` and `pattern[x]` (<https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.fixed_x_>).

use serde_json::Value as Json;
use zerocopy::little_endian::{U16, U32};

use super::intern::{Intern, number};
use super::tree::Branch;
use super::{Scope, flags};
use crate::plan::rows::{Element, Range, Value};

pub(super) fn compile(scope: &mut Scope<'_, '_>, branch: &Branch<'_>, row: &mut Element) {
    if is_limited(branch.element) {
        row.flags |= flags::element::LIMITED;
    }
    if let Some((value, fixed)) = given(branch.element) {
        row.value = add(scope.intern, value);
        if fixed {
            row.flags |= flags::element::FIXED;
        }
    }
}

/// Whether an ElementDefinition has `maxLength`, `minValue[x]` or `maxValue[x]`.
fn is_limited(element: &Json) -> bool {
    let limits = ["maxLength", "minValue", "maxValue"];
    let names = element.as_object().into_iter().flat_map(serde_json::Map::keys);
    names
        .into_iter()
        .any(|name| limits.iter().any(|limit| name.starts_with(limit)))
}

/// The value that an ElementDefinition gives, and whether it is fixed rather than a pattern.
pub(super) fn given(element: &Json) -> Option<(&Json, bool)> {
    let starts = |name: &str, prefix: &str| {
        name.strip_prefix(prefix)
            .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_uppercase()))
    };
    element.as_object()?.iter().find_map(|(name, value)| match name {
        name if starts(name, "fixed") => Some((value, true)),
        name if starts(name, "pattern") => Some((value, false)),
        _ => None,
    })
}

/// Adds a value with all that is in it, and returns its row.
pub(super) fn add(intern: &mut Intern, value: &Json) -> U32 {
    let row = number(intern.tables.values.len());
    let root = scalar(intern, "", value);
    intern.tables.values.push(root);
    add_children(intern, row, value);
    row
}

/// Children lie side by side behind all rows there are, so a row is written first and its children's range after.
fn add_children(intern: &mut Intern, row: U32, value: &Json) {
    let children: Vec<(&str, &Json)> = match value {
        Json::Array(items) => items.iter().map(|item| ("", item)).collect(),
        Json::Object(members) => members.iter().map(|(name, member)| (name.as_str(), member)).collect(),
        _ => return,
    };
    let start = intern.tables.values.len();
    for (name, child) in &children {
        let child = scalar(intern, name, child);
        intern.tables.values.push(child);
    }
    if let Some(holder) = intern.tables.values.get_mut(row.get() as usize) {
        holder.children = Range {
            start: number(start),
            length: number(children.len()),
        };
    }
    for (offset, (_, child)) in children.iter().enumerate() {
        add_children(intern, number(start + offset), child);
    }
}

fn scalar(intern: &mut Intern, name: &str, value: &Json) -> Value {
    let (kind, text) = match value {
        Json::Bool(value) => (flags::value::BOOLEAN, value.to_string()),
        Json::Number(value) => (flags::value::NUMBER, value.to_string()),
        Json::String(value) => (flags::value::STRING, value.clone()),
        Json::Array(_) => (flags::value::ARRAY, String::new()),
        Json::Object(_) | Json::Null => (flags::value::OBJECT, String::new()),
    };
    let none = Range {
        start: U32::new(0),
        length: U32::new(0),
    };
    Value {
        kind: U16::new(kind),
        name: intern.text(name),
        text: intern.text(&text),
        children: none,
    }
}
