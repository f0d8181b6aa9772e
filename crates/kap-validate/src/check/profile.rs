//! Which definitions describe a node besides its base: profiles that it claims, that were asked for, or that a type
//! names (<https://hl7.org/fhir/R4/profiling.html>).

use kap_json::{Message, Node};
use zerocopy::little_endian::U32;

use super::conform::{self, OneOf};
use super::structure;
use super::vital_signs;
use super::walk::{Scope, Visit, Walk, is_resource};
use crate::codes;
use crate::plan::set::{LoadedPlan, PlanSet};
use crate::plan::view::{DefinitionView, ElementView};

const NOT_LOADED: &str = "the profile is not loaded";
const INCOMPLETE: &str = "what the profile rests on is not loaded";
const NO_SNAPSHOT: &str = "the profile has no snapshot";

/// Adds the roots of the profiles of a resource to the visits.
pub(super) fn push<'c>(
    walk: &mut Walk<'c>,
    node: Node<'c>,
    base: DefinitionView<'c>,
    asked: &[DefinitionView<'c>],
    from: usize,
) {
    for profile in asked {
        if profile.type_name() == base.type_name() || is_above(*profile, base) {
            push_root(walk, *profile, from);
        } else {
            wrong_type(walk, node, *profile);
        }
    }
    let claims = node
        .get("meta")
        .and_then(|meta| meta.get("profile"))
        .into_iter()
        .flat_map(Node::items);
    for claim in claims {
        let Some(canonical) = claim.as_str() else { continue };
        match walk.set.definition(canonical) {
            Some(profile) if profile.type_name() == base.type_name() || is_above(profile, base) => {
                push_root(walk, profile, from);
            }
            Some(profile) => wrong_type(walk, claim, profile),
            None => walk.findings.undecided(NOT_LOADED, canonical, 1),
        }
    }
    if let Some(implied) = vital_signs::implied(walk.set, node, base) {
        push_root(walk, implied, from);
    }
}

/// Whether a definition is that of `Resource` or `DomainResource`, which every resource meets.
fn is_above(profile: DefinitionView<'_>, base: DefinitionView<'_>) -> bool {
    is_resource(base) && matches!(profile.type_name(), "Resource" | "DomainResource")
}

pub(super) fn push_root<'c>(walk: &mut Walk<'c>, profile: DefinitionView<'c>, from: usize) {
    if profile.has(crate::plan::flags::definition::INCOMPLETE) {
        walk.findings.undecided(INCOMPLETE, profile.canonical(), 1);
    }
    let Some(root) = profile.root() else {
        return walk.findings.undecided(NO_SNAPSHOT, profile.canonical(), 1);
    };
    let before = walk.visits.len();
    push_once(walk, root, from);
    // "Whoever meets this profile must meet those, too." A circle ends, because each is added once.
    for link in profile.row.imposes.of(profile.plan.tables.numbers) {
        if walk.visits.len() > before
            && let Some(imposed) = loaded(walk, profile.plan, *link)
        {
            push_root(walk, imposed, from);
        }
    }
}

/// Adds an element unless it is among the visits from `from` on.
pub(super) fn push_once<'c>(walk: &mut Walk<'c>, element: ElementView<'c>, from: usize) {
    let known = walk.visits.iter().skip(from).any(|visit| visit.element == element);
    if !known {
        walk.visits.push(Visit::new(element));
    }
}

pub(super) fn wrong_type<'c>(walk: &mut Walk<'c>, node: Node<'c>, profile: DefinitionView<'c>) {
    let message = || {
        Message::text(format!(
            "profile {} is for {}",
            profile.canonical(),
            profile.type_name()
        ))
    };
    walk.report(&codes::PROFILE_WRONG_TYPE, node, message, None);
}

/// Whether a resource claims a profile, or one that derives from it: then it is checked against it where it stands.
pub(super) fn is_claimed<'c>(walk: &Walk<'c>, resource: Node<'c>, profile: DefinitionView<'c>) -> bool {
    let claims = resource.get("meta").and_then(|meta| meta.get("profile"));
    let mut claims = claims.into_iter().flat_map(Node::items).filter_map(Node::as_str);
    claims.any(|claim| {
        if claim.split('|').next() == Some(profile.url()) {
            return true;
        }
        let mut claimed = walk.set.definition(claim);
        // A damaged plan could derive a definition from itself.
        for _ in 0..16 {
            let Some(found) = claimed else { return false };
            if std::ptr::eq(found.row, profile.row) {
                return true;
            }
            claimed = walk.set.linked_definition(found.plan, found.row.base);
        }
        false
    })
}

/// A profile that the caller asked for.
pub(super) fn asked<'c>(walk: &mut Walk<'c>, root: Node<'c>, canonical: &str) -> Option<DefinitionView<'c>> {
    let found = walk.set.definition(canonical);
    if found.is_none() {
        let message = || Message::text(format!("profile {canonical} was asked for, but is not loaded"));
        walk.report(&codes::PROFILE_NOT_LOADED, root, message, None);
    }
    found
}

/// The profiles that the types of the visits from `from` on name for a resource that stands here.
pub(super) fn of_types<'c>(
    walk: &mut Walk<'c>,
    node: Node<'c>,
    from: usize,
    scope: Scope<'c>,
) -> Vec<DefinitionView<'c>> {
    let mut profiles = Vec::new();
    let actual = node.get("resourceType").and_then(Node::as_str).unwrap_or_default();
    for at in from..walk.visits.len() {
        let element = walk.visits[at].element;
        let is = |name: &str| element.types().iter().position(|kind| element.type_name(kind) == name);
        let found = is(actual).or_else(|| is("Resource")).or_else(|| is("DomainResource"));
        match found {
            Some(kind) => profiles.extend(type_profile(walk, node, Visit { element, kind }, scope)),
            None if element.types().is_empty() => {}
            None => other_resource(walk, node, element, actual),
        }
    }
    profiles
}

/// A resource of a type that a profile does not allow where it stands.
fn other_resource<'c>(walk: &mut Walk<'c>, node: Node<'c>, element: ElementView<'c>, actual: &str) {
    let set = walk.set;
    let message = || {
        let names: Vec<&str> = element.types().iter().map(|kind| element.type_name(kind)).collect();
        let message = structure::type_word(set, Message::text("a resource of type "), actual);
        message.and(format!(" must not stand here; allowed: {}", names.join(", ")))
    };
    walk.report(&codes::PROFILE_RESOURCE_TYPE, node, message, Some(element));
}

/// Adds what describes the members of a value that `visit` describes: the element's own children, or else the
/// definition of its type, and the profile that the type names.
pub(super) fn push_content<'c>(walk: &mut Walk<'c>, node: Node<'c>, visit: Visit<'c>, from: usize, scope: Scope<'c>) {
    if let Some(content) = content(walk.set, visit) {
        push_once(walk, content, from);
    }
    if let Some(profile) = type_profile(walk, node, visit, scope) {
        push_root(walk, profile, from);
    }
}

/// The element whose children describe the members of a value.
pub(super) fn content<'c>(set: &'c PlanSet<'c>, visit: Visit<'c>) -> Option<ElementView<'c>> {
    if !visit.element.children().is_empty() {
        return Some(visit.element);
    }
    set.linked_definition(visit.element.plan, visit.kind()?.definition)?
        .root()
}

/// The profile that a value's type names; of several, one that the value conforms to.
fn type_profile<'c>(
    walk: &mut Walk<'c>,
    node: Node<'c>,
    visit: Visit<'c>,
    scope: Scope<'c>,
) -> Option<DefinitionView<'c>> {
    let plan = visit.element.plan;
    match visit.kind()?.profiles.of(plan.tables.numbers) {
        [] => None,
        [link] => loaded(walk, plan, *link),
        links => one_of_several(walk, node, visit, links, scope),
    }
}

fn loaded<'c>(walk: &mut Walk<'c>, plan: &'c LoadedPlan<'c>, link: U32) -> Option<DefinitionView<'c>> {
    let profile = walk.set.linked_definition(plan, link);
    if profile.is_none() {
        walk.findings.undecided(NOT_LOADED, plan.canonical(link), 1);
    }
    profile
}

/// "When a list of profiles is given, the value must conform to at least one of them"
/// (<https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.type.profile>).
fn one_of_several<'c>(
    walk: &mut Walk<'c>,
    node: Node<'c>,
    visit: Visit<'c>,
    links: &'c [U32],
    scope: Scope<'c>,
) -> Option<DefinitionView<'c>> {
    let plan = visit.element.plan;
    let at_hand: Vec<_> = links
        .iter()
        .filter_map(|link| walk.set.linked_definition(plan, *link))
        .collect();
    match conform::one_of(walk, node, scope, &at_hand) {
        Some(OneOf::Met(met) | OneOf::Open(met)) => Some(met),
        Some(OneOf::NoneMet(nearest, first)) if at_hand.len() == links.len() => {
            let message = || {
                Message::text(format!(
                    "none of the {} profiles allowed here is met; the nearest is {}: ",
                    links.len(),
                    nearest.canonical()
                ))
                .join(first.message)
            };
            walk.report(&codes::PROFILE_NONE_MET, node, message, Some(visit.element));
            None
        }
        _ => {
            for link in links {
                loaded(walk, plan, *link);
            }
            None
        }
    }
}
