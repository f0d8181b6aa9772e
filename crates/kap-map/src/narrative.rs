//! Narrative, rebuilt from codes, numbers and dates: no free text of the record enters it. <https://hl7.org/fhir/R4/narrative.html>

use serde_json::{Map, Value, json};

use crate::profile::BASE;

/// The notice that goes with records under 42 CFR Part 2, in the short form of its section 2.32.
pub(crate) const PART2_NOTICE: &str = "42 CFR part 2 prohibits unauthorized use or disclosure of these records.";

/// Members that say what a resource is about, in the order in which they are told.
const CONCEPTS: &[&str] = &[
    "code",
    "type",
    "topic",
    "category",
    "description",
    "medicationCodeableConcept",
    "role",
    "relationship",
    "prediction",
    "event",
    "valueCodeableConcept",
];
/// Members that say when.
const TIMES: &[&str] = &[
    "effectiveDateTime",
    "effectivePeriod",
    "performedDateTime",
    "performedPeriod",
    "occurrenceDateTime",
    "period",
    "dateTime",
    "date",
    "authored",
    "authoredOn",
    "recorded",
    "recordedDate",
    "startDate",
    "sent",
];
/// Members that say what state a resource is in.
const STATES: &[&str] = &["status", "lifecycleStatus", "actuality"];

/// The narrative of a resource: its type, then what its codes, value, time and state say, then the notice if one applies.
pub(crate) fn narrative(resource: &Map<String, Value>, notice: Option<&str>) -> Value {
    let notice = notice
        .map(|notice| format!("<p>{}</p>", escaped(notice)))
        .unwrap_or_default();
    json!({
        "status": "generated",
        "div": format!("<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>{}</p>{notice}</div>", escaped(&phrases(resource).join("; "))),
    })
}

/// The resource's type, then what its codes, value, time and state say.
pub(crate) fn phrases(resource: &Map<String, Value>) -> Vec<String> {
    let mut phrases: Vec<String> = vec![words(text(resource.get("resourceType")))];
    phrases.extend(CONCEPTS.iter().filter_map(|name| concepts(resource.get(*name)?)));
    phrases.extend(resource.get("valueQuantity").and_then(quantity));
    phrases.extend(TIMES.iter().filter_map(|name| time(resource.get(*name)?)));
    phrases.extend(
        STATES
            .iter()
            .filter_map(|name| Some(words(resource.get(*name)?.as_str()?))),
    );
    phrases
}

/// What the codings of a concept, or of several, say.
fn concepts(value: &Value) -> Option<String> {
    let concepts = value
        .as_array()
        .map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
    let said: Vec<String> = concepts
        .iter()
        .filter_map(|concept| coding(concept.get("coding")?.get(0)?))
        .collect();
    (!said.is_empty()).then(|| said.join(", "))
}

/// A display as it is; a code of the KAP guide as words, since it is made of words; any other code as it is.
pub(crate) fn coding(coding: &Value) -> Option<String> {
    if let Some(display) = coding.get("display") {
        return display.as_str().map(str::to_owned);
    }
    let code = coding.get("code")?.as_str()?;
    let is_words = text(coding.get("system")).starts_with(BASE);
    Some(if is_words {
        code.replace('-', " ")
    } else {
        code.to_owned()
    })
}

fn quantity(quantity: &Value) -> Option<String> {
    Some(format!("{} {}", quantity.get("value")?, text(quantity.get("unit"))))
}

fn time(value: &Value) -> Option<String> {
    match value {
        Value::String(time) => Some(time.clone()),
        period => {
            let start = period.get("start")?.as_str()?;
            let end = period.get("end").and_then(Value::as_str);
            Some(end.map_or_else(|| format!("from {start}"), |end| format!("{start} to {end}")))
        }
    }
}

/// `EpisodeOfCare` as `Episode of care`, `entered-in-error` as `entered in error`.
pub(crate) fn words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    for (at, letter) in name.char_indices() {
        match letter {
            '-' => words.push(' '),
            letter if at > 0 && letter.is_ascii_uppercase() => words.extend([' ', letter.to_ascii_lowercase()]),
            letter => words.push(letter),
        }
    }
    words
}

fn text(value: Option<&Value>) -> &str {
    value.and_then(Value::as_str).unwrap_or_default()
}

/// Escapes what XML gives a meaning. Control characters have no place in XML and are dropped.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            letter if letter.is_control() => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::narrative;

    #[test]
    fn codes_are_told_and_text_is_not() {
        let resource = json!({
            "resourceType": "EpisodeOfCare",
            "status": "onhold",
            "type": [{"coding": [{"system": "https://kap-fhir.org/fhir/CodeSystem/kap-program", "code": "kap-alcohol-use"}], "text": "private"}],
            "period": {"start": "2026-01-02"},
        });
        let expected = "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Episode of care; kap alcohol use; from 2026-01-02; onhold</p><p>A &amp; B</p></div>";
        let narrative = narrative(resource.as_object().expect("an object"), Some("A & B"));
        assert_eq!(narrative["div"], expected);
    }
}
