//! The eight prognostic factors: an Observation each, and the List that holds them. <https://hl7.org/fhir/R4/list.html>

use fhirbolt::model::r4::resources::{List, ListEntry, Observation, ObservationEffective, ObservationValue};
use fhirbolt::model::r4::types::CodeableConcept;
use kap_record::Record;
use kap_record::model::factor::{Factor, FactorCode};
use kap_record::model::life_cycle::{EntryStatus, Kind};

use super::{condition, score};
use crate::code::{Code, Local, concept, hl7, local, snomed, synonyms};
use crate::element::{self, whole};
use crate::label::{Label, Labels};
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;
use crate::status::observation_status;

pub(super) fn map<'r>(factor: &Placed<'r, Factor>, mapping: &mut Mapping<'r>) {
    mapping.add(Source::of(factor), labels(factor, mapping.record()), |mapping| {
        Observation {
            status: observation_status(&factor.entry).into(),
            category: vec![concept(hl7::observation_category(category(factor.factor)))],
            code: code(factor.factor).into(),
            subject: Some(mapping.patient()),
            focus: factor
                .condition_id
                .iter()
                .map(|id| *mapping.reference(Kind::Condition, id))
                .collect(),
            effective: Some(ObservationEffective::DateTime(factor.assessed_at.as_str().into())),
            performer: vec![*mapping.actor(&factor.assessed_by)],
            value: value(factor, mapping),
            derived_from: factor
                .assessment_id
                .iter()
                .map(|id| *mapping.score_reference(id, factor.score))
                .collect(),
            ..Default::default()
        }
    });
}

/// A factor tells as much as the condition or the instrument that its value comes from.
fn labels(factor: &Factor, record: &Record) -> Labels {
    let own = Labels::clinical().with_if(factor.factor == FactorCode::TraumaHistory, Label::SexualAssault);
    let conditions = record.conditions.iter();
    let treated = conditions.filter(|condition| Some(&condition.id) == factor.condition_id.as_ref());
    let measured = factor.score.map(|code| score::labels(code.definition().instrument));
    treated
        .map(condition::labels)
        .chain(measured)
        .fold(own, |mark, labels| mark.raised_by(&labels))
}

/// Social history where the factor lies in the patient's surroundings, a survey otherwise.
fn category(factor: FactorCode) -> &'static str {
    match factor {
        FactorCode::LifeStress | FactorCode::SupportSystems => "social-history",
        _ => "survey",
    }
}

fn code(factor: FactorCode) -> CodeableConcept {
    let standard: Option<Code> = match factor {
        FactorCode::LifeStress => Some(snomed::STRESS),
        FactorCode::SupportSystems => Some(snomed::SOCIAL_SUPPORT_STATUS),
        _ => None,
    };
    synonyms(std::iter::once(factor.coding()).chain(standard.map(Into::into)))
}

/// The rating; else the condition; else the value of the score that measures the factor.
fn value(factor: &Factor, mapping: &Mapping<'_>) -> Option<ObservationValue> {
    let record = mapping.record();
    if let Some(rating) = factor.rating {
        return Some(ObservationValue::Quantity(
            whole(rating.get(), crate::code::ucum::SCORE).into(),
        ));
    }
    if let Some(id) = &factor.condition_id {
        let treated = record.conditions.iter().find(|condition| condition.id == *id)?;
        return Some(ObservationValue::CodeableConcept(
            condition::code(treated, mapping).into(),
        ));
    }
    let assessment = record
        .assessments
        .iter()
        .find(|assessment| Some(&assessment.id) == factor.assessment_id.as_ref())?;
    let measured = assessment
        .scores
        .iter()
        .find(|score| Some(score.score) == factor.score)?;
    Some(ObservationValue::Quantity(
        element::score(measured.value.as_ref()?).into(),
    ))
}

/// The List of all factors that hold. It belongs to the course and is as old as the course's entry.
pub(super) fn map_list(mapping: &mut Mapping<'_>) {
    let record = mapping.record();
    let factors: Vec<&Factor> = record
        .factors
        .iter()
        .filter(|factor| factor.entry.status != EntryStatus::EnteredInError)
        .collect();
    if factors.is_empty() {
        return;
    }
    let course = Placed::new(&record.course, "/course");
    mapping.add(
        Source::of(&course).part("prognostic-factors").at("/factors"),
        Labels::clinical(),
        |mapping| List {
            status: "current".into(),
            mode: "working".into(),
            code: Some(concept(local("kap-list", "prognostic-factors")).into()),
            subject: Some(mapping.patient()),
            entry: factors
                .iter()
                .map(|factor| ListEntry {
                    item: mapping.reference(Kind::Factor, &factor.id),
                    ..Default::default()
                })
                .collect(),
            ..Default::default()
        },
    );
}
