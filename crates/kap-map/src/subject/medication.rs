//! Medication: a product of this course, compounded ones by their ingredient. <https://hl7.org/fhir/R4/medication.html>

use fhirbolt::model::r4::resources::{self, MedicationBatch, MedicationIngredient, MedicationIngredientItem};
use fhirbolt::model::r4::types::{CodeableConcept, Ratio, Reference};
use kap_record::model::life_cycle::{Entry, EntryStatus, Keyed, Kind};
use kap_record::model::medication::{Medication, MedicationType, Strength};
use kap_record::primitive::{Key, Line};

use crate::code::{Local, concept, rxnorm, snomed, synonyms, ucum};
use crate::element::{code_value, named_concept, quantity, whole};
use crate::extension::kap;
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;

pub(super) fn map<'r>(medication: &Placed<'r, Medication>, mapping: &mut Mapping<'r>) {
    mapping.add(Source::of(medication), Labels::clinical(), |mapping| {
        let lot = medication.lot_number.as_ref();
        product(medication, lot, &medication.entry, mapping)
    });
}

/// The product that `holder` says was given or handed over. R4 keeps a lot number in the product: one from another lot is another Medication.
pub(super) fn of_lot<'r, T: Keyed>(
    holder: &Placed<'r, T>,
    medication_id: &Key,
    lot: Option<&'r Line>,
    mapping: &mut Mapping<'r>,
) -> Box<Reference> {
    let mut medications = mapping.record().medications.iter();
    match medications.find(|medication| medication.id == *medication_id) {
        Some(medication) if lot.is_some() && lot != medication.lot_number.as_ref() => {
            let source = Source::of(holder).part("medication").at(holder.member("lotNumber"));
            let reference = mapping.reference_to(&source);
            mapping.add(source, Labels::clinical(), |mapping| {
                product(medication, lot, holder.entry(), mapping)
            });
            reference
        }
        _ => mapping.reference(Kind::Medication, medication_id),
    }
}

fn product(medication: &Medication, lot: Option<&Line>, entry: &Entry, mapping: &Mapping<'_>) -> resources::Medication {
    let withdrawn = entry.status == EntryStatus::EnteredInError;
    let own_lot = lot == medication.lot_number.as_ref();
    let expires_on = medication.expires_on.as_ref().filter(|_| own_lot);
    resources::Medication {
        status: Some(if withdrawn { "entered-in-error" } else { "active" }.into()),
        code: Some(named_concept(&medication.codings, &medication.name).into()),
        manufacturer: medication.pharmacy_id.as_ref().map(|id| mapping.organization(id)),
        form: Some(concept(medication.form.coding()).into()),
        ingredient: vec![MedicationIngredient {
            item: MedicationIngredientItem::CodeableConcept(ingredient(medication.medication_type).into()),
            is_active: Some(true.into()),
            strength: medication.strength.as_ref().map(|amount| strength(amount).into()),
            ..Default::default()
        }],
        batch: (lot.is_some() || expires_on.is_some()).then(|| MedicationBatch {
            lot_number: lot.map(|lot| lot.as_str().into()),
            expiration_date: expires_on.map(|date| date.as_str().into()),
            ..Default::default()
        }),
        extension: vec![kap(
            "kap-medication-type",
            code_value(medication.medication_type.as_str()),
        )],
        ..Default::default()
    }
}

/// RxNorm's code stands beside SNOMED's, never alone. Esketamine is another ingredient; no code of it was checked.
fn ingredient(medication_type: MedicationType) -> CodeableConcept {
    match medication_type {
        MedicationType::Racemic | MedicationType::Compounded => {
            synonyms([snomed::KETAMINE.into(), rxnorm::KETAMINE.into()])
        }
        MedicationType::Esketamine => CodeableConcept {
            text: Some("Esketamine".into()),
            ..Default::default()
        },
    }
}

fn strength(strength: &Strength) -> Ratio {
    let volume = strength.per_volume.as_ref();
    Ratio {
        numerator: Some(quantity(&strength.amount).into()),
        denominator: Some(volume.map_or_else(|| whole(1, ucum::PIECE), quantity).into()),
        ..Default::default()
    }
}
