//! Where an extension belongs (<https://hl7.org/fhir/R4/defining-extensions.html#context>), and the URL it is known by.

use kap_json::{Message, Node};

use super::Check;
use crate::check::special::elements::{self, Found};
use crate::check::special::expression::{self, Depth};
use crate::check::special::extension::{self, CORE, text};
use crate::codes::special as codes;
use crate::plan::view::DefinitionView;

pub(super) fn check(check: &mut Check<'_, '_>) {
    let is_extension = check.type_name == "Extension";
    let contexts = check.definition.get("context").into_iter().flat_map(Node::items);
    for context in contexts {
        if is_extension {
            element(check, context);
        } else {
            let message = || "only extensions say in `context` where they belong".into();
            check.report(&codes::DEFINITION_CONTEXT, context, message);
        }
    }
    let invariants = check
        .definition
        .get("contextInvariant")
        .into_iter()
        .flat_map(Node::items);
    for invariant in invariants {
        if is_extension {
            expression::check(check.walk, invariant, invariant, Depth::Grammar);
        } else {
            let message = || "only extensions say in `contextInvariant` where they belong".into();
            check.report(&codes::DEFINITION_CONTEXT, invariant, message);
        }
    }
    if is_extension
        && text(check.definition, "baseDefinition") == Some("http://hl7.org/fhir/StructureDefinition/Extension")
    {
        url(check);
    }
}

/// A context of type `element` names an element.
fn element<'c>(check: &mut Check<'_, 'c>, context: Node<'c>) {
    // What belongs to another version of FHIR names elements of that version.
    let is_of_other_version = extension::all(context, CORE, "version-specific-use").next().is_some()
        || extension::all(
            context,
            "http://hl7.org/fhir/tools/StructureDefinition/",
            "fhirversion-specific-use",
        )
        .next()
        .is_some();
    let Some(path) = text(context, "expression").filter(|_| text(context, "type") == Some("element")) else {
        return;
    };
    let (root, steps) = path.split_once('.').unwrap_or((path, ""));
    // Types of later versions that stand for many others; and definitions with `#` are those of profiles.
    if is_of_other_version
        || matches!(root, "Base" | "CanonicalResource" | "MetadataResource")
        || path.contains([':', '#', '/'])
    {
        return;
    }
    let set = check.walk.set;
    let found = set.type_definition(root).and_then(DefinitionView::root);
    let steps = steps.split('.').filter(|step| !step.is_empty());
    let is_missing = match found {
        Some(root) => matches!(elements::find(set, root, steps), Found::Missing),
        None => true,
    };
    if is_missing {
        let message = || Message::text("there is no element ").value(path);
        check.report(&codes::DEFINITION_CONTEXT, context, message);
    }
}

/// The URL in an extension is that of its definition.
fn url(check: &mut Check<'_, '_>) {
    let Some(own) = text(check.definition, "url") else {
        return;
    };
    let view = check
        .definition
        .get("differential")
        .or_else(|| check.definition.get("snapshot"));
    let elements = view
        .and_then(|view| view.get("element"))
        .into_iter()
        .flat_map(Node::items);
    let element = elements
        .into_iter()
        .find(|element| text(*element, "path") == Some("Extension.url"));
    let fixed = element.and_then(|element| element.get("fixedUri"));
    if fixed.and_then(Node::as_str) != Some(own) {
        let message = || Message::text("`Extension.url` is not fixed to the URL of the definition, ").value(own);
        let place = fixed.or(element).unwrap_or(check.definition);
        check.report_whole(&codes::DEFINITION_EXTENSION_URL, place, message);
    }
}
