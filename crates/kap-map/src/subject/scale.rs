//! Observation: a scale rated during a session, such as sedation or dissociation. <https://hl7.org/fhir/R4/observation.html>

use fhirbolt::model::r4::resources::Observation;
use kap_record::model::life_cycle::Kind;
use kap_record::model::monitoring::ScaleReading;
use kap_record::model::session::Session;

use super::observation::{at, from_dose, measured, observation};
use super::score;
use crate::element;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::profile::Profile;
use crate::source::Source;

pub(super) fn map<'r>(scale: &Placed<'r, ScaleReading>, session: &Placed<'r, Session>, mapping: &mut Mapping<'r>) {
    let source = Source::of(session)
        .member("scale", &scale.object().id, scale)
        .claiming(Profile::ScoreObservation);
    let labels = score::labels(scale.score.definition().instrument);
    mapping.add(source, labels, |mapping| Observation {
        encounter: Some(mapping.reference(Kind::Session, &session.id)),
        effective: Some(at(scale.rated_at.as_str())),
        performer: vec![*mapping.actor(&scale.rated_by)],
        value: Some(measured(element::score(&scale.value))),
        extension: from_dose(scale.timepoint, scale.minutes_from_dose)
            .into_iter()
            .chain(score::improvement(scale.score))
            .collect(),
        ..observation(mapping, &session.entry, "survey", score::code(scale.score))
    });
}
