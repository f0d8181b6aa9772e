//! A CodeSystem in itself (<https://hl7.org/fhir/R4/codesystem.html>): codes are unique, properties are what they are
//! declared to be, and supplements name concepts that are there.

use std::collections::{HashMap, HashSet};

use kap_fhir::reference::is_absolute;
use kap_json::{Message, Node};

use super::extension::{text, typed};
use super::membership::{Surroundings, has_code};
use crate::check::walk::{Scope, Walk};
use crate::codes::special as codes;

/// Beginning of the URIs of the properties that FHIR defines
/// (<https://hl7.org/fhir/R4/codesystem-concept-properties.html>).
const KNOWN_PROPERTIES: &str = "http://hl7.org/fhir/concept-properties#";

pub(super) fn check<'c>(walk: &mut Walk<'c>, scope: Scope<'c>) {
    let system = scope.resource;
    let around = Surroundings {
        holder: scope.container.unwrap_or(system),
        document: system,
    };
    let mut concepts = Vec::new();
    let mut open: Vec<Node<'c>> = vec![system];
    while let Some(holder) = open.pop() {
        let below: Vec<Node<'c>> = holder.get("concept").into_iter().flat_map(Node::items).collect();
        concepts.extend(&below);
        open.extend(below.into_iter().rev());
    }
    content(walk, system, concepts.len());
    let types = properties(walk, system);
    let defined = unique_codes(walk, &concepts);
    let supplemented =
        text(system, "supplements").map(|canonical| canonical.split_once('|').unwrap_or((canonical, "")));
    for concept in &concepts {
        if let (Some((url, version)), Some(code)) = (supplemented, text(*concept, "code"))
            && has_code(walk, around, url, version, code) == Some(false)
        {
            let message = || Message::text("the code system that is supplemented has no code ").value(code);
            walk.report(&codes::CODE_SYSTEM_SUPPLEMENT, *concept, message, None);
        }
        for property in concept.get("property").into_iter().flat_map(Node::items) {
            self::property(walk, around, property, &types);
            if supplemented.is_none() && text(system, "content") == Some("complete") {
                internal_code(walk, property, &types, &defined);
            }
        }
    }
}

/// What there is of the code system, and what it says there is.
fn content<'c>(walk: &mut Walk<'c>, system: Node<'c>, found: usize) {
    let Some(content) = system.get("content") else { return };
    let kind = content.as_str().unwrap_or_default();
    let is_supplement = kind == "supplement";
    if is_supplement != system.get("supplements").is_some() {
        let message = || "the content is `supplement` if, and only if, `supplements` says of which code system".into();
        walk.report(&codes::CODE_SYSTEM_CONTENT, content, message, None);
    }
    let first = system.get("concept").and_then(|concepts| concepts.at(0));
    if let (Some(first), "not-present") = (first, kind) {
        let message = || "the content is not present, but there are concepts".into();
        walk.report(&codes::CODE_SYSTEM_CONTENT, first, message, None);
    }
    let Some(count) = system.get("count") else { return };
    let stated = count.as_number().and_then(|count| count.parse::<usize>().ok());
    if let (Some(stated), "complete") = (stated, kind)
        && stated != found
    {
        let message = || {
            Message::text(format!(
                "the code system is complete and has {found} concepts, not {stated}"
            ))
        };
        walk.report(&codes::CODE_SYSTEM_COUNT, count, message, None);
    }
    if let (Some(stated), "fragment" | "example") = (stated, kind)
        && found > stated
    {
        let message = || {
            Message::text(format!(
                "a part of the code system has {found} concepts, the whole {stated}"
            ))
        };
        walk.report(&codes::CODE_SYSTEM_COUNT, count, message, None);
    }
}

/// A property that a code system declares.
struct Property<'c> {
    uri: &'c str,
    kind: &'c str,
}

/// The declared properties by code.
fn properties<'c>(walk: &mut Walk<'c>, system: Node<'c>) -> HashMap<&'c str, Property<'c>> {
    let mut declared: HashMap<&str, Property<'_>> = HashMap::new();
    let mut uris = HashSet::new();
    for property in system.get("property").into_iter().flat_map(Node::items) {
        let member = |name| text(property, name).unwrap_or_default();
        let (code, uri, kind) = (member("code"), member("uri"), member("type"));
        let mut report_as = |info, message: &'static str| {
            walk.report(info, property, || message.into(), None);
        };
        if !uri.is_empty() && !uris.insert(uri) {
            report_as(
                &codes::CODE_SYSTEM_PROPERTY_REPEATED,
                "another property has the same URI",
            );
        }
        if !code.is_empty() && declared.insert(code, Property { uri, kind }).is_some() {
            report_as(
                &codes::CODE_SYSTEM_PROPERTY_REPEATED,
                "another property has the same code",
            );
        }
        let mut report = |message| report_as(&codes::CODE_SYSTEM_PROPERTY, message);
        if !uri.is_empty() && !is_absolute(uri) {
            report("the URI of a property is absolute");
        }
        if let Some(known) = uri.strip_prefix(KNOWN_PROPERTIES) {
            if known_type(known).is_some_and(|known| !kind.is_empty() && known != kind) {
                report("the property with this URI has another type");
            }
            if known != code && known_type(code).is_some() && known_type(known).is_some() {
                report("the URI is that of another property than the code");
            }
        }
    }
    declared
}

/// The type of a property that FHIR defines.
fn known_type(code: &str) -> Option<&'static str> {
    Some(match code {
        "status" | "parent" | "child" | "partOf" | "synonym" => "code",
        "inactive" | "notSelectable" => "boolean",
        "deprecated" | "effectiveDate" | "deprecationDate" | "retirementDate" => "dateTime",
        "comment" => "string",
        "itemWeight" => "decimal",
        _ => return None,
    })
}

/// Codes occur once.
fn unique_codes<'c>(walk: &mut Walk<'c>, concepts: &[Node<'c>]) -> HashSet<&'c str> {
    let mut defined = HashSet::new();
    for concept in concepts {
        if let Some(code) = text(*concept, "code")
            && !defined.insert(code)
        {
            let message = || Message::text("another concept has the code ").value(code);
            walk.report(&codes::CODE_SYSTEM_DUPLICATE, *concept, message, None);
        }
    }
    defined
}

/// A property of a concept has the type that is declared.
fn property<'c>(
    walk: &mut Walk<'c>,
    around: Surroundings<'c, '_>,
    property: Node<'c>,
    types: &HashMap<&'c str, Property<'c>>,
) {
    let Some(code) = text(property, "code") else { return };
    let Some((kind, value)) = typed(property, "value") else {
        return;
    };
    match types.get(code) {
        None => {
            let message = || Message::text("the code system does not declare the property ").value(code);
            walk.report(&codes::CODE_SYSTEM_UNDECLARED, property, message, None);
        }
        Some(declared) if !declared.kind.is_empty() && !declared.kind.eq_ignore_ascii_case(kind) => {
            let message = || Message::text("the value has another type than is declared for property ").value(code);
            walk.report(&codes::CODE_SYSTEM_PROPERTY_VALUE, property, message, None);
        }
        Some(_) => {}
    }
    if let (Some(system), Some(code)) = (text(value, "system"), value.get("code")) {
        let version = text(value, "version").unwrap_or_default();
        if has_code(walk, around, system, version, code.as_str().unwrap_or_default()) == Some(false) {
            let message = || "the code system has no such code".into();
            walk.report(&codes::CODE_SYSTEM_UNKNOWN_CODE, code, message, None);
        }
    }
}

/// The properties that lead to other concepts lead to such that are there.
fn internal_code<'c>(
    walk: &mut Walk<'c>,
    property: Node<'c>,
    types: &HashMap<&'c str, Property<'c>>,
    defined: &HashSet<&'c str>,
) {
    let declared = text(property, "code").and_then(|code| types.get(code));
    let known = declared.and_then(|declared| declared.uri.strip_prefix(KNOWN_PROPERTIES));
    let leads = matches!(known, Some("parent" | "child" | "partOf" | "synonym"));
    if let Some(code) = text(property, "valueCode").filter(|code| leads && !defined.contains(code)) {
        let message = || Message::text("the code system has no code ").value(code);
        walk.report(&codes::CODE_SYSTEM_UNKNOWN_CODE, property, message, None);
    }
}
