//! A clinical note that tells what the EHR takes in no fuller form. <https://hl7.org/fhir/us/core/writing-clinical-notes.html>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fhirbolt::model::r4::resources::{DocumentReference, DocumentReferenceContent, DocumentReferenceContext};
use fhirbolt::model::r4::types::Attachment;
use serde_json::Value;

use super::common::Common;
use super::entry::Entry;
use super::group::Group;
use super::link::Links;
use super::telling::Teller;
use crate::code::{concept, hl7, loinc};
use crate::narrative;

/// The entry of the note that carries the members of `group`.
pub(super) fn entry(group: &Group, entries: &[Entry], links: &Links<'_>) -> Value {
    let common = Common::of(group, entries, links);
    let text = text(group, entries, links, common.notice);
    let period = common.period();
    let encounter = common.encounter.clone();
    let about = if encounter.is_some() { "session" } else { "course" };
    let document = DocumentReference {
        identifier: vec![common.identifier()],
        status: "current".into(),
        doc_status: Some("final".into()),
        r#type: Some(concept(loinc::MENTAL_HEALTH_PROGRESS_NOTE).into()),
        category: vec![concept(hl7::document_category("clinical-note"))],
        subject: common.subject.clone().map(Box::new),
        date: common.recorded.map(Into::into),
        author: common.authors.clone(),
        custodian: common.organization.clone().map(Box::new),
        content: vec![DocumentReferenceContent {
            attachment: Attachment {
                content_type: Some("text/plain;charset=utf-8".into()),
                data: Some(STANDARD.encode(&text).into()),
                // Our key, in a text that EHRs keep which keep no identifier.
                title: Some(format!("KAP {about} note {}", group.key).into()),
                creation: common.recorded.map(Into::into),
                ..Default::default()
            }
            .into(),
            ..Default::default()
        }],
        context: (encounter.is_some() || period.is_some()).then(|| DocumentReferenceContext {
            encounter: encounter.into_iter().collect(),
            period: period.map(Box::new),
            ..Default::default()
        }),
        ..Default::default()
    };
    common.entry(document)
}

/// The note's text: a heading and a list of lines for each member.
fn text(group: &Group, entries: &[Entry], links: &Links<'_>, notice: Option<&str>) -> String {
    let teller = Teller {
        links,
        labels: &group.labels,
    };
    let mut text = String::new();
    for member in &group.members {
        let entry = &entries[*member];
        text.push_str(&narrative::words(&entry.resource_type));
        text.push('\n');
        for line in teller.lines(entry.members(), &["context"]) {
            text.push_str("- ");
            text.push_str(&line.in_words());
            text.push('\n');
        }
        text.push('\n');
    }
    match notice {
        Some(notice) => text.push_str(notice),
        None => text.truncate(text.trim_end().len()),
    }
    text.push('\n');
    text
}
