//! What a StructureDefinition says outside of its elements: where an extension may stand, and which profiles it imposes.

use serde_json::Value;
use zerocopy::little_endian::U16;

use super::flags;
use super::intern::{Intern, since};
use super::tree::{items, text};
use crate::plan::rows::{ExtensionContext, Range};

/// Profiles that whoever meets this one must meet, too
/// (<https://build.fhir.org/ig/HL7/fhir-extensions/StructureDefinition-structuredefinition-imposeProfile.html>).
const IMPOSE_PROFILE: &str = "http://hl7.org/fhir/StructureDefinition/structuredefinition-imposeProfile";

/// `context` (<https://hl7.org/fhir/R4/structuredefinition-definitions.html#StructureDefinition.context>).
pub(super) fn contexts(intern: &mut Intern, structure_definition: &Value) -> Range {
    let start = intern.tables.contexts.len();
    for context in items(structure_definition, "context") {
        let kind = match text(context, "type") {
            Some("fhirpath") => flags::context::FHIRPATH,
            Some("extension") => flags::context::EXTENSION,
            _ => flags::context::ELEMENT,
        };
        let expression = intern.text(text(context, "expression").unwrap_or_default());
        intern.tables.contexts.push(ExtensionContext {
            kind: U16::new(kind),
            expression,
        });
    }
    since(&intern.tables.contexts, start)
}

/// `contextInvariant`.
pub(super) fn context_invariants(intern: &mut Intern, structure_definition: &Value) -> Range {
    let expressions = items(structure_definition, "contextInvariant").filter_map(Value::as_str);
    let expressions = expressions.map(|expression| intern.text(expression)).collect();
    intern.run(expressions)
}

/// The profiles that a profile imposes.
pub(super) fn imposes(intern: &mut Intern, structure_definition: &Value) -> Range {
    let imposed = items(structure_definition, "extension")
        .filter(|extension| text(extension, "url") == Some(IMPOSE_PROFILE))
        .filter_map(|extension| text(extension, "valueCanonical"))
        .map(|canonical| intern.link(canonical))
        .collect();
    intern.run(imposed)
}
