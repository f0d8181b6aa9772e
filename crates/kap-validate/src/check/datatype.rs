//! Rules of data types that are stated in words rather than as invariants (<https://hl7.org/fhir/R4/datatypes.html>).

use std::collections::HashSet;

use kap_fhir::reference::is_absolute;
use kap_fhir::{Primitive, base64};
use kap_json::{Kind, Message, Node, Severity};

use super::walk::Walk;
use crate::codes;
use crate::plan::flags::type_kind;
use crate::plan::view::ElementView;

/// The system of identifiers that are URIs themselves.
const URI_SYSTEM: &str = "urn:ietf:rfc:3986";
/// The specification of UUIDs, which is no system of identifiers.
const UUID_SPECIFICATION: &str = "https://tools.ietf.org/html/rfc4122";

/// Checks a value of a type that has rules of its own.
pub(super) fn check<'c>(walk: &mut Walk<'c>, node: Node<'c>, kind: u16, element: ElementView<'c>) {
    match kind {
        // A definition gives fixed values, patterns and examples, which need not be whole.
        type_kind::IDENTIFIER
            if element
                .definition()
                .is_none_or(|holder| holder.type_name() != "ElementDefinition") =>
        {
            identifier(walk, node);
        }
        type_kind::ATTACHMENT => attachment(walk, node),
        type_kind::META => meta(walk, node),
        _ => {}
    }
}

/// A member and its text, where it has one that is not empty (an empty one has its finding already).
fn text<'c>(node: Node<'c>, name: &str) -> Option<(Node<'c>, &'c str)> {
    let member = node.get(name)?;
    Some((member, member.as_str().filter(|text| !text.is_empty())?))
}

/// <https://hl7.org/fhir/R4/datatypes.html#Identifier>
fn identifier<'c>(walk: &mut Walk<'c>, node: Node<'c>) {
    let Some((system_node, system)) = text(node, "system") else {
        return;
    };
    if !is_absolute(system) {
        let message = || Message::text("the system of an identifier is an absolute URI, this is ").value(system);
        walk.report(&codes::IDENTIFIER_SYSTEM_RELATIVE, system_node, message, None);
    }
    let Some((value_node, value)) = text(node, "value") else {
        return;
    };
    if system == URI_SYSTEM && !is_absolute(value) {
        let message =
            || Message::text(format!("with system {URI_SYSTEM} the value is a full URI, this is ")).value(value);
        walk.report(&codes::IDENTIFIER_VALUE_NOT_URI, value_node, message, None);
    }
    if system == UUID_SPECIFICATION {
        let urn = value.strip_prefix("urn:uuid:").unwrap_or(value);
        let is_uuid = Primitive::Uri.check(&format!("urn:uuid:{urn}")).is_ok();
        let severity = if is_uuid { Severity::Warning } else { Severity::Error };
        let message = || {
            Message::text(format!(
                "a UUID is identified by system {URI_SYSTEM} and a value `urn:uuid:…`"
            ))
        };
        walk.report_as(&codes::IDENTIFIER_UUID_SYSTEM, severity, node, message, None);
    }
}

/// <https://hl7.org/fhir/R4/datatypes.html#Attachment>
fn attachment<'c>(walk: &mut Walk<'c>, node: Node<'c>) {
    let Some((_, data)) = text(node, "data").filter(|(_, data)| Primitive::Base64Binary.check(data).is_ok()) else {
        return;
    };
    let size = node.get("size").filter(|size| size.kind() == Kind::Number);
    let stated = size.and_then(|size| Some((size, size.raw().parse::<usize>().ok()?)));
    let actual = base64::decoded_len(data);
    if let Some((size, stated)) = stated.filter(|(_, stated)| *stated != actual) {
        let message = || Message::text(format!("`size` says {stated} bytes, `data` has {actual}"));
        walk.report(&codes::ATTACHMENT_SIZE, size, message, None);
    }
    let hash = text(node, "hash").and_then(|(hash, text)| Some((hash, base64::decode(text)?)));
    if let Some((hash, stated)) = hash
        && base64::decode(data).is_some_and(|bytes| base64::sha1(&bytes)[..] != stated[..])
    {
        let message = || "`hash` is not the SHA-1 of `data`".into();
        walk.report(&codes::ATTACHMENT_HASH, hash, message, None);
    }
}

/// A label is given once (<https://hl7.org/fhir/R4/resource.html#Meta>).
fn meta<'c>(walk: &mut Walk<'c>, node: Node<'c>) {
    let Some(labels) = node.get("security") else { return };
    let key = |label: Node<'c>| {
        let member = |name| label.get(name).and_then(Node::as_str);
        member("code").map(|code| (member("system").unwrap_or_default(), code))
    };
    let mut met = HashSet::new();
    for label in labels.items() {
        if key(label).is_some_and(|key| !met.insert(key)) {
            let message = || "the resource has this security label already".into();
            walk.report(&codes::META_SECURITY_DUPLICATE, label, message, None);
        }
    }
}
