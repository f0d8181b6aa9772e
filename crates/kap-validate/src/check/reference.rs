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
use crate::options::ReferenceTarget;
use crate::plan::flags::{aggregation, definition, versioning};
use crate::plan::view::DefinitionView;

/// A reference, looked at once for all elements that describe it.
#[derive(Clone, Copy)]
struct Looked<'c> {
    node: Node<'c>,
    /// Its literal form.
    literal: Option<&'c str>,
    /// Where it leads, if that is in the document.
    found: Option<Scope<'c>>,
    /// The type of its target as far as known, or empty.
    actual: &'c str,
    scope: Scope<'c>,
}

pub(super) fn check<'c>(walk: &mut Walk<'c>, node: Node<'c>, visits: Range<usize>, scope: Scope<'c>) {
    let literal = node.get("reference").and_then(|found| Some((found, found.as_str()?)));
    let found = literal.and_then(|(found, text)| resolve(walk, found, text, scope));
    let named = literal.and_then(|(_, text)| Reference::parse(text).resource_type());
    let outside = literal
        .filter(|_| found.is_none())
        .and_then(|(place, text)| outside(walk, place, text));
    let stated = node
        .get("type")
        .and_then(Node::as_str)
        .map(|stated| stated.rsplit('/').next().unwrap_or(stated));
    let actual = found
        .and_then(|target| target.resource.get("resourceType"))
        .and_then(Node::as_str)
        .or(outside)
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
    let looked = Looked {
        node,
        literal: literal.map(|(_, text)| text),
        found,
        actual: actual.or(stated).unwrap_or_default(),
        scope,
    };
    for at in visits {
        let Some(visit) = walk.visits.get(at).copied() else {
            return;
        };
        how_held(walk, looked, visit);
        if !looked.actual.is_empty() {
            target(walk, looked, visit);
        }
    }
}

/// What the caller knows of a target outside of the document: its type, if there is one.
fn outside<'c>(walk: &mut Walk<'c>, node: Node<'c>, text: &'c str) -> Option<&'c str> {
    let targets = walk.options.references.as_ref()?;
    if matches!(Reference::parse(text), Reference::Fragment(_) | Reference::Malformed(_)) {
        return None;
    }
    match targets.target(text) {
        ReferenceTarget::Unknown => None,
        ReferenceTarget::Missing => {
            let message = || Message::text("there is no such resource: ").value(text);
            walk.report(&codes::REFERENCE_TARGET_MISSING, node, message, None);
            None
        }
        ReferenceTarget::Exists(name) => walk.set.type_definition(&name).map(DefinitionView::type_name),
    }
}

/// The resource that a reference leads to, if it is in the document. What must be in it and is not is reported.
fn resolve<'c>(walk: &mut Walk<'c>, node: Node<'c>, text: &'c str, scope: Scope<'c>) -> Option<Scope<'c>> {
    let reference = Reference::parse(text);
    if let Reference::Malformed(_) = reference {
        let message = || Message::text("this is neither `Type/id`, nor `#id`, nor an absolute URL: ").value(text);
        walk.report(&codes::REFERENCE_MALFORMED, node, message, None);
    }
    match (resolve::resolve(walk, scope, text), reference) {
        (Resolved::Found(found), reference) => {
            if resolve::is_ambiguous(walk, scope, &reference) {
                let message = || "several entries of the bundle have the `fullUrl` that is meant".into();
                walk.report(&codes::REFERENCE_AMBIGUOUS, node, message, None);
            }
            return Some(found);
        }
        (Resolved::Missing, Reference::Fragment(id)) => {
            let message = || Message::text("no contained resource has the id ").value(id);
            walk.report(&codes::REFERENCE_CONTAINED_MISSING, node, message, None);
        }
        (Resolved::Missing, _) => {
            let message = || "no entry of the bundle has this `fullUrl`".into();
            // What was collected or found by a search may refer to what was left out.
            let info = if resolve::is_excerpt(walk, scope) {
                &codes::REFERENCE_NOT_INCLUDED
            } else {
                &codes::REFERENCE_UNRESOLVED
            };
            walk.report(info, node, message, None);
        }
        (Resolved::Elsewhere, _) => {}
    }
    None
}

/// `aggregation` and `versioning`: whether the target is contained, in the bundle or elsewhere, and whether the reference
/// names a version (<https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.type.aggregation>).
fn how_held<'c>(walk: &mut Walk<'c>, looked: Looked<'c>, visit: Visit<'c>) {
    let (Some(kind), Some(literal)) = (visit.kind(), looked.literal) else {
        return;
    };
    let allowed = kind.aggregation.get();
    if allowed != 0 {
        let held = match (literal.starts_with('#'), looked.found) {
            (true, _) => aggregation::CONTAINED,
            (false, Some(_)) => aggregation::BUNDLED | aggregation::REFERENCED,
            (false, None) => aggregation::REFERENCED,
        };
        if allowed & held == 0 && looked.scope.bundle.is_none() && allowed & aggregation::BUNDLED != 0 {
            let reason = "the target of a reference may be in a bundle that is not at hand";
            walk.findings.undecided(reason, visit.element.id(), 1);
        } else if allowed & held == 0 {
            let ways = [
                (aggregation::CONTAINED, "contained"),
                (aggregation::REFERENCED, "referenced"),
                (aggregation::BUNDLED, "in the bundle"),
            ];
            let list = |bits: u16| {
                let words = ways.iter().filter(|(bit, _)| bits & bit != 0).map(|(_, word)| *word);
                words.collect::<Vec<_>>().join(" or ")
            };
            let message = || Message::text(format!("the target must be {}, it is {}", list(allowed), list(held)));
            walk.report(&codes::REFERENCE_AGGREGATION, looked.node, message, Some(visit.element));
        }
    }
    let wanted = kind.versioning.get();
    if wanted != versioning::EITHER
        && let Reference::Relative(target) | Reference::Rest { target, .. } = Reference::parse(literal)
        && target.version.is_some() != (wanted == versioning::SPECIFIC)
    {
        let message = || {
            Message::text(if wanted == versioning::SPECIFIC {
                "the reference must name a version of its target"
            } else {
                "the reference must not name a version of its target"
            })
        };
        walk.report(&codes::REFERENCE_VERSIONING, looked.node, message, Some(visit.element));
    }
}

/// Compares the target with the types and profiles that an element allows.
fn target<'c>(walk: &mut Walk<'c>, looked: Looked<'c>, visit: Visit<'c>) {
    let plan = visit.element.plan;
    let Some(kind) = visit.kind() else { return };
    let links = kind.targets.of(plan.tables.numbers);
    if links.is_empty() {
        return;
    }
    let set = walk.set;
    let mut of_type = false;
    for link in links {
        let Some(allowed) = set.linked_definition(plan, *link) else {
            let reason = "the profile of a reference's target is not loaded";
            return walk.findings.undecided(reason, plan.canonical(*link), 1);
        };
        if is_of_type(allowed, looked.actual) {
            let is_met = !allowed.has(definition::PROFILE)
                || looked
                    .found
                    .is_some_and(|scope| profile::is_claimed(walk, scope.resource, allowed));
            if is_met {
                return;
            }
            of_type = true;
        }
    }
    if !of_type {
        return wrong_type(walk, looked.node, visit, looked.actual, links);
    }
    let profiles = links.iter().filter_map(|link| set.linked_definition(plan, *link));
    let profiles: Vec<_> = profiles.filter(|allowed| is_of_type(*allowed, looked.actual)).collect();
    let Some(scope) = looked.found else {
        return beyond(walk, looked, visit, &profiles);
    };
    if let Some(OneOf::NoneMet(nearest, first)) = conform::one_of(walk, scope.resource, scope, &profiles) {
        let message =
            || Message::text(format!("the target does not conform to {}: ", nearest.canonical())).join(first.message);
        walk.report(
            &codes::REFERENCE_TARGET_PROFILE,
            looked.node,
            message,
            Some(visit.element),
        );
    }
}

/// A target outside of the document, which must conform to one of `profiles`: the caller may know whether it does.
fn beyond<'c>(walk: &mut Walk<'c>, looked: Looked<'c>, visit: Visit<'c>, profiles: &[DefinitionView<'c>]) {
    let options = walk.options;
    let known = options.references.as_deref().zip(looked.literal);
    let mut open = Vec::new();
    for profile in profiles {
        match known.and_then(|(targets, literal)| targets.conforms(literal, &profile.canonical())) {
            Some(true) => return,
            Some(false) => {}
            None => open.push(profile.canonical()),
        }
    }
    if !open.is_empty() {
        let reason = "the target of a reference is not at hand to be checked against its profile";
        return open
            .into_iter()
            .for_each(|profile| walk.findings.undecided(reason, profile, 1));
    }
    let message = || {
        let profiles: Vec<String> = profiles.iter().map(|profile| profile.canonical()).collect();
        Message::text(format!("the target does not conform to {}", profiles.join(" or ")))
    };
    walk.report(
        &codes::REFERENCE_TARGET_PROFILE,
        looked.node,
        message,
        Some(visit.element),
    );
}

fn is_of_type(allowed: DefinitionView<'_>, actual: &str) -> bool {
    let name = allowed.type_name();
    name == actual || matches!(name, "Resource" | "DomainResource")
}

/// A canonical URL: what is loaded under it, or contained, is of a type that the element allows
/// (<https://hl7.org/fhir/R4/references.html#canonical>).
pub(super) fn canonical<'c>(walk: &mut Walk<'c>, node: Node<'c>, visits: Range<usize>, scope: Scope<'c>) {
    let Some(text) = node.as_str() else { return };
    let mut known: Option<&str> = None;
    for at in visits {
        let Some(visit) = walk.visits.get(at).copied() else {
            return;
        };
        let plan = visit.element.plan;
        let links = visit
            .kind()
            .map_or(&[][..], |kind| kind.targets.of(plan.tables.numbers));
        if links.is_empty() {
            continue;
        }
        let actual = match known {
            Some(known) => known,
            None => match type_of_canonical(walk, text, scope) {
                Some(found) => *known.insert(found),
                None => return,
            },
        };
        let set = walk.set;
        let mut allowed = links.iter().map(|link| set.linked_definition(plan, *link));
        if !allowed.any(|found| found.is_none_or(|allowed| is_of_type(allowed, actual))) {
            wrong_type(walk, node, visit, actual, links);
        }
    }
}

/// The type of what a canonical URL leads to, if that is contained or loaded.
fn type_of_canonical<'c>(walk: &Walk<'c>, text: &str, scope: Scope<'c>) -> Option<&'c str> {
    if text.starts_with('#') {
        return match resolve::resolve(walk, scope, text) {
            Resolved::Found(scope) => scope.resource.get("resourceType")?.as_str(),
            Resolved::Missing | Resolved::Elsewhere => None,
        };
    }
    if walk.set.definition(text).is_some() {
        return Some("StructureDefinition");
    }
    if walk.set.value_set(text).is_some() {
        return Some("ValueSet");
    }
    let url = text.split('|').next().unwrap_or(text);
    walk.set.systems(url).next().map(|_| "CodeSystem")
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
