//! DocumentReference: a note written to be shared. Process notes have no way to become FHIR. <https://hl7.org/fhir/R4/documentreference.html>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fhirbolt::model::r4::resources::{DocumentReference, DocumentReferenceContent, DocumentReferenceContext};
use fhirbolt::model::r4::types::{Attachment, Period};
use kap_record::model::life_cycle::Kind;
use kap_record::model::note::{NoteType, ProcessNote, SummaryNote};
use kap_record::primitive::Instant;

use crate::code::{Code, concept, hl7, loinc};
use crate::element::time_span_until;
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::segment::Reason;
use crate::source::Source;
use crate::status::status_unless_withdrawn;

pub(super) fn map<'r>(note: &Placed<'r, SummaryNote>, mapping: &mut Mapping<'r>) {
    if mapping.withhold_words(note.pointer()) {
        return;
    }
    mapping.add(Source::of(note), Labels::clinical(), |mapping| DocumentReference {
        status: status_unless_withdrawn(&note.entry, "current").into(),
        doc_status: Some(status_unless_withdrawn(&note.entry, "final").into()),
        r#type: Some(concept(note_type(note.note_type)).into()),
        category: vec![concept(hl7::document_category("clinical-note"))],
        subject: Some(mapping.patient()),
        date: Some(note.written_at.as_str().into()),
        author: vec![*mapping.practitioner(&note.author_id)],
        custodian: Some(mapping.organization(&mapping.record().course.organization_id)),
        content: vec![DocumentReferenceContent {
            attachment: Attachment {
                content_type: Some("text/plain;charset=utf-8".into()),
                data: Some(STANDARD.encode(note.text.as_str()).into()),
                creation: Some(note.written_at.as_str().into()),
                ..Default::default()
            }
            .into(),
            ..Default::default()
        }],
        context: Some(DocumentReferenceContext {
            encounter: note
                .session_id
                .iter()
                .map(|id| *mapping.reference(Kind::Session, id))
                .collect(),
            period: Some(Box::new(period(note, mapping))),
            ..Default::default()
        }),
        ..Default::default()
    });
}

/// The time that the note tells of: its session's; without one, or while that is open, until it was written.
fn period(note: &SummaryNote, mapping: &Mapping<'_>) -> Period {
    let mut sessions = mapping.record().sessions.iter();
    let session = sessions.find(|session| note.session_id.as_ref() == Some(&session.id));
    let start = session.map_or(&note.written_at, |session| &session.start);
    let end = session.and_then(|session| session.end.as_ref());
    time_span_until(start.as_str(), end.map(Instant::as_str), note.written_at.as_str())
}

fn note_type(note_type: NoteType) -> Code {
    match note_type {
        NoteType::MentalHealthProgress => loinc::MENTAL_HEALTH_PROGRESS_NOTE,
        NoteType::MentalHealthProcedure => loinc::MENTAL_HEALTH_PROCEDURE_NOTE,
        NoteType::MentalHealthHistory => loinc::MENTAL_HEALTH_HISTORY_NOTE,
        NoteType::MentalHealthConsultation => loinc::MENTAL_HEALTH_CONSULTATION_NOTE,
        NoteType::MentalHealthDischarge => loinc::MENTAL_HEALTH_DISCHARGE_NOTE,
    }
}

/// A process note is counted, and that is all.
pub(super) fn withhold<'r>(note: &Placed<'r, kap_record::Withheld<ProcessNote>>, mapping: &mut Mapping<'r>) {
    mapping.withhold(note.pointer(), Reason::NeverLeaves);
}
