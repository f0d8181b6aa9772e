//! A SearchParameter in itself (<https://hl7.org/fhir/R4/searchparameter.html>): what it selects is FHIRPath, its code can
//! stand in a URL, and a composite one has parts. One that derives from another searches the same in fewer places.

use kap_json::{CodeInfo, Message, Node};

use super::expression::{self, Depth};
use super::extension::text;
use super::source::{self, Found};
use crate::check::walk::{Scope, Walk};
use crate::codes::special as codes;
use crate::plan::flags::resource;

pub(super) fn check<'c>(walk: &mut Walk<'c>, scope: Scope<'c>) {
    let parameter = scope.resource;
    if let Some(expression) = parameter.get("expression") {
        expression::check(walk, expression, expression, Depth::Grammar);
    }
    let components = parameter.get("component").map_or(0, Node::len);
    if text(parameter, "type") == Some("composite") && components < 2 {
        let message = || "a composite search parameter combines at least two others".into();
        walk.report(&codes::SEARCH_PARAMETER_COMPONENTS, parameter, message, None);
    }
    // These separate the parts of a search (https://hl7.org/fhir/R4/search.html#escaping).
    let code = parameter.get("code");
    if let Some(code) = code.filter(|code| {
        code.as_str()
            .is_some_and(|code| code.contains(['$', '|', ',', ':', '.']))
    }) {
        let message = || "the code has a character that means something else in a search".into();
        walk.report(&codes::SEARCH_PARAMETER_CODE, code, message, None);
    }
    derivation(walk, scope);
}

/// The search parameter of that canonical URL, if it is at hand.
pub(super) fn find<'c>(walk: &mut Walk<'c>, scope: Scope<'c>, canonical: &str) -> Option<Found<'c>> {
    source::find(walk, scope, "SearchParameter", resource::SEARCH_PARAMETER, canonical)
}

/// Compares a type that is stated with the one of the definition.
pub(super) fn same_type<'c>(
    walk: &mut Walk<'c>,
    stated: Node<'c>,
    defined: &str,
    info: &'static CodeInfo,
    words: &'static str,
) {
    if stated.as_str().is_some_and(|stated| stated != defined) {
        walk.report(info, stated, || type_word(Message::text(words), defined), None);
    }
}

/// Adds a type of search parameters (<https://hl7.org/fhir/R4/valueset-search-param-type.html>); what is none is a value
/// like any other.
fn type_word(message: Message, name: &str) -> Message {
    const TYPES: [&str; 9] = [
        "number",
        "date",
        "string",
        "token",
        "reference",
        "composite",
        "quantity",
        "uri",
        "special",
    ];
    if TYPES.contains(&name) {
        message.and(name.to_owned())
    } else {
        message.value(name)
    }
}

/// A search parameter must be consistent with the one that it is derived from: it has the same type, and neither bases nor
/// paths that the other one lacks (<https://hl7.org/fhir/R4/searchparameter-definitions.html#SearchParameter.derivedFrom>).
fn derivation<'c>(walk: &mut Walk<'c>, scope: Scope<'c>) {
    let Some(canonical) = text(scope.resource, "derivedFrom") else {
        return;
    };
    let Some(found) = find(walk, scope, canonical) else {
        let reason = "the SearchParameter that another one derives from is not loaded";
        return walk.findings.undecided(reason, canonical, 1);
    };
    let (parameter, origin) = (scope.resource, found.root());
    if let Some(stated) = parameter.get("type") {
        let words = "the type of the search parameter that this one derives from is ";
        let defined = text(origin, "type").unwrap_or_default();
        same_type(walk, stated, defined, &codes::SEARCH_PARAMETER_DERIVED, words);
    }
    derived_bases(walk, parameter, origin);
    derived_paths(walk, parameter, origin);
}

fn derived_bases<'c>(walk: &mut Walk<'c>, parameter: Node<'c>, origin: Node<'_>) {
    let known: Vec<&str> = bases(origin).filter_map(Node::as_str).collect();
    // What can be searched in every resource can be searched in each of them.
    let holds = |name: &str| {
        [name, "Resource", "DomainResource"]
            .iter()
            .any(|name| known.contains(name))
    };
    for base in bases(parameter).filter(|base| base.as_str().is_some_and(|name| !holds(name))) {
        let message = || "the search parameter that this one derives from has no such base".into();
        walk.report(&codes::SEARCH_PARAMETER_DERIVED, base, message, None);
    }
}

fn bases(parameter: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    parameter.get("base").into_iter().flat_map(Node::items)
}

fn derived_paths<'c>(walk: &mut Walk<'c>, parameter: Node<'c>, origin: Node<'_>) {
    let (Some(place), Some(from)) = (parameter.get("expression"), text(origin, "expression")) else {
        return;
    };
    let known: Vec<String> = branches(from).collect();
    // `Patient.id` is `Resource.id` of a patient.
    let holds = |branch: &String| {
        let is_known = |name: &str, path: &str| known.contains(&format!("{name}.{path}"));
        let path = branch.split_once('.').map_or("", |(_, path)| path);
        known.contains(branch) || is_known("Resource", path) || is_known("DomainResource", path)
    };
    if branches(place.as_str().unwrap_or_default()).any(|branch| !holds(&branch)) {
        let message = || "the search parameter that this one derives from does not search here".into();
        walk.report(&codes::SEARCH_PARAMETER_DERIVED_EXPRESSION, place, message, None);
    }
}

/// The paths that an expression unites, without blanks and brackets around them.
fn branches(expression: &str) -> impl Iterator<Item = String> {
    expression.split('|').map(|branch| {
        let branch: String = branch.chars().filter(|one| !one.is_whitespace()).collect();
        match branch.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
            Some(inner) => inner.to_owned(),
            None => branch,
        }
    })
}
