//! What is known of instruments and scores, in FHIR's words: codes, which way is better, what they tell about the patient.

use fhirbolt::model::r4::types::{CodeableConcept, Extension};
use kap_record::instruments::{Direction, InstrumentCode, ScoreCode};

use crate::code::{Local, loinc, synonyms};
use crate::element::code_value;
use crate::extension::kap;
use crate::label::{Label, Labels};

/// The code of a score: LOINC's if there is one, and always the KAP guide's own.
pub(super) fn code(score: ScoreCode) -> CodeableConcept {
    let standard = score.definition().loinc.map(|code| loinc::term(code).into());
    synonyms(standard.into_iter().chain([score.coding()]))
}

/// Which way of the score is better. Without it nobody can tell that a falling AAQ-II means more flexibility.
pub(super) fn improvement(score: ScoreCode) -> Option<Extension> {
    let better = match score.definition().direction {
        Direction::LowerIsBetter => "decrease",
        Direction::HigherIsBetter => "increase",
        Direction::Neutral => return None,
    };
    Some(kap("kap-improvement-notation", code_value(better)))
}

/// What it tells that this instrument was filled in.
pub(super) fn labels(instrument: InstrumentCode) -> Labels {
    let labels = Labels::clinical();
    match instrument {
        InstrumentCode::AuditC | InstrumentCode::Audit => labels.with(Label::AlcoholUse),
        InstrumentCode::Lec5 => labels.with(Label::SexualAssault).with(Label::Violence),
        InstrumentCode::Ace | InstrumentCode::BrfssAce => labels.with(Label::SexualAssault),
        _ => labels,
    }
}
