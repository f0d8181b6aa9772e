//! Lengths, ranges, precision and form of a value
//! (<https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.minValue_x_>).

mod duration;
mod range;

use kap_fhir::base64;
use kap_json::{Kind, Message, Node};

use super::walk::Walk;
use crate::codes;
use crate::plan::rows::{Limit, NONE};
use crate::plan::view::ElementView;

/// Checks a value against the limits that an element has.
pub(super) fn check<'c>(walk: &mut Walk<'c>, node: Node<'c>, element: ElementView<'c>) {
    let limits = element.plan.tables.limits;
    let Some(limit) = limits.get(element.row.limit.get() as usize) else {
        return;
    };
    length(walk, node, element, limit);
    decimal_places(walk, node, element, limit);
    range::check(walk, node, element, limit);
    pattern(walk, node, element, limit);
    attachment(walk, node, element, limit);
}

fn length<'c>(walk: &mut Walk<'c>, node: Node<'c>, element: ElementView<'c>, limit: &Limit) {
    let Some(text) = node.as_str() else { return };
    let (least, most) = (limit.min_length.get(), limit.max_length.get());
    if least == NONE && most == NONE {
        return;
    }
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX - 1);
    // A `maxLength` of 0 says nothing.
    let broken = [
        (least != NONE && length < least, "at least", least),
        (most != NONE && most > 0 && length > most, "at most", most),
    ];
    for (_, word, limit) in broken.into_iter().filter(|(is_broken, ..)| *is_broken) {
        let message = || Message::text(format!("the text has {length} characters, {word} {limit} are allowed"));
        walk.report(&codes::VALUE_LENGTH, node, message, Some(element));
    }
}

/// The extension `maxDecimalPlaces`.
fn decimal_places<'c>(walk: &mut Walk<'c>, node: Node<'c>, element: ElementView<'c>, limit: &Limit) {
    let most = limit.max_decimal_places.get();
    let Some(number) = node.as_number().filter(|_| most != NONE) else {
        return;
    };
    let places = super::special::compare::decimal_places(number);
    if places > most as usize {
        let message = || Message::text(format!("the number has {places} decimal places, {most} are allowed"));
        walk.report(&codes::VALUE_DECIMAL_PLACES, node, message, Some(element));
    }
}

/// The extension `regex`: the whole value matches. The engine takes linear time, whatever the expression.
fn pattern<'c>(walk: &mut Walk<'c>, node: Node<'c>, element: ElementView<'c>, limit: &Limit) {
    let expression = element.plan.tables.text(limit.regex);
    if expression.is_empty() || matches!(node.kind(), Kind::Object | Kind::Array | Kind::Null) {
        return;
    }
    let text = node.as_str().unwrap_or_else(|| node.raw());
    match walk.set.pattern(expression) {
        Some(pattern) if pattern.is_match(text) => {}
        Some(_) => {
            let message = || {
                Message::text("the value ")
                    .value(text)
                    .and(format!(" does not match the regular expression `{expression}`"))
            };
            walk.report(&codes::VALUE_REGEX, node, message, Some(element));
        }
        None => walk.findings.undecided(
            "the regular expression of an element is not one that can be evaluated",
            expression,
            1,
        ),
    }
}

/// The extensions `maxSize` and `mimeType`, of attachments and of base64.
fn attachment<'c>(walk: &mut Walk<'c>, node: Node<'c>, element: ElementView<'c>, limit: &Limit) {
    let tables = &element.plan.tables;
    if let Ok(most) = tables.text(limit.max_size).parse::<u64>() {
        let data = node.as_str().or_else(|| node.get("data")?.as_str());
        let stated = || node.get("size").and_then(|size| size.as_number()?.parse().ok());
        let size = data.map(|data| base64::decoded_len(data) as u64).or_else(stated);
        if let Some(size) = size.filter(|size| *size > most) {
            let message = || Message::text(format!("the data have {size} bytes, {most} are allowed"));
            walk.report(&codes::VALUE_SIZE, node, message, Some(element));
        }
    }
    let allowed = limit.mime_types.of(tables.numbers);
    if allowed.is_empty() || node.kind() != Kind::Object {
        return;
    }
    let found = node.get("contentType").and_then(Node::as_str).unwrap_or_default();
    let bare = found.split(';').next().unwrap_or_default().trim();
    if !allowed.iter().any(|allowed| is_of_type(bare, tables.text(*allowed))) {
        let message = || {
            let names: Vec<&str> = allowed.iter().map(|allowed| tables.text(*allowed)).collect();
            Message::text("the media type is ")
                .value(found)
                .and(format!(", allowed: {}", names.join(", ")))
        };
        walk.report(&codes::VALUE_MIME_TYPE, node, message, Some(element));
    }
}

/// Whether a media type is the one allowed, or of the family allowed (`image/*`).
fn is_of_type(found: &str, allowed: &str) -> bool {
    match allowed.strip_suffix('*') {
        Some(family) => found
            .get(..family.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(family)),
        None => found.eq_ignore_ascii_case(allowed),
    }
}
