//! Recognising a resource whose identifier the server does not keep, or cannot search: among the patient's own, by what it
//! says of itself.

use serde_json::Value;

use crate::reference;

/// Elements that say what a resource is about and when, by their R4 names. Two resources of one patient that have the same
/// of them are taken for one.
const ABOUT: &[&str] = &[
    "code",
    "type",
    "category",
    "questionnaire",
    "medicationCodeableConcept",
    "medicationReference",
    "vaccineCode",
    "description",
    "class",
    "event",
];

const WHEN: &[&str] = &[
    "effectiveDateTime",
    "effectivePeriod",
    "effectiveInstant",
    "performedDateTime",
    "performedPeriod",
    "occurrenceDateTime",
    "occurrencePeriod",
    "authored",
    "authoredOn",
    "date",
    "dateTime",
    "created",
    "recorded",
    "recordedDate",
    "onsetDateTime",
    "onsetPeriod",
    "sent",
    "period",
    "startDate",
    "whenHandedOver",
    "estimatedDate",
];

const WHO: &[&str] = &["author", "recorder", "asserter", "performer", "source", "sender"];

/// Whether `theirs` may be `ours` (references as the server writes them): the same subject matter at the same time, by the
/// same author. `None` if `ours` says too little of itself to be told from others.
pub(super) fn is_same(ours: &Value, theirs: &Value) -> Option<bool> {
    let says = |names: &[&str]| names.iter().any(|name| ours.get(name).is_some());
    if !says(ABOUT) || !says(WHEN) {
        return None;
    }
    let same = |name: &&str| match (ours.get(name), theirs.get(name)) {
        (None, _) => true,
        (Some(ours), Some(theirs)) => equal(ours, theirs),
        (Some(_), None) => false,
    };
    let is_same =
        ABOUT.iter().chain(WHEN).all(&same) && WHO.iter().all(|name| theirs.get(name).is_none() || same(name));
    Some(is_same && attachments(ours) == attachments(theirs))
}

/// Equal, apart from how a reference is written and what the server added to an object.
fn equal(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => {
            ours.iter().all(|(name, value)| match (value, theirs.get(name)) {
                (Value::String(ours), Some(Value::String(theirs))) if name == "reference" => {
                    reference::relative(ours) == reference::relative(theirs)
                }
                // A server may show an element's words in its own way.
                _ if name == "display" => true,
                (ours, Some(theirs)) => equal(ours, theirs),
                (_, None) => false,
            })
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| equal(ours, theirs))
        }
        _ => ours == theirs,
    }
}

/// What a document's attachments are recognised by: hash and title.
fn attachments(resource: &Value) -> Vec<(&Value, &Value)> {
    let contents = resource["content"].as_array().map_or(&[][..], Vec::as_slice);
    contents
        .iter()
        .map(|content| (&content["attachment"]["hash"], &content["attachment"]["title"]))
        .collect()
}
