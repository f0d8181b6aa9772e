//! `maxLength`, `minValue[x]`, `maxValue[x]`, and the extensions that limit a value in the same spirit
//! (<https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.maxLength>).

use serde_json::{Value, json};
use zerocopy::little_endian::U32;

use super::tree::{Branch, items, text};
use super::{Scope, flags, value};
use crate::plan::layout::Tables;
use crate::plan::rows::{Element, Limit, NONE, Range, Text};

const REGEX: &str = "http://hl7.org/fhir/StructureDefinition/regex";
const MIN_LENGTH: &str = "http://hl7.org/fhir/StructureDefinition/minLength";
const MAX_DECIMAL_PLACES: &str = "http://hl7.org/fhir/StructureDefinition/maxDecimalPlaces";
const MAX_SIZE: &str = "http://hl7.org/fhir/StructureDefinition/maxSize";
const MIME_TYPE: &str = "http://hl7.org/fhir/StructureDefinition/mimeType";

pub(super) fn compile(scope: &mut Scope<'_, '_>, branch: &Branch<'_>, row: &mut Element) {
    let element = branch.element;
    let limit = Limit {
        max_length: count(element.get("maxLength")),
        min_length: count(extension(element, MIN_LENGTH, "valueInteger")),
        max_decimal_places: count(extension(element, MAX_DECIMAL_PLACES, "valueInteger")),
        min_value: bound(scope, element, "minValue"),
        max_value: bound(scope, element, "maxValue"),
        regex: regex(scope, element),
        max_size: max_size(scope, element),
        mime_types: mime_types(scope, element),
    };
    let none = U32::new(NONE);
    let nothing = Limit {
        max_length: none,
        min_length: none,
        max_decimal_places: none,
        min_value: none,
        max_value: none,
        regex: Text::ZERO,
        max_size: Text::ZERO,
        mime_types: limit.mime_types,
    };
    if limit == nothing && limit.mime_types.length.get() == 0 {
        return;
    }
    row.flags |= flags::element::LIMITED;
    row.limit = super::intern::number(scope.intern.tables.limits.len());
    scope.intern.tables.limits.push(limit);
}

fn count(value: Option<&Value>) -> U32 {
    let count = value
        .and_then(Value::as_u64)
        .and_then(|count| u32::try_from(count).ok());
    U32::new(count.unwrap_or(NONE))
}

fn bound(scope: &mut Scope<'_, '_>, element: &Value, name: &str) -> U32 {
    value::choice(element, name).map_or(U32::new(NONE), |(name, given)| {
        value::add_named(scope.intern, name, given)
    })
}

/// The regular expression stands on the element, or on its only type, as in the definitions of primitives.
fn regex(scope: &mut Scope<'_, '_>, element: &Value) -> Text {
    let mut types = items(element, "type");
    let only = types.next().filter(|_| types.next().is_none());
    let found = extension(element, REGEX, "valueString")
        .or_else(|| only.and_then(|kind| extension(kind, REGEX, "valueString")))
        .and_then(Value::as_str);
    scope.intern.text(found.unwrap_or_default())
}

fn max_size(scope: &mut Scope<'_, '_>, element: &Value) -> Text {
    match extension(element, MAX_SIZE, "valueDecimal") {
        Some(size) => scope.intern.text(&size.to_string()),
        None => Text::ZERO,
    }
}

fn mime_types(scope: &mut Scope<'_, '_>, element: &Value) -> Range {
    let types = items(element, "extension")
        .filter(|extension| text(extension, "url") == Some(MIME_TYPE))
        .filter_map(|extension| text(extension, "valueCode"))
        .map(|code| scope.intern.text(code))
        .collect();
    scope.intern.run(types)
}

fn extension<'s>(element: &'s Value, url: &str, value: &str) -> Option<&'s Value> {
    let found = items(element, "extension").find(|extension| text(extension, "url") == Some(url))?;
    found.get(value)
}

/// The extensions that a row came from.
pub(crate) fn extensions(tables: &Tables<'_>, limit: &Limit) -> Vec<Value> {
    let mut extensions = Vec::new();
    for (url, count) in [
        (MIN_LENGTH, limit.min_length),
        (MAX_DECIMAL_PLACES, limit.max_decimal_places),
    ] {
        if count.get() != NONE {
            extensions.push(json!({"url": url, "valueInteger": count.get()}));
        }
    }
    if limit.regex.get() != 0 {
        extensions.push(json!({"url": REGEX, "valueString": tables.text(limit.regex)}));
    }
    if let Ok(size) = serde_json::from_str::<Value>(tables.text(limit.max_size)) {
        extensions.push(json!({"url": MAX_SIZE, "valueDecimal": size}));
    }
    let mime_types = limit.mime_types.of(tables.numbers).iter();
    extensions.extend(mime_types.map(|code| json!({"url": MIME_TYPE, "valueCode": tables.text(*code)})));
    extensions
}
