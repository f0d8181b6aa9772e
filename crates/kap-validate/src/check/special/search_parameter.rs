//! A SearchParameter in itself (<https://hl7.org/fhir/R4/searchparameter.html>): what it selects is FHIRPath, its code can
//! stand in a URL, and a composite one has parts. One that derives from another searches the same in fewer places.

use kap_json::{Message, Node};

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

/// Adds a type of search parameters (<https://hl7.org/fhir/R4/valueset-search-param-type.html>); what is none is a value
/// like any other.
pub(super) fn type_word(message: Message, name: &str) -> Message {
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

/// "Where this is specified, this search parameter is derived from" another one: it has the same type, and neither bases
/// nor paths that the other one lacks (<https://hl7.org/fhir/R4/searchparameter-definitions.html#SearchParameter.derivedFrom>).
fn derivation<'c>(walk: &mut Walk<'c>, scope: Scope<'c>) {
    let Some(canonical) = text(scope.resource, "derivedFrom") else {
        return;
    };
    let Some(found) = find(walk, scope, canonical) else {
        let reason = "the SearchParameter that another one derives from is not loaded";
        return walk.findings.undecided(reason, canonical, 1);
    };
    let (parameter, origin) = (scope.resource, found.root());
    let kind = text(origin, "type").unwrap_or_default();
    if let Some(place) = parameter
        .get("type")
        .filter(|stated| stated.as_str().is_some_and(|stated| stated != kind))
    {
        let message = || {
            type_word(
                Message::text("the type of the search parameter that this one derives from is "),
                kind,
            )
        };
        walk.report(&codes::SEARCH_PARAMETER_DERIVED, place, message, None);
    }
    let bases: Vec<&str> = names(origin).filter_map(Node::as_str).collect();
    // What can be searched in every resource can be searched in each of them.
    let holds = |name: &str| bases.contains(&name) || bases.contains(&"Resource") || bases.contains(&"DomainResource");
    for base in names(parameter).filter(|base| base.as_str().is_some_and(|name| !holds(name))) {
        let message = || Message::text("the search parameter that this one derives from has no such base");
        walk.report(&codes::SEARCH_PARAMETER_DERIVED, base, message, None);
    }
    let (Some(place), Some(from)) = (parameter.get("expression"), text(origin, "expression")) else {
        return;
    };
    let known: Vec<String> = branches(from).collect();
    // `Patient.id` is `Resource.id` of a patient.
    let holds = |branch: &String| {
        let is_known = |name: &str, path: &str| known.iter().any(|known| *known == format!("{name}.{path}"));
        let path = branch.split_once('.').map_or("", |(_, path)| path);
        known.contains(branch) || is_known("Resource", path) || is_known("DomainResource", path)
    };
    if branches(place.as_str().unwrap_or_default()).any(|branch| !holds(&branch)) {
        let message = || "the search parameter that this one derives from does not search here".into();
        walk.report(&codes::SEARCH_PARAMETER_DERIVED_EXPRESSION, place, message, None);
    }
}

fn names(parameter: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    parameter.get("base").into_iter().flat_map(Node::items)
}

/// The paths that an expression unites, without blanks and brackets around them.
fn branches(expression: &str) -> impl Iterator<Item = String> {
    let bare = |branch: &str| branch.chars().filter(|one| !one.is_whitespace()).collect::<String>();
    expression.split('|').map(move |branch| {
        let branch = bare(branch);
        let inner = branch.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
        inner.map_or(branch.clone(), str::to_owned)
    })
}
