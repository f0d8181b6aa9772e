//! Where a resource that another one is checked against comes from: contained, in the same bundle, or in a loaded package.

use std::collections::HashMap;
use std::rc::Rc;

use kap_json::{Document, Limits, Node};

use super::extension::text;
use crate::check::walk::{Scope, Walk};

/// What was looked up already during one walk.
#[derive(Debug, Default)]
pub(crate) struct Sources<'c> {
    /// Resources with a canonical URL in the bundle that is the document, by that URL.
    in_bundle: Option<HashMap<&'c str, Vec<Node<'c>>>>,
    /// Resources of plans by the place of their text, parsed.
    parsed: HashMap<*const u8, Option<Rc<Document<'c>>>>,
}

/// A resource that was found.
pub(super) enum Found<'c> {
    /// In the document that is checked.
    Here(Node<'c>),
    /// In a package.
    Loaded(Rc<Document<'c>>),
}

impl Found<'_> {
    pub(super) fn root(&self) -> Node<'_> {
        match self {
            Found::Here(node) => *node,
            Found::Loaded(document) => document.root(),
        }
    }
}

/// The resource of that type and canonical URL (`url`, `url|version`, or `#id` for a contained one). `kind` is its kind
/// among the resources of plans.
pub(super) fn find<'c>(
    walk: &mut Walk<'c>,
    scope: Scope<'c>,
    type_name: &str,
    kind: u16,
    canonical: &str,
) -> Option<Found<'c>> {
    if let Some(id) = canonical.strip_prefix('#') {
        let holder = scope.container.unwrap_or(scope.resource);
        return contained(holder, type_name, id).map(Found::Here);
    }
    if let Some(node) = in_bundle(walk, scope.resource, type_name, canonical) {
        return Some(Found::Here(node));
    }
    let json = walk.set.resource(kind, canonical)?;
    let parse = || {
        kap_json::parse(json.as_bytes(), &Limits::default())
            .document
            .map(Rc::new)
    };
    let parsed = walk.sources.parsed.entry(json.as_ptr()).or_insert_with(parse);
    parsed.clone().map(Found::Loaded)
}

/// The contained resource of that type and id.
pub(super) fn contained<'d>(holder: Node<'d>, type_name: &str, id: &str) -> Option<Node<'d>> {
    let contained = holder.get("contained").into_iter().flat_map(Node::items);
    contained
        .into_iter()
        .find(|resource| text(*resource, "resourceType") == Some(type_name) && text(*resource, "id") == Some(id))
}

/// The resource of that type and canonical URL in the bundle around `within`.
pub(super) fn in_bundle<'c>(
    walk: &mut Walk<'c>,
    within: Node<'c>,
    type_name: &str,
    canonical: &str,
) -> Option<Node<'c>> {
    let index = walk.sources.in_bundle.get_or_insert_with(|| index(outermost(within)));
    let (url, version) = canonical.split_once('|').unwrap_or((canonical, ""));
    let is_asked = |resource: &&Node<'c>| {
        text(**resource, "resourceType") == Some(type_name)
            && (version.is_empty() || text(**resource, "version") == Some(version))
    };
    index.get(url)?.iter().find(is_asked).copied()
}

fn outermost(mut node: Node<'_>) -> Node<'_> {
    while let Some(parent) = node.parent() {
        node = parent;
    }
    node
}

/// The resources of a bundle that have a canonical URL.
fn index(root: Node<'_>) -> HashMap<&str, Vec<Node<'_>>> {
    let mut index: HashMap<&str, Vec<Node<'_>>> = HashMap::new();
    let entries = root.get("entry").into_iter().flat_map(Node::items);
    for resource in entries.filter_map(|entry| entry.get("resource")) {
        if let Some(url) = text(resource, "url") {
            index.entry(url).or_default().push(resource);
        }
    }
    index
}
