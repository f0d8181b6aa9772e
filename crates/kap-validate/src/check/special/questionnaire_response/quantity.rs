//! Limits and units of quantities (<https://hl7.org/fhir/uv/sdc/>).

use std::cmp::Ordering;

use kap_fhir::{Decimal, Membership, ucum};
use kap_json::{Message, Node};

use super::Check;
use super::answer::Answer;
use crate::check::special::extension::{self, CORE, SDC, text};
use crate::check::special::membership::{self, Code};
use crate::codes::special as codes;

pub(super) fn check<'c>(check: &mut Check<'_, 'c, '_>, answer: Answer<'c, '_>) {
    range(check, answer);
    unit_options(check, answer);
    unit_value_set(check, answer);
}

/// `sdc-questionnaire-minQuantity` and `-maxQuantity`.
fn range<'c>(check: &mut Check<'_, 'c, '_>, answer: Answer<'c, '_>) {
    for (name, broken, word) in [
        ("sdc-questionnaire-minQuantity", Ordering::Less, "least"),
        ("sdc-questionnaire-maxQuantity", Ordering::Greater, "most"),
    ] {
        let Some(limit) = extension::value(answer.question, SDC, name) else {
            continue;
        };
        let described = || {
            let part = |name| limit.get(name).map_or("", |node| node.as_str().unwrap_or(node.raw()));
            let unit = if limit.get("unit").is_some() {
                part("unit")
            } else {
                part("code")
            };
            format!("{} {unit}", part("value"))
        };
        match order(answer.value, limit) {
            Some(order) if order == broken => {
                let message = Message::text(format!("the answer is out of range: at {word} "));
                let message = check.quoted(message, &described());
                check.report(&codes::QUESTIONNAIRE_RESPONSE_RANGE, answer.value, || message);
            }
            Some(_) => {}
            None => {
                let message = check.quoted("the answer cannot be compared with the limit of ".into(), &described());
                let message = message.and(": give both coded units of one kind");
                check.report(&codes::QUESTIONNAIRE_RESPONSE_INCOMPARABLE, answer.value, || message);
            }
        }
    }
}

/// The order of two quantities with coded units that can be converted into each other.
fn order(answer: Node<'_>, limit: Node<'_>) -> Option<Ordering> {
    let number = |quantity: Node<'_>| Decimal::parse(quantity.get("value")?.as_number()?);
    let coded = |quantity| Some((text(quantity, "system")?, text(quantity, "code")?));
    let ((system, unit), (limit_system, limit_unit)) = (coded(answer)?, coded(limit)?);
    if system != limit_system {
        return None;
    }
    if unit != limit_unit && system == "http://unitsofmeasure.org" {
        return ucum::compare(number(answer)?, unit, number(limit)?, limit_unit);
    }
    (unit == limit_unit).then(|| number(answer)?.partial_cmp(&number(limit)?))?
}

/// `questionnaire-unitOption`: the units that may be used.
fn unit_options<'c>(check: &mut Check<'_, 'c, '_>, answer: Answer<'c, '_>) {
    let options: Vec<Node<'_>> = extension::values(answer.question, CORE, "questionnaire-unitOption").collect();
    let fits = |option: &Node<'_>| {
        [("system", "system"), ("code", "code"), ("display", "unit")]
            .into_iter()
            .all(|(of_option, of_answer)| {
                let wanted = text(*option, of_option);
                wanted.is_none() || wanted == text(answer.value, of_answer)
            })
    };
    if !options.is_empty() && !options.iter().any(fits) {
        let message = || {
            let names = options
                .iter()
                .map(|option| text(*option, "code").or(text(*option, "display")));
            let names: Vec<&str> = names.flatten().collect();
            check.quoted("the unit is not one of those allowed: ".into(), &names.join(", "))
        };
        let message = message();
        check.report(&codes::QUESTIONNAIRE_RESPONSE_UNIT, answer.value, || message);
    }
}

/// `questionnaire-unitValueSet`: the value set that the unit comes from.
fn unit_value_set<'c>(check: &mut Check<'_, 'c, '_>, answer: Answer<'c, '_>) {
    let value_set = extension::value(answer.question, CORE, "questionnaire-unitValueSet").and_then(Node::as_str);
    let (Some(value_set), Some(code)) = (value_set, text(answer.value, "code")) else {
        return;
    };
    let system = Some(text(answer.value, "system").unwrap_or_default());
    let around = check.around();
    match membership::of_canonical(check.walk, around, value_set, Code { system, code }) {
        Membership::Member => {}
        Membership::NotMember => {
            let message = || {
                let message = Message::text("unit ").value(code);
                check.quoted(message.and(" is not in value set "), value_set)
            };
            let message = message();
            check.report(&codes::QUESTIONNAIRE_RESPONSE_UNIT, answer.value, || message);
        }
        Membership::Unknown(reason) => {
            check
                .walk
                .findings
                .undecided(&reason, format!("value set {value_set}"), 1);
        }
    }
}
