//! `binding` (<https://hl7.org/fhir/R4/terminologies.html#strength>).

use serde_json::Value;
use zerocopy::little_endian::{U16, U32};

use super::intern::{Intern, number};
use super::tree::{Branch, items, text};
use super::{Scope, flags};
use crate::plan::rows::{Binding, Element, NONE};

/// The value set that no code may leave even where the binding is not required.
const MAX_VALUE_SET: &str = "http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet";

pub(super) fn compile(scope: &mut Scope<'_, '_>, branch: &Branch<'_>, row: &mut Element) {
    if let Some(binding) = branch.element.get("binding") {
        row.binding = add(scope.intern, binding);
    }
}

/// Adds a binding and returns its row.
pub(super) fn add(intern: &mut Intern, binding: &Value) -> U32 {
    let strength = match text(binding, "strength") {
        Some("required") => flags::strength::REQUIRED,
        Some("extensible") => flags::strength::EXTENSIBLE,
        Some("preferred") => flags::strength::PREFERRED,
        _ => flags::strength::EXAMPLE,
    };
    let max_value_set = items(binding, "extension")
        .find(|extension| text(extension, "url") == Some(MAX_VALUE_SET))
        .and_then(|extension| text(extension, "valueCanonical").or_else(|| text(extension, "valueUri")));
    let mut link = |canonical: Option<&str>| canonical.map_or(U32::new(NONE), |canonical| intern.link(canonical));
    let row = Binding {
        strength: U16::new(strength),
        value_set: link(text(binding, "valueSet")),
        max_value_set: link(max_value_set),
    };
    let index = intern.tables.bindings.iter().position(|known| *known == row);
    let index = index.unwrap_or_else(|| {
        intern.tables.bindings.push(row);
        intern.tables.bindings.len() - 1
    });
    number(index)
}
