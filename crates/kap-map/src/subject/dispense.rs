//! MedicationDispense: a supply handed over for use at home. <https://hl7.org/fhir/R4/medicationdispense.html>

use fhirbolt::model::r4::resources::{MedicationDispense, MedicationDispenseMedication, MedicationDispensePerformer};
use kap_record::model::life_cycle::Kind;
use kap_record::model::prescription::Dispense;

use super::medication;
use crate::code::ucum;
use crate::element::whole;
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;
use crate::status::status_unless_withdrawn;

pub(super) fn map<'r>(dispense: &Placed<'r, Dispense>, mapping: &mut Mapping<'r>) {
    let lot = dispense.object().lot_number.as_ref();
    let product = medication::of_lot(dispense, &dispense.medication_id, lot, mapping);
    mapping.add(Source::of(dispense), Labels::clinical(), |mapping| MedicationDispense {
        status: status_unless_withdrawn(&dispense.entry, "completed").into(),
        medication: MedicationDispenseMedication::Reference(product),
        subject: Some(mapping.patient()),
        performer: vec![MedicationDispensePerformer {
            actor: mapping.organization(&dispense.pharmacy_id),
            ..Default::default()
        }],
        authorizing_prescription: vec![*mapping.reference(Kind::Prescription, &dispense.prescription_id)],
        quantity: Some(whole(dispense.pieces.get(), ucum::PIECE).into()),
        days_supply: dispense.days_supply.map(|days| whole(days.get(), "d").into()),
        when_handed_over: Some(dispense.handed_over_at.as_str().into()),
        ..Default::default()
    });
}
