//! Whether a server holds what was mapped, and where not.
//!
//! Not a difference: the order of an object's members, how a number is written, `id`, `meta.versionId`, `meta.lastUpdated`
//! and `meta.source`, further profiles, tags and labels in `meta` (ours must be there), a narrative where we sent none, and
//! how a reference to the same resource is written.

use serde_json::{Map, Value};

use crate::canonical;
use crate::reference;

/// After so many differences the rest is not listed.
const MOST: usize = 5;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    /// FHIRPath of the element, for example `Observation.component[1].valueQuantity.value`.
    pub(crate) path: String,
    pub(crate) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Ours is not there.
    Missing,
    /// The server has something we did not send.
    Added,
    /// Both have it, with different values.
    Changed,
}

impl Kind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Kind::Missing => "is missing",
            Kind::Added => "was added",
            Kind::Changed => "was changed",
        }
    }
}

/// The first differences between `ours` (references as the server writes them, `Type/id`) and `theirs`.
pub(crate) fn differences(ours: &Value, theirs: &Value) -> Vec<Difference> {
    let path = ours["resourceType"].as_str().unwrap_or("Resource").to_owned();
    let mut found = Vec::new();
    let (Some(ours), Some(theirs)) = (ours.as_object(), theirs.as_object()) else {
        return vec![Difference {
            path,
            kind: Kind::Changed,
        }];
    };
    let is_servers = |name: &str| matches!(name, "id" | "meta") || (name == "text" && !ours.contains_key("text"));
    members(ours, theirs, &path, &is_servers, &mut found);
    meta(ours.get("meta"), theirs.get("meta"), &path, &mut found);
    found
}

/// What a server does not keep of any resource is no difference in one: takes the identifier and the labels out of `ours`
/// where `theirs` has none of them, as far as they may be lacking.
pub(crate) fn overlook(ours: &mut Value, theirs: &Value, identifier: bool, labels: bool) {
    if identifier && theirs.get("identifier").is_none() {
        ours.as_object_mut().map(|members| members.remove("identifier"));
    }
    if labels && theirs["meta"].get("security").is_none() {
        ours["meta"].as_object_mut().map(|meta| meta.remove("security"));
    }
}

/// Our profiles, tags and labels must be there; the rest of `meta` is the server's.
fn meta(ours: Option<&Value>, theirs: Option<&Value>, path: &str, found: &mut Vec<Difference>) {
    for name in ["profile", "security", "tag"] {
        let list = |meta: Option<&Value>| meta.and_then(|meta| meta[name].as_array().cloned()).unwrap_or_default();
        let kept = list(theirs);
        for (index, ours) in list(ours).iter().enumerate() {
            if !kept.iter().any(|theirs| equal(ours, theirs)) {
                note(found, &format!("{path}.meta.{name}[{index}]"), Kind::Missing);
            }
        }
    }
}

fn members(
    ours: &Map<String, Value>,
    theirs: &Map<String, Value>,
    path: &str,
    skip: &dyn Fn(&str) -> bool,
    found: &mut Vec<Difference>,
) {
    for (name, value) in ours.iter().filter(|(name, _)| !skip(name)) {
        let path = format!("{path}.{name}");
        match theirs.get(name) {
            None => note(found, &path, Kind::Missing),
            Some(Value::String(reference)) if name == "reference" => {
                if value.as_str().map(reference::relative) != Some(reference::relative(reference)) {
                    note(found, &path, Kind::Changed);
                }
            }
            Some(other) => values(value, other, &path, found),
        }
    }
    for name in theirs.keys().filter(|name| !skip(name) && !ours.contains_key(*name)) {
        note(found, &format!("{path}.{name}"), Kind::Added);
    }
}

fn values(ours: &Value, theirs: &Value, path: &str, found: &mut Vec<Difference>) {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => members(ours, theirs, path, &|_| false, found),
        (Value::Array(ours), Value::Array(theirs)) => {
            for (index, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
                values(ours, theirs, &format!("{path}[{index}]"), found);
            }
            let (shorter, kind) = if ours.len() > theirs.len() {
                (theirs.len(), Kind::Missing)
            } else {
                (ours.len(), Kind::Added)
            };
            for index in shorter..ours.len().max(theirs.len()) {
                note(found, &format!("{path}[{index}]"), kind);
            }
        }
        (Value::Number(ours), Value::Number(theirs)) if canonical::number(ours) == canonical::number(theirs) => {}
        _ if ours == theirs => {}
        _ => note(found, path, Kind::Changed),
    }
}

fn equal(ours: &Value, theirs: &Value) -> bool {
    let mut found = Vec::new();
    values(ours, theirs, "", &mut found);
    found.is_empty()
}

fn note(found: &mut Vec<Difference>, path: &str, kind: Kind) {
    if found.len() < MOST {
        found.push(Difference {
            path: path.to_owned(),
            kind,
        });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::differences;

    fn paths(ours: &Value, theirs: &Value) -> Vec<String> {
        let found = differences(ours, theirs);
        found
            .iter()
            .map(|found| format!("{} {}", found.path, found.kind.as_str()))
            .collect()
    }

    #[test]
    fn what_servers_add_is_no_difference() {
        let ours: Value = serde_json::from_str(
            r#"{"resourceType":"Observation","meta":{"profile":["p"]},"status":"final","subject":{"reference":"Patient/7"},"valueQuantity":{"value":1.500}}"#,
        )
        .expect("well formed");
        let theirs = json!({
            "id": "9", "resourceType": "Observation", "status": "final",
            "meta": {"versionId": "3", "lastUpdated": "2026-01-01T00:00:00Z", "source": "#x", "profile": ["other", "p"]},
            "text": {"status": "generated"},
            "valueQuantity": {"value": 1.5},
            "subject": {"reference": "http://inner/fhir/Patient/7/_history/2"},
        });
        assert_eq!(paths(&ours, &theirs), Vec::<String>::new());
    }

    #[test]
    fn differences_are_named_by_path() {
        let ours = json!({"resourceType": "Observation", "meta": {"security": [{"code": "R"}]}, "status": "final",
            "note": [{"text": "a"}, {"text": "b"}], "component": [{"valueInteger": 1}]});
        let theirs = json!({"resourceType": "Observation", "status": "amended", "note": [{"text": "a"}], "component": [{"valueInteger": 2}], "issued": "x"});
        assert_eq!(
            paths(&ours, &theirs),
            [
                "Observation.status was changed",
                "Observation.note[1] is missing",
                "Observation.component[0].valueInteger was changed",
                "Observation.issued was added",
                "Observation.meta.security[0] is missing",
            ]
        );
    }
}
