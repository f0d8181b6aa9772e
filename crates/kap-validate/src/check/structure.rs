//! Shapes: what is an object, an array or a primitive, what may be empty, which names exist
//! (<https://hl7.org/fhir/R4/json.html>).

use kap_json::{Kind, Member, Message, Node};

use super::walk::Walk;
use crate::codes;
use crate::plan::flags::definition;
use crate::plan::set::PlanSet;
use crate::plan::view::{DefinitionView, ElementView};

/// The definition of a resource's type, if the node is a resource of a type that exists.
pub(super) fn resource_type<'c>(walk: &mut Walk<'c>, node: Node<'c>) -> Option<DefinitionView<'c>> {
    if node.kind() != Kind::Object {
        let found = node.kind().as_str();
        walk.report(
            &codes::STRUCTURE_NOT_A_RESOURCE,
            node,
            || Message::text(format!("a resource is an object, this is {found}")),
            None,
        );
        return None;
    }
    let Some(type_node) = node.get("resourceType") else {
        walk.report(
            &codes::STRUCTURE_RESOURCE_TYPE_MISSING,
            node,
            || "the resource has no `resourceType`".into(),
            None,
        );
        return None;
    };
    let name = type_node.as_str().unwrap_or_default();
    let known = walk
        .set
        .type_definition(name)
        .filter(|known| known.has(definition::RESOURCE) && !known.has(definition::ABSTRACT));
    if known.is_none() {
        let set = walk.set;
        let message = || {
            let message = Message::text("FHIR R4 has no resource type ").value(name);
            match nearest_type(set, name) {
                Some(nearest) => message.and(format!(": did you mean `{nearest}`?")),
                None => message,
            }
        };
        walk.report(&codes::STRUCTURE_UNKNOWN_RESOURCE_TYPE, type_node, message, None);
    }
    known
}

/// The resource type whose name is nearest, if it is near enough to be meant.
fn nearest_type<'s>(set: &'s PlanSet<'_>, name: &str) -> Option<&'s str> {
    let types = set.resource_types().filter(|known| near(name, known).is_some());
    types.min_by_key(|known| near(name, known))
}

/// How far a known name is from what was written, if it is near enough to be meant.
fn near(name: &str, known: &str) -> Option<usize> {
    let most = known.len().max(name.len()) / 3;
    // The distance is at least the difference in length, and names may be as long as the document.
    if known.len().abs_diff(name.len()) > most {
        return None;
    }
    let distance = distance(name, known);
    (distance <= most).then_some(distance)
}

/// `fhir_comments`, which FHIR had before R4: it says nothing, and must not be taken for an element.
pub(super) fn comments<'c>(walk: &mut Walk<'c>, member: &Member<'c>) {
    let message = || "`fhir_comments` is no element of R4; other systems refuse it".into();
    walk.report(&codes::STRUCTURE_COMMENTS, member.node, message, None);
}

/// Goes on with the name of a type; a word that is no type came from the data and could be anything.
pub(in crate::check) fn type_word(set: &PlanSet<'_>, message: Message, word: &str) -> Message {
    if set.type_definition(word).is_some() {
        message.and(word.to_owned())
    } else {
        message.value(word)
    }
}

/// A name that the base definition does not have.
pub(super) fn unknown_element<'c>(walk: &mut Walk<'c>, member: &Member<'c>, holder: ElementView<'c>) {
    let name = member.name.to_owned();
    let message = || {
        let unknown = format!("unknown element `{name}`");
        match nearest(holder, &name) {
            Some(nearest) => Message::text(format!("{unknown}: did you mean `{nearest}`?")),
            None => Message::text(unknown),
        }
    };
    walk.report(&codes::STRUCTURE_UNKNOWN_ELEMENT, member.node, message, Some(holder));
}

/// The child whose name is nearest, if it is near enough to be meant.
fn nearest<'c>(holder: ElementView<'c>, name: &str) -> Option<&'c str> {
    let tables = &holder.plan.tables;
    let names = holder.row.properties.of(tables.properties).iter();
    let names = names.filter_map(|property| tables.names.get(usize::from(property.name.get())));
    let names = names.map(|text| tables.text(*text));
    let near = names.filter_map(|known| Some((near(name, known)?, known)));
    near.min().map(|(_, known)| known)
}

/// Levenshtein distance without regard to case, over bytes: element names are ASCII.
fn distance(left: &str, right: &str) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.bytes().enumerate() {
        let mut diagonal = i;
        let mut current = i + 1;
        for (cell, b) in row.iter_mut().skip(1).zip(right.bytes()) {
            let changed = diagonal + usize::from(!a.eq_ignore_ascii_case(&b));
            diagonal = *cell;
            current = changed.min(current + 1).min(diagonal + 1);
            *cell = current;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// `{}`: "Objects are never empty" (<https://hl7.org/fhir/R4/json.html#json>; the invariant ele-1).
pub(super) fn empty_object<'c>(walk: &mut Walk<'c>, node: Node<'c>, from: usize) {
    let element = walk.visits.get(from).map(|visit| visit.element);
    walk.report(
        &codes::STRUCTURE_EMPTY_OBJECT,
        node,
        || "the object is empty".into(),
        element,
    );
}

/// Checks that an element that may repeat is an array with something in it.
pub(super) fn array<'c>(walk: &mut Walk<'c>, node: Node<'c>, element: ElementView<'c>) {
    if node.kind() != Kind::Array {
        let message = || {
            Message::text(format!(
                "`{}` may repeat, so it is an array, even of one",
                element.name()
            ))
        };
        walk.report(&codes::STRUCTURE_ARRAY_EXPECTED, node, message, Some(element));
    } else if node.is_empty() {
        walk.report(
            &codes::STRUCTURE_EMPTY_ARRAY,
            node,
            || "the array is empty".into(),
            Some(element),
        );
    }
}

pub(super) fn array_unexpected<'c>(walk: &mut Walk<'c>, node: Node<'c>, element: ElementView<'c>) {
    let message = || Message::text(format!("`{}` does not repeat, so it is not an array", element.name()));
    walk.report(&codes::STRUCTURE_ARRAY_UNEXPECTED, node, message, Some(element));
}

/// Whether a value that must be an object is one.
pub(super) fn is_object<'c>(walk: &mut Walk<'c>, node: Node<'c>, element: ElementView<'c>) -> bool {
    match node.kind() {
        Kind::Object => true,
        Kind::Null => {
            null(walk, node);
            false
        }
        found => {
            let message = || Message::text(format!("`{}` is an object, this is {}", element.name(), found.as_str()));
            walk.report(&codes::STRUCTURE_OBJECT_EXPECTED, node, message, Some(element));
            false
        }
    }
}

/// `null` stands only in an array of primitives, where the other array has something to say at the same index.
pub(super) fn null<'c>(walk: &mut Walk<'c>, node: Node<'c>) {
    walk.report(
        &codes::STRUCTURE_NULL,
        node,
        || "`null` is not a value in FHIR: leave the element out".into(),
        None,
    );
}

/// `_name` beside an element that is not primitive.
pub(super) fn shadow_of_complex<'c>(walk: &mut Walk<'c>, member: &Member<'c>) {
    let message = || {
        Message::text(format!(
            "only primitive elements have a member with a leading `_`, so `{}` is not one",
            member.name
        ))
    };
    walk.report(&codes::STRUCTURE_UNDERSCORE, member.node, message, None);
}

/// `_name` that is not an object.
pub(super) fn shadow_not_object<'c>(walk: &mut Walk<'c>, node: Node<'c>) {
    let found = node.kind().as_str();
    let message = || {
        Message::text(format!(
            "the member with a leading `_` is an object with `id` or `extension`, this is {found}"
        ))
    };
    walk.report(&codes::STRUCTURE_UNDERSCORE, node, message, None);
}

/// The arrays `name` and `_name` have different lengths.
pub(super) fn misaligned<'c>(walk: &mut Walk<'c>, shadow: Node<'c>, element: ElementView<'c>) {
    let name = element.name();
    let message = || {
        Message::text(format!(
            "`{name}` and `_{name}` must have equally many items, with `null` where one has nothing"
        ))
    };
    walk.report(&codes::STRUCTURE_MISALIGNED, shadow, message, Some(element));
}
