//! Literal references: their form, what they resolve to inside the document, and the type of their target
//! (<https://hl7.org/fhir/R4/references.html#literal>).

use std::ops::Range;

use kap_fhir::Reference;
use kap_json::{Message, Node};

use super::structure;
use super::walk::{Scope, Visit, Walk};
use crate::codes;
use crate::plan::flags::definition;
use crate::plan::set::LoadedPlan;

pub(super) fn check<'c>(walk: &mut Walk<'c>, node: Node<'c>, visits: Range<usize>, scope: Scope<'c>) {
    let literal = node.get("reference").and_then(|found| Some((found, found.as_str()?)));
    let target = literal.and_then(|(found, text)| resolve(walk, found, text, scope));
    let named = literal.and_then(|(_, text)| Reference::parse(text).resource_type());
    let stated = node
        .get("type")
        .and_then(Node::as_str)
        .map(|stated| stated.rsplit('/').next().unwrap_or(stated));
    let actual = target
        .and_then(|target| target.get("resourceType"))
        .and_then(Node::as_str)
        .or(named);
    if let (Some(actual), Some(stated)) = (actual, stated)
        && actual != stated
    {
        let set = walk.set;
        let message = || {
            let message = structure::type_word(set, Message::text("`type` says "), stated);
            structure::type_word(set, message.and(", the reference leads to "), actual)
        };
        walk.report(&codes::REFERENCE_TYPE_MISMATCH, node, message, None);
    }
    let Some(actual) = actual.or(stated) else { return };
    for at in visits {
        let Some(visit) = walk.visits.get(at).copied() else {
            return;
        };
        target_type(walk, node, visit, actual);
    }
}

/// The resource that a reference leads to, if it is in the document. What must be in it and is not is reported.
fn resolve<'c>(walk: &mut Walk<'c>, node: Node<'c>, text: &'c str, scope: Scope<'c>) -> Option<Node<'c>> {
    let reference = Reference::parse(text);
    match reference {
        Reference::Fragment(id) => {
            let outer = scope.container.unwrap_or(scope.resource);
            if id.is_empty() {
                return Some(outer);
            }
            let contained = outer.get("contained").into_iter().flat_map(Node::items);
            let found = contained
                .into_iter()
                .find(|item| item.get("id").and_then(Node::as_str) == Some(id));
            if found.is_none() {
                let message = || Message::text("no contained resource has the id ").value(id);
                walk.report(&codes::REFERENCE_CONTAINED_MISSING, node, message, None);
            }
            found
        }
        Reference::Malformed(_) => {
            let message = || Message::text("this is neither `Type/id`, nor `#id`, nor an absolute URL: ").value(text);
            walk.report(&codes::REFERENCE_MALFORMED, node, message, None);
            None
        }
        _ => {
            let bundle = scope.bundle?;
            let full_url = reference.full_url(scope.full_url)?;
            let found = walk.bundles.get(bundle)?.resource(&full_url);
            if found.is_none() && matches!(reference, Reference::Urn(_)) && text.starts_with("urn:uuid:") {
                let message = || "no entry of the bundle has this `fullUrl`".into();
                walk.report(&codes::REFERENCE_UNRESOLVED, node, message, None);
            }
            found
        }
    }
}

/// Compares the target's type with the types that an element allows.
fn target_type<'c>(walk: &mut Walk<'c>, node: Node<'c>, visit: Visit<'c>, actual: &str) {
    let plan = visit.element.plan;
    let Some(kind) = visit.kind() else { return };
    let targets = kind.targets.of(plan.tables.numbers);
    if targets.is_empty() {
        return;
    }
    let types: Vec<&str> = targets.iter().map(|link| link_type(walk, plan, *link)).collect();
    if !types
        .iter()
        .any(|allowed| *allowed == actual || *allowed == "Resource" || allowed.is_empty())
    {
        let set = walk.set;
        let message = || {
            let message = structure::type_word(set, Message::text("the reference leads to "), actual);
            message.and(format!(", allowed: {}", types.join(", ")))
        };
        walk.report(&codes::REFERENCE_TARGET_TYPE, node, message, Some(visit.element));
    }
}

/// The type that a target profile is about; empty if it is not known.
fn link_type<'c>(walk: &mut Walk<'c>, plan: &'c LoadedPlan<'c>, link: zerocopy::little_endian::U32) -> &'c str {
    let canonical = plan
        .tables
        .links
        .get(link.get() as usize)
        .map(|link| link.canonical(plan))
        .unwrap_or_default();
    let Some(found) = walk.set.linked_definition(plan, link) else {
        walk.findings
            .undecided("the profile of a reference's target is not loaded", canonical, 1);
        return "";
    };
    if found.has(definition::PROFILE) {
        let reason = "the target of a reference is not checked against a profile in this version";
        walk.findings.undecided(reason, canonical, 1);
    }
    found.type_name()
}
