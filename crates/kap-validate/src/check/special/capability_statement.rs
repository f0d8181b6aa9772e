//! A CapabilityStatement against the search parameters that it names
//! (<https://hl7.org/fhir/R4/capabilitystatement-definitions.html#CapabilityStatement.rest.resource.searchParam.type>).

use kap_json::Node;

use super::extension::text;
use super::search_parameter;
use crate::check::walk::{Scope, Walk};
use crate::codes::special as codes;

pub(super) fn check<'c>(walk: &mut Walk<'c>, scope: Scope<'c>) {
    let each = |node: Node<'c>, name: &str| node.get(name).into_iter().flat_map(Node::items);
    for rest in each(scope.resource, "rest") {
        let holders = [rest].into_iter().chain(each(rest, "resource"));
        for parameter in holders.flat_map(|holder| each(holder, "searchParam")) {
            search_type(walk, scope, parameter);
        }
    }
}

/// The type that the statement gives is that of the definition. A statement names hundreds of them, so those that are not
/// at hand are counted together.
fn search_type<'c>(walk: &mut Walk<'c>, scope: Scope<'c>, parameter: Node<'c>) {
    let (Some(canonical), Some(place)) = (text(parameter, "definition"), parameter.get("type")) else {
        return;
    };
    let Some(found) = search_parameter::find(walk, scope, canonical) else {
        let reason = "the definition of a search parameter is not loaded";
        return walk
            .findings
            .undecided(reason, "CapabilityStatement.rest.resource.searchParam.definition", 1);
    };
    if let Some(defined) = text(found.root(), "type") {
        let words = "the definition of the search parameter has the type ";
        search_parameter::same_type(walk, place, defined, &codes::CAPABILITY_SEARCH_TYPE, words);
    }
}
