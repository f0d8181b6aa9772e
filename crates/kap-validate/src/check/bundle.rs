//! The rules of Bundle (<https://hl7.org/fhir/R4/bundle.html>; the invariants bdl-1 to bdl-12).

use std::collections::HashSet;

use kap_fhir::Reference;
use kap_fhir::reference::is_absolute;
use kap_json::{CodeInfo, Issue, Message, Node};

use super::resolve::BundleIndex;
use super::structure;
use super::walk::{Scope, Walk, location};
use crate::{PlanSet, Report, codes};

/// Adds an error to the report of a document that should be a bundle and is not.
pub(super) fn require_bundle(set: &PlanSet<'_>, root: Node<'_>, report: &mut Report) {
    // Without a `resourceType` it has a finding already.
    let found = root.get("resourceType").and_then(Node::as_str).unwrap_or("Bundle");
    if found != "Bundle" {
        report.errors += 1;
        let message = Message::text("this is not a Bundle, but a resource of type ");
        let message = structure::type_word(set, message, found);
        let issue = Issue::new(&codes::BUNDLE_EXPECTED, location(set, root), message);
        report.issues.insert(0, issue);
    }
}

/// Checks the rules of a bundle and returns the scope in which its entries' references resolve. Other resources keep
/// their scope.
pub(super) fn enter<'c>(walk: &mut Walk<'c>, scope: Scope<'c>, type_name: &str) -> Scope<'c> {
    if type_name != "Bundle" {
        return scope;
    }
    let bundle = scope.resource;
    let kind = text(bundle, "type").unwrap_or_default();
    let mut index = BundleIndex::new(bundle);
    let mut versions: HashSet<(&str, &str)> = HashSet::new();
    total(walk, bundle, kind);
    for entry in bundle.get("entry").into_iter().flat_map(Node::items) {
        parts(walk, entry, kind);
        request(walk, entry, kind);
        if let Some(full_url) = text(entry, "fullUrl") {
            let version = entry.get("resource").and_then(|resource| resource.get("meta"));
            let version = version.and_then(|meta| text(meta, "versionId")).unwrap_or_default();
            if !versions.insert((full_url, version)) && kind != "history" {
                fault(
                    walk,
                    &codes::BUNDLE_FULL_URL_DUPLICATE,
                    entry,
                    "fullUrl",
                    "another entry has the same `fullUrl`",
                );
            }
            full_url_form(walk, entry, full_url);
            index.add(full_url, entry);
        }
    }
    first_entry(walk, bundle, kind);
    walk.bundles.push(index);
    Scope {
        bundle: Some(walk.bundles.len() - 1),
        ..scope
    }
}

fn text<'c>(node: Node<'c>, name: &str) -> Option<&'c str> {
    node.get(name).and_then(Node::as_str)
}

/// Reports a fault at a member, or at the node itself if it has no such member.
fn fault<'c>(walk: &mut Walk<'c>, info: &'static CodeInfo, node: Node<'c>, member: &str, message: &'static str) {
    let node = node.get(member).unwrap_or(node);
    walk.report(info, node, || Message::text(message), None);
}

/// bdl-1: only searches and histories have a total.
fn total<'c>(walk: &mut Walk<'c>, bundle: Node<'c>, kind: &str) {
    if bundle.get("total").is_some() && !matches!(kind, "searchset" | "history") {
        fault(
            walk,
            &codes::BUNDLE_TOTAL,
            bundle,
            "total",
            "only a searchset or history has a `total`",
        );
    }
}

/// bdl-2 to bdl-5: what an entry has, depending on the type of the bundle.
fn parts<'c>(walk: &mut Walk<'c>, entry: Node<'c>, kind: &str) {
    let has = |name| entry.get(name).is_some();
    let wants_request = matches!(kind, "batch" | "transaction" | "history");
    let wants_response = matches!(kind, "batch-response" | "transaction-response" | "history");
    if has("search") && kind != "searchset" {
        fault(
            walk,
            &codes::BUNDLE_SEARCH,
            entry,
            "search",
            "only entries of a searchset have `search`",
        );
    }
    presence(
        walk,
        entry,
        "request",
        wants_request,
        (
            &codes::BUNDLE_REQUEST_MISSING,
            "the entry has no `request`, so a server cannot know what to do with it",
        ),
        (
            &codes::BUNDLE_REQUEST_NOT_ALLOWED,
            "entries of this type of bundle have no `request`",
        ),
    );
    presence(
        walk,
        entry,
        "response",
        wants_response,
        (&codes::BUNDLE_RESPONSE_MISSING, "the entry has no `response`"),
        (
            &codes::BUNDLE_RESPONSE_NOT_ALLOWED,
            "entries of this type of bundle have no `response`",
        ),
    );
    if !has("resource") && !has("request") && !has("response") && !entry.is_empty() {
        fault(
            walk,
            &codes::BUNDLE_ENTRY_EMPTY,
            entry,
            "fullUrl",
            "the entry has neither `resource` nor `request` nor `response`",
        );
    }
}

/// Reports a member that is wanted and missing, or there and not wanted.
fn presence<'c>(
    walk: &mut Walk<'c>,
    entry: Node<'c>,
    member: &str,
    is_wanted: bool,
    missing: (&'static CodeInfo, &'static str),
    not_allowed: (&'static CodeInfo, &'static str),
) {
    let is_there = entry.get(member).is_some();
    if is_there != is_wanted {
        let (info, message) = if is_wanted { missing } else { not_allowed };
        fault(walk, info, entry, member, message);
    }
}

/// What a request needs for its method, and whether its URL speaks of the resource beside it
/// (<https://hl7.org/fhir/R4/http.html#trules>).
fn request<'c>(walk: &mut Walk<'c>, entry: Node<'c>, kind: &str) {
    let Some(request) = entry.get("request") else { return };
    let (Some(method), Some(url)) = (text(request, "method"), text(request, "url")) else {
        return;
    };
    let is_action = matches!(kind, "batch" | "transaction");
    let resource = entry.get("resource");
    if is_action && resource.is_none() && matches!(method, "POST" | "PUT" | "PATCH") {
        fault(
            walk,
            &codes::BUNDLE_RESOURCE_MISSING,
            entry,
            "fullUrl",
            "the request writes a resource, but the entry has none",
        );
    }
    let path = url.split('?').next().unwrap_or(url);
    let mut steps = path.split('/').filter(|step| !step.is_empty());
    let (named, id) = (steps.next().unwrap_or_default(), steps.next());
    if is_action && method == "PUT" && id.is_none() && !url.contains('?') {
        fault(
            walk,
            &codes::BUNDLE_REQUEST_URL,
            request,
            "url",
            "an update names the resource, as `Type/id` or as `Type?search`",
        );
    }
    let is_type = walk.set.type_definition(named).is_some();
    let resource_type = resource.and_then(|resource| text(resource, "resourceType"));
    let differs = resource_type.is_some_and(|actual| is_type && actual != named);
    if is_action && differs && matches!(method, "POST" | "PUT") && id.is_none_or(|id| !id.starts_with('$')) {
        fault(
            walk,
            &codes::BUNDLE_REQUEST_TYPE,
            request,
            "url",
            "the request is about another type than the resource beside it",
        );
    }
}

/// `fullUrl` is absolute, without a version, and says the same id as the resource
/// (<https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.fullUrl>).
fn full_url_form<'c>(walk: &mut Walk<'c>, entry: Node<'c>, full_url: &'c str) {
    if !is_absolute(full_url) {
        return fault(
            walk,
            &codes::BUNDLE_FULL_URL_RELATIVE,
            entry,
            "fullUrl",
            "`fullUrl` is an absolute URL or a URN",
        );
    }
    if full_url.contains("/_history/") {
        return fault(
            walk,
            &codes::BUNDLE_FULL_URL_VERSION,
            entry,
            "fullUrl",
            "`fullUrl` does not name a version",
        );
    }
    let resource = entry.get("resource");
    let actual = resource.and_then(|resource| Some((text(resource, "resourceType")?, text(resource, "id")?)));
    if let (Reference::Rest { target, .. }, Some(actual)) = (Reference::parse(full_url), actual)
        && walk.set.type_definition(target.resource_type).is_some()
        && (target.resource_type, target.id) != actual
    {
        fault(
            walk,
            &codes::BUNDLE_FULL_URL_MISMATCH,
            entry,
            "fullUrl",
            "`fullUrl` names another type or id than the resource has",
        );
    }
}

/// bdl-9 to bdl-12: documents begin with their Composition, messages with their header.
fn first_entry<'c>(walk: &mut Walk<'c>, bundle: Node<'c>, kind: &str) {
    let first = bundle.get("entry").and_then(|entries| entries.at(0));
    let first_type = first
        .and_then(|entry| entry.get("resource"))
        .and_then(|resource| text(resource, "resourceType"));
    match kind {
        "document" => {
            if first_type != Some("Composition") {
                fault(
                    walk,
                    &codes::BUNDLE_DOCUMENT_COMPOSITION,
                    bundle,
                    "entry",
                    "the first entry of a document is its Composition",
                );
            }
            let identifier = bundle.get("identifier");
            if identifier.is_none_or(|identifier| text(identifier, "system").and(text(identifier, "value")).is_none()) {
                fault(
                    walk,
                    &codes::BUNDLE_DOCUMENT_IDENTIFIER,
                    bundle,
                    "identifier",
                    "a document has an `identifier` with system and value",
                );
            }
            if bundle.get("timestamp").is_none() {
                fault(
                    walk,
                    &codes::BUNDLE_DOCUMENT_TIMESTAMP,
                    bundle,
                    "timestamp",
                    "a document has a `timestamp`",
                );
            }
        }
        "message" if first_type != Some("MessageHeader") => {
            fault(
                walk,
                &codes::BUNDLE_MESSAGE_HEADER,
                bundle,
                "entry",
                "the first entry of a message is its MessageHeader",
            );
        }
        _ => {}
    }
}
