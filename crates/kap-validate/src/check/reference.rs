//! Literal references: their form, what they resolve to inside the document, and the type of their target
//! (<https://hl7.org/fhir/R4/references.html#literal>).

use std::ops::Range;

use kap_fhir::Reference;
use kap_json::{Message, Node};
use zerocopy::little_endian::U32;

use super::conform::{self, OneOf};
use super::resolve::{self, Resolved};
use super::walk::{Scope, Visit, Walk};
use super::{profile, structure};
use crate::codes;
use crate::plan::flags::definition;
use crate::plan::view::DefinitionView;

pub(super) fn check<'c>(walk: &mut Walk<'c>, node: Node<'c>, visits: Range<usize>, scope: Scope<'c>) {
    let literal = node.get("reference").and_then(|found| Some((found, found.as_str()?)));
    let found = literal.and_then(|(found, text)| resolve(walk, found, text, scope));
    let named = literal.and_then(|(_, text)| Reference::parse(text).resource_type());
    let stated = node
        .get("type")
        .and_then(Node::as_str)
        .map(|stated| stated.rsplit('/').next().unwrap_or(stated));
    let actual = found
        .and_then(|target| target.resource.get("resourceType"))
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
        target(walk, node, visit, actual, found);
    }
}

/// The resource that a reference leads to, if it is in the document. What must be in it and is not is reported.
fn resolve<'c>(walk: &mut Walk<'c>, node: Node<'c>, text: &'c str, scope: Scope<'c>) -> Option<Scope<'c>> {
    let reference = Reference::parse(text);
    if let Reference::Malformed(_) = reference {
        let message = || Message::text("this is neither `Type/id`, nor `#id`, nor an absolute URL: ").value(text);
        walk.report(&codes::REFERENCE_MALFORMED, node, message, None);
    }
    let found = resolve::resolve(walk, scope, text);
    match (found, reference) {
        (Resolved::Missing, Reference::Fragment(id)) => {
            let message = || Message::text("no contained resource has the id ").value(id);
            walk.report(&codes::REFERENCE_CONTAINED_MISSING, node, message, None);
        }
        (Resolved::Missing, _) => {
            let message = || "no entry of the bundle has this `fullUrl`".into();
            walk.report(&codes::REFERENCE_UNRESOLVED, node, message, None);
        }
        _ => {}
    }
    match found {
        Resolved::Found(scope) => Some(scope),
        Resolved::Missing | Resolved::Elsewhere => None,
    }
}

/// Compares the target with the types and profiles that an element allows.
fn target<'c>(walk: &mut Walk<'c>, node: Node<'c>, visit: Visit<'c>, actual: &str, found: Option<Scope<'c>>) {
    let plan = visit.element.plan;
    let Some(kind) = visit.kind() else { return };
    let links = kind.targets.of(plan.tables.numbers);
    if links.is_empty() {
        return;
    }
    let mut of_type = false;
    let mut profiles = Vec::new();
    for link in links {
        let Some(allowed) = walk.set.linked_definition(plan, *link) else {
            return walk.findings.undecided(
                "the profile of a reference's target is not loaded",
                plan.canonical(*link),
                1,
            );
        };
        if matches!(allowed.type_name(), "Resource" | "DomainResource") || allowed.type_name() == actual {
            if !allowed.has(definition::PROFILE) {
                return;
            }
            of_type = true;
            profiles.push(allowed);
        }
    }
    if !of_type {
        return wrong_type(walk, node, visit, actual, links);
    }
    let Some(scope) = found else {
        for profile in profiles {
            let reason = "the target of a reference is not at hand to be checked against its profile";
            walk.findings.undecided(reason, profile.canonical(), 1);
        }
        return;
    };
    if profiles
        .iter()
        .any(|profile| profile::is_claimed(walk, scope.resource, *profile))
    {
        return;
    }
    if let Some(OneOf::NoneMet(nearest, first)) = conform::one_of(walk, scope.resource, scope, &profiles) {
        let message =
            || Message::text(format!("the target does not conform to {}: ", nearest.canonical())).join(first.message);
        walk.report(&codes::REFERENCE_TARGET_PROFILE, node, message, Some(visit.element));
    }
}

fn wrong_type<'c>(walk: &mut Walk<'c>, node: Node<'c>, visit: Visit<'c>, actual: &str, links: &[U32]) {
    let (set, plan) = (walk.set, visit.element.plan);
    let message = || {
        let types: Vec<&str> = links
            .iter()
            .filter_map(|link| set.linked_definition(plan, *link))
            .map(DefinitionView::type_name)
            .collect();
        let message = structure::type_word(set, Message::text("the reference leads to "), actual);
        message.and(format!(", allowed: {}", types.join(", ")))
    };
    walk.report(&codes::REFERENCE_TARGET_TYPE, node, message, Some(visit.element));
}
