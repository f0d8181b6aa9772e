//! A ValueSet in itself (<https://hl7.org/fhir/R4/valueset.html#compositions>): what it includes are code systems, and
//! codes that they have.

use kap_fhir::reference::is_absolute;
use kap_json::{Message, Node};

use super::expression;
use super::extension::text;
use super::membership::{Surroundings, has_code};
use crate::check::walk::{Scope, Walk};
use crate::codes::special as codes;
use crate::plan::flags::code_system;

pub(super) fn check<'c>(walk: &mut Walk<'c>, scope: Scope<'c>) {
    let value_set = scope.resource;
    let around = Surroundings {
        holder: scope.container.unwrap_or(value_set),
        document: value_set,
    };
    let compose = value_set.get("compose");
    for name in ["include", "exclude"] {
        let parts = compose.and_then(|compose| compose.get(name));
        for part in parts.into_iter().flat_map(Node::items) {
            self::part(walk, around, part);
        }
    }
    if let Some(expansion) = value_set.get("expansion") {
        total(walk, expansion);
    }
}

fn part<'c>(walk: &mut Walk<'c>, around: Surroundings<'c, '_>, part: Node<'c>) {
    let Some(system) = text(part, "system") else { return };
    if !is_absolute(system) {
        let message = || {
            Message::text(if system.starts_with('#') {
                "a contained code system is included by its URL, not by its id"
            } else {
                "the URL of a code system is absolute"
            })
        };
        return walk.report(&codes::VALUE_SET_SYSTEM, part, message, None);
    }
    if system.contains('|') {
        let message = || "the version of the code system belongs into `version`".into();
        return walk.report(&codes::VALUE_SET_SYSTEM_VERSION, part, message, None);
    }
    if is_wrong_kind(walk, around, part, system) {
        return;
    }
    let version = text(part, "version").unwrap_or_default();
    for concept in part.get("concept").into_iter().flat_map(Node::items) {
        let Some(code) = text(concept, "code") else { continue };
        if has_code(walk, around, system, version, code) == Some(false) {
            let message = || Message::text("the code system has no code ").value(code);
            walk.report(&codes::VALUE_SET_UNKNOWN_CODE, concept, message, None);
        }
    }
    for filter in part.get("filter").into_iter().flat_map(Node::items) {
        self::filter(walk, around, filter, system, version);
    }
}

/// What is not a code system: a value set, or a supplement, which only adds to one.
fn is_wrong_kind<'c>(walk: &mut Walk<'c>, around: Surroundings<'c, '_>, part: Node<'c>, system: &str) -> bool {
    let set = walk.set;
    let is_known = set.code_systems(system).next().is_some();
    if !is_known && set.systems(system).any(|found| found.has(code_system::SUPPLEMENT)) {
        let message = || "this is a supplement: include the code system that it adds to".into();
        walk.report(&codes::VALUE_SET_SYSTEM, part, message, None);
        return true;
    }
    let is_value_set = !is_known && set.value_sets(system).next().is_some();
    if is_value_set && has_code(walk, around, system, "", "").is_none() {
        let message = || "this is the URL of a value set: it belongs into `valueSet`".into();
        walk.report(&codes::VALUE_SET_SYSTEM, part, message, None);
        return true;
    }
    false
}

/// A filter's value fits its operator (<https://hl7.org/fhir/R4/valueset-filter-operator.html>).
fn filter<'c>(walk: &mut Walk<'c>, around: Surroundings<'c, '_>, filter: Node<'c>, system: &str, version: &str) {
    if let Some(details) = filter.get("_value") {
        expression::check_extensions(walk, details);
    }
    expression::check_extensions(walk, filter);
    let (Some(operator), Some(value)) = (text(filter, "op"), text(filter, "value")) else {
        return;
    };
    let property = text(filter, "property").unwrap_or_default();
    let fault = match operator {
        "exists" if !matches!(value, "true" | "false") => "whether a property exists is `true` or `false`",
        "is-a" | "descendent-of" | "is-not-a" | "generalizes"
            if matches!(property, "concept" | "code")
                && has_code(walk, around, system, version, value) == Some(false) =>
        {
            "the code system has no such code"
        }
        _ => return,
    };
    let message = || {
        Message::text("the value ")
            .value(value)
            .and(format!(" does not fit: {fault}"))
    };
    walk.report(&codes::VALUE_SET_FILTER, filter, message, None);
}

/// An expansion does not list more than there is.
fn total<'c>(walk: &mut Walk<'c>, expansion: Node<'c>) {
    let number = |name| expansion.get(name).and_then(Node::as_number)?.parse::<usize>().ok();
    let Some(total) = number("total") else { return };
    let mut listed = number("offset").unwrap_or(0);
    let mut open = vec![expansion];
    while let Some(holder) = open.pop() {
        for concept in holder.get("contains").into_iter().flat_map(Node::items) {
            listed += usize::from(concept.get("code").is_some());
            open.push(concept);
        }
    }
    if listed > total {
        let message = || Message::text(format!("the expansion lists {listed} concepts of {total}"));
        let place = expansion.get("total").unwrap_or(expansion);
        walk.report(&codes::VALUE_SET_TOTAL, place, message, None);
    }
}
