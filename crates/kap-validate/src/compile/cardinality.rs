//! `min`, `max`, and whether the JSON form is an array (<https://hl7.org/fhir/R4/json.html#multiple>).

use zerocopy::little_endian::U16;

use super::tree::{Branch, text};
use super::{Scope, flags};
use crate::plan::rows::{Element, UNBOUNDED};

pub(super) fn compile(_: &mut Scope<'_, '_>, branch: &Branch<'_>, row: &mut Element) {
    let min = branch
        .element
        .get("min")
        .and_then(serde_json::Value::as_u64)
        .unwrap_or(0);
    row.min = U16::new(u16::try_from(min).unwrap_or(UNBOUNDED));
    row.max = U16::new(max(text(branch.element, "max")));
    // The type that defines an element decides its JSON form: a profile that allows one `name` still writes an array.
    let base = branch.element.get("base").and_then(|base| text(base, "max"));
    if max(base.or_else(|| text(branch.element, "max"))) > 1 && branch.parent.is_some() {
        row.flags |= flags::element::ARRAY;
    }
}

fn max(written: Option<&str>) -> u16 {
    match written {
        None | Some("*") => UNBOUNDED,
        Some(number) => number.parse().unwrap_or(UNBOUNDED),
    }
}
