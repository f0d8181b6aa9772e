//! What a request needs for its method, and whether its URL speaks of the resource beside it
//! (<https://hl7.org/fhir/R4/http.html#trules>).

use std::collections::HashSet;

use kap_json::Node;

use super::super::walk::Walk;
use super::{fault, text};
use crate::codes;

/// The resources that the requests of a transaction change, as `Type/id`.
#[derive(Default)]
pub(super) struct Identities<'c> {
    changed: HashSet<(&'c str, &'c str)>,
}

pub(super) fn check<'c>(walk: &mut Walk<'c>, identities: &mut Identities<'c>, entry: Node<'c>, kind: &str) {
    let Some(request) = entry.get("request") else { return };
    let (Some(method), Some(url)) = (text(request, "method"), text(request, "url")) else {
        return;
    };
    if !matches!(kind, "batch" | "transaction") {
        return;
    }
    let resource = entry.get("resource");
    if resource.is_none() && matches!(method, "POST" | "PUT" | "PATCH") && !url.contains('$') {
        let message = "the request writes a resource, but the entry has none";
        fault(walk, &codes::BUNDLE_RESOURCE_MISSING, entry, "fullUrl", message);
    }
    let (path, query) = url
        .split_once('?')
        .map_or((url, None), |(path, query)| (path, Some(query)));
    let mut steps = path.split('/').filter(|step| !step.is_empty());
    let (named, id) = (steps.next().unwrap_or_default(), steps.next());
    if method == "PUT" && id.is_none() && query.is_none() {
        let message = "an update names the resource, as `Type/id` or as `Type?search`";
        fault(walk, &codes::BUNDLE_REQUEST_URL, request, "url", message);
    }
    let is_type = walk.set.type_definition(named).is_some();
    let resource_type = resource.and_then(|resource| text(resource, "resourceType"));
    let differs = resource_type.is_some_and(|actual| is_type && actual != named);
    if differs && matches!(method, "POST" | "PUT") && id.is_none_or(|id| !id.starts_with('$')) {
        let message = "the request is about another type than the resource beside it";
        return fault(walk, &codes::BUNDLE_REQUEST_TYPE, request, "url", message);
    }
    let Some(id) = id.filter(|id| is_type && !id.starts_with('$')) else {
        return;
    };
    if method == "PUT" && resource.is_some_and(|resource| text(resource, "id") != Some(id)) {
        let message = "an update carries a resource with the id that its URL names";
        fault(walk, &codes::BUNDLE_REQUEST_ID, request, "url", message);
    }
    if kind == "transaction" && matches!(method, "PUT" | "PATCH" | "DELETE") && !identities.changed.insert((named, id))
    {
        let message = "another entry of the transaction changes the same resource";
        fault(walk, &codes::BUNDLE_IDENTITY_OVERLAP, request, "url", message);
    }
}
