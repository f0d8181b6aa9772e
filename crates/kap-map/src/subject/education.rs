//! Communication: education given. <https://hl7.org/fhir/R4/communication.html>

use fhirbolt::model::r4::resources::Communication;
use kap_record::model::education::Education;
use kap_record::model::life_cycle::Kind;

use crate::code::{Local, concept};
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;
use crate::status::status_unless_withdrawn;

pub(super) fn map<'r>(education: &Placed<'r, Education>, mapping: &mut Mapping<'r>) {
    mapping.add(Source::of(education), Labels::clinical(), |mapping| Communication {
        status: status_unless_withdrawn(&education.entry, "completed").into(),
        topic: Some(concept(education.topic.coding()).into()),
        subject: Some(mapping.patient()),
        encounter: education
            .session_id
            .as_ref()
            .map(|id| mapping.reference(Kind::Session, id)),
        sent: Some(education.given_at.as_str().into()),
        sender: Some(mapping.practitioner(&education.given_by_id)),
        recipient: vec![*mapping.patient()],
        ..Default::default()
    });
}
