//! Limits that a Questionnaire sets for the values of answers.

use std::cmp::Ordering;

use kap_fhir::Reference;
use kap_json::{Message, Node};

use super::Check;
use super::answer::Answer;
use super::enable::order;
use crate::check::special::compare;
use crate::check::special::extension::{self, CORE, text as member, typed};
use crate::check::special::form::Kind;
use crate::codes::special as codes;

/// `minValue` and `maxValue`.
pub(super) fn range<'c>(check: &mut Check<'_, 'c, '_>, answer: Answer<'c, '_>) {
    for (name, broken, word) in [
        ("minValue", Ordering::Less, "least"),
        ("maxValue", Ordering::Greater, "most"),
    ] {
        let limit = extension::all(answer.question, CORE, name).find_map(|extension| typed(extension, "value"));
        let Some((kind, limit)) = limit else { continue };
        if order(answer.kind, answer.value, kind, limit) == Some(broken) {
            let message = || {
                let value = answer.value.as_str().unwrap_or(answer.value.raw());
                let message = Message::text("the answer ").value(value);
                let message = message.and(format!(" is out of range: at {word} "));
                check.quoted(message, limit.as_str().unwrap_or(limit.raw()))
            };
            let message = message();
            check.report(&codes::QUESTIONNAIRE_RESPONSE_RANGE, answer.value, || message);
        }
    }
}

/// `maxDecimalPlaces` of decimals and of the values of quantities.
pub(super) fn decimal_places<'c>(check: &mut Check<'_, 'c, '_>, answer: Answer<'c, '_>) {
    let number = answer
        .value
        .as_number()
        .or_else(|| answer.value.get("value")?.as_number());
    let allowed = extension::count(answer.question, CORE, "maxDecimalPlaces");
    if let (Some(number), Some(allowed)) = (number, allowed)
        && compare::decimal_places(number) > allowed
    {
        let message = || {
            Message::text("the answer ")
                .value(number)
                .and(format!(" has more decimal places than the {allowed} allowed"))
        };
        check.report(&codes::QUESTIONNAIRE_RESPONSE_DECIMAL_PLACES, answer.value, message);
    }
}

/// Length, line breaks and format of texts.
pub(super) fn text<'c>(check: &mut Check<'_, 'c, '_>, answer: Answer<'c, '_>) {
    let Some(text) = answer.value.as_str() else { return };
    let length = text.chars().count();
    let least = extension::count(answer.question, CORE, "minLength").filter(|least| length < *least);
    let most = answer.question.get("maxLength").and_then(Node::as_number);
    let most = most
        .and_then(|most| most.parse::<usize>().ok())
        .filter(|most| length > *most);
    for (word, limit) in [("least", least), ("most", most)] {
        let Some(limit) = limit else { continue };
        let message = || {
            Message::text(format!(
                "the answer has {length} characters, it may have at {word} {limit}"
            ))
        };
        check.report(&codes::QUESTIONNAIRE_RESPONSE_LENGTH, answer.value, message);
    }
    if answer.asked == Kind::String && text.contains(['\r', '\n']) {
        let message = || "the question asks for one line, the answer has several".into();
        check.report(&codes::QUESTIONNAIRE_RESPONSE_LINE_BREAK, answer.value, message);
    }
    if let Some(pattern) = extension::value(answer.question, CORE, "regex").and_then(Node::as_str) {
        format(check, answer, text, pattern);
    }
}

/// The extension `regex`, which the whole answer must match.
fn format<'c>(check: &mut Check<'_, 'c, '_>, answer: Answer<'c, '_>, text: &str, pattern: &str) {
    let compiled = regex::RegexBuilder::new(&format!("^(?:{pattern})$"))
        .size_limit(1 << 20)
        .dfa_size_limit(1 << 20)
        .build();
    match compiled {
        Ok(pattern) if pattern.is_match(text) => {}
        Ok(_) => {
            let example = extension::value(answer.question, CORE, "entryFormat").and_then(Node::as_str);
            let message = || {
                let mut message = Message::text("the answer ").value(text);
                if let Some(example) = example {
                    message = check.quoted(message.and(" does not look like "), example).and(", it");
                }
                check.quoted(message.and(" does not match the regular expression "), pattern)
            };
            let message = message();
            check.report(&codes::QUESTIONNAIRE_RESPONSE_FORMAT, answer.value, || message);
        }
        Err(_) => {
            let reason = "the regular expression of a question is not one that can be evaluated";
            check.walk.findings.undecided(reason, pattern, 1);
        }
    }
}

/// `mimeType` and `maxSize`.
pub(super) fn attachment<'c>(check: &mut Check<'_, 'c, '_>, answer: Answer<'c, '_>) {
    let allowed = extension::values(answer.question, CORE, "mimeType").filter_map(Node::as_str);
    let allowed: Vec<&str> = allowed.collect();
    let found = member(answer.value, "contentType");
    if !allowed.is_empty() && !found.is_some_and(|found| allowed.iter().any(|allowed| is_of_type(found, allowed))) {
        let message = || {
            let message = match found {
                Some(found) => Message::text("the attachment is ").value(found),
                None => Message::text("the attachment does not say what it is"),
            };
            check.quoted(message.and(", allowed: "), &allowed.join(", "))
        };
        let message = message();
        check.report(&codes::QUESTIONNAIRE_RESPONSE_ATTACHMENT_TYPE, answer.node, || message);
    }
    let limit = extension::value(answer.question, CORE, "maxSize").and_then(Node::as_number);
    let Some(limit) = limit else { return };
    let stated = answer.value.get("size").and_then(Node::as_number);
    let size = match member(answer.value, "data") {
        Some(data) => decoded_length(data).to_string(),
        None => stated.unwrap_or("0").to_owned(),
    };
    if compare::decimals(&size, limit) == Some(Ordering::Greater) {
        let message = || Message::text(format!("the attachment has {size} bytes, {limit} are allowed"));
        check.report(&codes::QUESTIONNAIRE_RESPONSE_ATTACHMENT_SIZE, answer.node, message);
    }
}

/// Whether a mime type is the one allowed, parameters aside, or of the family allowed (`image/*`).
fn is_of_type(found: &str, allowed: &str) -> bool {
    let bare = |text: &str| text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (found, allowed) = (bare(found), bare(allowed));
    match allowed.strip_suffix('*') {
        Some(family) => found.starts_with(family),
        None => found == allowed,
    }
}

/// How many bytes base64 text stands for.
fn decoded_length(data: &str) -> usize {
    let digits = data
        .bytes()
        .filter(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'));
    digits.count() * 3 / 4
}

/// `questionnaire-referenceResource`: the types that a reference may lead to.
pub(super) fn reference<'c>(check: &mut Check<'_, 'c, '_>, answer: Answer<'c, '_>) {
    let allowed = extension::values(answer.question, CORE, "questionnaire-referenceResource");
    let allowed: Vec<&str> = allowed.filter_map(Node::as_str).collect();
    let stated = member(answer.value, "type").map(|stated| stated.rsplit('/').next().unwrap_or(stated));
    let named = member(answer.value, "reference").and_then(|text| Reference::parse(text).resource_type());
    if let Some(found) = named.or(stated)
        && !allowed.is_empty()
        && !allowed.contains(&found)
    {
        let message = || {
            let message = Message::text("the answer refers to a resource of type ").value(found);
            check.quoted(message.and(", allowed: "), &allowed.join(", "))
        };
        let message = message();
        check.report(&codes::QUESTIONNAIRE_RESPONSE_REFERENCE_TYPE, answer.value, || message);
    }
}
