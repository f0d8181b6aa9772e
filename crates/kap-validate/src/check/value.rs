//! Fixed and pattern values
//! (<https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.pattern_x_>).

use kap_json::{Kind, Message, Node};

use super::walk::Walk;
use crate::codes;
use crate::plan::flags;
use crate::plan::rows::Value;
use crate::plan::set::LoadedPlan;
use crate::plan::view::ElementView;

pub(super) fn check<'c>(walk: &mut Walk<'c>, node: Node<'c>, element: ElementView<'c>) {
    if element.has(flags::element::LIMITED) {
        walk.findings.undecided(
            "lengths and ranges of values are not checked in this version",
            element.id(),
            1,
        );
    }
    let Some(wanted) = element.value() else { return };
    let fixed = element.has(flags::element::FIXED);
    if matches(element.plan, wanted, node, fixed) {
        return;
    }
    let (info, verb) = if fixed {
        (&codes::VALUE_FIXED, "be exactly")
    } else {
        (&codes::VALUE_PATTERN, "contain")
    };
    let message = || Message::text(format!("the value must {verb} {}", wanted.json(element.plan)));
    walk.report(info, node, message, Some(element));
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
