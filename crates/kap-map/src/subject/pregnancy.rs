//! Observation: whether the patient is pregnant, with US Core's must-haves. <https://hl7.org/fhir/R4/observation.html>

use fhirbolt::model::r4::resources::Observation;
use kap_record::model::lab::{PregnancyStatement, PregnancyStatus};
use kap_record::model::life_cycle::Kind;

use super::observation::{at, coded, observation};
use crate::code::{concept, hl7, loinc, snomed};
use crate::label::{Label, Labels};
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;

pub(super) fn map<'r>(statement: &Placed<'r, PregnancyStatement>, mapping: &mut Mapping<'r>) {
    let labels = Labels::clinical().with(Label::Pregnancy);
    mapping.add(Source::of(statement), labels, |mapping| Observation {
        effective: Some(at(statement.stated_at.as_str())),
        value: Some(coded(match statement.status {
            PregnancyStatus::Pregnant => snomed::PREGNANT,
            PregnancyStatus::NotPregnant => snomed::NOT_PREGNANT,
            PregnancyStatus::Unknown => hl7::null_flavor("UNK"),
        })),
        derived_from: statement
            .lab_result_id
            .iter()
            .map(|id| *mapping.reference(Kind::LabResult, id))
            .collect(),
        ..observation(
            mapping,
            &statement.entry,
            "social-history",
            concept(loinc::PREGNANCY_STATUS),
        )
    });
}
