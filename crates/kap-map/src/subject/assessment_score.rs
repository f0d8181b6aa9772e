//! Observation: a score of an instrument, or the reason why there is none. <https://hl7.org/fhir/R4/observation.html>

use fhirbolt::model::r4::resources::Observation;
use fhirbolt::model::r4::types::{Extension, ExtensionValue, Reference};
use kap_record::instruments::{self, ScoreCode};
use kap_record::model::assessment::{Assessment, AssessmentMode, Score};
use kap_record::model::integration::IntegrationRole;
use kap_record::model::life_cycle::Kind;
use kap_record::model::practitioner::ActorType;

use super::assessment::version;
use super::observation::{at, from_dose, measured, observation};
use super::{score, therapy};
use crate::code::{concept, hl7, local};
use crate::element::{self, code_value};
use crate::extension::{kap_parts, part};
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::profile::Profile;
use crate::source::Source;

pub(super) fn map<'r>(scored: &Placed<'r, Score>, assessment: &Placed<'r, Assessment>, mapping: &mut Mapping<'r>) {
    let source = Source::of(assessment)
        .part("score")
        .part(scored.score.as_str())
        .at(scored.pointer())
        .claiming(Profile::ScoreObservation);
    mapping.add(source, score::labels(assessment.instrument), |mapping| Observation {
        part_of: screened_in(assessment, mapping),
        encounter: assessment
            .session_id
            .as_ref()
            .map(|id| mapping.reference(Kind::Session, id)),
        effective: Some(at(assessment.taken_at.as_str())),
        performer: performers(assessment, mapping),
        value: scored.value.as_ref().map(|value| measured(element::score(value))),
        data_absent_reason: absent_reason(scored).map(|reason| concept(hl7::data_absent_reason(reason)).into()),
        method: Some(concept(local("kap-assessment-mode", assessment.mode.as_str())).into()),
        has_member: members(scored.score, assessment, mapping),
        derived_from: vec![*mapping.reference(Kind::Assessment, &assessment.id)],
        extension: from_dose(assessment.timepoint, assessment.minutes_from_dose)
            .into_iter()
            .chain(version(assessment))
            .chain(scored_from(scored, assessment))
            .chain(score::improvement(scored.score))
            .collect(),
        ..observation(mapping, &assessment.entry, "survey", score::code(scored.score))
    });
}

/// R4 wants a value or a reason, never both (obs-6).
fn absent_reason(scored: &Score) -> Option<&'static str> {
    let missing = scored.value.is_none();
    missing.then(|| scored.absent_reason.map_or("unknown", |reason| reason.as_str()))
}

/// Whoever asked or rated, and the patient whose answers they are.
fn performers(assessment: &Assessment, mapping: &Mapping<'_>) -> Vec<Reference> {
    let asked = &assessment.administered_by;
    let answers_are_the_patients = matches!(assessment.mode, AssessmentMode::SelfReport | AssessmentMode::Interview);
    let patient = answers_are_the_patients && asked.actor_type != ActorType::Patient;
    let patient = patient.then(|| *mapping.patient());
    [*mapping.actor(asked)].into_iter().chain(patient).collect()
}

/// How the score came about: counted from the answers where they are here, else as the source system says.
fn scored_from(scored: &Score, assessment: &Assessment) -> Option<Extension> {
    let unsigned = |number: u32| ExtensionValue::UnsignedInt(number.into());
    let Some(counted) = instruments::score(scored.score, &assessment.answers).filter(|counted| counted.answered > 0)
    else {
        let answered = part("answered", unsigned(scored.answered?.get()));
        return kap_parts("kap-scored-from", [answered]);
    };
    let parts = [
        part("answered", unsigned(counted.answered.into())),
        part("items", unsigned(counted.items.into())),
        part("method", code_value(counted.method.as_str())),
    ];
    kap_parts("kap-scored-from", parts)
}

/// The subscales of a total.
fn members(total: ScoreCode, assessment: &Assessment, mapping: &Mapping<'_>) -> Vec<Reference> {
    let is_total = total.as_str().ends_with("-total");
    let subscales = assessment
        .scores
        .iter()
        .filter(|other| is_total && other.score != total);
    subscales
        .map(|other| *mapping.score_reference(&assessment.id, Some(other.score)))
        .collect()
}

/// The emotional processing after which safety was screened again by this assessment.
fn screened_in(assessment: &Assessment, mapping: &Mapping<'_>) -> Vec<Reference> {
    let screened_by_it = mapping.record().sessions.iter().filter(|session| {
        let integration = session.integration.as_ref();
        integration.is_some_and(|integration| integration.safety_assessment_id.as_ref() == Some(&assessment.id))
    });
    screened_by_it
        .flat_map(|session| therapy::serving(IntegrationRole::EmotionalProcessing, session, mapping))
        .collect()
}
