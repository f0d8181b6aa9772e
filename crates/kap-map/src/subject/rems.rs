//! Observation: monitoring under the esketamine risk evaluation and mitigation strategy. <https://hl7.org/fhir/R4/observation.html>

use fhirbolt::model::r4::resources::{Observation, ObservationComponent, ObservationComponentValue};
use kap_record::model::dosing::RemsMonitoring;
use kap_record::model::life_cycle::Kind;
use kap_record::model::session::Session;

use super::observation::{at, component, observable, observation};
use crate::code::concept;
use crate::element::quantity;
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;

pub(super) fn map<'r>(rems: &Placed<'r, RemsMonitoring>, session: &Placed<'r, Session>, mapping: &mut Mapping<'r>) {
    let source = Source::of(session).part("rems-monitoring").at(rems.pointer());
    mapping.add(source, Labels::clinical(), |mapping| Observation {
        encounter: Some(mapping.reference(Kind::Session, &session.id)),
        effective: Some(at(session.start.as_str())),
        component: components(rems),
        ..observation(
            mapping,
            &session.entry,
            "procedure",
            concept(observable("rems-monitoring")),
        )
    });
}

/// What the monitoring form asks beyond the rest of the session.
fn components(rems: &RemsMonitoring) -> Vec<ObservationComponent> {
    let yes_no = |value: bool| ObservationComponentValue::Boolean(value.into());
    let minutes = |value| ObservationComponentValue::Quantity(quantity(value).into());
    let time = |value: &kap_record::primitive::Instant| ObservationComponentValue::DateTime(value.as_str().into());
    [
        ("rems-enrolled", Some(yes_no(rems.enrolled))),
        ("rems-first-treatment", Some(yes_no(rems.first_treatment))),
        ("rems-minutes-monitored", Some(minutes(&rems.minutes_monitored))),
        (
            "rems-minutes-until-ready",
            rems.minutes_until_ready.as_ref().map(minutes),
        ),
        (
            "rems-vitals-acceptable-before",
            Some(yes_no(rems.vitals_acceptable_before)),
        ),
        (
            "rems-vitals-acceptable-after",
            Some(yes_no(rems.vitals_acceptable_after)),
        ),
        ("rems-form-submitted", rems.submitted_at.as_ref().map(time)),
    ]
    .into_iter()
    .filter_map(|(code, value)| Some(component(observable(code), value?)))
    .collect()
}
