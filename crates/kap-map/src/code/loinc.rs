//! LOINC. This material contains content from LOINC (<http://loinc.org>), copyright Regenstrief Institute, Inc., available at no cost under its license.
//!
//! Codes were read in published HL7 packages or on loinc.org. Names are sent only where a published HL7 example prints them.

use kap_record::instruments::InstrumentCode;

use super::Code;

const SYSTEM: &str = "http://loinc.org";

const fn loinc(code: &'static str) -> Code {
    Code::unnamed(SYSTEM, code)
}

/// A code that the record's table of instruments and scores gives.
pub(crate) const fn term(code: &'static str) -> Code {
    loinc(code)
}

/// Vital signs, read in R4's vital signs profiles. <https://hl7.org/fhir/R4/observation-vitalsigns.html>
pub(crate) const BLOOD_PRESSURE: Code = Code::new(SYSTEM, "85354-9", "Blood pressure panel with all children optional");
pub(crate) const SYSTOLIC: Code = Code::new(SYSTEM, "8480-6", "Systolic blood pressure");
pub(crate) const DIASTOLIC: Code = Code::new(SYSTEM, "8462-4", "Diastolic blood pressure");
pub(crate) const HEART_RATE: Code = Code::new(SYSTEM, "8867-4", "Heart rate");
pub(crate) const RESPIRATORY_RATE: Code = Code::new(SYSTEM, "9279-1", "Respiratory rate");
pub(crate) const BODY_TEMPERATURE: Code = Code::new(SYSTEM, "8310-5", "Body temperature");
pub(crate) const BODY_WEIGHT: Code = Code::new(SYSTEM, "29463-7", "Body weight");
pub(crate) const BODY_HEIGHT: Code = Code::new(SYSTEM, "8302-2", "Body height");
pub(crate) const BODY_MASS_INDEX: Code = Code::new(SYSTEM, "39156-5", "Body mass index (BMI) [Ratio]");
/// R4 asks for this code, US Core for the next one beside it.
pub(crate) const OXYGEN_SATURATION: Code = Code::new(SYSTEM, "2708-6", "Oxygen saturation in Arterial blood");
pub(crate) const OXYGEN_SATURATION_BY_PULSE_OXIMETRY: Code = Code::new(
    SYSTEM,
    "59408-5",
    "Oxygen saturation in Arterial blood by Pulse oximetry",
);

/// Documents and consents, read in US Core and the US behavioral health guide.
pub(crate) const PATIENT_CONSENT: Code = Code::new(SYSTEM, "59284-0", "Patient Consent");
pub(crate) const PREGNANCY_STATUS: Code = loinc("82810-3");

/// Laboratory, read in the code tables of several public guides.
pub(crate) const HCG_IN_URINE: Code = loinc("2106-3");
pub(crate) const KETAMINE_IN_URINE: Code = loinc("12327-3");

/// Types of note, read in the value set of the US behavioral health guide.
pub(crate) const MENTAL_HEALTH_PROGRESS_NOTE: Code = loinc("34904-3");
pub(crate) const MENTAL_HEALTH_PROCEDURE_NOTE: Code = loinc("78472-8");
pub(crate) const MENTAL_HEALTH_HISTORY_NOTE: Code = loinc("78306-8");
pub(crate) const MENTAL_HEALTH_CONSULTATION_NOTE: Code = loinc("34785-6");
pub(crate) const MENTAL_HEALTH_DISCHARGE_NOTE: Code = loinc("78263-1");

/// The answer that stands for `points` in an item, where the answer list was read: PHQ-9, its item on difficulty, and the C-SSRS screener.
/// On difficulty the codes do not follow the points.
pub(crate) fn answer(instrument: InstrumentCode, item: u8, points: i64) -> Option<Code> {
    let list: &[&'static str] = match (instrument, item) {
        (InstrumentCode::Phq9, 1..=9) => &["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"],
        (InstrumentCode::Phq9, 10) => &["LA6572-7", "LA6573-5", "LA6575-0", "LA6574-3"],
        (InstrumentCode::CssrsScreener, _) => &["LA32-8", "LA33-6"],
        _ => &[],
    };
    let code = list.get(usize::try_from(points).ok()?)?;
    Some(loinc(code))
}
