//! A Measure in itself (<https://hl7.org/fhir/R4/measure.html>): reports find its groups, populations and stratifiers
//! by their codes.

use kap_json::Node;

use crate::check::walk::{Scope, Walk};
use crate::codes::special as codes;

pub(super) fn check<'c>(walk: &mut Walk<'c>, scope: Scope<'c>) {
    named(walk, scope.resource, "group");
    for group in scope.resource.get("group").into_iter().flat_map(Node::items) {
        if group.get("population").is_none() {
            let message = || "the group has no population, so it measures nothing".into();
            walk.report(&codes::MEASURE_EMPTY_GROUP, group, message, None);
        }
        named(walk, group, "population");
        named(walk, group, "stratifier");
        for stratifier in group.get("stratifier").into_iter().flat_map(Node::items) {
            named(walk, stratifier, "component");
        }
    }
}

/// Of several parts each needs a code.
fn named<'c>(walk: &mut Walk<'c>, holder: Node<'c>, name: &str) {
    let parts: Vec<Node<'c>> = holder.get(name).into_iter().flat_map(Node::items).collect();
    if parts.len() < 2 {
        return;
    }
    for part in parts.into_iter().filter(|part| part.get("code").is_none()) {
        let message = || "there are several of these, and this one has no code to tell it by".into();
        walk.report(&codes::MEASURE_CODE_MISSING, part, message, None);
    }
}
