//! Ids inside a resource, and what leads to them (<https://hl7.org/fhir/R4/element-definitions.html#Element.id>).

use std::collections::{HashMap, HashSet};

use kap_fhir::{Primitive, xhtml};
use kap_json::{Kind, Message, Node, NodeId};

use super::walk::{Scope, Walk};
use crate::codes;
use crate::plan::view::ElementView;

/// The id of an element is its own within the resource, and has no spaces.
pub(super) fn element_id<'c>(
    walk: &mut Walk<'c>,
    node: Node<'c>,
    id: &'c str,
    element: ElementView<'c>,
    scope: Scope<'c>,
) {
    // Snapshot and differential list the same elements, by ids that are paths.
    if element
        .definition()
        .is_some_and(|definition| definition.type_name() == "ElementDefinition")
    {
        return;
    }
    if id.contains(char::is_whitespace) {
        let message = || "the id of an element has no spaces".into();
        walk.report(&codes::STRUCTURE_ID_SPACE, node, message, Some(element));
    }
    let first = *walk.ids.entry((scope.resource.id(), id)).or_insert(node.id());
    if first != node.id() {
        let message = || Message::text("another element of the resource has the same id ").value(id);
        walk.report(&codes::STRUCTURE_ID_DUPLICATE, node, message, Some(element));
    }
}

/// The id of a resource is a plain string of FHIRPath's `System.String`, so `_id` has nothing to say
/// (<https://hl7.org/fhir/R4/resource-definitions.html#Resource.id>).
pub(super) fn resource_id<'c>(walk: &mut Walk<'c>, resource: Node<'c>) {
    if let Some(shadow) = resource.get("_id") {
        let message = || "the id of a resource has no extensions".into();
        walk.report(&codes::STRUCTURE_ID_EXTENDED, shadow, message, None);
    }
}

/// A URI `#id` leads to something in the resource: a canonical to a contained resource, another one to an element, a
/// contained resource or a place in a narrative.
pub(super) fn internal_link<'c>(
    walk: &mut Walk<'c>,
    node: Node<'c>,
    id: &'c str,
    primitive: Primitive,
    element: ElementView<'c>,
    scope: Scope<'c>,
) {
    // A `contentReference` names an element of the definition, which a differential need not repeat, and `meta.source`
    // may be any URI, as the request of an interaction on some servers. A `system` is absolute, and has a finding if not.
    if matches!(element.name(), "contentReference" | "source" | "system") {
        return;
    }
    let outer = scope.container.unwrap_or(scope.resource);
    let found = if primitive == Primitive::Canonical {
        let mut contained = outer.get("contained").into_iter().flat_map(Node::items);
        contained.any(|resource| resource.get("id").and_then(Node::as_str) == Some(id))
    } else {
        has_target(walk, outer, id) || outermost(outer).is_some_and(|bundle| has_target(walk, bundle, id))
    };
    if !found {
        let message = || Message::text("nothing in the resource has the id ").value(id);
        walk.report(&codes::PRIMITIVE_INTERNAL_LINK, node, message, Some(element));
    }
}

/// The bundle around a resource, if it is in one: links lead from one narrative of a document to another.
pub(super) fn outermost(resource: Node<'_>) -> Option<Node<'_>> {
    let mut bundle = None;
    let mut node = resource;
    while let Some(parent) = node.parent() {
        if parent.get("resourceType").and_then(Node::as_str) == Some("Bundle") {
            bundle = Some(parent);
        }
        node = parent;
    }
    bundle
}

/// The ids of elements, resources and places in narratives below some nodes: found when first asked for, because one
/// resource may have thousands of links.
#[derive(Debug, Default)]
pub(crate) struct Anchors<'c> {
    below: HashMap<NodeId, HashSet<&'c str>>,
}

/// Whether an element, a resource or a place in a narrative below `root` has the id.
pub(super) fn has_target<'c>(walk: &mut Walk<'c>, root: Node<'c>, id: &str) -> bool {
    let known = walk.anchors.below.entry(root.id());
    known.or_insert_with(|| anchors(root)).contains(id)
}

fn anchors(root: Node<'_>) -> HashSet<&str> {
    let mut open = vec![root];
    let mut found = HashSet::new();
    while let Some(node) = open.pop() {
        match node.kind() {
            Kind::Object => {
                for member in node.members() {
                    match member.node.as_str() {
                        Some(text) if member.name == "id" => found.extend([text]),
                        Some(text) if member.name == "div" => found.extend(xhtml::anchors(text)),
                        Some(_) => {}
                        None => open.push(member.node),
                    }
                }
            }
            Kind::Array => open.extend(node.items()),
            _ => {}
        }
    }
    found
}
