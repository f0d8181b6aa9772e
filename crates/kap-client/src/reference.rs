//! Literal references inside a resource (<https://hl7.org/fhir/R4/references.html#literal>).

use std::collections::HashMap;

use serde_json::Value;

/// The key in `urn:uuid:<key>`.
pub(crate) fn key_of(reference: &str) -> Option<&str> {
    reference.strip_prefix("urn:uuid:")
}

/// Calls `visit` with each `Reference.reference` below `value`.
pub(crate) fn each<'v>(value: &'v Value, visit: &mut impl FnMut(&'v str)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| each(item, visit)),
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if name == "reference" => visit(text),
                    _ => each(member, visit),
                }
            }
        }
        _ => {}
    }
}

/// Replaces each `urn:uuid` reference whose key is in `known` by the reference found there.
pub(crate) fn rewrite(value: &mut Value, known: &HashMap<String, String>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| rewrite(item, known)),
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                match member {
                    Value::String(text) if name == "reference" => {
                        if let Some(server) = key_of(text).and_then(|key| known.get(key)) {
                            text.clone_from(server);
                        }
                    }
                    _ => rewrite(member, known),
                }
            }
        }
        _ => {}
    }
}

/// A reference as a server may write it, brought to `Type/id`: absolute URLs lose their base, versions go.
/// Anything else stays as it is.
pub(crate) fn relative(reference: &str) -> String {
    let current = reference
        .split_once("/_history/")
        .map_or(reference, |(current, _)| current);
    let mut parts = current.rsplit('/');
    match (parts.next(), parts.next()) {
        (Some(id), Some(resource_type)) if !id.is_empty() && starts_upper(resource_type) => {
            format!("{resource_type}/{id}")
        }
        _ => reference.to_owned(),
    }
}

/// Id and version in a `Location`, absolute or relative, with or without `_history`
/// (<https://hl7.org/fhir/R4/http.html#create>).
pub(crate) fn id_and_version(location: &str, resource_type: &str) -> Option<(String, Option<String>)> {
    let (current, version) = match location.split_once("/_history/") {
        Some((current, version)) => (current, Some(version.to_owned())),
        None => (location, None),
    };
    let (rest, id) = current.rsplit_once('/')?;
    let named = rest.rsplit('/').next()?;
    (named == resource_type && is_id(id)).then(|| (id.to_owned(), version))
}

/// The grammar of `id` (<https://hl7.org/fhir/R4/datatypes.html#id>): what a server tells us becomes part of a URL.
pub(crate) fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
}

fn starts_upper(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_uppercase()) && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::{id_and_version, relative};

    #[test]
    fn references_lose_base_and_version() {
        for (written, expected) in [
            ("Patient/1", "Patient/1"),
            ("https://ehr.example/fhir/Patient/1/_history/4", "Patient/1"),
            ("Patient/1/_history/4", "Patient/1"),
            ("#contained", "#contained"),
            ("urn:uuid:0b0f", "urn:uuid:0b0f"),
            ("https://ehr.example/files/1", "https://ehr.example/files/1"),
        ] {
            assert_eq!(relative(written), expected);
        }
    }

    #[test]
    fn locations_tell_id_and_version() {
        let told = |location| id_and_version(location, "Patient");
        assert_eq!(told("Patient/a-1/_history/3"), Some(("a-1".into(), Some("3".into()))));
        assert_eq!(told("http://x/fhir/Patient/a-1"), Some(("a-1".into(), None)));
        assert_eq!(told("Observation/a-1"), None);
        assert_eq!(told("Patient/a_1"), None);
        assert_eq!(told("a-1"), None);
    }
}
