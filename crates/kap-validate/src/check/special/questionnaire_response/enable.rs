//! Whether an item is enabled by the answers given elsewhere (`Questionnaire.item.enableWhen`).

use std::cmp::Ordering;

use kap_json::Node;

use super::{Check, Trail, condition};
use crate::check::special::compare;
use crate::check::special::extension::{text, typed};
use crate::check::special::form::ItemId;

/// Whether an item is enabled; or why it cannot be told.
pub(super) fn is_enabled<'c>(check: &Check<'_, 'c, '_>, item: ItemId, trail: &Trail<'c>) -> Result<bool, &'static str> {
    let node = check.form.item(item).node;
    if let Some(expression) = condition::of_item(node) {
        return condition::holds(check, item, expression);
    }
    let Some(conditions) = node.get("enableWhen") else {
        return Ok(true);
    };
    let mut holds = conditions
        .items()
        .map(|condition| condition_holds(check, item, condition, trail));
    Ok(match text(node, "enableBehavior") {
        Some("any") => holds.any(|holds| holds),
        _ => holds.all(|holds| holds),
    })
}

fn condition_holds<'c>(check: &Check<'_, 'c, '_>, item: ItemId, condition: Node<'_>, trail: &Trail<'c>) -> bool {
    let answers = answers(check, item, text(condition, "question").unwrap_or_default(), trail);
    let operator = text(condition, "operator").unwrap_or_default();
    let Some((kind, expected)) = typed(condition, "answer") else {
        return true;
    };
    let matches = |accepts: fn(Ordering) -> bool| {
        let order = |(found, answer): &(&str, Node<'_>)| order(found, *answer, kind, expected);
        answers.iter().filter_map(order).any(accepts)
    };
    match operator {
        "exists" => expected.as_bool() == Some(!answers.is_empty()),
        "=" => answers
            .iter()
            .any(|(found, answer)| equal(found, *answer, kind, expected)),
        "!=" => !answers
            .iter()
            .any(|(found, answer)| equal(found, *answer, kind, expected)),
        ">" => matches(Ordering::is_gt),
        "<" => matches(Ordering::is_lt),
        ">=" => matches(Ordering::is_ge),
        "<=" => matches(Ordering::is_le),
        _ => true,
    }
}

/// The answers to a question, as far as they stand in the same repetition of the innermost group around both items.
fn answers<'c>(check: &Check<'_, 'c, '_>, item: ItemId, question: &str, trail: &Trail<'c>) -> Vec<(&'c str, Node<'c>)> {
    let Some(target) = check.form.by_link(question) else {
        return Vec::new();
    };
    let around = match check.form.common_holder(item, target) {
        None => Some(check.response),
        Some(holder) => trail.iter().rev().find(|(id, _)| *id == holder).map(|(_, node)| *node),
    };
    let Some(around) = around.map(Node::span) else {
        return Vec::new();
    };
    let items = check.by_link.get(question).into_iter().flatten();
    let within = items.filter(|item| around.start <= item.span().start && item.span().end <= around.end);
    within
        .flat_map(|item| item.get("answer").into_iter().flat_map(Node::items))
        .filter_map(|answer| typed(answer, "value"))
        .collect()
}

/// Whether an answer equals the expected one. A code that is expected without a system is that code of any system.
fn equal(left_kind: &str, left: Node<'_>, right_kind: &str, right: Node<'_>) -> bool {
    match (left_kind, right_kind) {
        ("Coding", "Coding") => {
            let system = text(right, "system");
            text(left, "code") == text(right, "code") && (system.is_none() || text(left, "system") == system)
        }
        ("Reference", "Reference") => text(left, "reference") == text(right, "reference"),
        ("Boolean", "Boolean") => left.as_bool() == right.as_bool(),
        ("String" | "Uri", "String" | "Uri") => left.as_str() == right.as_str(),
        _ => order(left_kind, left, right_kind, right) == Some(Ordering::Equal),
    }
}

/// The order of two values of the types given, where they have one.
pub(super) fn order(left_kind: &str, left: Node<'_>, right_kind: &str, right: Node<'_>) -> Option<Ordering> {
    match (left_kind, right_kind) {
        ("Integer" | "Decimal", "Integer" | "Decimal") => compare::decimals(left.as_number()?, right.as_number()?),
        ("Date" | "DateTime", "Date" | "DateTime") => compare::dates(left.as_str()?, right.as_str()?),
        ("Time", "Time") => Some(compare::times(left.as_str()?, right.as_str()?)),
        ("String", "String") => Some(left.as_str()?.cmp(right.as_str()?)),
        ("Quantity", "Quantity") => {
            let unit = |quantity| text(quantity, "code").or_else(|| text(quantity, "unit"));
            if unit(left) != unit(right) {
                return None;
            }
            compare::decimals(left.get("value")?.as_number()?, right.get("value")?.as_number()?)
        }
        _ => None,
    }
}
