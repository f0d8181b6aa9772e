//! Observation: how strong a long-standing pattern is, rated from 0 to 10. <https://hl7.org/fhir/R4/observation.html>

use fhirbolt::model::r4::resources::Observation;
use fhirbolt::model::r4::types::CodeableConcept;
use kap_record::model::life_cycle::Kind;
use kap_record::model::rating::{PatternCode, PatternRating};

use super::observation::{at, measured, observation};
use crate::code::{Local, snomed, synonyms, ucum};
use crate::element::{code_value, whole};
use crate::extension::kap;
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::profile::Profile;
use crate::source::Source;

pub(super) fn map<'r>(rating: &Placed<'r, PatternRating>, mapping: &mut Mapping<'r>) {
    let source = Source::of(rating).claiming(Profile::ScoreObservation);
    mapping.add(source, Labels::clinical(), |mapping| Observation {
        focus: rating
            .condition_id
            .iter()
            .map(|id| *mapping.reference(Kind::Condition, id))
            .collect(),
        effective: Some(at(rating.rated_at.as_str())),
        performer: vec![*mapping.actor(&rating.rated_by)],
        value: Some(measured(whole(rating.rating.get(), ucum::SCORE))),
        extension: vec![kap("kap-improvement-notation", code_value("decrease"))],
        ..observation(mapping, &rating.entry, "survey", code(rating.pattern))
    });
}

/// The code of a pattern, with SNOMED's where the Global Patient Set has one.
pub(super) fn code(pattern: PatternCode) -> CodeableConcept {
    let standard = match pattern {
        PatternCode::Hopelessness => Some(snomed::FEELING_HOPELESS),
        PatternCode::SelfCriticism => Some(snomed::EXCESSIVE_SELF_CRITICISM),
        PatternCode::EmotionalNumbness | PatternCode::RigidThinking => None,
    };
    synonyms(std::iter::once(pattern.coding()).chain(standard.map(Into::into)))
}
