//! Reading extensions of definitions, such as the limits that a Questionnaire sets for an answer.

use kap_json::Node;

/// Beginning of the URLs of the extensions that HL7 defines for all of FHIR.
pub(super) const CORE: &str = "http://hl7.org/fhir/StructureDefinition/";
/// Beginning of the URLs of the extensions of Structured Data Capture.
pub(super) const SDC: &str = "http://hl7.org/fhir/uv/sdc/StructureDefinition/";

/// The extensions of a node whose URL is `base` followed by `name`.
pub(super) fn all<'d>(node: Node<'d>, base: &str, name: &str) -> impl Iterator<Item = Node<'d>> {
    node.get("extension")
        .into_iter()
        .flat_map(Node::items)
        .filter(move |extension| {
            let url = extension.get("url").and_then(Node::as_str).unwrap_or_default();
            url.strip_prefix(base) == Some(name)
        })
}

/// The values of the extensions of a node with that URL.
pub(super) fn values<'d>(node: Node<'d>, base: &str, name: &str) -> impl Iterator<Item = Node<'d>> {
    all(node, base, name).filter_map(|extension| typed(extension, "value").map(|(_, value)| value))
}

/// The value of the first extension of a node with that URL.
pub(super) fn value<'d>(node: Node<'d>, base: &str, name: &str) -> Option<Node<'d>> {
    values(node, base, name).next()
}

/// The value of the first extension with that URL as a count.
pub(super) fn count(node: Node<'_>, base: &str, name: &str) -> Option<usize> {
    value(node, base, name)?.as_number()?.parse().ok()
}

/// The value of a choice such as `value[x]` or `answer[x]`, with the name of its type as the JSON name gives it:
/// `Coding` for `valueCoding`, `String` for `valueString`.
pub(super) fn typed<'d>(holder: Node<'d>, name: &str) -> Option<(&'d str, Node<'d>)> {
    holder.members().find_map(|member| {
        let kind = member.name.strip_prefix(name)?;
        let is_type = kind.starts_with(|first: char| first.is_ascii_uppercase());
        is_type.then_some((kind, member.node))
    })
}

/// The string under a name.
pub(super) fn text<'d>(node: Node<'d>, name: &str) -> Option<&'d str> {
    node.get(name).and_then(Node::as_str)
}

/// Whether a member is `true`.
pub(super) fn is_true(node: Node<'_>, name: &str) -> bool {
    node.get(name).and_then(Node::as_bool) == Some(true)
}
