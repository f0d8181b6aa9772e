//! QuestionnaireResponse: an instrument filled in, as numbers without its wording. Its scores follow as Observations.
//!
//! <https://hl7.org/fhir/R4/questionnaireresponse.html>

use fhirbolt::model::r4::resources::{
    QuestionnaireResponse, QuestionnaireResponseItem, QuestionnaireResponseItemAnswer,
    QuestionnaireResponseItemAnswerValue,
};
use fhirbolt::model::r4::types::{Coding, Extension, ExtensionValue, Reference};
use kap_record::instruments::InstrumentCode;
use kap_record::model::assessment::{Answer, Assessment, AssessmentMode};
use kap_record::model::life_cycle::Kind;
use kap_record::model::practitioner::ActorType;
use rust_decimal::prelude::ToPrimitive;

use super::observation::from_dose;
use super::screening::response_status;
use super::{assessment_score, score};
use crate::code::loinc;
use crate::extension::{foreign, kap};
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::profile::BASE;
use crate::source::Source;

/// Points of an answer that has a code. <https://hl7.org/fhir/R4/extension-ordinalvalue.html>
const ORDINAL_VALUE: &str = "http://hl7.org/fhir/StructureDefinition/ordinalValue";

pub(super) fn map<'r>(assessment: &Placed<'r, Assessment>, mapping: &mut Mapping<'r>) {
    for answer in assessment.each("withheldAnswers", &assessment.object().withheld_answers) {
        mapping.withhold(answer.pointer(), crate::segment::Reason::NeverLeaves);
    }
    for remark in assessment.each("remarks", &assessment.object().remarks) {
        mapping.never_leaves(&remark, "text", true);
    }
    map_response(assessment, mapping);
    for scored in assessment.each("scores", &assessment.object().scores) {
        assessment_score::map(&scored, assessment, mapping);
    }
}

fn map_response<'r>(assessment: &Placed<'r, Assessment>, mapping: &mut Mapping<'r>) {
    let labels = score::labels(assessment.instrument);
    mapping.add(Source::of(assessment), labels, |mapping| QuestionnaireResponse {
        questionnaire: Some(format!("{BASE}/Questionnaire/{}", assessment.instrument).into()),
        status: response_status(assessment.entry.status).into(),
        subject: Some(mapping.patient()),
        encounter: assessment
            .session_id
            .as_ref()
            .map(|id| mapping.reference(Kind::Session, id)),
        authored: Some(assessment.taken_at.as_str().into()),
        author: Some(mapping.actor(&assessment.administered_by)),
        source: source(assessment, mapping),
        item: assessment
            .answers
            .iter()
            .map(|answer| item(assessment.instrument, answer))
            .collect(),
        extension: from_dose(assessment.timepoint, assessment.minutes_from_dose)
            .into_iter()
            .chain(version(assessment))
            .collect(),
        ..Default::default()
    });
}

/// Who gave the answers. R4 takes no organization for that.
fn source(assessment: &Assessment, mapping: &Mapping<'_>) -> Option<Box<Reference>> {
    match assessment.mode {
        AssessmentMode::SelfReport | AssessmentMode::Interview => Some(mapping.patient()),
        AssessmentMode::ClinicianRated | AssessmentMode::Proxy => {
            let actor = &assessment.administered_by;
            (actor.actor_type != ActorType::Organization).then(|| mapping.actor(actor))
        }
    }
}

pub(super) fn version(assessment: &Assessment) -> Option<Extension> {
    let version = assessment.version.as_ref()?;
    Some(kap(
        "kap-instrument-version",
        ExtensionValue::String(version.as_str().into()),
    ))
}

/// An item is known by its LOINC code, else by its number.
fn item(instrument: InstrumentCode, answer: &Answer) -> QuestionnaireResponseItem {
    let number = answer.item.get();
    let codes = instrument.definition().loinc_items;
    let code = usize::from(number).checked_sub(1).and_then(|index| codes.get(index));
    QuestionnaireResponseItem {
        link_id: code.map_or_else(|| format!("i{number}"), ToString::to_string).into(),
        answer: vec![QuestionnaireResponseItemAnswer {
            value: Some(value(instrument, answer)),
            ..Default::default()
        }],
        ..Default::default()
    }
}

/// The answer's code with its points where the answer list is known, else the points alone.
fn value(instrument: InstrumentCode, answer: &Answer) -> QuestionnaireResponseItemAnswerValue {
    let points = answer.value.value();
    let whole = points.is_integer().then(|| points.to_i64()).flatten();
    match whole.and_then(|points| loinc::answer(instrument, answer.item.get(), points)) {
        Some(code) => QuestionnaireResponseItemAnswerValue::Coding(Box::new(Coding {
            extension: vec![foreign(
                ORDINAL_VALUE,
                ExtensionValue::Decimal(answer.value.as_written().into()),
            )],
            ..code.into()
        })),
        None => QuestionnaireResponseItemAnswerValue::Decimal(answer.value.as_written().into()),
    }
}
