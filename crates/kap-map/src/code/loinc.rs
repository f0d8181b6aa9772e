//! LOINC. This material contains content from LOINC (<http://loinc.org>), copyright Regenstrief Institute, Inc., available at no cost under its license.
//!
//! Codes were read in published HL7 packages or on loinc.org. Names are sent only where HL7's R4 definitions print them.

use super::Code;

const SYSTEM: &str = "http://loinc.org";

const fn loinc(code: &'static str) -> Code {
    Code::unnamed(SYSTEM, code)
}

/// Vital signs, read in R4's vital signs profiles. <https://hl7.org/fhir/R4/observation-vitalsigns.html>
pub(crate) const BLOOD_PRESSURE: Code = loinc("85354-9");
pub(crate) const SYSTOLIC: Code = loinc("8480-6");
pub(crate) const DIASTOLIC: Code = loinc("8462-4");
pub(crate) const HEART_RATE: Code = loinc("8867-4");
pub(crate) const RESPIRATORY_RATE: Code = loinc("9279-1");
pub(crate) const BODY_TEMPERATURE: Code = loinc("8310-5");
pub(crate) const BODY_WEIGHT: Code = loinc("29463-7");
pub(crate) const BODY_HEIGHT: Code = loinc("8302-2");
pub(crate) const BODY_MASS_INDEX: Code = loinc("39156-5");
/// R4 asks for this code, US Core for the next one beside it.
pub(crate) const OXYGEN_SATURATION: Code = loinc("2708-6");
pub(crate) const OXYGEN_SATURATION_BY_PULSE_OXIMETRY: Code = loinc("59408-5");

/// Documents and consents, read in US Core and the US behavioral health guide.
pub(crate) const PATIENT_CONSENT: Code = loinc("59284-0");
pub(crate) const PREGNANCY_STATUS: Code = loinc("82810-3");
