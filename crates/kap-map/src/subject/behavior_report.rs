//! Observation: how often the patient does what makes benefit last. <https://hl7.org/fhir/R4/observation.html>

use fhirbolt::model::r4::resources::Observation;
use kap_record::model::life_cycle::Kind;
use kap_record::model::rating::BehaviorReport;

use super::observation::{at, measured, observation};
use crate::code::{Local, concept};
use crate::element::whole;
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;

pub(super) fn map<'r>(report: &Placed<'r, BehaviorReport>, mapping: &mut Mapping<'r>) {
    mapping.add(Source::of(report), Labels::clinical(), |mapping| Observation {
        focus: report
            .activity_id
            .iter()
            .map(|id| *mapping.reference(Kind::Activity, id))
            .collect(),
        effective: Some(at(report.reported_at.as_str())),
        performer: vec![*mapping.actor(&report.reported_by)],
        value: Some(measured(whole(report.times_per_week.get(), "/wk"))),
        ..observation(mapping, &report.entry, "activity", concept(report.behavior.coding()))
    });
}
