//! Observation: a safety step was done. What it showed never leaves. <https://hl7.org/fhir/R4/observation.html>

use fhirbolt::model::r4::resources::{Observation, ObservationEffective, ObservationValue};
use kap_record::model::life_cycle::Kind;
use kap_record::model::safety::SafetyCheck;

use crate::code::{Local, concept, hl7};
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;
use crate::status::observation_status;

pub(super) fn map<'r>(check: &Placed<'r, SafetyCheck>, mapping: &mut Mapping<'r>) {
    mapping.never_leaves(check, "result", check.result.is_some());
    mapping.add(Source::of(check), Labels::clinical(), |mapping| Observation {
        status: observation_status(&check.entry).into(),
        category: vec![concept(hl7::observation_category("procedure"))],
        code: concept(check.step.coding()).into(),
        subject: Some(mapping.patient()),
        encounter: check.session_id.as_ref().map(|id| mapping.reference(Kind::Session, id)),
        effective: Some(ObservationEffective::DateTime(check.done_at.as_str().into())),
        performer: vec![*mapping.practitioner(&check.done_by_id)],
        value: Some(ObservationValue::Boolean(true.into())),
        ..Default::default()
    });
}
