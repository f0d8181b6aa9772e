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

/// Says for which versions of FHIR a part of a definition is meant.
const VERSION_SPECIFIC_USE: &str = "http://hl7.org/fhir/StructureDefinition/version-specific-use";

/// `context` (<https://hl7.org/fhir/R4/structuredefinition-definitions.html#StructureDefinition.context>).
pub(super) fn contexts(intern: &mut Intern, structure_definition: &Value) -> Range {
    let start = intern.tables.contexts.len();
    for context in items(structure_definition, "context").filter(|context| holds_in_r4(context)) {
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

/// Whether a context holds in FHIR 4.0: an extension for several versions of FHIR says which contexts are for which
/// (<https://build.fhir.org/ig/HL7/fhir-extensions/StructureDefinition-version-specific-use.html>).
fn holds_in_r4(context: &Value) -> bool {
    let number = |version: &str| {
        let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
        (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
    };
    let uses = items(context, "extension").filter(|extension| text(extension, "url") == Some(VERSION_SPECIFIC_USE));
    uses.flat_map(|range| items(range, "extension")).all(|bound| {
        let version = text(bound, "valueCode").map(number);
        match (text(bound, "url"), version) {
            (Some("startFhirVersion"), Some(start)) => start <= (4, 0),
            (Some("endFhirVersion"), Some(end)) => end >= (4, 0),
            _ => true,
        }
    })
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
