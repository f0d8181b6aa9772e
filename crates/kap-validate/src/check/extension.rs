//! Extensions (<https://hl7.org/fhir/R4/extensibility.html>).

use std::ops::Range;

use kap_fhir::reference::is_absolute;
use kap_json::{Message, Node, Severity};

use super::context::{self, Place};
use super::profile;
use super::walk::{Walk, location};
use crate::codes;
use crate::options::UnknownExtensions;
use crate::plan::flags::element;
use crate::plan::view::{DefinitionView, ElementView};

/// Checks one extension and adds its definition, if it is loaded, to the visits of its content from `content` on.
pub(super) fn check<'c>(walk: &mut Walk<'c>, node: Node<'c>, from: usize, content: usize) {
    let place = walk.visits[from].element;
    value_or_extensions(walk, node, place);
    // Without a `url` there is nothing to look up; that it is missing is a matter of cardinality.
    let Some(url_node) = node.get("url") else { return };
    let Some(url) = url_node.as_str() else { return };
    let is_nested = place
        .definition()
        .is_some_and(|holder| holder.type_name() == "Extension");
    // Within a complex extension, a plain name is defined by the extension around it.
    if is_nested && !is_absolute(url) {
        return nested(walk, url_node, url, from..content);
    }
    let (plain, version) = url
        .split_once('|')
        .map_or((url, None), |(plain, version)| (plain, Some(version)));
    if version.is_some() {
        let message = || Message::text("the `url` of an extension names no version, this one is ").value(url);
        walk.report(&codes::EXTENSION_URL_VERSION, node, message, Some(place));
    }
    let found = walk.set.definition(url).or_else(|| walk.set.definition(plain));
    match found {
        Some(definition) if definition.type_name() == "Extension" => known(walk, node, definition, place, content),
        Some(definition) => {
            let message = || {
                let canonical = definition.canonical();
                Message::text(format!(
                    "{canonical} defines no extension, but {}",
                    definition.type_name()
                ))
            };
            walk.report(&codes::EXTENSION_URL_OTHER, url_node, message, Some(place));
        }
        None if !is_absolute(url) => {
            let message = || Message::text("the `url` of an extension is absolute, this one is ").value(url);
            walk.report(&codes::EXTENSION_URL_RELATIVE, url_node, message, Some(place));
        }
        None => unknown(walk, node, url, place),
    }
}

/// "An extension has a value or nested extensions, never both" (ext-1).
fn value_or_extensions<'c>(walk: &mut Walk<'c>, node: Node<'c>, place: ElementView<'c>) {
    let has_value = node.members().any(|member| {
        let name = member.name.strip_prefix('_').unwrap_or(member.name);
        name.strip_prefix("value")
            .is_some_and(|kind| kind.starts_with(|first: char| first.is_ascii_uppercase()))
    });
    match (has_value, node.get("extension").is_some()) {
        (true, true) => {
            let message = || "an extension has a value or nested extensions, this one has both".into();
            walk.report(&codes::EXTENSION_VALUE_AND_NESTED, node, message, Some(place));
        }
        (false, false) if !node.is_empty() => {
            let message = || "an extension has a value or nested extensions, this one has neither".into();
            walk.report(&codes::EXTENSION_EMPTY, node, message, Some(place));
        }
        _ => {}
    }
}

/// An extension within a complex one, which defines its parts as slices: each is one of them.
fn nested<'c>(walk: &mut Walk<'c>, node: Node<'c>, url: &'c str, visits: Range<usize>) {
    let visits = walk.visits.get(visits).unwrap_or_default();
    let is_part = visits.iter().any(|visit| !visit.element.slice_name().is_empty());
    let outer = visits.iter().find(|visit| visit.element.slices().next().is_some());
    let Some(outer) = outer.map(|visit| visit.element).filter(|_| !is_part) else {
        return;
    };
    let message = || {
        let names: Vec<&str> = outer.slices().map(ElementView::slice_name).collect();
        Message::text("the extension around this one has no part with the `url` ")
            .value(url)
            .and(format!("; its parts: {}", names.join(", ")))
    };
    walk.report(&codes::EXTENSION_NESTED_UNKNOWN, node, message, Some(outer));
}

fn known<'c>(
    walk: &mut Walk<'c>,
    node: Node<'c>,
    definition: DefinitionView<'c>,
    place: ElementView<'c>,
    content: usize,
) {
    let Some(root) = definition.root() else {
        return walk
            .findings
            .undecided("the extension's definition has no snapshot", definition.canonical(), 1);
    };
    let is_modifier = root.has(element::MODIFIER);
    if is_modifier != is_modifier_place(place) {
        let wanted = if is_modifier { "modifierExtension" } else { "extension" };
        let message = || Message::text(format!("extension {} belongs in `{wanted}`", definition.url()));
        walk.report(&codes::EXTENSION_MODIFIER_MISPLACED, node, message, Some(root));
    }
    match context::place(walk, node, definition) {
        Place::Allowed => {}
        Place::NotAllowed => {
            let message = || {
                let allowed = context::list(definition);
                Message::text(format!(
                    "extension {} must not stand here; allowed: {allowed}",
                    definition.url()
                ))
            };
            walk.report(&codes::EXTENSION_CONTEXT, node, message, Some(root));
        }
        Place::Open => walk.findings.undecided(
            "the context of an extension cannot be evaluated",
            definition.canonical(),
            1,
        ),
    }
    context::invariants(walk, node, definition);
    profile::push_once(walk, root, content);
}

fn is_modifier_place(place: ElementView<'_>) -> bool {
    place.name() == "modifierExtension"
}

fn unknown<'c>(walk: &mut Walk<'c>, node: Node<'c>, url: &'c str, place: ElementView<'c>) {
    if is_cross_version(url) {
        return walk
            .findings
            .undecided("the extension stands for an element of another FHIR version", url, 1);
    }
    if is_modifier_place(place) {
        let message = || {
            Message::text(format!(
                "modifier extension {url} is not known, so the data must not be used"
            ))
        };
        return walk.report(&codes::EXTENSION_MODIFIER_UNKNOWN, node, message, Some(place));
    }
    let trusted = walk
        .options
        .extension_domains
        .iter()
        .any(|domain| url.starts_with(domain.as_str()));
    let severity = match walk.options.unknown_extensions {
        UnknownExtensions::Error if !trusted => Severity::Error,
        UnknownExtensions::Warning if !trusted => Severity::Warning,
        _ => {
            return walk
                .findings
                .undecided("the extension's definition is not loaded", url, 1);
        }
    };
    let set = walk.set;
    walk.findings.add(severity, || {
        let message = Message::text(format!("the definition of extension {url} is not loaded"));
        kap_json::Issue::new(&codes::EXTENSION_UNKNOWN, location(set, node), message).with_severity(severity)
    });
}

/// `http://hl7.org/fhir/5.0/StructureDefinition/extension-…` (<https://hl7.org/fhir/R4/versions.html#extensions>).
fn is_cross_version(url: &str) -> bool {
    let rest = url
        .strip_prefix("http://hl7.org/fhir/")
        .and_then(|rest| rest.split_once("/StructureDefinition/extension-"));
    rest.is_some_and(|(version, name)| {
        !name.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    })
}
