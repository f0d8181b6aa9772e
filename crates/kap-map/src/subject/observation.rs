//! What the Observations of several subjects have in common. <https://hl7.org/fhir/R4/observation.html>

use fhirbolt::model::r4::resources::{
    Observation, ObservationComponent, ObservationComponentValue, ObservationEffective, ObservationValue,
};
use fhirbolt::model::r4::types::{CodeableConcept, Coding, Extension, ExtensionValue, Quantity};
use kap_record::model::life_cycle::Entry;
use kap_record::model::monitoring::Timepoint;
use kap_record::primitive::MinutesFromDose;

use crate::code::{concept, hl7, local};
use crate::element::{code_value, extensions};
use crate::extension::kap;
use crate::mapping::Mapping;
use crate::status::observation_status;

/// An observation of the patient. Its mapper adds time, value and whatever else there is.
pub(super) fn observation(
    mapping: &Mapping<'_>,
    entry: &Entry,
    category: &'static str,
    code: CodeableConcept,
) -> Observation {
    Observation {
        status: observation_status(entry).into(),
        category: vec![concept(hl7::observation_category(category))],
        code: code.into(),
        subject: Some(mapping.patient()),
        ..Default::default()
    }
}

/// A code for what is observed in KAP and has no code elsewhere.
pub(super) fn observable(code: &'static str) -> Coding {
    local("kap-observable", code)
}

/// Observed at one time.
pub(super) fn at(time: &str) -> ObservationEffective {
    ObservationEffective::DateTime(time.into())
}

/// A measured value.
pub(super) fn measured(quantity: Quantity) -> ObservationValue {
    ObservationValue::Quantity(quantity.into())
}

/// A coded value.
pub(super) fn coded(coding: impl Into<Coding>) -> ObservationValue {
    ObservationValue::CodeableConcept(concept(coding).into())
}

/// One of several values that were observed together.
pub(super) fn component(code: impl Into<Coding>, value: ObservationComponentValue) -> ObservationComponent {
    ObservationComponent {
        code: concept(code).into(),
        value: Some(value),
        ..Default::default()
    }
}

/// Where an observation lies around the dose.
pub(super) fn from_dose(timepoint: Option<Timepoint>, minutes: Option<MinutesFromDose>) -> Vec<Extension> {
    extensions([
        timepoint.map(|timepoint| kap("kap-timepoint", code_value(timepoint.as_str()))),
        minutes_from_dose(minutes),
    ])
}

/// Minutes from the session's first dose, negative before it.
pub(super) fn minutes_from_dose(minutes: Option<MinutesFromDose>) -> Option<Extension> {
    minutes.map(|minutes| kap("kap-minutes-from-dose", ExtensionValue::Integer(minutes.get().into())))
}
