//! Observation: growth beyond symptoms, rated from 0 to 10. <https://hl7.org/fhir/R4/observation.html>

use fhirbolt::model::r4::resources::Observation;
use fhirbolt::model::r4::types::CodeableConcept;
use kap_record::model::rating::{GrowthCode, GrowthRating};

use super::observation::{at, measured, observation};
use crate::code::{Local, snomed, synonyms, ucum};
use crate::element::{code_value, whole};
use crate::extension::kap;
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::profile::Profile;
use crate::source::Source;

pub(super) fn map<'r>(rating: &Placed<'r, GrowthRating>, mapping: &mut Mapping<'r>) {
    let source = Source::of(rating).claiming(Profile::ScoreObservation);
    mapping.add(source, Labels::clinical(), |mapping| Observation {
        effective: Some(at(rating.rated_at.as_str())),
        performer: vec![*mapping.actor(&rating.rated_by)],
        value: Some(measured(whole(rating.rating.get(), ucum::SCORE))),
        extension: vec![kap("kap-improvement-notation", code_value("increase"))],
        ..observation(mapping, &rating.entry, "survey", code(rating.growth))
    });
}

/// The code of a growth, with SNOMED's where the Global Patient Set has one.
pub(super) fn code(growth: GrowthCode) -> CodeableConcept {
    let standard = (growth == GrowthCode::Relationships).then_some(snomed::INTERPERSONAL_RELATIONSHIP);
    synonyms(std::iter::once(growth.coding()).chain(standard.map(Into::into)))
}
