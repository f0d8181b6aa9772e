//! Documents and messages: what stands first, and that the rest hangs together with it
//! (<https://hl7.org/fhir/R4/documents.html>, <https://hl7.org/fhir/R4/messaging.html>; bdl-9 to bdl-12).

use std::collections::HashMap;

use kap_fhir::Reference;
use kap_json::{Kind, Message, Node, Severity};

use super::super::resolve::{Resolved, resolve};
use super::super::walk::{Scope, Walk};
use super::{entries, fault, text};
use crate::codes;

/// The elements of a Composition whose targets belong into the document
/// (<https://hl7.org/fhir/R4/documents.html#content>).
const COMPOSITION: [&str; 6] = [
    "subject",
    "author",
    "encounter",
    "custodian",
    "attester.party",
    "event.detail",
];
const SECTION: [&str; 3] = ["author", "focus", "entry"];

pub(in super::super) fn check_document<'c>(walk: &mut Walk<'c>, bundle: Node<'c>, scope: Scope<'c>) {
    let first = first_resource(bundle);
    if first.and_then(|first| text(first, "resourceType")) == Some("Composition") {
        let inner = entries(bundle).next().map_or(scope, |entry| inside(entry, scope));
        if let Some(composition) = first {
            must_resolve(walk, composition, &COMPOSITION, inner);
            sections(walk, composition, inner);
        }
        linked(walk, bundle, scope, "Composition");
    } else {
        let message = "the first entry of a document is its Composition";
        fault(walk, &codes::BUNDLE_DOCUMENT_COMPOSITION, bundle, "entry", message);
    }
    let identifier = bundle.get("identifier");
    if identifier.is_none_or(|identifier| text(identifier, "system").and(text(identifier, "value")).is_none()) {
        let message = "a document has an `identifier` with system and value";
        fault(walk, &codes::BUNDLE_DOCUMENT_IDENTIFIER, bundle, "identifier", message);
    }
    if bundle.get("timestamp").is_none() {
        let message = "a document has a `timestamp`";
        fault(walk, &codes::BUNDLE_DOCUMENT_TIMESTAMP, bundle, "timestamp", message);
    }
}

pub(in super::super) fn check_message<'c>(walk: &mut Walk<'c>, bundle: Node<'c>, scope: Scope<'c>) {
    let first = first_resource(bundle);
    let header = first.filter(|first| text(*first, "resourceType") == Some("MessageHeader"));
    if let Some(header) = header {
        let inner = entries(bundle).next().map_or(scope, |entry| inside(entry, scope));
        must_resolve(walk, header, &["focus"], inner);
        linked(walk, bundle, scope, "MessageHeader");
    } else {
        let message = "the first entry of a message is its MessageHeader";
        fault(walk, &codes::BUNDLE_MESSAGE_HEADER, bundle, "entry", message);
    }
}

fn first_resource(bundle: Node<'_>) -> Option<Node<'_>> {
    entries(bundle).next()?.get("resource")
}

/// The scope of what stands in an entry.
fn inside<'c>(entry: Node<'c>, scope: Scope<'c>) -> Scope<'c> {
    Scope {
        resource: entry.get("resource").unwrap_or(scope.resource),
        container: None,
        full_url: text(entry, "fullUrl"),
        bundle: scope.bundle,
    }
}

fn sections<'c>(walk: &mut Walk<'c>, holder: Node<'c>, scope: Scope<'c>) {
    let mut open: Vec<Node<'c>> = holder.get("section").into_iter().flat_map(Node::items).collect();
    while let Some(section) = open.pop() {
        must_resolve(walk, section, &SECTION, scope);
        open.extend(section.get("section").into_iter().flat_map(Node::items));
    }
}

/// References of these elements lead to entries of the bundle.
fn must_resolve<'c>(walk: &mut Walk<'c>, holder: Node<'c>, paths: &[&str], scope: Scope<'c>) {
    for path in paths {
        for reference in at_path(holder, path) {
            let Some(node) = reference.get("reference") else {
                continue;
            };
            let Some(literal) = node.as_str().filter(|text| !text.is_empty() && !text.starts_with('#')) else {
                continue;
            };
            // What cannot be anywhere else, and what is malformed, has a finding of its own.
            if matches!(resolve(walk, scope, literal), Resolved::Elsewhere)
                && !matches!(Reference::parse(literal), Reference::Malformed(_))
            {
                let message = || Message::text("the bundle has no entry for ").value(literal);
                walk.report(&codes::BUNDLE_REFERENCE_OUTSIDE, node, message, None);
            }
        }
    }
}

/// The values of an element by its path; items of arrays one by one.
fn at_path<'c>(holder: Node<'c>, path: &str) -> Vec<Node<'c>> {
    path.split('.').fold(vec![holder], |nodes, step| {
        let values = nodes.into_iter().filter_map(|node| node.get(step));
        values.flat_map(each).collect()
    })
}

fn each(node: Node<'_>) -> Vec<Node<'_>> {
    if node.kind() == Kind::Array {
        node.items().collect()
    } else {
        vec![node]
    }
}

/// Every entry is reached from the first one by following references, forward or backward.
fn linked<'c>(walk: &mut Walk<'c>, bundle: Node<'c>, scope: Scope<'c>, first: &str) {
    let nodes: Vec<Node<'c>> = entries(bundle).collect();
    let numbers: HashMap<Node<'c>, usize> = nodes
        .iter()
        .enumerate()
        .filter_map(|(number, entry)| Some((entry.get("resource")?, number)))
        .collect();
    let targets: Vec<Vec<usize>> = nodes
        .iter()
        .map(|entry| targets(walk, inside(*entry, scope), &numbers))
        .collect();
    let mut referrers = vec![Vec::new(); nodes.len()];
    for (from, targets) in targets.iter().enumerate() {
        for to in targets {
            referrers[*to].push(from);
        }
    }
    let mut reached = vec![false; nodes.len()];
    let mut back = follow(&mut reached, &targets, &referrers, 0);
    stylesheets(bundle, &nodes, &mut reached);
    let is_document = first == "Composition";
    // What is not reached may point at something that is. Provenance does so by nature.
    while let Some(entry) = back.pop() {
        if reached[entry] {
            continue;
        }
        back.extend(follow(&mut reached, &targets, &referrers, entry));
        let resource = nodes[entry].get("resource");
        if is_document && resource.and_then(|resource| text(resource, "resourceType")) != Some("Provenance") {
            let message = || Message::text(format!("the entry refers to the {first}, which does not lead to it"));
            walk.report(&codes::BUNDLE_ENTRY_BACKWARD, nodes[entry], message, None);
        }
    }
    let severity = if is_document {
        Severity::Error
    } else {
        Severity::Warning
    };
    for (entry, reached) in nodes.iter().zip(reached) {
        if !reached && entry.get("resource").is_some() {
            let message = || Message::text(format!("no chain of references joins the entry and the {first}"));
            walk.report_as(&codes::BUNDLE_ENTRY_UNLINKED, severity, *entry, message, None);
        }
    }
}

/// Marks an entry and all that it leads to, and answers what refers to any of these.
fn follow(reached: &mut [bool], targets: &[Vec<usize>], referrers: &[Vec<usize>], from: usize) -> Vec<usize> {
    let mut open = vec![from];
    let mut back = Vec::new();
    while let Some(entry) = open.pop() {
        if reached.get(entry) == Some(&false) {
            reached[entry] = true;
            open.extend(&targets[entry]);
            back.extend(&referrers[entry]);
        }
    }
    back
}

/// A style sheet is reached through a link of the bundle.
fn stylesheets(bundle: Node<'_>, nodes: &[Node<'_>], reached: &mut [bool]) {
    let links = bundle.get("link").into_iter().flat_map(Node::items);
    for link in links.filter(|link| text(*link, "relation") == Some("stylesheet")) {
        let Some(url) = text(link, "url") else { continue };
        for (entry, reached) in nodes.iter().zip(reached.iter_mut()) {
            let resource = entry.get("resource");
            let own = resource.and_then(|resource| Some((text(resource, "resourceType")?, text(resource, "id")?)));
            *reached |= own.is_some_and(|own| url.split_once('/') == Some(own)) || text(*entry, "fullUrl") == Some(url);
        }
    }
}

/// The entries that the references and addresses in a resource lead to.
fn targets<'c>(walk: &Walk<'c>, scope: Scope<'c>, numbers: &HashMap<Node<'c>, usize>) -> Vec<usize> {
    let mut open = vec![scope.resource];
    let mut found = Vec::new();
    while let Some(node) = open.pop() {
        match node.kind() {
            Kind::Array => open.extend(node.items()),
            Kind::Object => {
                let members = node
                    .members()
                    .filter(|member| !matches!(member.name, "system" | "profile" | "div"));
                open.extend(members.map(|member| member.node));
            }
            Kind::String => {
                let literal = node
                    .as_str()
                    .filter(|text| text.contains([':', '/']) && !text.contains(' '));
                if let Some(Resolved::Found(target)) = literal.map(|literal| resolve(walk, scope, literal)) {
                    found.extend(numbers.get(&target.resource));
                }
            }
            _ => {}
        }
    }
    found
}
