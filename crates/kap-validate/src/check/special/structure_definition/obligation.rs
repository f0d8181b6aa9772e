//! Obligation profiles (<https://hl7.org/fhir/extensions/StructureDefinition-obligation-profile-flag.html>): they add
//! obligations, cardinality and bindings to elements that their base has, and no structure. And the claim of a profile that
//! it complies with another one, which is not compared.

use kap_json::{Message, Node};

use super::{CORE, Check};
use crate::check::special::extension;
use crate::codes::special as codes;

/// Properties of an element that would change its structure or its values.
const STRUCTURE: &[&str] = &[
    "slicing",
    "contentReference",
    "type",
    "constraint",
    "isModifier",
    "isSummary",
];

/// Beginnings of the names of properties that fix or limit values.
const VALUES: &[&str] = &["fixed", "pattern", "minValue", "maxValue", "defaultValue"];

pub(super) fn check(check: &mut Check<'_, '_>) {
    let definition = check.definition;
    for claimed in extension::values(definition, CORE, "structuredefinition-compliesWithProfile") {
        let reason = "that a profile complies with another one is not compared";
        check
            .walk
            .findings
            .undecided(reason, claimed.as_str().unwrap_or_default(), 1);
    }
    let is_marked =
        extension::values(definition, CORE, "obligation-profile-flag").any(|flag| flag.as_bool() == Some(true));
    if !is_marked {
        return;
    }
    if !check.is_profile {
        let message = "only a profile that constrains another definition can be an obligation profile";
        let place = definition.get("derivation").unwrap_or(definition);
        check.report(&codes::DEFINITION_OBLIGATION, place, || message.into());
    }
    let elements = definition.get("differential").and_then(|view| view.get("element"));
    for element in elements.into_iter().flat_map(Node::items) {
        for member in element.members() {
            let is_structure =
                STRUCTURE.contains(&member.name) || VALUES.iter().any(|name| member.name.starts_with(name));
            if is_structure {
                let message = || Message::text(format!("an obligation profile cannot set `{}`", member.name));
                check.report(&codes::DEFINITION_OBLIGATION, member.node, message);
            }
        }
    }
}
