//! Whether a code belongs to a value set that a resource names: a contained one, one in the same bundle, or one in a
//! package.

use kap_fhir::{Membership, Question};
use kap_json::Node;

use super::extension::text;
use super::source;
use crate::check::walk::Walk;

/// How deep value sets may include each other.
const MAX_DEPTH: u32 = 16;
/// Beginnings of the URLs of the code systems that HL7 maintains.
const HL7: [&str; 2] = ["http://hl7.org/", "http://terminology.hl7.org/"];

/// Where value sets are looked for besides the loaded packages.
#[derive(Clone, Copy)]
pub(super) struct Surroundings<'c, 'q> {
    /// The resource whose contained resources count.
    pub(super) holder: Node<'q>,
    /// A node of the document that is checked.
    pub(super) document: Node<'c>,
}

/// A code and the system it comes from, if it names one.
#[derive(Clone, Copy)]
pub(super) struct Code<'d> {
    pub(super) system: Option<&'d str>,
    pub(super) code: &'d str,
}

/// Whether a code belongs to the value set with that canonical URL (`url`, `url|version` or `#id`).
pub(super) fn of_canonical<'c>(
    walk: &mut Walk<'c>,
    around: Surroundings<'c, '_>,
    canonical: &str,
    code: Code<'_>,
) -> Membership {
    within(walk, around, canonical, code, 0)
}

fn within<'c>(
    walk: &mut Walk<'c>,
    around: Surroundings<'c, '_>,
    canonical: &str,
    code: Code<'_>,
    depth: u32,
) -> Membership {
    if depth > MAX_DEPTH {
        return Membership::Unknown("value sets include each other too deeply".to_owned());
    }
    if let Some(id) = canonical.strip_prefix('#') {
        return match source::contained(around.holder, "ValueSet", id) {
            Some(value_set) => of_node(walk, around, value_set, code, depth),
            None => Membership::Unknown("no contained value set has this id".to_owned()),
        };
    }
    let loaded = walk.set.value_set(canonical);
    let answer = match loaded {
        Some((plan, value_set)) => walk.set.membership(plan, value_set, code.system, code.code),
        None => match source::in_bundle(walk, around.document, "ValueSet", canonical) {
            Some(value_set) => of_node(walk, around, value_set, code, depth),
            None => Membership::Unknown("the value set is not loaded".to_owned()),
        },
    };
    match (answer, &walk.options.terminology) {
        (Membership::Unknown(_), Some(terminology)) => terminology.validate_code(&Question {
            value_set: Some(canonical),
            system: code.system,
            version: None,
            code: code.code,
        }),
        (answer, _) => answer,
    }
}

/// Whether a code belongs to a value set that is given as it stands.
fn of_node<'c>(
    walk: &mut Walk<'c>,
    around: Surroundings<'c, '_>,
    value_set: Node<'_>,
    code: Code<'_>,
    depth: u32,
) -> Membership {
    let Some(compose) = value_set.get("compose") else {
        return match value_set.get("expansion") {
            Some(expansion) => decided(expands_to(expansion, code)),
            None => Membership::Unknown("the value set gives neither a definition nor an expansion".to_owned()),
        };
    };
    let mut any = |name| {
        let parts = compose.get(name).into_iter().flat_map(Node::items);
        let mut answer = Membership::NotMember;
        for part in parts {
            match of_part(walk, around, part, code, depth) {
                Membership::Member => return Membership::Member,
                Membership::NotMember => {}
                unknown @ Membership::Unknown(_) => answer = unknown,
            }
        }
        answer
    };
    match any("include") {
        Membership::Member => match any("exclude") {
            Membership::Member => Membership::NotMember,
            Membership::NotMember => Membership::Member,
            unknown @ Membership::Unknown(_) => unknown,
        },
        answer => answer,
    }
}

/// Whether an `include` or `exclude` covers a code: its system and all of its value sets must.
fn of_part<'c>(
    walk: &mut Walk<'c>,
    around: Surroundings<'c, '_>,
    part: Node<'_>,
    code: Code<'_>,
    depth: u32,
) -> Membership {
    let mut answer = match text(part, "system") {
        Some(system) => of_system(walk, around, part, system, code),
        None => Membership::Member,
    };
    for canonical in part
        .get("valueSet")
        .into_iter()
        .flat_map(Node::items)
        .filter_map(Node::as_str)
    {
        match (within(walk, around, canonical, code, depth + 1), &answer) {
            (Membership::NotMember, _) | (_, Membership::NotMember) => return Membership::NotMember,
            (unknown @ Membership::Unknown(_), _) => answer = unknown,
            (Membership::Member, _) => {}
        }
    }
    answer
}

fn of_system<'c>(
    walk: &mut Walk<'c>,
    around: Surroundings<'c, '_>,
    part: Node<'_>,
    system: &str,
    code: Code<'_>,
) -> Membership {
    if code.system.is_some_and(|given| given != system) {
        return Membership::NotMember;
    }
    if let Some(concepts) = part.get("concept") {
        return decided(concepts.items().any(|concept| text(concept, "code") == Some(code.code)));
    }
    if let Some(filters) = part.get("filter") {
        let member = |filter, name| text(filter, name).unwrap_or_default();
        let filters = filters.items();
        let filters: Vec<_> = filters
            .map(|filter| {
                (
                    member(filter, "property"),
                    member(filter, "op"),
                    member(filter, "value"),
                )
            })
            .collect();
        return walk.set.filtered_contains(system, code.code, &filters).to_membership();
    }
    if walk.set.code_systems(system).next().is_some() {
        return walk.set.system_contains(system, code.code).to_membership();
    }
    match local(walk, around, system) {
        Some(code_system) => decided(defines(code_system, code.code)),
        None => Membership::Unknown(format!("code system `{system}` is not loaded")),
    }
}

/// Whether a code system, in that version if one is named, has a code. None where the system is not at hand as a whole.
pub(super) fn has_code<'c>(
    walk: &mut Walk<'c>,
    around: Surroundings<'c, '_>,
    system: &str,
    version: &str,
    code: &str,
) -> Option<bool> {
    let mut is_complete = false;
    for loaded in walk
        .set
        .code_systems(system)
        .filter(|loaded| loaded.is_version(version))
    {
        if loaded.concept(code).is_some() {
            return Some(true);
        }
        // FHIR's own copies of what others maintain are frozen: later codes are missing from them.
        let is_frozen = loaded.plan.index == 0 && !HL7.iter().any(|ours| system.starts_with(ours));
        is_complete |= loaded.is_complete() && !is_frozen;
    }
    if is_complete {
        return Some(false);
    }
    if walk.set.code_systems(system).next().is_some() {
        return None;
    }
    local(walk, around, system).map(|code_system| defines(code_system, code))
}

/// The whole code system with that URL among the contained resources or in the same bundle.
fn local<'c: 'q, 'q>(walk: &mut Walk<'c>, around: Surroundings<'c, 'q>, system: &str) -> Option<Node<'q>> {
    let is_complete = |code_system: &Node<'_>| text(*code_system, "content") == Some("complete");
    let contained = around.holder.get("contained").into_iter().flat_map(Node::items);
    let is_asked = |resource: &Node<'_>| {
        text(*resource, "resourceType") == Some("CodeSystem") && text(*resource, "url") == Some(system)
    };
    let found = contained.into_iter().find(is_asked);
    found
        .or_else(|| source::in_bundle(walk, around.document, "CodeSystem", system))
        .filter(is_complete)
}

/// Whether a code system defines a code, at any depth.
fn defines(code_system: Node<'_>, code: &str) -> bool {
    let mut open = vec![code_system];
    while let Some(holder) = open.pop() {
        for concept in holder.get("concept").into_iter().flat_map(Node::items) {
            if text(concept, "code") == Some(code) {
                return true;
            }
            open.push(concept);
        }
    }
    false
}

fn expands_to(expansion: Node<'_>, code: Code<'_>) -> bool {
    let mut open = vec![expansion];
    while let Some(holder) = open.pop() {
        for concept in holder.get("contains").into_iter().flat_map(Node::items) {
            let same_system = code.system.is_none_or(|system| text(concept, "system") == Some(system));
            if same_system && text(concept, "code") == Some(code.code) {
                return true;
            }
            open.push(concept);
        }
    }
    false
}

fn decided(contained: bool) -> Membership {
    if contained {
        Membership::Member
    } else {
        Membership::NotMember
    }
}
