//! Observations as answers, for EHRs that take questionnaires and no observations. <https://hl7.org/fhir/R4/questionnaireresponse.html>

use fhirbolt::model::r4::resources::QuestionnaireResponse;
use serde_json::{Value, json};

use super::common::Common;
use super::entry::Entry;
use super::group::Group;
use super::link::Links;
use super::telling::Teller;
use crate::bundle::object;

/// The entry of the response that carries the members of `group`: an item for each, named by its key.
pub(super) fn entry(group: &Group, entries: &[Entry], links: &Links<'_>) -> Value {
    let common = Common::of(group, entries, links);
    let teller = Teller {
        links,
        labels: &group.labels,
    };
    let items: Vec<Value> = group
        .members
        .iter()
        .map(|member| item(&entries[*member], teller))
        .collect();
    let response = QuestionnaireResponse {
        identifier: Some(Box::new(common.identifier())),
        status: "completed".into(),
        subject: common.subject.clone().map(Box::new),
        encounter: common.encounter.clone().map(Box::new),
        authored: common.recorded.map(Into::into),
        author: common.authors.first().cloned().map(Box::new),
        ..Default::default()
    };
    let mut entry = common.entry(response);
    entry["resource"]["item"] = Value::Array(items);
    entry
}

/// The observation's code asks, its value answers; all else it says are answers below.
fn item(entry: &Entry, teller: Teller<'_>) -> Value {
    let (resource, key) = (&entry.resource, entry.key.as_str());
    let mut below = Vec::new();
    for (at, component) in resource["component"].as_array().into_iter().flatten().enumerate() {
        below.push(question(&format!("{key}.{at}"), component, teller));
    }
    if let Some(time) = resource["effectiveDateTime"].as_str() {
        below.push(
            json!({"linkId": format!("{key}.effective"), "text": "effective", "answer": [{"valueDateTime": time}]}),
        );
    }
    let without = ["code", "component", "effectiveDateTime"];
    let values = entry
        .members()
        .keys()
        .filter(|name| name.starts_with("value"))
        .map(String::as_str);
    let without: Vec<&str> = without.into_iter().chain(values).collect();
    for line in teller.lines(entry.members(), &without) {
        let link = format!("{key}.{}", line.name.replace(' ', "-"));
        below.push(json!({"linkId": link, "text": line.name, "answer": [{"valueString": line.says}]}));
    }
    let mut item = question(key, resource, teller);
    put_below(&mut item, below);
    item
}

/// What stands below an answer belongs to it; without one it stands below the question.
fn put_below(item: &mut Value, below: Vec<Value>) {
    let place = match item.get_mut("answer").and_then(|answers| answers.get_mut(0)) {
        Some(answer) => answer,
        None => item,
    };
    match place.get_mut("item") {
        Some(Value::Array(items)) => items.extend(below),
        _ => place["item"] = Value::Array(below),
    }
}

/// The item that `observed`, an Observation or a component of one, becomes.
fn question(link: &str, observed: &Value, teller: Teller<'_>) -> Value {
    let text = teller.value(&observed["code"]);
    let answer = answer(observed, teller).map(|answer| Value::Array(vec![answer]));
    let members = [
        Some(("linkId", link.into())),
        text.map(|text| ("text", text.into())),
        answer.map(|answer| ("answer", answer)),
    ];
    let mut item = object(members.into_iter().flatten());
    // An answer has room for one coding.
    let concept = &observed["valueCodeableConcept"];
    if concept["coding"].as_array().is_some_and(|codings| codings.len() > 1) || concept["text"].is_string() {
        let told = teller.value(concept);
        let told = json!({"linkId": format!("{link}.value"), "text": "value", "answer": [{"valueString": told}]});
        put_below(&mut item, vec![told]);
    }
    item
}

/// The value as an answer: as it is where an answer can be of its type, else in words.
fn answer(observed: &Value, teller: Teller<'_>) -> Option<Value> {
    let (name, value) = observed
        .as_object()?
        .iter()
        .find(|(name, _)| name.starts_with("value"))?;
    Some(match name.as_str() {
        "valueQuantity" | "valueBoolean" | "valueInteger" | "valueString" | "valueTime" | "valueDateTime" => {
            json!({ name: value })
        }
        "valueCodeableConcept" if value["coding"][0].is_object() => json!({ "valueCoding": value["coding"][0] }),
        _ => json!({ "valueString": teller.value(value)? }),
    })
}
