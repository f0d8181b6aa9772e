//! `slicing`: how the items of an element are told apart (<https://hl7.org/fhir/R4/profiling.html#slicing>).
//!
//! What a discriminator finds in its slice may stand in the definition of another package, so that is worked out for a
//! set of plans: see [`crate::plan::division`].

use serde_json::Value;
use zerocopy::little_endian::U16;

use super::intern::number;
use super::tree::{Branch, items, text};
use super::{Scope, flags};
use crate::plan::rows::{Element, Range, Slicing};

pub(super) fn compile(scope: &mut Scope<'_, '_>, branch: &Branch<'_>, row: &mut Element) {
    // Slices of a slice, and those of a choice, may come without rules of their own.
    let none = Value::Null;
    let slicing = branch.element.get("slicing");
    if slicing.is_none() && branch.slices.is_empty() {
        return;
    }
    let slicing = slicing.unwrap_or(&none);
    let intern = &mut *scope.intern;
    let mut texts = |member: &str| {
        let texts = items(slicing, "discriminator").map(|one| intern.text(text(one, member).unwrap_or_default()));
        let texts = texts.collect();
        intern.run(texts)
    };
    let (discriminators, discriminator_types) = (texts("path"), texts("type"));
    let rules = match text(slicing, "rules") {
        Some("closed") => flags::rules::CLOSED,
        Some("openAtEnd") => flags::rules::OPEN_AT_END,
        _ => flags::rules::OPEN,
    };
    // The rows of an element's slices follow each other.
    let first = branch.slices.first().map_or(0, |slice| scope.rows[*slice]);
    row.slicing = number(scope.intern.tables.slicings.len());
    scope.intern.tables.slicings.push(Slicing {
        rules: U16::new(rules),
        ordered: U16::new(u16::from(slicing.get("ordered") == Some(&Value::Bool(true)))),
        discriminators,
        discriminator_types,
        slices: Range {
            start: number(first),
            length: number(branch.slices.len()),
        },
    });
}
