//! Observation: the check before the patient left. Where the patient went stands in the Encounter. <https://hl7.org/fhir/R4/observation.html>

use fhirbolt::model::r4::resources::{Observation, ObservationComponent, ObservationComponentValue};
use kap_record::model::discharge::{CriterionResult, Discharge};
use kap_record::model::life_cycle::Kind;
use kap_record::model::session::Session;

use super::observation::{at, component, observable, observation};
use crate::code::{Local, concept};
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;

pub(super) fn map<'r>(discharge: &Placed<'r, Discharge>, session: &Placed<'r, Session>, mapping: &mut Mapping<'r>) {
    let source = Source::of(session).part("discharge").at(discharge.pointer());
    mapping.add(source, Labels::clinical(), |mapping| Observation {
        encounter: Some(mapping.reference(Kind::Session, &session.id)),
        effective: Some(at(discharge.assessed_at.as_str())),
        performer: vec![*mapping.practitioner(&discharge.assessed_by_id)],
        component: discharge
            .criteria
            .iter()
            .map(criterion)
            .chain(left_at(discharge))
            .collect(),
        ..observation(
            mapping,
            &session.entry,
            "exam",
            concept(observable("discharge-assessment")),
        )
    });
}

fn criterion(result: &CriterionResult) -> ObservationComponent {
    component(
        result.criterion.coding(),
        ObservationComponentValue::Boolean(result.met.into()),
    )
}

fn left_at(discharge: &Discharge) -> Option<ObservationComponent> {
    let left = discharge.left_at.as_ref()?;
    Some(component(
        observable("left-at"),
        ObservationComponentValue::DateTime(left.as_str().into()),
    ))
}
