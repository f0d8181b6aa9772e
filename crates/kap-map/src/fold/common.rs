//! What all documents that carry folded entries have in common.

use fhirbolt::model::r4::types::{Identifier, Period, Reference};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::entry::Entry;
use super::group::Group;
use super::link::Links;
use crate::bundle::{self, object};
use crate::draft::with_notice;
use crate::element::{system_value, time_span_until};
use crate::identity::KEY_SYSTEM;
use crate::narrative::PART2_NOTICE;
use crate::resource::Resource;

/// What the documents of a group say of themselves.
pub(super) struct Common<'e> {
    key: &'e str,
    labels: &'e Value,
    /// The notice that goes with the labels.
    pub(super) notice: Option<&'static str>,
    pub(super) subject: Option<Reference>,
    pub(super) encounter: Option<Reference>,
    /// The entry of the session.
    pub(super) session: Option<&'e Entry>,
    pub(super) organization: Option<Reference>,
    /// Who recorded what is carried, each once.
    pub(super) authors: Vec<Reference>,
    /// When the newest of it was recorded.
    pub(super) recorded: Option<&'e str>,
}

impl<'e> Common<'e> {
    pub(super) fn of(group: &'e Group, entries: &'e [Entry], links: &Links<'e>) -> Common<'e> {
        let members = || group.members.iter().map(|member| &entries[*member]);
        let written = |value: &Value| reference(&links.reference(value, &group.labels));
        let mut authors: Vec<&Value> = Vec::new();
        for author in members().filter_map(|entry| version_part(entry, "recordedBy")) {
            let author = &author["valueReference"];
            if !authors.contains(&author) {
                authors.push(author);
            }
        }
        let recorded = members()
            .filter_map(|entry| version_part(entry, "recordedAt")?["valueInstant"].as_str())
            .filter_map(|text| Some((text.parse::<Timestamp>().ok()?, text)));
        let course = entries.iter().find(|entry| entry.resource_type == "EpisodeOfCare");
        let subject = |entry: &'e Entry| {
            [&entry.resource["subject"], &entry.resource["patient"]]
                .into_iter()
                .find(|subject| subject.is_object())
        };
        Common {
            key: &group.key,
            labels: &group.labels,
            notice: has_label(&group.labels, "42CFRPart2").then_some(PART2_NOTICE),
            subject: members()
                .find_map(subject)
                .or_else(|| course.and_then(subject))
                .and_then(written),
            encounter: group.encounter.as_ref().and_then(written),
            session: group.encounter.as_ref().and_then(|session| links.target(session)),
            organization: course.and_then(|course| written(&course.resource["managingOrganization"])),
            authors: authors.into_iter().filter_map(written).collect(),
            recorded: recorded.max().map(|(_, text)| text),
        }
    }

    /// When it was: the session's period, its end where it is still open, and without a session the moment, of the newest record of it.
    pub(super) fn period(&self) -> Option<Period> {
        let of_session = |name: &str| {
            self.session
                .and_then(|session| session.resource["period"][name].as_str())
        };
        let start = of_session("start").or(self.recorded)?;
        Some(time_span_until(
            start,
            of_session("end"),
            self.recorded.unwrap_or(start),
        ))
    }

    /// The identifier that carries the document's key.
    pub(super) fn identifier(&self) -> Identifier {
        system_value(KEY_SYSTEM, self.key)
    }

    /// `document` as an entry of the bundle.
    pub(super) fn entry<R: Resource>(&self, document: R) -> Value {
        let mut members = with_notice(document, self.notice);
        members.shift_insert(1, "meta".to_owned(), json!({ "security": self.labels }));
        object([
            ("fullUrl", format!("urn:uuid:{}", self.key).into()),
            ("resource", Value::Object(members)),
            (
                "request",
                json!({"method": "POST", "url": R::TYPE.as_str(), "ifNoneExist": bundle::query(KEY_SYSTEM, self.key)}),
            ),
        ])
    }
}

fn has_label(labels: &Value, code: &str) -> bool {
    let labels = labels.as_array().into_iter().flatten();
    labels.into_iter().any(|label| label["code"] == code)
}

/// A part of what an entry says of the version of the record that it is from.
fn version_part<'e>(entry: &'e Entry, name: &str) -> Option<&'e Value> {
    let extensions = entry.resource["extension"].as_array()?;
    let is_version = |extension: &&Value| {
        let url = extension["url"].as_str().unwrap_or_default();
        url.ends_with("/kap-record-version")
    };
    let version = extensions.iter().find(is_version)?;
    version["extension"].as_array()?.iter().find(|part| part["url"] == name)
}

fn reference(value: &Value) -> Option<Reference> {
    let text = |name: &str| value[name].as_str();
    let identifier = &value["identifier"];
    value.is_object().then(|| Reference {
        reference: text("reference").map(Into::into),
        r#type: text("type").map(Into::into),
        identifier: identifier["system"]
            .as_str()
            .zip(identifier["value"].as_str())
            .map(|(system, value)| Box::new(system_value(system, value))),
        display: text("display").map(Into::into),
        ..Default::default()
    })
}
