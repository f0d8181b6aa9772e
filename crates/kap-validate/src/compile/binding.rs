//! `binding` (<https://hl7.org/fhir/R4/terminologies.html#strength>).

use serde_json::Value;
use zerocopy::little_endian::{U16, U32};

use super::intern::{Intern, number, since};
use super::tree::{Branch, items, text};
use super::{Scope, flags, value_set};
use crate::plan::rows::{AdditionalBinding, Binding, Element, NONE, Range};

/// The value set that no code may leave even where the binding is not required.
pub(crate) const MAX_VALUE_SET: &str = "http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet";
/// The value set whose codes must all be supported.
pub(crate) const MIN_VALUE_SET: &str = "http://hl7.org/fhir/StructureDefinition/elementdefinition-minValueSet";
/// Additional bindings, as R5 has them.
pub(crate) const ADDITIONAL_BINDING: &str = "http://hl7.org/fhir/tools/StructureDefinition/additional-binding";
/// The names that they have had as an extension.
const ADDITIONAL: [&str; 2] = [
    ADDITIONAL_BINDING,
    "http://hl7.org/fhir/StructureDefinition/additional-binding",
];

pub(super) fn compile(scope: &mut Scope<'_, '_>, branch: &Branch<'_>, row: &mut Element) {
    if let Some(binding) = branch.element.get("binding") {
        let url = text(scope.structure_definition, "url").unwrap_or_default();
        row.binding = add(scope.intern, url, binding);
    }
}

/// Adds a binding of the definition with that URL, which may contain the value set, and returns its row.
fn add(intern: &mut Intern, url: &str, binding: &Value) -> U32 {
    let strength = match text(binding, "strength") {
        Some("required") => flags::strength::REQUIRED,
        Some("extensible") => flags::strength::EXTENSIBLE,
        Some("preferred") => flags::strength::PREFERRED,
        _ => flags::strength::EXAMPLE,
    };
    let additional = additional(intern, binding);
    let mut link =
        |canonical: Option<&str>| canonical.map_or(U32::new(NONE), |canonical| value_set::link(intern, url, canonical));
    let row = Binding {
        strength: U16::new(strength),
        value_set: link(text(binding, "valueSet")),
        max_value_set: link(value_set_extension(binding, MAX_VALUE_SET)),
        min_value_set: link(value_set_extension(binding, MIN_VALUE_SET)),
        additional,
    };
    intern.binding(row)
}

fn value_set_extension<'s>(binding: &'s Value, url: &str) -> Option<&'s str> {
    let extension = items(binding, "extension").find(|extension| text(extension, "url") == Some(url))?;
    canonical(extension)
}

fn canonical(extension: &Value) -> Option<&str> {
    text(extension, "valueCanonical").or_else(|| text(extension, "valueUri"))
}

/// Adds the additional bindings of a binding. Equal ones share their rows.
fn additional(intern: &mut Intern, binding: &Value) -> Range {
    let is_one = |extension: &&Value| text(extension, "url").is_some_and(|url| ADDITIONAL.contains(&url));
    let rows: Vec<AdditionalBinding> = items(binding, "extension")
        .filter(is_one)
        .map(|extension| additional_binding(intern, extension))
        .collect();
    if rows.is_empty() {
        return Range::EMPTY;
    }
    let table = &mut intern.tables.additional_bindings;
    if let Some(start) = table.windows(rows.len()).position(|known| known == rows) {
        return Range {
            start: number(start),
            length: number(rows.len()),
        };
    }
    let start = table.len();
    table.extend(rows);
    since(table, start)
}

fn additional_binding(intern: &mut Intern, extension: &Value) -> AdditionalBinding {
    let part = |name: &str| items(extension, "extension").find(|part| text(part, "url") == Some(name));
    let purpose = part("purpose").and_then(|part| text(part, "valueCode"));
    let value_set = part("valueSet").and_then(canonical);
    let any = part("any").is_some_and(|part| part.get("valueBoolean") == Some(&Value::Bool(true)));
    AdditionalBinding {
        purpose: intern.text(purpose.unwrap_or_default()),
        value_set: value_set.map_or(U32::new(NONE), |canonical| intern.link(canonical)),
        any: U16::new(u16::from(any)),
        conditional: U16::new(u16::from(part("usage").is_some())),
    }
}
