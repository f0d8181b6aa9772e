//! The answers that a Questionnaire offers: `answerOption` and `answerValueSet`.

use kap_fhir::Membership;
use kap_json::{Message, Node};

use super::Check;
use super::answer::Answer;
use super::enable::order;
use crate::check::special::extension::{self, CORE, text, typed};
use crate::check::special::form::Kind;
use crate::check::special::membership::{self, Code};
use crate::codes::special as codes;

pub(super) fn check<'c>(check: &mut Check<'_, 'c, '_>, answer: Answer<'c, '_>) {
    if answer.question.get("answerOption").is_some() {
        options(check, answer);
    } else if let Some(value_set) = text(answer.question, "answerValueSet") {
        self::value_set(check, answer, value_set);
    }
}

/// An option with its typed value.
struct Choice<'q> {
    node: Node<'q>,
    kind: &'q str,
    value: Node<'q>,
}

fn options<'c>(check: &mut Check<'_, 'c, '_>, answer: Answer<'c, '_>) {
    let options = answer.question.get("answerOption").into_iter().flat_map(Node::items);
    let options: Vec<Choice<'_>> = options
        .filter_map(|node| typed(node, "value").map(|(kind, value)| Choice { node, kind, value }))
        .collect();
    let found = options
        .iter()
        .find(|option| is_same(answer.kind, answer.value, option.kind, option.value));
    let place = if matches!(answer.asked, Kind::Choice | Kind::OpenChoice) {
        answer.node
    } else {
        answer.value
    };
    match found {
        Some(option) => {
            let mut exclusive = extension::values(option.node, CORE, "questionnaire-optionExclusive");
            if answer.siblings > 1 && exclusive.any(|value| value.as_bool() == Some(true)) {
                let message = || "this option excludes all others, but there are other answers".into();
                check.report(&codes::QUESTIONNAIRE_RESPONSE_EXCLUSIVE_OPTION, place, message);
            }
        }
        None if answer.asked == Kind::OpenChoice && answer.kind == "String" => {
            if options.iter().any(|option| is_named(answer.value, option)) {
                let message = || "the text is that of an option: answer with its code".into();
                check.report(&codes::QUESTIONNAIRE_RESPONSE_TEXT_OF_OPTION, place, message);
            }
        }
        None => {
            let message = || {
                let shown = match answer.kind {
                    "Coding" => text(answer.value, "code").unwrap_or_default(),
                    "Reference" => text(answer.value, "reference").unwrap_or_default(),
                    _ => answer.value.as_str().unwrap_or(answer.value.raw()),
                };
                Message::text("the answer ")
                    .value(shown)
                    .and(" is not one of the options")
            };
            check.report(&codes::QUESTIONNAIRE_RESPONSE_NOT_AN_OPTION, place, message);
        }
    }
}

/// Whether an answer is the option: codings by system and code, everything else by value.
fn is_same(kind: &str, answer: Node<'_>, option_kind: &str, option: Node<'_>) -> bool {
    match (kind, option_kind) {
        ("Coding", "Coding") => {
            text(answer, "system") == text(option, "system") && text(answer, "code") == text(option, "code")
        }
        ("Reference", "Reference") => text(answer, "reference") == text(option, "reference"),
        ("String" | "Uri", "String") => answer.as_str() == option.as_str(),
        ("Coding" | "Reference" | "String" | "Uri", _) => false,
        _ => order(kind, answer, option_kind, option).is_some_and(std::cmp::Ordering::is_eq),
    }
}

/// Whether a text is the display or code of an option.
fn is_named(answer: Node<'_>, option: &Choice<'_>) -> bool {
    let answer = answer.as_str().unwrap_or_default();
    let is = |name| text(option.value, name).is_some_and(|text| text.eq_ignore_ascii_case(answer));
    option.kind == "Coding" && (is("display") || is("code"))
}

fn value_set<'c>(check: &mut Check<'_, 'c, '_>, answer: Answer<'c, '_>, canonical: &str) {
    let is_choice = matches!(answer.asked, Kind::Choice | Kind::OpenChoice);
    let (code, place) = match answer.kind {
        "Coding" => {
            let Some(code) = text(answer.value, "code") else {
                if answer.asked == Kind::Choice {
                    let message = check.quoted("the answer has no code of value set ".into(), canonical);
                    check.report(&codes::QUESTIONNAIRE_RESPONSE_NOT_IN_VALUE_SET, answer.node, || message);
                }
                return;
            };
            let system = Some(text(answer.value, "system").unwrap_or_default());
            (Code { system, code }, answer.node)
        }
        // What somebody wrote instead of choosing a code.
        _ if is_choice => return,
        _ => {
            let Some(code) = answer.value.as_str() else { return };
            (Code { system: None, code }, answer.value)
        }
    };
    let around = check.around();
    match membership::of_canonical(check.walk, around, canonical, code) {
        Membership::Member => {}
        Membership::NotMember => {
            let message = || {
                let message = Message::text("the answer ").value(code.code);
                check.quoted(message.and(" is not in value set "), canonical)
            };
            let message = message();
            check.report(&codes::QUESTIONNAIRE_RESPONSE_NOT_IN_VALUE_SET, place, || message);
        }
        Membership::Unknown(reason) => {
            check
                .walk
                .findings
                .undecided(&reason, format!("value set {canonical}"), 1);
        }
    }
}
