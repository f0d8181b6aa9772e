//! The results of a search (<https://hl7.org/fhir/R4/search.html#return>).

use kap_json::{Message, Node};

use super::super::walk::Walk;
use super::{entries, fault, text};
use crate::codes;

pub(super) fn check<'c>(walk: &mut Walk<'c>, bundle: Node<'c>) {
    if bundle.get("entry").is_none() {
        return;
    }
    let mut links = bundle.get("link").into_iter().flat_map(Node::items);
    let own = links.find(|link| text(*link, "relation") == Some("self"));
    if own.is_none() {
        let message = "the bundle has no link `self`, which says what was searched for";
        fault(walk, &codes::BUNDLE_SEARCH_SELF, bundle, "", message);
    }
    let types = own
        .and_then(|link| text(link, "url"))
        .map(|url| searched_types(walk, url));
    for entry in entries(bundle) {
        result(walk, entry, types.as_deref().unwrap_or_default());
    }
}

/// The types that a search can find, as far as its URL says.
fn searched_types<'c>(walk: &Walk<'c>, url: &'c str) -> Vec<&'c str> {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let last = path.rsplit('/').next().unwrap_or(path);
    if walk.set.type_definition(last).is_some() {
        return vec![last];
    }
    let named = query
        .split('&')
        .filter_map(|parameter| parameter.strip_prefix("_type="));
    let named = named.flat_map(|types| types.split(','));
    let mut types: Vec<&str> = named.filter(|name| walk.set.type_definition(name).is_some()).collect();
    types.sort_unstable();
    types.dedup();
    types
}

fn result<'c>(walk: &mut Walk<'c>, entry: Node<'c>, types: &[&str]) {
    let Some(resource) = entry.get("resource") else {
        let message = "each entry of a searchset has a resource";
        return fault(walk, &codes::BUNDLE_SEARCH_RESOURCE_MISSING, entry, "", message);
    };
    let Some(mode) = entry.get("search").and_then(|search| text(search, "mode")) else {
        return;
    };
    let found = text(resource, "resourceType").unwrap_or_default();
    if matches!(mode, "match" | "include") && resource.get("id").is_none() {
        let message = "what a search finds has an id";
        fault(walk, &codes::BUNDLE_SEARCH_ID, resource, "", message);
    }
    if mode == "match" && !types.is_empty() && !types.contains(&found) {
        let message = || Message::text(format!("the search is for {}, this is another type", types.join(", ")));
        walk.report(&codes::BUNDLE_SEARCH_TYPE, resource, message, None);
    }
    if mode == "outcome" && found != "OperationOutcome" {
        let message = "the outcome of a search is an OperationOutcome";
        fault(walk, &codes::BUNDLE_SEARCH_OUTCOME, resource, "", message);
    }
}
