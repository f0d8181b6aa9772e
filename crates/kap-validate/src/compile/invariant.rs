//! `constraint`: the invariants. They are kept for the walk to count; evaluating them is FHIRPath's business.

use serde_json::Value;
use zerocopy::little_endian::{U16, U32};

use super::Scope;
use super::tree::{Branch, items, text};
use crate::plan::rows::{Constraint, Element};

pub(crate) const BEST_PRACTICE: &str = "http://hl7.org/fhir/StructureDefinition/elementdefinition-bestpractice";

pub(super) fn compile(scope: &mut Scope<'_, '_>, branch: &Branch<'_>, row: &mut Element) {
    let constraints: Vec<U32> = items(branch.element, "constraint")
        .map(|constraint| add(scope, constraint))
        .collect();
    row.constraints = scope.intern.run(constraints);
}

/// Adds an invariant unless it is there. Keys do not identify them: R4 has five different `inv-1`.
fn add(scope: &mut Scope<'_, '_>, constraint: &Value) -> U32 {
    let stated_by = text(scope.structure_definition, "url").unwrap_or_default();
    let intern = &mut *scope.intern;
    let mut member = |name: &str| intern.text(text(constraint, name).unwrap_or_default());
    let row = Constraint {
        key: member("key"),
        error: U16::new(u16::from(text(constraint, "severity") == Some("error"))),
        best_practice: U16::new(u16::from(is_best_practice(constraint))),
        human: member("human"),
        expression: member("expression"),
        source: intern.text(text(constraint, "source").unwrap_or(stated_by)),
    };
    intern.constraint(row)
}

/// Whether a constraint only says what is best practice
/// (<https://hl7.org/fhir/R4/extension-elementdefinition-bestpractice.html>).
fn is_best_practice(constraint: &Value) -> bool {
    items(constraint, "extension").any(|extension| {
        text(extension, "url") == Some(BEST_PRACTICE) && extension.get("valueBoolean") == Some(&Value::Bool(true))
    })
}
