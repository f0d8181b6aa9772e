//! What a literal reference leads to inside the document: a contained resource, the container, or an entry of the
//! bundle (<https://hl7.org/fhir/R4/references.html#literal>, <https://hl7.org/fhir/R4/bundle.html#references>).

use std::cell::OnceCell;
use std::collections::HashMap;

use kap_fhir::Reference;
use kap_fhir::reference::RestTarget;
use kap_json::Node;

use super::walk::{Scope, Walk};

/// What a reference leads to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Resolved<'c> {
    /// A resource of the document, with the scope in which its own references resolve.
    Found(Scope<'c>),
    /// Nothing, and it would have to be in this document.
    Missing,
    /// Nothing in this document; it may be on a server.
    Elsewhere,
}

/// The entries of a bundle by `fullUrl`: one hash, because bundles of a quarter of a million references exist.
#[derive(Debug)]
pub(crate) struct BundleIndex<'c> {
    bundle: Node<'c>,
    entries: HashMap<&'c str, Node<'c>>,
    /// Later entries with the `fullUrl` of an earlier one: other versions of the same resource.
    versions: Vec<(&'c str, Node<'c>)>,
    /// The resources by type and id, made when the first reference asks for it.
    by_id: OnceCell<HashMap<(&'c str, &'c str), Node<'c>>>,
}

impl<'c> BundleIndex<'c> {
    pub(crate) fn new(bundle: Node<'c>) -> BundleIndex<'c> {
        BundleIndex {
            bundle,
            entries: HashMap::new(),
            versions: Vec::new(),
            by_id: OnceCell::new(),
        }
    }

    /// Adds an entry that has a `fullUrl`.
    pub(crate) fn add(&mut self, full_url: &'c str, entry: Node<'c>) {
        if self.entries.contains_key(full_url) {
            self.versions.push((full_url, entry));
        } else {
            self.entries.insert(full_url, entry);
        }
    }

    /// Whether several entries have that `fullUrl`.
    fn is_repeated(&self, full_url: &str) -> bool {
        self.versions.iter().any(|(url, _)| *url == full_url)
    }

    /// The entry with that `fullUrl`, in that version if one is named.
    fn entry(&self, full_url: &str, version: Option<&str>) -> Option<Node<'c>> {
        let first = self.entries.get(full_url).copied()?;
        let Some(version) = version else { return Some(first) };
        let is_version = |entry: &Node<'c>| entry.get("resource").and_then(version_of) == Some(version);
        let others = self.versions.iter().filter(|(url, _)| *url == full_url);
        std::iter::once(first)
            .chain(others.map(|(_, entry)| *entry))
            .find(is_version)
    }

    /// The entry whose resource has that type and id. Where the entry that a reference stands in has no RESTful
    /// `fullUrl`, there is no base that a relative reference could take over, and type and id are all there is.
    fn entry_by_id(&self, target: RestTarget<'_>) -> Option<Node<'c>> {
        let index = self.by_id.get_or_init(|| {
            let entries = self.bundle.get("entry").into_iter().flat_map(Node::items);
            let keyed = entries.filter_map(|entry| {
                let resource = entry.get("resource")?;
                let text = |name| resource.get(name).and_then(Node::as_str);
                Some(((text("resourceType")?, text("id")?), entry))
            });
            keyed.collect()
        });
        index.get(&(target.resource_type, target.id)).copied()
    }
}

fn version_of(resource: Node<'_>) -> Option<&str> {
    resource.get("meta")?.get("versionId")?.as_str()
}

/// Whether the bundle around a resource is an excerpt of what a server has, so that targets may have been left out.
pub(crate) fn is_excerpt(walk: &Walk<'_>, scope: Scope<'_>) -> bool {
    let index = scope.bundle.and_then(|bundle| walk.bundles.get(bundle));
    let kind = index.and_then(|index| index.bundle.get("type")?.as_str());
    matches!(kind, Some("collection" | "searchset" | "history"))
}

/// Whether a reference that names no version means several entries. A history has all versions of a resource; what refers
/// to it means none of them in particular.
pub(crate) fn is_ambiguous(walk: &Walk<'_>, scope: Scope<'_>, reference: &Reference<'_>) -> bool {
    let index = scope.bundle.and_then(|bundle| walk.bundles.get(bundle));
    let Some(index) = index.filter(|index| !index.versions.is_empty()) else {
        return false;
    };
    let version = match reference {
        Reference::Relative(target) | Reference::Rest { target, .. } => target.version,
        Reference::Fragment(_) => return false,
        _ => None,
    };
    let is_history = index.bundle.get("type").and_then(Node::as_str) == Some("history");
    let full_url = reference.full_url(scope.full_url);
    version.is_none() && !is_history && full_url.is_some_and(|full_url| index.is_repeated(&full_url))
}

/// The scope of a node below the resource of `scope`: another one where the node is a resource of its own.
pub(crate) fn enter<'c>(scope: Scope<'c>, node: Node<'c>) -> Scope<'c> {
    if node == scope.resource || node.get("resourceType").is_none() {
        return scope;
    }
    let Some(holder) = node.parent() else { return scope };
    let is_contained = holder.name() == Some("contained");
    Scope {
        resource: node,
        container: is_contained.then_some(scope.resource),
        full_url: if is_contained {
            scope.full_url
        } else {
            holder.get("fullUrl").and_then(Node::as_str)
        },
        bundle: scope.bundle,
    }
}

/// Resolves a literal reference that stands in `scope`. Reports nothing.
pub(crate) fn resolve<'c>(walk: &Walk<'c>, scope: Scope<'c>, text: &str) -> Resolved<'c> {
    let reference = Reference::parse(text);
    match reference {
        Reference::Fragment(id) => fragment(scope, id),
        Reference::Malformed(_) | Reference::Conditional { .. } => Resolved::Elsewhere,
        _ => in_bundle(walk, scope, &reference),
    }
}

fn fragment<'c>(scope: Scope<'c>, id: &str) -> Resolved<'c> {
    let outer = Scope {
        resource: scope.container.unwrap_or(scope.resource),
        container: None,
        ..scope
    };
    if id.is_empty() {
        return Resolved::Found(outer);
    }
    let mut contained = outer.resource.get("contained").into_iter().flat_map(Node::items);
    let found = contained.find(|item| item.get("id").and_then(Node::as_str) == Some(id));
    found.map_or(Resolved::Missing, |resource| {
        Resolved::Found(Scope {
            resource,
            container: Some(outer.resource),
            ..outer
        })
    })
}

fn in_bundle<'c>(walk: &Walk<'c>, scope: Scope<'c>, reference: &Reference<'_>) -> Resolved<'c> {
    let Some(index) = scope.bundle.and_then(|bundle| walk.bundles.get(bundle)) else {
        return Resolved::Elsewhere;
    };
    let version = match reference {
        Reference::Relative(target) | Reference::Rest { target, .. } => target.version,
        _ => None,
    };
    let entry = match (reference.full_url(scope.full_url), reference) {
        (Some(full_url), _) => index.entry(&full_url, version),
        (None, Reference::Relative(target)) => index.entry_by_id(*target),
        (None, _) => None,
    };
    let found = entry.and_then(|entry| Some((entry, entry.get("resource")?)));
    match (found, reference) {
        (Some((entry, resource)), _) => Resolved::Found(Scope {
            resource,
            container: None,
            full_url: entry.get("fullUrl").and_then(Node::as_str),
            bundle: scope.bundle,
        }),
        (None, Reference::Urn(text)) if text.starts_with("urn:uuid:") => Resolved::Missing,
        (None, _) => Resolved::Elsewhere,
    }
}
