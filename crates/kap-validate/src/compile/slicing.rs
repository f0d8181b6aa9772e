//! `slicing`: how the items of an element are told apart (<https://hl7.org/fhir/R4/profiling.html#slicing>).
//!
//! For each slice and discriminator the value to look for is worked out here, from the fixed value, pattern, binding,
//! type or profile that stands at the discriminator's path within the slice. What this version cannot decide becomes an
//! open expectation with its reason.

use serde_json::Value;
use zerocopy::little_endian::{U16, U32};

use super::intern::{number, since};
use super::tree::{Branch, items, text};
use super::{Scope, binding, flags, value};
use crate::plan::rows::{Element, Expectation, Range, Slice, Slicing};

pub(super) fn compile(scope: &mut Scope<'_, '_>, branch: &Branch<'_>, row: &mut Element) {
    // Slices of a slice come without rules of their own; without discriminators the walk leaves them undecided.
    let none = Value::Null;
    let slicing = branch.element.get("slicing");
    if slicing.is_none() && branch.slices.is_empty() {
        return;
    }
    let slicing = slicing.unwrap_or(&none);
    let discriminators: Vec<&Value> = items(slicing, "discriminator").collect();
    let mut slices = Vec::new();
    for index in &branch.slices {
        let start = scope.intern.tables.expectations.len();
        for discriminator in &discriminators {
            let expectation = expect(scope, *index, discriminator);
            scope.intern.tables.expectations.push(expectation);
        }
        let expectations = since(&scope.intern.tables.expectations, start);
        slices.push(Slice {
            element: number(scope.rows[*index]),
            expectations,
        });
    }
    let paths = discriminators
        .iter()
        .map(|one| scope.intern.text(text(one, "path").unwrap_or_default()))
        .collect();
    let kinds = discriminators
        .iter()
        .map(|one| scope.intern.text(text(one, "type").unwrap_or_default()))
        .collect();
    let discriminators = scope.intern.run(paths);
    let discriminator_types = scope.intern.run(kinds);
    let start = scope.intern.tables.slices.len();
    scope.intern.tables.slices.extend(slices);
    let rules = match text(slicing, "rules") {
        Some("closed") => flags::rules::CLOSED,
        Some("openAtEnd") => flags::rules::OPEN_AT_END,
        _ => flags::rules::OPEN,
    };
    row.slicing = number(scope.intern.tables.slicings.len());
    scope.intern.tables.slicings.push(Slicing {
        rules: U16::new(rules),
        ordered: U16::new(u16::from(slicing.get("ordered") == Some(&Value::Bool(true)))),
        discriminators,
        discriminator_types,
        slices: since(&scope.intern.tables.slices, start),
    });
}

/// What the discriminator must find in an item of the slice at branch `slice`.
fn expect(scope: &mut Scope<'_, '_>, slice: usize, discriminator: &Value) -> Expectation {
    let path = text(discriminator, "path").unwrap_or_default();
    let kind = text(discriminator, "type").unwrap_or_default();
    if path.contains('(') {
        return open(scope, &format!("discriminator path `{path}` needs FHIRPath"));
    }
    let steps: Vec<&str> = path.split('.').filter(|step| *step != "$this").collect();
    match kind {
        "value" | "pattern" => expect_value(scope, slice, &steps),
        "exists" => expect_exists(scope, slice, &steps),
        "type" => expect_type(scope, slice, &steps),
        other => open(scope, &format!("discriminator of type `{other}`")),
    }
}

/// Follows the path down the slice to where a value is given, then down that value.
fn expect_value(scope: &mut Scope<'_, '_>, slice: usize, steps: &[&str]) -> Expectation {
    let mut branch = slice;
    for (depth, step) in steps.iter().map(Some).chain([None]).enumerate() {
        let rest = steps.get(depth..).unwrap_or_default();
        let element = scope.tree.branches[branch].element;
        if let Some((given, fixed)) = value::given(element) {
            let Some(wanted) = rest.iter().try_fold(given, |value, step| member(value, step)) else {
                break;
            };
            let kind = if fixed {
                flags::expectation::FIXED
            } else {
                flags::expectation::PATTERN
            };
            let operand = value::add(scope.intern, wanted);
            return decided(scope, kind, steps, operand);
        }
        let required = |binding: &&Value| text(binding, "strength") == Some("required");
        if let (true, Some(bound)) = (rest.is_empty(), element.get("binding").filter(required)) {
            let operand = binding::add(scope.intern, bound);
            return decided(scope, flags::expectation::BINDING, steps, operand);
        }
        if let (["url"], Some(url)) = (rest, extension_url(element)) {
            let operand = value::add(scope.intern, &Value::String(url.to_owned()));
            return decided(scope, flags::expectation::FIXED, steps, operand);
        }
        match step.and_then(|step| scope.tree.child(branch, step)) {
            Some(child) => branch = child,
            None => break,
        }
    }
    open(scope, "the slice gives no value at its discriminator")
}

/// An extension slice names the extension's definition, whose canonical URL is the fixed `url`.
fn extension_url(element: &Value) -> Option<&str> {
    let kind = items(element, "type").find(|kind| text(kind, "code") == Some("Extension"))?;
    let profile = items(kind, "profile").next()?.as_str()?;
    Some(profile.split('|').next().unwrap_or(profile))
}

/// A member of a given value; of an array, the first item that has it.
fn member<'v>(value: &'v Value, step: &str) -> Option<&'v Value> {
    match value {
        Value::Array(items) => items.iter().find_map(|item| member(item, step)),
        value => value.get(step),
    }
}

fn expect_exists(scope: &mut Scope<'_, '_>, slice: usize, steps: &[&str]) -> Expectation {
    let found = steps
        .iter()
        .try_fold(slice, |branch, step| scope.tree.child(branch, step));
    let element = found.map(|branch| scope.tree.branches[branch].element);
    let min = element.and_then(|element| element.get("min")?.as_u64()).unwrap_or(0);
    let max = element.and_then(|element| text(element, "max"));
    match (min, max) {
        (_, Some("0")) => decided(scope, flags::expectation::EXISTS, steps, U32::new(0)),
        (1.., _) => decided(scope, flags::expectation::EXISTS, steps, U32::new(1)),
        _ => open(scope, "the slice neither requires nor forbids its discriminator"),
    }
}

fn expect_type(scope: &mut Scope<'_, '_>, slice: usize, steps: &[&str]) -> Expectation {
    let found = steps
        .iter()
        .try_fold(slice, |branch, step| scope.tree.child(branch, step));
    let element = found.map(|branch| scope.tree.branches[branch].element);
    let codes: Vec<&str> = element
        .into_iter()
        .flat_map(|element| items(element, "type"))
        .filter_map(|kind| text(kind, "code"))
        .collect();
    match codes.as_slice() {
        [code] => {
            let detail = scope.intern.text(code);
            Expectation {
                detail,
                ..decided(scope, flags::expectation::TYPE, steps, U32::new(0))
            }
        }
        _ => open(scope, "the slice does not name one type at its discriminator"),
    }
}

fn decided(scope: &mut Scope<'_, '_>, kind: u16, steps: &[&str], operand: U32) -> Expectation {
    let path = steps.iter().map(|step| scope.intern.text(step)).collect();
    Expectation {
        kind: U16::new(kind),
        path: scope.intern.run(path),
        operand,
        detail: scope.intern.text(""),
    }
}

fn open(scope: &mut Scope<'_, '_>, reason: &str) -> Expectation {
    let detail = scope.intern.text(reason);
    Expectation {
        kind: U16::new(flags::expectation::OPEN),
        path: Range::EMPTY,
        operand: U32::new(0),
        detail,
    }
}
