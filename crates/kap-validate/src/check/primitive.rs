//! Values of primitive types (<https://hl7.org/fhir/R4/datatypes.html#primitive>).

use kap_fhir::Primitive;
use kap_fhir::primitive::{mark, marks};
use kap_fhir::reference::is_absolute;
use kap_json::{Kind, Message, Node};

use super::walk::{Scope, Walk};
use super::{security, structure, text};
use crate::codes;
use crate::plan::flags;
use crate::plan::view::ElementView;

/// Years outside of these are more often slips than dates.
const YEARS: std::ops::RangeInclusive<u32> = 1800..=2200;
/// The digits that every implementation keeps
/// (<https://hl7.org/fhir/R4/datatypes.html#decimal>, "at least 18 digits of precision" in the mapping to `xs:decimal`).
const DIGITS: usize = 18;

/// Checks the JSON value of an element that has one.
pub(super) fn check<'c>(
    walk: &mut Walk<'c>,
    node: Node<'c>,
    primitive: Primitive,
    element: ElementView<'c>,
    scope: Scope<'c>,
) {
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
            let message = || "the value is an empty string".into();
            return walk.report(&codes::PRIMITIVE_EMPTY, node, message, Some(element));
        }
        Err(wanted) => {
            let message = || Message::text(format!("this {} {wanted}; found ", primitive.name())).value(text);
            return walk.report(&codes::PRIMITIVE_FORMAT, node, message, Some(element));
        }
        Ok(()) => {}
    }
    if found == Kind::String {
        second_look(walk, node, text, primitive, element, scope);
    } else if primitive == Primitive::Decimal && digits(text) > DIGITS {
        let message = || Message::text(format!("the number has more than {DIGITS} significant digits"));
        walk.report(&codes::PRIMITIVE_PRECISION, node, message, Some(element));
    }
}

/// What a string may be by its grammar, and should not or must not be for other reasons.
fn second_look<'c>(
    walk: &mut Walk<'c>,
    node: Node<'c>,
    text: &'c str,
    primitive: Primitive,
    element: ElementView<'c>,
    scope: Scope<'c>,
) {
    match primitive {
        Primitive::Date | Primitive::DateTime | Primitive::Instant => {
            let year = text.get(..4).and_then(|year| year.parse().ok());
            if year.is_some_and(|year: u32| !YEARS.contains(&year)) {
                let message = || Message::text("the year is unusual: ").value(text);
                walk.report(&codes::PRIMITIVE_YEAR, node, message, Some(element));
            }
            return;
        }
        Primitive::Base64Binary => {
            if text.bytes().any(|byte| byte.is_ascii_whitespace()) {
                let message = || "base64 should have no white space (RFC 4648 section 3.3)".into();
                walk.report(&codes::PRIMITIVE_BASE64_WHITE_SPACE, node, message, Some(element));
            }
            return;
        }
        // Its markup is the narrative's business.
        Primitive::Xhtml | Primitive::Time | Primitive::Id => return,
        Primitive::String if has_outer_space(text) => {
            let message = || "the string begins or ends with white space".into();
            walk.report(&codes::PRIMITIVE_WHITE_SPACE, node, message, Some(element));
        }
        Primitive::Uri | Primitive::Url | Primitive::Canonical => {
            address(walk, node, text, primitive, element, scope);
        }
        _ => {}
    }
    if element.has(flags::element::ID) {
        super::identity::element_id(walk, node, text, element, scope);
    }
    let marks = marks(text);
    if marks == 0 {
        return;
    }
    if marks & mark::CONTROL != 0 {
        let message = || "the text has control characters, which the XML form cannot carry".into();
        walk.report(&codes::PRIMITIVE_CONTROL_CHARACTER, node, message, Some(element));
    }
    if marks & mark::GENERAL_PUNCTUATION != 0 && !text::closes_directions(text) {
        let message = || "controls of bidirectional text are opened and not closed".into();
        walk.report(&codes::PRIMITIVE_BIDIRECTIONAL, node, message, Some(element));
    }
    if marks & mark::ANGLE != 0 {
        security::markup(walk, node, text, primitive, element);
    }
}

/// A URI that must lead somewhere, or must not lead to an example.
fn address<'c>(
    walk: &mut Walk<'c>,
    node: Node<'c>,
    text: &'c str,
    primitive: Primitive,
    element: ElementView<'c>,
    scope: Scope<'c>,
) {
    if !walk.options.example_urls && security::is_example(text) {
        let message = || Message::text("a URL of a domain for examples is not allowed here: ").value(text);
        return walk.report(&codes::PRIMITIVE_EXAMPLE_URL, node, message, Some(element));
    }
    if element.name() == "implicitRules" {
        let reason = "rules that the content follows are not known, and may change its meaning";
        walk.findings.undecided(reason, text, 1);
    }
    match text.strip_prefix('#') {
        Some("") => {}
        Some(id) => super::identity::internal_link(walk, node, id, primitive, element, scope),
        None if primitive == Primitive::Canonical && !is_absolute(text) => {
            let message = || Message::text("a canonical URL is absolute, this is ").value(text);
            walk.report(&codes::PRIMITIVE_CANONICAL_RELATIVE, node, message, Some(element));
        }
        None => {}
    }
}

/// Significant digits of a number as written: neither leading zeros nor the exponent count.
fn digits(text: &str) -> usize {
    if text.len() <= DIGITS {
        return 0;
    }
    let mantissa = text.split(['e', 'E']).next().unwrap_or(text);
    let digits = mantissa.bytes().filter(u8::is_ascii_digit);
    digits.skip_while(|digit| *digit == b'0').count()
}

fn has_outer_space(text: &str) -> bool {
    let bytes = text.as_bytes();
    [bytes.first(), bytes.last()]
        .into_iter()
        .flatten()
        .any(u8::is_ascii_whitespace)
}
