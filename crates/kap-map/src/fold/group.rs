//! What is told in one document: what belongs to one session and has the same labels.

use serde_json::Value;
use uuid::Uuid;

use super::entry::Entry;
use crate::form::Form;

/// The entries that one document carries.
pub(super) struct Group {
    /// The key of the document. It derives from the session's key, or the record's first entry's where there is no session, and from the labels:
    /// a correction of what the document carries corrects the document.
    pub(super) key: String,
    pub(super) form: Form,
    /// The reference to the session.
    pub(super) encounter: Option<Value>,
    /// `meta.security` of all members.
    pub(super) labels: Value,
    /// Places of the entries.
    pub(super) members: Vec<usize>,
}

/// Groups the entries that take the form of a document, in the order of their first members.
pub(super) fn groups(entries: &[Entry], forms: &[Option<Form>]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let Some(form @ (Form::Note | Form::QuestionnaireResponse)) = forms[at] else {
            continue;
        };
        let encounter = encounter(entry);
        let labels = entry.resource["meta"]["security"].clone();
        let is_of = |group: &&mut Group| group.form == form && group.encounter == encounter && group.labels == labels;
        match groups.iter_mut().find(is_of) {
            Some(group) => group.members.push(at),
            None => groups.push(Group {
                key: key(entries, encounter.as_ref(), form, &labels),
                form,
                encounter,
                labels,
                members: vec![at],
            }),
        }
    }
    groups
}

/// The session of an entry: what it refers to, or it itself.
fn encounter(entry: &Entry) -> Option<Value> {
    let resource = &entry.resource;
    if entry.resource_type == "Encounter" {
        return Some(serde_json::json!({ "reference": entry.urn() }));
    }
    [&resource["encounter"], &resource["context"]]
        .into_iter()
        .find(|reference| reference["reference"].is_string())
        .cloned()
}

fn key(entries: &[Entry], encounter: Option<&Value>, form: Form, labels: &Value) -> String {
    let course = || {
        entries
            .iter()
            .find(|entry| entry.resource_type == "EpisodeOfCare")
            .or(entries.first())
    };
    let root = encounter
        .and_then(|reference| reference["reference"].as_str()?.strip_prefix("urn:uuid:"))
        .or_else(|| course().map(|entry| entry.key.as_str()))
        .and_then(|key| Uuid::parse_str(key).ok())
        .unwrap_or_default();
    let codes: Vec<&str> = labels
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|label| label["code"].as_str())
        .collect();
    let name = format!("{form} {}", codes.join(" "));
    Uuid::new_v5(&root, name.as_bytes()).hyphenated().to_string()
}
