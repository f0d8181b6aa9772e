//! The narrative's XHTML (<https://hl7.org/fhir/R4/narrative.html>; the invariants txt-1 and txt-2).

use kap_fhir::xhtml::{self, Fault, Link};
use kap_json::{CodeInfo, Message, Node};

use super::identity;
use super::walk::{Scope, Walk};
use crate::codes;

/// The extension that ties a place in the text to the data that it shows.
const TEXT_LINK: &str = "http://hl7.org/fhir/StructureDefinition/textLink";

/// Checks the `div` of a Narrative.
pub(super) fn check<'c>(walk: &mut Walk<'c>, node: Node<'c>, scope: Scope<'c>) {
    let Some(div) = node.get("div") else { return };
    let Some(text) = div.as_str() else { return };
    let faults = xhtml::faults(text);
    for (index, fault) in faults.iter().enumerate() {
        if !faults[..index].contains(fault) {
            let info = code(fault);
            walk.report(info, div, || describe(*fault), None);
        }
    }
    links(walk, div, text, scope);
    if node.parent() == Some(scope.resource) {
        language(walk, div, text, scope.resource);
    }
    text_links(walk, node, text, scope);
}

fn code(fault: &Fault<'_>) -> &'static CodeInfo {
    match fault {
        Fault::Malformed(_) | Fault::NotADiv | Fault::Namespace => &codes::NARRATIVE_MALFORMED,
        Fault::DocumentType | Fault::Element(_) | Fault::Attribute { .. } => &codes::NARRATIVE_ACTIVE,
        Fault::Block(_) => &codes::NARRATIVE_BLOCK,
        Fault::Misplaced(_) => &codes::NARRATIVE_MISPLACED,
        Fault::Entity(_) => &codes::NARRATIVE_ENTITY,
        Fault::Address(_) => &codes::NARRATIVE_ADDRESS,
        Fault::DuplicateId(_) => &codes::NARRATIVE_ID_DUPLICATE,
        Fault::Empty => &codes::NARRATIVE_EMPTY,
    }
}

/// Names that are nobody's data: what narratives are most often refused for.
const COMMON_NAMES: [&str; 51] = [
    "script", "style", "form", "input", "button", "select", "option", "textarea", "iframe", "frame", "object", "embed",
    "link", "meta", "head", "body", "html", "title", "svg", "math", "video", "audio", "ins", "del", "canvas", "idref",
    "a", "area", "b", "br", "caption", "col", "colgroup", "dd", "div", "dl", "dt", "hr", "img", "li", "ol", "p",
    "span", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
];

/// A name from the narrative: shown if it is a common one, masked otherwise, because anything can stand after a `<`.
fn name(message: Message, name: &str) -> Message {
    if COMMON_NAMES.contains(&name) || name.strip_prefix("on").is_some_and(|event| event.len() < 12) {
        message.and(format!("`{name}`"))
    } else {
        message.value(name)
    }
}

fn describe(fault: Fault<'_>) -> Message {
    match fault {
        Fault::Malformed(problem) => Message::text(problem),
        Fault::NotADiv => "the narrative is not one `div` in the XHTML namespace".into(),
        Fault::Namespace => {
            "the narrative's `div` and all in it are in the namespace http://www.w3.org/1999/xhtml".into()
        }
        Fault::DocumentType => "a narrative declares no document type".into(),
        Fault::Element(element) => name(
            Message::text("this element is not one of those that a narrative may have: "),
            element,
        ),
        Fault::Block(block) => Message::text(format!("in a paragraph or in text there is no element `{block}`")),
        Fault::Misplaced(element) => name(
            Message::text("this element, or what is in it, cannot stand there: "),
            element,
        ),
        Fault::Attribute { element, attribute } => {
            let message = Message::text("an attribute carries active content, or is none of formatting: ");
            name(name(message, attribute).and(" of "), element)
        }
        Fault::Entity(name) => Message::text("HTML has no entity ").value(name),
        Fault::Address(url) => Message::text("this is no address of a link or image: ").value(url),
        Fault::DuplicateId(id) => Message::text("two places of the narrative have the id ").value(id),
        Fault::Empty => "the narrative shows neither text nor an image".into(),
    }
}

/// Links to `#id` lead somewhere in the resource, or in the document around it.
fn links<'c>(walk: &mut Walk<'c>, div: Node<'c>, text: &'c str, scope: Scope<'c>) {
    if !text.contains("\"#") && !text.contains("'#") {
        return;
    }
    let outer = scope.container.unwrap_or(scope.resource);
    for link in xhtml::links(text) {
        let (what, url) = match link {
            Link::Href(url) => ("link", url),
            Link::Image(url) => ("image", url),
        };
        let Some(id) = url.strip_prefix('#').filter(|id| !id.is_empty()) else {
            continue;
        };
        let found = identity::has_target(walk, outer, id)
            || identity::outermost(outer).is_some_and(|bundle| identity::has_target(walk, bundle, id));
        if !found {
            let message = || Message::text(format!("the {what} leads to nothing in the resource: ")).value(url);
            walk.report(&codes::NARRATIVE_LINK, div, message, None);
        }
    }
}

/// A resource that says its language has a narrative that says the same
/// (<https://hl7.org/fhir/R4/narrative.html#lang>).
fn language<'c>(walk: &mut Walk<'c>, div: Node<'c>, text: &'c str, resource: Node<'c>) {
    let Some(stated) = resource.get("language").and_then(Node::as_str) else {
        return;
    };
    let found = ["lang", "xml:lang"].map(|name| xhtml::root_attribute(text, name));
    let problem = match found {
        [None, None] => "the resource states its language, the narrative does not (`lang` and `xml:lang`)",
        _ if found.iter().flatten().any(|found| *found != stated) => {
            "the narrative states another language than the resource"
        }
        _ => return,
    };
    walk.report(&codes::NARRATIVE_LANGUAGE, div, || Message::text(problem), None);
}

/// `textLink` names a place in the text and the data that it shows; both exist.
fn text_links<'c>(walk: &mut Walk<'c>, node: Node<'c>, text: &'c str, scope: Scope<'c>) {
    let extensions = node.get("extension").into_iter().flat_map(Node::items);
    for extension in extensions {
        if extension.get("url").and_then(Node::as_str) != Some(TEXT_LINK) {
            continue;
        }
        let part = |name| {
            let mut parts = extension.get("extension").into_iter().flat_map(Node::items);
            let part = parts.find(|part| part.get("url").and_then(Node::as_str) == Some(name))?;
            part.members()
                .find_map(|member| member.name.starts_with("value").then_some(member.node.as_str()?))
        };
        if let Some(id) = part("htmlid")
            && !xhtml::anchors(text).any(|anchor| anchor == id)
        {
            let message = || Message::text("no place in the narrative has the id ").value(id);
            walk.report(&codes::NARRATIVE_LINK, node, message, None);
        }
        if let Some(id) = part("data").and_then(|data| data.strip_prefix('#'))
            && !identity::has_target(walk, scope.resource, id)
        {
            let message = || Message::text("nothing in the resource has the id ").value(id);
            walk.report(&codes::NARRATIVE_LINK, node, message, None);
        }
    }
}
