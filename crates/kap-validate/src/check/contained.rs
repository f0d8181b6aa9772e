//! Contained resources (<https://hl7.org/fhir/R4/references.html#contained>; the invariants dom-2 to dom-5).

use kap_json::{Kind, Message, Node};

use super::walk::{Scope, Walk};
use crate::codes;

pub(super) fn check<'c>(walk: &mut Walk<'c>, scope: Scope<'c>) {
    let Some(contained) = scope.resource.get("contained") else {
        return;
    };
    if scope.container.is_some() {
        let message = || "a contained resource cannot contain resources".into();
        return walk.report(&codes::CONTAINED_NESTED, contained, message, None);
    }
    let fragments = fragments(scope.resource);
    let mut ids: Vec<&str> = Vec::new();
    for resource in contained.items().filter(|item| item.kind() == Kind::Object) {
        meta(walk, resource);
        let Some(id) = resource.get("id").and_then(Node::as_str) else {
            walk.report(
                &codes::CONTAINED_ID_MISSING,
                resource,
                || "the contained resource has no `id`".into(),
                None,
            );
            continue;
        };
        if ids.contains(&id) {
            let message = || Message::text("another contained resource has the same id ").value(id);
            walk.report(&codes::CONTAINED_ID_DUPLICATE, resource, message, None);
        }
        ids.push(id);
        let refers_to_container = || self::fragments(resource).contains(&"");
        if !fragments.contains(&id) && !refers_to_container() {
            let message = || "nothing refers to the contained resource".into();
            walk.report(&codes::CONTAINED_UNREFERENCED, resource, message, None);
        }
    }
}

/// dom-4 and dom-5: a contained resource has no life of its own, so it has no version and no labels of its own.
fn meta<'c>(walk: &mut Walk<'c>, resource: Node<'c>) {
    let Some(meta) = resource.get("meta") else { return };
    if let Some(node) = meta.get("versionId").or_else(|| meta.get("lastUpdated")) {
        let message = || "a contained resource has neither `meta.versionId` nor `meta.lastUpdated`".into();
        walk.report(&codes::CONTAINED_VERSION, node, message, None);
    }
    if let Some(node) = meta.get("security") {
        let message = || "a contained resource has no security label of its own".into();
        walk.report(&codes::CONTAINED_SECURITY, node, message, None);
    }
}

/// What follows the `#` in each string of a resource that begins with it.
fn fragments(resource: Node<'_>) -> Vec<&str> {
    let mut open = vec![resource];
    let mut found = Vec::new();
    while let Some(node) = open.pop() {
        match node.kind() {
            Kind::Object => open.extend(node.members().map(|member| member.node)),
            Kind::Array => open.extend(node.items()),
            _ => found.extend(node.as_str().and_then(|text| text.strip_prefix('#'))),
        }
    }
    found
}
