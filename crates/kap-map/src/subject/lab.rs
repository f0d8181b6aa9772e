//! Observation: a laboratory result, with US Core's must-haves. <https://hl7.org/fhir/R4/observation.html>

use fhirbolt::model::r4::resources::{Observation, ObservationValue};
use fhirbolt::model::r4::types::CodeableConcept;
use kap_record::model::lab::{LabFinding, LabInterpretation, LabResult, LabTest};

use super::observation::{at, coded, measured, observation};
use crate::code::{Code, Local, concept, hl7, loinc, snomed, synonyms};
use crate::element::ucum_quantity;
use crate::label::{Label, Labels};
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;

pub(super) fn map<'r>(result: &Placed<'r, LabResult>, mapping: &mut Mapping<'r>) {
    mapping.add(Source::of(result), labels(result.test), |mapping| Observation {
        effective: Some(at(result.collected_at.as_str())),
        performer: result
            .performed_by_id
            .iter()
            .map(|id| *mapping.practitioner(id))
            .collect(),
        value: value(result),
        interpretation: interpretation(result),
        ..observation(mapping, &result.entry, "laboratory", code(result.test))
    });
}

/// The code by which laboratories know the test, where one was checked. Always a code with its system: 2106-3 alone is also a race.
fn code(test: LabTest) -> CodeableConcept {
    let standard = match test {
        LabTest::UrinePregnancy => Some(loinc::HCG_IN_URINE),
        LabTest::UrineKetamine => Some(loinc::KETAMINE_IN_URINE),
        _ => None,
    };
    synonyms(standard.map(Into::into).into_iter().chain([test.coding()]))
}

/// The number; where there is none, the finding.
fn value(result: &LabResult) -> Option<ObservationValue> {
    let number = result.value.as_ref();
    let number = number.map(|number| measured(ucum_quantity(&number.value, number.unit.as_str())));
    number.or_else(|| result.finding.map(|finding| coded(found(finding))))
}

fn found(finding: LabFinding) -> Code {
    match finding {
        LabFinding::Positive => snomed::POSITIVE,
        LabFinding::Negative => snomed::NEGATIVE,
        LabFinding::Indeterminate => snomed::INDETERMINATE,
    }
}

fn interpretation(result: &LabResult) -> Vec<CodeableConcept> {
    let meaning = result.interpretation.map(|interpretation| match interpretation {
        LabInterpretation::Normal => "N",
        LabInterpretation::High => "H",
        LabInterpretation::Low => "L",
        LabInterpretation::Abnormal => "A",
    });
    let found = result.finding.map(|finding| match finding {
        LabFinding::Positive => "POS",
        LabFinding::Negative => "NEG",
        LabFinding::Indeterminate => "IND",
    });
    let codes = meaning.into_iter().chain(found);
    codes.map(|code| concept(hl7::interpretation(code))).collect()
}

fn labels(test: LabTest) -> Labels {
    let substances = matches!(test, LabTest::UrineKetamine | LabTest::UrineDrugScreen);
    Labels::clinical()
        .with_if(substances, Label::SubstanceUse)
        .with_if(test == LabTest::UrinePregnancy, Label::Pregnancy)
}
