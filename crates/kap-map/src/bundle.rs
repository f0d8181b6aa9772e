//! From drafts to the bytes of a transaction. <https://hl7.org/fhir/R4/http.html#transaction>

use fhirbolt::model::r4::types::Coding;
use serde_json::{Value, json};

use crate::draft::Draft;
use crate::identity::KEY_SYSTEM;

/// The bytes of the transaction bundle.
pub(crate) fn bytes(drafts: Vec<Draft>, security: &[Coding]) -> Vec<u8> {
    let mut members = vec![
        ("resourceType", "Bundle".into()),
        (
            "meta",
            json!({ "security": security.iter().map(label).collect::<Vec<_>>() }),
        ),
        ("type", "transaction".into()),
    ];
    if !drafts.is_empty() {
        members.push(("entry", drafts.into_iter().map(entry).collect()));
    }
    object(members).to_string().into_bytes()
}

fn label(coding: &Coding) -> Value {
    let uri = coding.system.as_ref().and_then(|system| system.value.as_ref());
    let code = coding.code.as_ref().and_then(|code| code.value.as_ref());
    let display = coding.display.as_ref().and_then(|display| display.value.as_ref());
    json!({ "system": uri, "code": code, "display": display })
}

fn entry(draft: Draft) -> Value {
    let mut request = vec![("method", "POST".into()), ("url", draft.resource_type.as_str().into())];
    request.extend(condition(&draft).map(|query| ("ifNoneExist", query.into())));
    object([
        ("fullUrl", draft.key.urn().into()),
        ("resource", Value::Object(draft.resource)),
        ("request", object(request)),
    ])
}

/// An object of these members. `json!` would copy what it is given.
pub(crate) fn object(members: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    Value::Object(
        members
            .into_iter()
            .map(|(name, member)| (name.to_owned(), member))
            .collect(),
    )
}

/// The search that finds the resource if the server has it already. <https://hl7.org/fhir/R4/http.html#ccreate>
fn condition(draft: &Draft) -> Option<String> {
    match &draft.known_as {
        Some(identifier) => Some(query(identifier.system.as_str(), identifier.value.as_str())),
        None => draft
            .resource_type
            .is_found_by_key()
            .then(|| query(KEY_SYSTEM, &draft.key.to_string())),
    }
}

pub(crate) fn query(system: &str, value: &str) -> String {
    format!("identifier={}|{}", search_value(system), search_value(value))
}

/// Escapes what FHIR's search gives a meaning (<https://hl7.org/fhir/R4/search.html#escaping>), then what a URL does.
fn search_value(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '|' | ',' | '$' => escaped.extend(["%5C", &percent_encoded(letter)]),
            ':' | '/' | '-' | '.' | '_' | '~' => escaped.push(letter),
            letter if letter.is_ascii_alphanumeric() => escaped.push(letter),
            letter => escaped.push_str(&percent_encoded(letter)),
        }
    }
    escaped
}

fn percent_encoded(letter: char) -> String {
    letter
        .encode_utf8(&mut [0; 4])
        .bytes()
        .map(|byte| format!("%{byte:02X}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::query;

    #[test]
    fn a_search_value_survives_search_and_url() {
        assert_eq!(
            query("urn:oid:1.2", "A b|c&dé"),
            "identifier=urn:oid:1.2|A%20b%5C%7Cc%26d%C3%A9"
        );
    }
}
