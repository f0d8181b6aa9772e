//! `minValue[x]` and `maxValue[x]`.

use std::cmp::Ordering;

use kap_fhir::{Decimal, ucum};
use kap_json::{Kind, Message, Node};

use super::super::special::compare;
use super::super::walk::Walk;
use super::duration;
use crate::codes;
use crate::plan::rows::{Limit, Value};
use crate::plan::set::LoadedPlan;
use crate::plan::view::ElementView;

/// Which end of a range a limit is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Least,
    Most,
}

/// What became of a comparison.
enum Outcome {
    Kept,
    /// The limit, for the message.
    Broken(String),
    /// Why it cannot be told.
    Open(&'static str),
}

pub(super) fn check<'c>(walk: &mut Walk<'c>, node: Node<'c>, element: ElementView<'c>, limit: &Limit) {
    for (end, row) in [(End::Least, limit.min_value), (End::Most, limit.max_value)] {
        let Some(bound) = element.plan.tables.values.get(row.get() as usize) else {
            continue;
        };
        match compare(walk, node, element.plan, bound, end) {
            Outcome::Kept => {}
            Outcome::Broken(limit) => {
                let word = if end == End::Least { "at least" } else { "at most" };
                let message = || {
                    let found = node.as_str().unwrap_or_else(|| node.raw());
                    let message = Message::text("the value ").value(found);
                    message.and(format!(" is out of range: {word} {limit}"))
                };
                walk.report(&codes::VALUE_RANGE, node, message, Some(element));
            }
            Outcome::Open(reason) => walk.findings.undecided(reason, element.id(), 1),
        }
    }
}

fn compare<'c>(walk: &Walk<'c>, node: Node<'c>, plan: &'c LoadedPlan<'c>, bound: &'c Value, end: End) -> Outcome {
    let name = plan.tables.text(bound.name);
    let kind = name.get("minValue".len()..).unwrap_or_default();
    let limit = plan.tables.text(bound.text);
    let order = match (kind, node.kind()) {
        ("Quantity" | "Duration" | "Age", Kind::String) => {
            return relative(walk, node.as_str().unwrap_or_default(), plan, bound, end);
        }
        ("Quantity" | "Duration" | "Age", Kind::Object) => return quantity(node, plan, bound, end),
        ("Date" | "DateTime" | "Instant", Kind::String) => compare::dates(node.as_str().unwrap_or_default(), limit),
        ("Time", Kind::String) => Some(compare::times(node.as_str().unwrap_or_default(), limit)),
        (_, Kind::Number) => compare::decimals(node.raw(), limit),
        // Another type than that of the limit has a finding already.
        _ => None,
    };
    judge(order, end, || limit.to_owned())
}

/// `order` is that of the value against the limit.
fn judge(order: Option<Ordering>, end: End, limit: impl FnOnce() -> String) -> Outcome {
    let broken = match end {
        End::Least => Ordering::Less,
        End::Most => Ordering::Greater,
    };
    if order == Some(broken) {
        Outcome::Broken(limit())
    } else {
        Outcome::Kept
    }
}

/// A member of a quantity that a definition gives.
fn member<'c>(plan: &'c LoadedPlan<'c>, quantity: &'c Value, name: &str) -> Option<&'c str> {
    let mut children = quantity.children.of(plan.tables.values).iter();
    let child = children.find(|child| plan.tables.text(child.name) == name)?;
    Some(plan.tables.text(child.text))
}

/// "A minimum value for a Quantity is interpreted as an canonical minimum": units are converted.
fn quantity(node: Node<'_>, plan: &LoadedPlan<'_>, bound: &Value, end: End) -> Outcome {
    let text = |name| node.get(name).and_then(Node::as_str);
    let number = node.get("value").and_then(Node::as_number).and_then(Decimal::parse);
    let limit = member(plan, bound, "value").and_then(Decimal::parse);
    let (Some(number), Some(limit)) = (number, limit) else {
        return Outcome::Open("a quantity without a value cannot be compared with its limit");
    };
    let shown = || {
        let unit = member(plan, bound, "code").or_else(|| member(plan, bound, "unit"));
        let value = member(plan, bound, "value").unwrap_or_default();
        unit.map_or_else(|| value.to_owned(), |unit| format!("{value} {unit}"))
    };
    if text("system") != member(plan, bound, "system") {
        return Outcome::Open("a quantity has another system of units than its limit");
    }
    let order = match (text("code"), member(plan, bound, "code")) {
        (Some(unit), Some(limit_unit)) if unit != limit_unit => {
            let Some(order) = ucum::compare(number, unit, limit, limit_unit) else {
                return Outcome::Open("the unit of a quantity cannot be converted to that of its limit");
            };
            Some(order)
        }
        (Some(_), Some(_)) | (None, None) => number.partial_cmp(&limit),
        _ => return Outcome::Open("a quantity without a code cannot be compared with its limit"),
    };
    judge(order, end, shown)
}

/// A date whose limit is a duration: "subtracted from the current clock to determine the minimum allowable value", added
/// for the maximum.
fn relative(walk: &Walk<'_>, text: &str, plan: &LoadedPlan<'_>, bound: &Value, end: End) -> Outcome {
    let Some(now) = walk.options.now.as_deref() else {
        return Outcome::Open("a limit counts from now, and the time was not handed in");
    };
    let unit = member(plan, bound, "code").or_else(|| member(plan, bound, "unit"));
    let amount = member(plan, bound, "value").and_then(Decimal::parse);
    let limit = amount.zip(unit).and_then(|(amount, unit)| {
        let amount = if end == End::Least { amount.negated() } else { amount };
        duration::shift(now, amount, unit)
    });
    match limit {
        Some(limit) => judge(compare::dates(text, &limit), end, || limit.clone()),
        None => Outcome::Open("a limit that counts from now has no duration that can be added to a date"),
    }
}
