//! The rules of Bundle (<https://hl7.org/fhir/R4/bundle.html>; the invariants bdl-1 to bdl-12).

mod document;
mod entry;
mod full_url;
mod group;
mod link;
mod request;
mod search;
mod signature;

use kap_json::{CodeInfo, Issue, Message, Node};

use super::resolve::BundleIndex;
use super::structure;
use super::walk::{Scope, Walk, location};
use crate::{PlanSet, Report, codes};
use group::Groups;

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
    let mut groups = Groups::default();
    let mut urls = full_url::Met::default();
    let mut identities = request::Identities::default();
    total(walk, bundle, kind);
    link::check(walk, bundle, kind);
    for (at, node) in entries(bundle).enumerate() {
        let place = group::Place { at, node };
        entry::parts(walk, &mut groups, place, kind);
        request::check(walk, &mut identities, node, kind);
        match text(node, "fullUrl") {
            Some(full_url) => {
                full_url::check(walk, &mut groups, &mut urls, place, full_url, kind);
                index.add(full_url, node);
            }
            None => full_url::absent(walk, node, kind),
        }
    }
    groups.report(walk);
    signature::check(walk, bundle);
    walk.bundles.push(index);
    let scope = Scope {
        bundle: Some(walk.bundles.len() - 1),
        ..scope
    };
    match kind {
        "document" => document::check_document(walk, bundle, scope),
        "message" => document::check_message(walk, bundle, scope),
        "searchset" => search::check(walk, bundle),
        _ => {}
    }
    scope
}

/// The entries of a bundle.
fn entries(bundle: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    bundle.get("entry").into_iter().flat_map(Node::items)
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
        let message = "only a searchset or history has a `total`";
        fault(walk, &codes::BUNDLE_TOTAL, bundle, "total", message);
    }
}
