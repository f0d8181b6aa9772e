//! References to what was folded.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Value, json};

use super::entry::Entry;
use crate::bundle::object;
use crate::identity::KEY_SYSTEM;
use crate::narrative;

/// Elements that may refer to any resource, and so to the document that carries what they referred to.
const ANY: &[(&str, &str)] = &[("Provenance", "target")];

/// Who is who in a bundle that is being folded.
pub(super) struct Links<'e> {
    entries: HashMap<String, &'e Entry>,
    /// What stays an entry.
    kept: BTreeSet<&'e str>,
    /// The document that carries an entry, by its key.
    carriers: HashMap<&'e str, &'e str>,
}

impl<'e> Links<'e> {
    pub(super) fn new(
        entries: &'e [Entry],
        goes: impl Fn(usize) -> bool,
        carriers: &HashMap<usize, &'e str>,
    ) -> Links<'e> {
        Links {
            entries: entries.iter().map(|entry| (entry.urn(), entry)).collect(),
            kept: (0..entries.len())
                .filter(|at| goes(*at))
                .map(|at| entries[at].key.as_str())
                .collect(),
            carriers: carriers
                .iter()
                .map(|(at, carrier)| (entries[*at].key.as_str(), *carrier))
                .collect(),
        }
    }

    /// Turns the references of `resource`, which is what became of `reader`, to entries that are none any more into ones that need no entry.
    pub(super) fn repair(&self, resource: &mut Value, reader: &Entry) {
        for (_, name) in ANY
            .iter()
            .filter(|(resource_type, _)| *resource_type == reader.resource_type)
        {
            if let Some(Value::Array(references)) = resource.get_mut(*name) {
                self.redirect(references);
            }
        }
        self.repair_all(resource, &reader.resource["meta"]["security"]);
    }

    /// A reference as it is written in something with `labels`.
    pub(super) fn reference(&self, reference: &Value, labels: &Value) -> Value {
        let mut reference = reference.clone();
        self.repair_all(&mut reference, labels);
        reference
    }

    /// What is referred to, in words for a reader of something with `labels`.
    pub(super) fn words(&self, reference: &Value, labels: &Value) -> Option<String> {
        match self.target(reference) {
            Some(target) => Some(phrase(target, labels)),
            None => ["display", "reference"]
                .into_iter()
                .find_map(|name| reference[name].as_str())
                .map(str::to_owned),
        }
    }

    /// The entry that `reference` is to.
    pub(super) fn target(&self, reference: &Value) -> Option<&'e Entry> {
        self.entries.get(reference["reference"].as_str()?).copied()
    }

    fn repair_all(&self, value: &mut Value, labels: &Value) {
        if let Some(target) = self.target(value)
            && !self.kept.contains(target.key.as_str())
        {
            *value = logical(target, labels);
            return;
        }
        match value {
            Value::Object(members) => members.values_mut().for_each(|member| self.repair_all(member, labels)),
            Value::Array(items) => items.iter_mut().for_each(|item| self.repair_all(item, labels)),
            _ => {}
        }
    }

    /// References to what a document carries become one reference to the document.
    fn redirect(&self, references: &mut Vec<Value>) {
        let mut seen = BTreeSet::new();
        references.retain_mut(|reference| {
            let carrier = self
                .target(reference)
                .and_then(|target| self.carriers.get(target.key.as_str()));
            match carrier {
                Some(carrier) => {
                    *reference = json!({ "reference": format!("urn:uuid:{carrier}") });
                    seen.insert(*carrier)
                }
                None => true,
            }
        });
    }
}

fn logical(target: &Entry, labels: &Value) -> Value {
    object([
        ("type", target.resource_type.as_str().into()),
        ("identifier", identifier(target)),
        ("display", phrase(target, labels).into()),
    ])
}

/// What the target is known by: a business identifier that the EHR has too, else our key.
fn identifier(target: &Entry) -> Value {
    let identifiers = match &target.resource["identifier"] {
        Value::Array(identifiers) => identifiers.first(),
        Value::Null => None,
        single => Some(single),
    };
    let text = |name| identifiers.and_then(|identifier| identifier[name].as_str());
    json!({ "system": text("system").unwrap_or(KEY_SYSTEM), "value": text("value").unwrap_or(&target.key) })
}

/// A target in words: its type, and what it is only where its labels ask for no more than the reader's.
fn phrase(target: &Entry, labels: &Value) -> String {
    let name = narrative::words(&target.resource_type);
    if !is_covered(&target.resource["meta"]["security"], labels) {
        return name;
    }
    match said_name(&target.resource) {
        Some(said) => said,
        None => narrative::phrases(target.members()).join("; "),
    }
}

/// The name of a person, organization or place.
fn said_name(resource: &Value) -> Option<String> {
    if resource["resourceType"] == "Patient" {
        return Some("the patient".to_owned());
    }
    match &resource["name"] {
        Value::String(name) => Some(name.clone()),
        Value::Array(names) => {
            let name = names.first()?;
            if let Some(text) = name["text"].as_str() {
                return Some(text.to_owned());
            }
            let given = name["given"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let parts: Vec<&str> = given.chain(name["family"].as_str()).collect();
            (!parts.is_empty()).then(|| parts.join(" "))
        }
        _ => None,
    }
}

/// Whether every label of `inner` is among `outer`.
fn is_covered(inner: &Value, outer: &Value) -> bool {
    let codes = |labels: &Value| -> BTreeSet<String> {
        let codes = labels.as_array().into_iter().flatten();
        codes
            .filter_map(|label| Some(label["code"].as_str()?.to_owned()))
            .collect()
    };
    let (inner, outer) = (codes(inner), codes(outer));
    let confidentiality = |codes: &BTreeSet<String>| ["N", "R", "V"].iter().rposition(|code| codes.contains(*code));
    let is_law = |code: &&String| !["N", "R", "V"].contains(&code.as_str());
    confidentiality(&inner) <= confidentiality(&outer) && inner.iter().filter(is_law).all(|code| outer.contains(code))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::is_covered;

    #[test]
    fn labels_cover_what_asks_for_no_more() {
        let labels = |codes: &[&str]| json!(codes.iter().map(|code| json!({ "code": code })).collect::<Vec<_>>());
        assert!(is_covered(&labels(&["N"]), &labels(&["R", "MH"])));
        assert!(is_covered(&labels(&[]), &labels(&["N"])));
        assert!(!is_covered(&labels(&["R", "ETHUD"]), &labels(&["R", "MH"])));
        assert!(!is_covered(&labels(&["R"]), &labels(&["N"])));
        assert!(!is_covered(&labels(&["R"]), &labels(&[])));
    }
}
