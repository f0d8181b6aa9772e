//! A SearchParameter in itself (<https://hl7.org/fhir/R4/searchparameter.html>): what it selects is FHIRPath, its code can
//! stand in a URL, and a composite one has parts.

use kap_json::Node;

use super::expression::{self, Depth};
use super::extension::text;
use crate::check::walk::{Scope, Walk};
use crate::codes::special as codes;

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
}
