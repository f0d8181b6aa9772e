//! Codes, one table per code system.
//!
//! Every code here was checked in a published artefact; where the check was weaker, its table says so. Codes that were never checked are not here:
//! the mapping then uses a local code system of the KAP guide. Displays of SNOMED CT are those of its Global Patient Set (CC BY 4.0).

pub(crate) mod hl7;
mod local;
pub(crate) mod loinc;
pub(crate) mod rxnorm;
pub(crate) mod sensitivity;
pub(crate) mod snomed;
pub(crate) mod ucum;

pub(crate) use local::{Local, local};

use fhirbolt::model::r4::types::{CodeableConcept, Coding};

/// The system of national provider identifiers. <https://terminology.hl7.org/NamingSystem-npi.html>
pub(crate) const NPI_SYSTEM: &str = "http://hl7.org/fhir/sid/us-npi";

/// A code, the system that defines it and what that system says it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Code {
    pub(crate) system: &'static str,
    /// The code itself.
    pub(crate) value: &'static str,
    pub(crate) display: Option<&'static str>,
}

impl Code {
    pub(crate) const fn new(system: &'static str, value: &'static str, display: &'static str) -> Self {
        Self {
            system,
            value,
            display: Some(display),
        }
    }

    /// A code whose official name was not checked, so that none is sent.
    pub(crate) const fn unnamed(system: &'static str, value: &'static str) -> Self {
        Self {
            system,
            value,
            display: None,
        }
    }
}

impl From<Code> for Coding {
    fn from(code: Code) -> Self {
        Self {
            system: Some(code.system.into()),
            code: Some(code.value.into()),
            display: code.display.map(Into::into),
            ..Default::default()
        }
    }
}

/// A concept with one coding.
pub(crate) fn concept(coding: impl Into<Coding>) -> CodeableConcept {
    CodeableConcept {
        coding: vec![coding.into()],
        ..Default::default()
    }
}

/// A concept with several codings that mean the same, the most specific first.
pub(crate) fn synonyms(codings: impl IntoIterator<Item = Coding>) -> CodeableConcept {
    CodeableConcept {
        coding: codings.into_iter().collect(),
        ..Default::default()
    }
}
