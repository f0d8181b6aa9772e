//! Which definitions describe a node besides its base: profiles that it claims, that were asked for, or that a type
//! names (<https://hl7.org/fhir/R4/profiling.html>).

use kap_json::{Message, Node};

use super::walk::{Visit, Walk, is_resource};
use crate::codes;
use crate::plan::rows;
use crate::plan::set::PlanSet;
use crate::plan::view::{DefinitionView, ElementView};

const NOT_LOADED: &str = "the profile is not loaded";
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
            Some(profile) if profile.type_name() == base.type_name() => push_root(walk, profile, from),
            Some(profile) if is_above(profile, base) => {}
            Some(profile) => wrong_type(walk, claim, profile),
            None => walk.findings.undecided(NOT_LOADED, canonical, 1),
        }
    }
}

/// Whether a definition is that of `Resource` or `DomainResource`, which every resource meets.
fn is_above(profile: DefinitionView<'_>, base: DefinitionView<'_>) -> bool {
    is_resource(base) && matches!(profile.type_name(), "Resource" | "DomainResource")
}

fn push_root<'c>(walk: &mut Walk<'c>, profile: DefinitionView<'c>, from: usize) {
    match profile.root() {
        Some(root) => push_once(walk, root, from),
        None => walk.findings.undecided(NO_SNAPSHOT, profile.canonical(), 1),
    }
}

/// Adds an element unless it is among the visits from `from` on.
pub(super) fn push_once<'c>(walk: &mut Walk<'c>, element: ElementView<'c>, from: usize) {
    let known = walk.visits.iter().skip(from).any(|visit| visit.element == element);
    if !known {
        walk.visits.push(Visit::new(element));
    }
}

fn wrong_type<'c>(walk: &mut Walk<'c>, node: Node<'c>, profile: DefinitionView<'c>) {
    let message = || {
        Message::text(format!(
            "profile {} is for {}",
            profile.canonical(),
            profile.type_name()
        ))
    };
    walk.report(&codes::PROFILE_WRONG_TYPE, node, message, None);
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
pub(super) fn of_types<'c>(walk: &mut Walk<'c>, from: usize) -> Vec<DefinitionView<'c>> {
    let mut profiles = Vec::new();
    for at in from..walk.visits.len() {
        let visit = walk.visits[at];
        if let Some(kind) = visit.kind() {
            profiles.extend(type_profile(walk, visit.element, kind));
        }
    }
    profiles
}

/// Adds what describes the members of a value that `visit` describes: the element's own children, or else the
/// definition of its type, and the profile that the type names.
pub(super) fn push_content<'c>(walk: &mut Walk<'c>, visit: Visit<'c>, from: usize) {
    if let Some(content) = content(walk.set, visit) {
        push_once(walk, content, from);
    }
    let Some(kind) = visit.kind() else { return };
    if let Some(profile) = type_profile(walk, visit.element, kind) {
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

/// The one profile that a type names. Several mean "one of these", which this version does not decide.
fn type_profile<'c>(walk: &mut Walk<'c>, element: ElementView<'c>, kind: &'c rows::Type) -> Option<DefinitionView<'c>> {
    let plan = element.plan;
    let link = match kind.profiles.of(plan.tables.numbers) {
        [] => return None,
        [link] => *link,
        _ => {
            walk.findings
                .undecided("one of several profiles of a type must be met", element.id(), 1);
            return None;
        }
    };
    let profile = walk.set.linked_definition(plan, link);
    if profile.is_none() {
        let canonical = plan
            .tables
            .links
            .get(link.get() as usize)
            .map(|row| row.canonical(plan))
            .unwrap_or_default();
        walk.findings.undecided(NOT_LOADED, canonical, 1);
    }
    profile
}
