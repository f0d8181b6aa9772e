//! MedicationStatement: what else the patient takes. <https://hl7.org/fhir/R4/medicationstatement.html>

use fhirbolt::model::r4::resources::{
    MedicationStatement, MedicationStatementEffective, MedicationStatementMedication,
};
use fhirbolt::model::r4::types::CodeableConcept;
use kap_record::model::medication::{CurrentMedication, MedicationClass};

use crate::code::Local;
use crate::element::{named_concept, period};
use crate::label::{Label, Labels};
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;
use crate::status::status_unless_withdrawn;

pub(super) fn map<'r>(medication: &Placed<'r, CurrentMedication>, mapping: &mut Mapping<'r>) {
    mapping.withhold_words(medication.member("name"));
    mapping.add(Source::of(medication), labels(medication.medication_class), |mapping| {
        MedicationStatement {
            status: status_unless_withdrawn(&medication.entry, medication.status.as_str()).into(),
            medication: MedicationStatementMedication::CodeableConcept(product(medication, mapping).into()),
            subject: mapping.patient(),
            effective: medication
                .period
                .as_ref()
                .map(|days| MedicationStatementEffective::Period(period(days).into())),
            date_asserted: Some(medication.entry.recorded_at.as_str().into()),
            information_source: Some(mapping.patient()),
            ..Default::default()
        }
    });
}

/// The product, and behind its codes the class for which it matters here. What a product is for tells of more than its class, as words do.
fn product(medication: &CurrentMedication, mapping: &Mapping<'_>) -> CodeableConcept {
    let mut product = match mapping.words(medication.name.as_str()) {
        Some(_) => named_concept(&medication.codings, &medication.name),
        None => CodeableConcept::default(),
    };
    product.coding.push(medication.medication_class.coding());
    product
}

fn labels(class: MedicationClass) -> Labels {
    let alcohol = class == MedicationClass::AlcoholUseMedication;
    Labels::clinical()
        .with_if(alcohol, Label::AlcoholUse)
        .with_if(class == MedicationClass::Opioid, Label::SubstanceUse)
}
