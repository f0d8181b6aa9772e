//! Fixed and pattern values
//! (<https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.pattern_x_>).

use kap_json::{Kind, Message, Node};

use super::limit;
use super::walk::Walk;
use crate::codes;
use crate::plan::flags;
use crate::plan::rows::Value;
use crate::plan::set::LoadedPlan;
use crate::plan::view::ElementView;

/// More differences of one value than anybody reads.
const MAX_DIFFERENCES: usize = 16;

/// Checks a value, and what stands beside it under its name with `_`, against what an element gives.
pub(super) fn check<'c>(
    walk: &mut Walk<'c>,
    plain: Option<Node<'c>>,
    shadow: Option<Node<'c>>,
    element: ElementView<'c>,
) {
    if let Some(node) = plain
        && element.has(flags::element::LIMITED)
    {
        limit::check(walk, node, element);
    }
    let Some(wanted) = element.value() else { return };
    let fixed = element.has(flags::element::FIXED);
    match (plain, shadow) {
        (Some(node), _) if !matches(element.plan, wanted, node, fixed) => {
            differences(walk, wanted, node, element, fixed);
        }
        (Some(_), Some(shadow)) if fixed && shadow.get("extension").is_some() => {
            let message = || "the value is fixed, and has no extension there".into();
            walk.report(&codes::VALUE_FIXED, shadow, message, Some(element));
        }
        (None, Some(shadow)) => {
            let message = || {
                Message::text(format!(
                    "the value is missing; it must be {}",
                    wanted.json(element.plan)
                ))
            };
            let info = if fixed {
                &codes::VALUE_FIXED
            } else {
                &codes::VALUE_PATTERN
            };
            walk.report(info, shadow, message, Some(element));
        }
        _ => {}
    }
}

/// Reports each place where a value differs from the one that is wanted.
fn differences<'c>(walk: &mut Walk<'c>, wanted: &'c Value, node: Node<'c>, element: ElementView<'c>, fixed: bool) {
    let mut found = Vec::new();
    collect(element.plan, wanted, node, fixed, &mut found);
    let info = if fixed {
        &codes::VALUE_FIXED
    } else {
        &codes::VALUE_PATTERN
    };
    for (node, difference) in found {
        let json = |value: &Value| value.json(element.plan);
        let message = || {
            Message::text(match difference {
                Difference::Value(wanted) if fixed => format!("the value must be exactly {}", json(wanted)),
                Difference::Value(wanted) => format!("the value must contain {}", json(wanted)),
                Difference::Missing(name, wanted) => format!("`{name}` is missing, which must be {}", json(wanted)),
                Difference::Extra(name) => format!("the value is fixed, and has no `{name}`"),
            })
        };
        walk.report(info, node, message, Some(element));
    }
}

/// How a place differs from what is wanted there.
#[derive(Clone, Copy)]
enum Difference<'c> {
    Value(&'c Value),
    Missing(&'c str, &'c Value),
    Extra(&'c str),
}

/// The places where a node differs from a value, the smallest ones that can be told.
fn collect<'c>(
    plan: &'c LoadedPlan<'c>,
    wanted: &'c Value,
    node: Node<'c>,
    exact: bool,
    found: &mut Vec<(Node<'c>, Difference<'c>)>,
) {
    if found.len() >= MAX_DIFFERENCES || matches(plan, wanted, node, exact) {
        return;
    }
    let children = wanted.children.of(plan.tables.values);
    match (wanted.kind.get(), node.kind()) {
        (flags::value::ARRAY, Kind::Array) if exact && children.len() == node.len() => {
            for (child, item) in children.iter().zip(node.items()) {
                collect(plan, child, item, exact, found);
            }
        }
        // No item is the one that was meant: the finding belongs to the value that has the items.
        (flags::value::ARRAY, Kind::Array) => {
            found.push((node.parent().unwrap_or(node), Difference::Value(wanted)));
        }
        (flags::value::OBJECT, Kind::Object) => {
            for child in children {
                let name = plan.tables.text(child.name);
                match node.get(name) {
                    Some(member) => collect(plan, child, member, exact, found),
                    None => found.push((node, Difference::Missing(name, child))),
                }
            }
            let is_wanted = |name: &str| children.iter().any(|child| plan.tables.text(child.name) == name);
            let extra = node.members().filter(|member| exact && !is_wanted(member.name));
            found.extend(extra.map(|member| (member.node, Difference::Extra(member.name))));
        }
        _ => found.push((node, Difference::Value(wanted))),
    }
}

/// Whether a node equals a value (`exact`) or contains it: every member of the value is there, every item of the value
/// is met by some item.
pub(super) fn matches(plan: &LoadedPlan<'_>, wanted: &Value, node: Node<'_>, exact: bool) -> bool {
    let text = plan.tables.text(wanted.text);
    let children = wanted.children.of(plan.tables.values);
    match wanted.kind.get() {
        flags::value::BOOLEAN => node.kind() == Kind::Bool && node.raw() == text,
        flags::value::NUMBER => node.as_number() == Some(text),
        flags::value::STRING => node.as_str() == Some(text),
        flags::value::ARRAY => {
            let found = |child: &Value| node.items().any(|item| matches(plan, child, item, exact));
            node.kind() == Kind::Array && (!exact || node.len() == children.len()) && children.iter().all(found)
        }
        _ => {
            let found = |child: &Value| {
                node.get(plan.tables.text(child.name))
                    .is_some_and(|member| matches(plan, child, member, exact))
            };
            node.kind() == Kind::Object && (!exact || node.len() == children.len()) && children.iter().all(found)
        }
    }
}
