//! `fixed[x]` and `pattern[x]` (<https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.fixed_x_>).

use serde_json::Value as Json;
use zerocopy::little_endian::{U16, U32};

use super::intern::{Intern, number};
use super::tree::Branch;
use super::{Scope, flags};
use crate::plan::rows::{Element, Range, Value};

pub(super) fn compile(scope: &mut Scope<'_, '_>, branch: &Branch<'_>, row: &mut Element) {
    let fixed = choice(branch.element, "fixed");
    if let Some((name, value)) = fixed.or_else(|| choice(branch.element, "pattern")) {
        row.value = add_named(scope.intern, name, value);
        if fixed.is_some() {
            row.flags |= flags::element::FIXED;
        }
    }
}

/// The member `name[x]` of an ElementDefinition with the name that it has there, for example `fixedUri`.
pub(super) fn choice<'s>(element: &'s Json, name: &str) -> Option<(&'s str, &'s Json)> {
    let is_choice = |member: &str| {
        member
            .strip_prefix(name)
            .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_uppercase()))
    };
    let mut members = element.as_object()?.iter();
    let (name, value) = members.find(|(member, _)| is_choice(member))?;
    Some((name, value))
}

/// Adds a value that an ElementDefinition gives under `name`, with all that is in it, and returns its row.
pub(super) fn add_named(intern: &mut Intern, name: &str, value: &Json) -> U32 {
    let row = number(intern.tables.values.len());
    let root = scalar(intern, name, value);
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
    Value {
        kind: U16::new(kind),
        name: intern.text(name),
        text: intern.text(&text),
        children: Range::EMPTY,
    }
}
