//! `constraint`: the invariants, with the element that gives the names in their expressions a meaning.

use serde_json::Value;
use zerocopy::little_endian::{U16, U32};

use super::intern::number;
use super::tree::{Branch, items, text};
use super::{Scope, flags};
use crate::invariant::is_decided_elsewhere;
use crate::plan::rows::{Constraint, Element, NONE};

/// Marks an invariant as a matter of good practice.
pub(crate) const BEST_PRACTICE: &str = "http://hl7.org/fhir/StructureDefinition/elementdefinition-bestpractice";

pub(super) fn compile(scope: &mut Scope<'_, '_>, branch: &Branch<'_>, row: &mut Element) {
    // An element that refers to the content of another one is held to that one's invariants, too.
    let target = scope
        .tree
        .content_reference(branch)
        .map(|target| &scope.tree.branches[target]);
    let stated = [Some(branch), target].into_iter().flatten();
    let mut constraints: Vec<U32> = Vec::new();
    for constraint in stated.flat_map(|branch| items(branch.element, "constraint")) {
        let (added, live) = add(scope, constraint);
        if constraints.contains(&added) {
            continue;
        }
        constraints.push(added);
        if live {
            row.flags |= flags::element::INVARIANTS;
        }
    }
    row.constraints = scope.intern.run(constraints);
}

/// Adds an invariant unless it is there, and says whether it has to be evaluated. Keys do not identify invariants: R4
/// has five different `inv-1`.
fn add(scope: &mut Scope<'_, '_>, constraint: &Value) -> (U32, bool) {
    let stated_by = text(scope.structure_definition, "url").unwrap_or_default();
    let member = |name| text(constraint, name).unwrap_or_default();
    let live = !is_decided_elsewhere(member("key"), member("expression")) && !member("expression").is_empty();
    let context = if live {
        // The row that is being made is the next one.
        number(scope.intern.tables.elements.len())
    } else {
        U32::new(NONE)
    };
    let intern = &mut *scope.intern;
    let row = Constraint {
        key: intern.text(member("key")),
        error: U16::new(u16::from(text(constraint, "severity") == Some("error"))),
        best_practice: U16::new(u16::from(is_best_practice(constraint))),
        human: intern.text(member("human")),
        expression: intern.text(member("expression")),
        source: intern.text(text(constraint, "source").unwrap_or(stated_by)),
        context,
    };
    (intern.constraint(row), live)
}

/// Whether a constraint only says what is best practice.
fn is_best_practice(constraint: &Value) -> bool {
    items(constraint, "extension").any(|extension| {
        text(extension, "url") == Some(BEST_PRACTICE) && extension.get("valueBoolean") == Some(&Value::Bool(true))
    })
}
