//! `fullUrl` is absolute, without a version, unique, and says the same type and id as the resource
//! (<https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.fullUrl>; bdl-7 and bdl-8).

use std::collections::HashSet;

use kap_fhir::Reference;
use kap_fhir::reference::is_absolute;
use kap_json::Node;

use super::super::walk::Walk;
use super::group::{Groups, Place};
use super::{fault, text};
use crate::codes;

/// Every `fullUrl` so far, with the version of its resource.
#[derive(Default)]
pub(super) struct Met<'c> {
    versions: HashSet<(&'c str, &'c str)>,
}

pub(super) fn check<'c>(
    walk: &mut Walk<'c>,
    groups: &mut Groups<'c>,
    met: &mut Met<'c>,
    place: Place<'c>,
    full_url: &'c str,
    kind: &str,
) {
    let entry = place.node;
    let node = entry.get("fullUrl").unwrap_or(entry);
    let resource = entry.get("resource");
    let version = resource.and_then(|resource| text(resource.get("meta")?, "versionId"));
    if !met.versions.insert((full_url, version.unwrap_or_default())) && kind != "history" {
        let message = "another entry has the same `fullUrl`";
        groups.add(&codes::BUNDLE_FULL_URL_DUPLICATE, place, node, message);
    }
    if !is_absolute(full_url) {
        let message = "`fullUrl` is an absolute URL or a URN";
        return groups.add(&codes::BUNDLE_FULL_URL_RELATIVE, place, node, message);
    }
    if full_url.contains("/_history/") {
        let message = "`fullUrl` does not name a version";
        return fault(walk, &codes::BUNDLE_FULL_URL_VERSION, entry, "fullUrl", message);
    }
    if resource.is_some_and(|resource| is_canonical(resource, full_url)) {
        let message = "`fullUrl` repeats the canonical URL of the resource, which is not its address";
        return groups.add(&codes::BUNDLE_FULL_URL_CANONICAL, place, node, message);
    }
    let (Reference::Rest { target, .. }, Some(resource)) = (Reference::parse(full_url), resource) else {
        return;
    };
    if walk.set.type_definition(target.resource_type).is_none() {
        return;
    }
    match (text(resource, "resourceType"), text(resource, "id")) {
        (Some(_), None) => {
            let message = "`fullUrl` names a resource of a server, and the resource has no id";
            groups.add(&codes::BUNDLE_FULL_URL_WITHOUT_ID, place, node, message);
        }
        (Some(resource_type), Some(id)) if (target.resource_type, target.id) != (resource_type, id) => {
            let message = "`fullUrl` names another type or id than the resource has";
            groups.add(&codes::BUNDLE_FULL_URL_MISMATCH, place, node, message);
        }
        _ => {}
    }
}

/// Whether a URL is the resource's canonical URL without being an address that ends in its type and id.
fn is_canonical(resource: Node<'_>, full_url: &str) -> bool {
    text(resource, "url") == Some(full_url)
        && full_url.starts_with("http")
        && !matches!(Reference::parse(full_url), Reference::Rest { .. })
}

/// Only what is sent to a server to be acted on, or comes back from there, may lack a `fullUrl`: the server gives it.
pub(super) fn absent<'c>(walk: &mut Walk<'c>, entry: Node<'c>, kind: &str) {
    let is_optional = matches!(
        kind,
        "transaction" | "transaction-response" | "batch" | "batch-response" | ""
    );
    // An outcome of a search is made for it, and is no resource of the server.
    let is_outcome = entry
        .get("search")
        .is_some_and(|search| text(search, "mode") == Some("outcome"));
    if !is_optional && !is_outcome && entry.get("fullUrl").is_none() {
        let message = "the entry has no `fullUrl`, which is the identity of its resource";
        fault(walk, &codes::BUNDLE_FULL_URL_MISSING, entry, "", message);
    }
}
