//! MedicationRequest: an order for the medication, with US Core's must-haves. <https://hl7.org/fhir/R4/medicationrequest.html>

use fhirbolt::model::r4::resources::{MedicationRequest, MedicationRequestMedication, MedicationRequestReported};
use fhirbolt::model::r4::types::{Dosage, DosageDoseAndRate, DosageDoseAndRateDose, Quantity, Timing, TimingRepeat};
use kap_record::model::life_cycle::Kind;
use kap_record::model::prescription::Prescription;

use super::dosage::{dose, repeat, route};
use crate::code::{concept, hl7};
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;
use crate::status::status_unless_withdrawn;

pub(super) fn map<'r>(order: &Placed<'r, Prescription>, mapping: &mut Mapping<'r>) {
    mapping.add(Source::of(order), Labels::clinical(), |mapping| MedicationRequest {
        status: status_unless_withdrawn(&order.entry, order.status.as_str()).into(),
        intent: "order".into(),
        category: vec![concept(hl7::medication_request_category("outpatient"))],
        reported: Some(MedicationRequestReported::Boolean(false.into())),
        medication: MedicationRequestMedication::Reference(mapping.reference(Kind::Medication, &order.medication_id)),
        subject: mapping.patient(),
        authored_on: Some(order.authored_at.as_str().into()),
        requester: Some(mapping.practitioner(&order.prescriber_id)),
        recorder: Some(mapping.practitioner(&order.entry.recorded_by_id)),
        reason_reference: mapping.references(Kind::Condition, &order.indication_ids),
        dosage_instruction: vec![instruction(order)],
        ..Default::default()
    });
}

fn instruction(order: &Prescription) -> Dosage {
    Dosage {
        text: Some(words(order).into()),
        timing: timing(order).map(Into::into),
        route: Some(route(order.route).into()),
        dose_and_rate: doses(order),
        ..Default::default()
    }
}

/// By weight as ordered, in mg as calculated from it; in mg as ordered if that is all there is.
fn doses(order: &Prescription) -> Vec<DosageDoseAndRate> {
    let by_weight = order
        .dose_per_weight
        .as_ref()
        .map(|amount| ("ordered", dose(amount, order.dose_basis)));
    let kind = if by_weight.is_some() { "calculated" } else { "ordered" };
    let absolute = order.dose.as_ref().map(|amount| (kind, dose(amount, order.dose_basis)));
    by_weight.into_iter().chain(absolute).map(dose_and_rate).collect()
}

fn dose_and_rate((kind, amount): (&'static str, Quantity)) -> DosageDoseAndRate {
    DosageDoseAndRate {
        r#type: Some(concept(hl7::dose_rate_type(kind)).into()),
        dose: Some(DosageDoseAndRateDose::Quantity(amount.into())),
        ..Default::default()
    }
}

fn timing(order: &Prescription) -> Option<Timing> {
    let schedule = order.schedule.as_ref().map(repeat);
    let duration = order.duration.as_ref();
    (schedule.is_some() || duration.is_some()).then(|| Timing {
        repeat: Some(TimingRepeat {
            duration: duration.map(|minutes| minutes.value().as_written().into()),
            duration_unit: duration.map(|minutes| minutes.unit().into()),
            ..schedule.unwrap_or_default()
        }),
        ..Default::default()
    })
}

/// The order in words, put together from its numbers and codes.
fn words(order: &Prescription) -> String {
    let by_weight = order
        .dose_per_weight
        .as_ref()
        .map(|amount| (amount.value(), amount.unit()));
    let absolute = order.dose.as_ref().map(|amount| (amount.value(), amount.unit()));
    let over = order
        .duration
        .as_ref()
        .map(|minutes| format!("over {} min", minutes.value().as_written()));
    let amounts = by_weight.into_iter().chain(absolute);
    amounts
        .map(|(value, unit)| format!("{} {unit}", value.as_written()))
        .chain([order.route.as_str().to_owned()])
        .chain(over)
        .collect::<Vec<_>>()
        .join(", ")
}
