//! MedicationAdministration: what was given, how and how much. Two steps within a session are two of them. <https://hl7.org/fhir/R4/medicationadministration.html>

use fhirbolt::model::r4::resources::{
    MedicationAdministration, MedicationAdministrationDosage, MedicationAdministrationDosageRate,
    MedicationAdministrationEffective, MedicationAdministrationMedication, MedicationAdministrationPerformer,
    Observation,
};
use fhirbolt::model::r4::types::{CodeableConcept, Extension, ExtensionValue, Ratio};
use kap_record::model::dosing::{Administration, AdministrationStatus, Dosing, SublingualTechnique};
use kap_record::model::life_cycle::Kind;
use kap_record::model::session::{Session, SessionPlace};

use super::dosage::{dose, route};
use super::observation::{at, measured, observation};
use super::{medication, rems};
use crate::code::{Local, concept, hl7, loinc};
use crate::element::{code_value, extensions, quantity, time_span};
use crate::extension::{kap, kap_parts, part};
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::profile::Profile;
use crate::source::Source;
use crate::status::status_unless_withdrawn;

pub(super) fn map<'r>(dosing: &Placed<'r, Dosing>, session: &Placed<'r, Session>, mapping: &mut Mapping<'r>) {
    mapping.never_leaves(dosing, "waste", dosing.waste.is_some());
    for administration in dosing.each("administrations", &dosing.object().administrations) {
        map_administration(&administration, dosing, session, mapping);
        map_weight(&administration, session, mapping);
    }
    if let Some(monitoring) = &dosing.object().rems {
        rems::map(&dosing.child("rems", monitoring), session, mapping);
    }
}

fn map_administration<'r>(
    administration: &Placed<'r, Administration>,
    dosing: &Dosing,
    session: &Session,
    mapping: &mut Mapping<'r>,
) {
    let lot = administration.object().lot_number.as_ref();
    let product = medication::of_lot(administration, &administration.medication_id, lot, mapping);
    let source = Source::of(administration).claiming(Profile::DosingAdministration);
    mapping.add(source, Labels::clinical(), |mapping| MedicationAdministration {
        status: status_unless_withdrawn(&administration.entry, administration.status.as_str()).into(),
        category: Some(concept(hl7::administration_category(category(session.place))).into()),
        medication: MedicationAdministrationMedication::Reference(product),
        subject: mapping.patient(),
        context: Some(mapping.reference(Kind::Session, &session.id)),
        supporting_information: weight(administration, mapping),
        effective: effective(administration),
        performer: vec![MedicationAdministrationPerformer {
            function: function(administration, session).map(Into::into),
            actor: mapping.actor(&administration.administered_by),
            ..Default::default()
        }],
        reason_reference: mapping.references(Kind::Condition, &session.indication_ids),
        request: dosing
            .prescription_id
            .as_ref()
            .map(|id| mapping.reference(Kind::Prescription, id)),
        dosage: (administration.status != AdministrationStatus::NotDone).then(|| dosage(administration)),
        ..Default::default()
    });
}

fn category(place: SessionPlace) -> &'static str {
    match place {
        SessionPlace::InClinic => "outpatient",
        SessionPlace::Remote | SessionPlace::AtHome => "community",
    }
}

/// What the performer did in the session.
fn function(administration: &Administration, session: &Session) -> Option<CodeableConcept> {
    let mut participants = session.participants.iter();
    let performer = participants.find(|participant| participant.actor == administration.administered_by)?;
    Some(concept(performer.role.coding()))
}

fn effective(administration: &Administration) -> MedicationAdministrationEffective {
    let start = &administration.started_at;
    match &administration.ended_at {
        Some(end) => MedicationAdministrationEffective::Period(time_span(start, Some(end)).into()),
        None => MedicationAdministrationEffective::DateTime(start.as_str().into()),
    }
}

fn dosage(administration: &Administration) -> MedicationAdministrationDosage {
    let given = dose(&administration.dose, administration.dose_basis);
    MedicationAdministrationDosage {
        route: Some(route(administration.route).into()),
        rate: administration.duration.as_ref().map(|duration| {
            MedicationAdministrationDosageRate::Ratio(Box::new(Ratio {
                numerator: Some(quantity(&administration.dose).into()),
                denominator: Some(quantity(duration).into()),
                ..Default::default()
            }))
        }),
        dose: Some(given.into()),
        extension: extensions([
            administration.dose_per_weight.as_ref().map(|amount| {
                kap(
                    "kap-weight-based-dose",
                    ExtensionValue::Quantity(quantity(amount).into()),
                )
            }),
            administration.technique.as_ref().and_then(technique),
            administration
                .device_count
                .map(|count| kap("kap-device-count", ExtensionValue::UnsignedInt(count.get().into()))),
        ]),
        ..Default::default()
    }
}

fn technique(technique: &SublingualTechnique) -> Option<Extension> {
    let parts = [
        part("hold", ExtensionValue::Quantity(quantity(&technique.hold).into())),
        part("then", code_value(technique.then.as_str())),
    ];
    kap_parts("kap-sl-technique", parts)
}

/// The weight by which the dose was calculated.
fn map_weight<'r>(administration: &Placed<'r, Administration>, session: &Session, mapping: &mut Mapping<'r>) {
    let Some(weight) = &administration.object().weight_used else {
        return;
    };
    let source = Source::of(administration)
        .part(WEIGHT)
        .at(administration.member("weightUsed"));
    mapping.add(source, Labels::clinical(), |mapping| Observation {
        encounter: Some(mapping.reference(Kind::Session, &session.id)),
        effective: Some(at(administration.started_at.as_str())),
        performer: vec![*mapping.actor(&administration.administered_by)],
        value: Some(measured(quantity(weight))),
        ..observation(
            mapping,
            &administration.entry,
            "vital-signs",
            concept(loinc::BODY_WEIGHT),
        )
    });
}

const WEIGHT: &str = "weight";

fn weight(administration: &Administration, mapping: &Mapping<'_>) -> Vec<fhirbolt::model::r4::types::Reference> {
    let used = administration.weight_used.iter();
    used.map(|_| *mapping.part_reference(Kind::Administration, &administration.id, &[WEIGHT]))
        .collect()
}
