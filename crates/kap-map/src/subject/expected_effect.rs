//! Observation: an effect that ketamine is expected to have. It is no harm, so it is no AdverseEvent. <https://hl7.org/fhir/R4/observation.html>

use fhirbolt::model::r4::resources::{Observation, ObservationEffective, ObservationValue};
use kap_record::model::life_cycle::Kind;
use kap_record::model::monitoring::ExpectedEffect;
use kap_record::model::session::Session;

use super::observation::{coded, from_dose, observation};
use crate::code::{Local, concept, snomed};
use crate::element::time_span;
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;

pub(super) fn map<'r>(effect: &Placed<'r, ExpectedEffect>, session: &Placed<'r, Session>, mapping: &mut Mapping<'r>) {
    let source = Source::of(session).member("expected-effect", &effect.object().id, effect);
    mapping.add(source, Labels::clinical(), |mapping| Observation {
        encounter: Some(mapping.reference(Kind::Session, &session.id)),
        effective: Some(ObservationEffective::Period(
            time_span(&effect.noticed_at, effect.resolved_at.as_ref()).into(),
        )),
        performer: vec![*mapping.actor(&effect.noticed_by)],
        value: Some(match effect.intensity {
            Some(intensity) => coded(snomed::severity(intensity)),
            None => ObservationValue::Boolean(true.into()),
        }),
        extension: from_dose(None, effect.minutes_from_dose),
        ..observation(mapping, &session.entry, "exam", concept(effect.effect.coding()))
    });
}
