//! The screen for contraindications as QuestionnaireResponse, the decision as RiskAssessment.
//!
//! An answer is an answer: no Condition or AllergyIntolerance comes of it. <https://hl7.org/fhir/R4/questionnaireresponse.html> <https://hl7.org/fhir/R4/riskassessment.html>

use fhirbolt::model::r4::resources::{
    QuestionnaireResponse, QuestionnaireResponseItem, QuestionnaireResponseItemAnswer,
    QuestionnaireResponseItemAnswerValue, RiskAssessment, RiskAssessmentOccurrence, RiskAssessmentPrediction,
    RiskAssessmentPredictionWhen,
};
use fhirbolt::model::r4::types::Period;
use kap_record::model::life_cycle::{EntryStatus, Kind};
use kap_record::model::screening::{ScreenAnswer, ScreenItem, ScreenQuestion, Screening};

use super::vital_signs;
use crate::code::{Code, Local, concept, hl7};
use crate::label::{Label, Labels};
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::profile::BASE;
use crate::source::Source;
use crate::status::observation_status;

pub(super) fn map<'r>(screening: &Placed<'r, Screening>, mapping: &mut Mapping<'r>) {
    for item in screening.each("answers", &screening.object().answers) {
        mapping.never_leaves(&item, "remark", item.remark.is_some());
    }
    map_answers(screening, mapping);
    map_decision(screening, mapping);
    for signs in screening.each("vitalSigns", &screening.object().vital_signs) {
        vital_signs::map(&signs, screening, None, mapping);
    }
}

fn map_answers<'r>(screening: &Placed<'r, Screening>, mapping: &mut Mapping<'r>) {
    let labels = labels(screening.answers.iter().map(|item| item.question));
    mapping.add(Source::of(screening), labels, |mapping| QuestionnaireResponse {
        questionnaire: Some(format!("{BASE}/Questionnaire/kap-screen").into()),
        status: response_status(screening.entry.status).into(),
        subject: Some(mapping.patient()),
        authored: Some(screening.screened_at.as_str().into()),
        author: Some(mapping.practitioner(&screening.screened_by_id)),
        source: Some(mapping.patient()),
        item: screening.answers.iter().map(answer).collect(),
        ..Default::default()
    });
}

fn answer(item: &ScreenItem) -> QuestionnaireResponseItem {
    let coding = match item.answer {
        ScreenAnswer::Yes => Code::unnamed(YES_NO, "Y"),
        ScreenAnswer::No => Code::unnamed(YES_NO, "N"),
        ScreenAnswer::Unknown => hl7::data_absent_reason("unknown"),
        ScreenAnswer::NotAsked => hl7::data_absent_reason("not-asked"),
    };
    QuestionnaireResponseItem {
        link_id: item.question.as_str().into(),
        answer: vec![QuestionnaireResponseItemAnswer {
            value: Some(QuestionnaireResponseItemAnswerValue::Coding(Box::new(coding.into()))),
            ..Default::default()
        }],
        ..Default::default()
    }
}

/// <https://hl7.org/fhir/R4/v2/0136/index.html>
const YES_NO: &str = "http://terminology.hl7.org/CodeSystem/v2-0136";

/// The status of a response by the state of its entry. <https://hl7.org/fhir/R4/valueset-questionnaire-answers-status.html>
pub(super) fn response_status(status: EntryStatus) -> &'static str {
    match status {
        EntryStatus::Active => "completed",
        EntryStatus::Corrected => "amended",
        EntryStatus::EnteredInError => "entered-in-error",
    }
}

/// The decision rests on the answers and on the conditions that a clinician confirmed in consequence; it holds until it is to be looked at again.
fn map_decision<'r>(screening: &Placed<'r, Screening>, mapping: &mut Mapping<'r>) {
    let source = Source::of(screening)
        .part("eligibility")
        .at(screening.member("eligibility"));
    mapping.add(source, labels(screening.grounds.iter().copied()), |mapping| {
        RiskAssessment {
            status: observation_status(&screening.entry).into(),
            code: Some(concept(crate::code::local("kap-list", "eligibility")).into()),
            subject: mapping.patient(),
            occurrence: Some(RiskAssessmentOccurrence::DateTime(
                screening.screened_at.as_str().into(),
            )),
            performer: Some(mapping.practitioner(&screening.decided_by_id)),
            reason_code: screening
                .grounds
                .iter()
                .map(|question| concept(question.coding()))
                .collect(),
            basis: std::iter::once(*mapping.reference(Kind::Screening, &screening.id))
                .chain(confirmed(screening).map(|id| *mapping.reference(Kind::Condition, id)))
                .collect(),
            prediction: vec![RiskAssessmentPrediction {
                outcome: Some(concept(screening.eligibility.coding()).into()),
                when: screening.review_on.as_ref().map(|review| {
                    RiskAssessmentPredictionWhen::Period(Box::new(Period {
                        start: Some(screening.screened_at.as_str().into()),
                        end: Some(review.as_str().into()),
                        ..Default::default()
                    }))
                }),
                ..Default::default()
            }],
            ..Default::default()
        }
    });
}

fn confirmed(screening: &Screening) -> impl Iterator<Item = &kap_record::primitive::Key> {
    screening.answers.iter().filter_map(|item| item.condition_id.as_ref())
}

/// A screen that asks about substances or pregnancy tells about them, whatever the answer.
fn labels(questions: impl Iterator<Item = ScreenQuestion>) -> Labels {
    questions.fold(Labels::clinical(), |labels, question| match question {
        ScreenQuestion::SubstanceUseDisorder | ScreenQuestion::Opioid => labels.with(Label::SubstanceUse),
        ScreenQuestion::Pregnancy | ScreenQuestion::Breastfeeding => labels.with(Label::Pregnancy),
        _ => labels,
    })
}
