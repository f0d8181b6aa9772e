//! The invariants that a StructureDefinition states (<https://hl7.org/fhir/R4/conformance-rules.html#constraints>).

use std::collections::HashMap;

use kap_json::{Message, Node};

use super::Check;
use crate::check::special::expression::{self, Depth};
use crate::check::special::extension::text;
use crate::codes::special as codes;

/// The expressions by their keys, as far as they were met in one view.
pub(super) type Met<'c> = HashMap<&'c str, &'c str>;

/// The invariants of one element.
pub(super) fn check<'c>(check: &mut Check<'_, 'c>, element: Node<'c>, met: &mut Met<'c>, is_snapshot: bool) {
    let has_snapshot = check.definition.get("snapshot").is_some();
    let own_url = text(check.definition, "url");
    for constraint in element.get("constraint").into_iter().flat_map(Node::items) {
        let source = text(constraint, "source");
        let is_own = source.is_none() || source == own_url;
        if !is_snapshot && !is_own {
            let message = || "what a differential states comes from the definition itself, not from another `source`";
            check.report(&codes::DEFINITION_CONSTRAINT, constraint, || message().into());
        }
        let Some(text_of) = text(constraint, "expression") else {
            continue;
        };
        let key = text(constraint, "key").unwrap_or_default();
        let first = *met.entry(key).or_insert(text_of);
        if first != text_of && !key.is_empty() {
            let message = || Message::text("another invariant with another expression has the key ").value(key);
            check.report(&codes::DEFINITION_CONSTRAINT, constraint, message);
        }
        // A snapshot repeats what the differential says.
        let is_read = is_own && (is_snapshot || !has_snapshot);
        if let Some(expression) = constraint.get("expression").filter(|_| is_read) {
            let path = text(element, "path").unwrap_or_default();
            let on = expression::place_of(check.walk, path);
            let depth = on.map_or(Depth::Meaning, Depth::Elements);
            expression::check(check.walk, expression, constraint, depth);
        }
    }
}
