//! Values of primitive types (<https://hl7.org/fhir/R4/datatypes.html#primitive>).

use kap_fhir::Primitive;
use kap_json::{Kind, Message, Node};

use super::structure;
use super::walk::Walk;
use crate::codes;
use crate::plan::view::ElementView;

pub(super) fn check<'c>(walk: &mut Walk<'c>, node: Node<'c>, primitive: Primitive, element: ElementView<'c>) {
    let found = node.kind();
    if found == Kind::Null {
        return structure::null(walk, node);
    }
    if found != primitive.json_kind() {
        let wanted = primitive.json_kind().as_str();
        let message = || {
            Message::text(format!(
                "a value of type `{}` is {wanted} in JSON, not {}",
                primitive.name(),
                found.as_str()
            ))
        };
        return walk.report(&codes::PRIMITIVE_JSON_TYPE, node, message, Some(element));
    }
    let text = node.as_str().unwrap_or_else(|| node.raw());
    match primitive.check(text) {
        Err(_) if text.is_empty() => {
            walk.report(
                &codes::PRIMITIVE_EMPTY,
                node,
                || "the value is an empty string".into(),
                Some(element),
            );
        }
        Err(wanted) => {
            let message = || Message::text(format!("this {} {wanted}; found ", primitive.name())).value(text);
            walk.report(&codes::PRIMITIVE_FORMAT, node, message, Some(element));
        }
        Ok(()) if primitive == Primitive::String && has_outer_space(text) => {
            let message = || "the string begins or ends with white space".into();
            walk.report(&codes::PRIMITIVE_WHITE_SPACE, node, message, Some(element));
        }
        Ok(()) => {}
    }
}

fn has_outer_space(text: &str) -> bool {
    let bytes = text.as_bytes();
    [bytes.first(), bytes.last()]
        .into_iter()
        .flatten()
        .any(u8::is_ascii_whitespace)
}
