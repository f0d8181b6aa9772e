//! Where a node stands, as a FHIRPath expression on the instance: `Bundle.entry[0].resource.status`.

use std::fmt::Write;

use kap_json::{Key, MAX_NAME, Node, shortened};

/// The FHIRPath of `node` in its document, with the JSON names as they are written (a leading `_` is dropped, since
/// `_birthDate` and `birthDate` are one element).
pub fn expression(node: Node<'_>) -> String {
    expression_with(node, |_| true, |_, name| name.len())
}

/// As [`expression`], with choices written the FHIRPath way: `element_name` is asked for each step from the root on,
/// with the object that holds the member and the member's JSON name, and answers how many bytes of it are the name of
/// the element (5 for `valueQuantity` when it is a choice of `value[x]`). A root whose `resourceType` is no type by
/// `is_type` is written `$this`: what stands there could be anything.
pub fn expression_with<'d>(
    node: Node<'d>,
    is_type: impl FnOnce(&str) -> bool,
    mut element_name: impl FnMut(Node<'d>, &str) -> usize,
) -> String {
    let mut steps = vec![node];
    while let Some(parent) = steps.last().and_then(|last| Node::parent(*last)) {
        steps.push(parent);
    }
    let root = steps
        .last()
        .and_then(|root| root.get("resourceType"))
        .and_then(Node::as_str)
        .filter(|name| is_type(name));
    let mut out = root.unwrap_or("$this").to_owned();
    for step in steps.iter().rev() {
        match (step.key(), step.parent()) {
            (Some(Key::Name(name)), Some(holder)) => {
                let name = name.strip_prefix('_').unwrap_or(name);
                let length = element_name(holder, name);
                out.push('.');
                // A name that is no element's may be as long as the document.
                push_identifier(&mut out, &shortened(name.get(..length).unwrap_or(name), MAX_NAME));
            }
            (Some(Key::Index(index)), _) => {
                let _ = write!(out, "[{index}]");
            }
            _ => {}
        }
    }
    out
}

/// FHIRPath identifiers other than `[A-Za-z_][A-Za-z0-9_]*` stand in backticks
/// (<http://hl7.org/fhirpath/N1/#identifiers>).
fn push_identifier(out: &mut String, name: &str) {
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !name.bytes().next().is_none_or(|byte| byte.is_ascii_digit());
    if plain {
        out.push_str(name);
    } else {
        out.push('`');
        for character in name.chars() {
            match character {
                '`' | '\\' => out.extend(['\\', character]),
                _ => out.push(character),
            }
        }
        out.push('`');
    }
}
