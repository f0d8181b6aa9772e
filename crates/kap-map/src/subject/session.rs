//! Encounter: a session, and all that happened in it. <https://hl7.org/fhir/R4/encounter.html>

use fhirbolt::model::r4::resources::{
    Encounter, EncounterHospitalization, EncounterLocation, EncounterParticipant, Observation,
};
use fhirbolt::model::r4::types::{CodeableConcept, Coding, Extension, ExtensionValue};
use kap_record::model::discharge::DischargeDisposition;
use kap_record::model::life_cycle::Kind;
use kap_record::model::practitioner::{ActorType, Role};
use kap_record::model::session::{Participant, Session, SessionPlace, SessionStatus, SessionType};

use super::observation::{at, coded, observable, observation};
use super::{discharge, dosing, expected_effect, integration, scale, setting, therapy, vital_signs};
use crate::code::{Code, Local, concept, hl7, synonyms};
use crate::element::{code_value, time_span};
use crate::extension::{kap, kap_parts, part};
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::profile::Profile;
use crate::source::Source;
use crate::status::status_unless_withdrawn;

pub(super) fn map<'r>(session: &Placed<'r, Session>, mapping: &mut Mapping<'r>) {
    let record = session.object();
    map_encounter(session, mapping);
    map_attendance(session, mapping);
    therapy::map(session, mapping);
    if let Some(object) = &record.dosing {
        dosing::map(&session.child("dosing", object), session, mapping);
    }
    for signs in session.each("vitalSigns", &record.vital_signs) {
        vital_signs::map(&signs, session, Some(&record.id), mapping);
    }
    for reading in session.each("scales", &record.scales) {
        scale::map(&reading, session, mapping);
    }
    for effect in session.each("expectedEffects", &record.expected_effects) {
        expected_effect::map(&effect, session, mapping);
    }
    if let Some(object) = &record.set_and_setting {
        setting::map(&session.child("setAndSetting", object), session, mapping);
    }
    if let Some(object) = &record.discharge {
        discharge::map(&session.child("discharge", object), session, mapping);
    }
    if let Some(object) = &record.integration {
        integration::map(&session.child("integration", object), session, mapping);
    }
}

fn map_encounter<'r>(session: &Placed<'r, Session>, mapping: &mut Mapping<'r>) {
    let source = Source::of(session).claiming(Profile::SessionEncounter);
    mapping.add(source, Labels::clinical(), |mapping| Encounter {
        status: status_unless_withdrawn(&session.entry, status(session.status)).into(),
        class: Coding::from(class(session.place)).into(),
        r#type: vec![session_type(session.session_type)],
        subject: Some(mapping.patient()),
        episode_of_care: vec![*mapping.course()],
        participant: participants(session, mapping),
        period: Some(time_span(&session.start, session.end.as_ref()).into()),
        reason_reference: mapping.references(Kind::Condition, &session.indication_ids),
        hospitalization: session.discharge.as_ref().map(|discharge| EncounterHospitalization {
            discharge_disposition: Some(concept(disposition(discharge.disposition)).into()),
            ..Default::default()
        }),
        location: session
            .location_id
            .iter()
            .map(|id| EncounterLocation {
                location: mapping.location(id),
                ..Default::default()
            })
            .collect(),
        service_provider: session.organization_id.as_ref().map(|id| mapping.organization(id)),
        extension: extension(session, mapping),
        ..Default::default()
    });
}

/// What R4 has no element for. Its status cannot tell a session that was broken off from one held to the end, nor a no-show from a cancellation.
fn extension(session: &Session, mapping: &Mapping<'_>) -> Vec<Extension> {
    let reason = session
        .status_reason
        .map(|reason| part("reason", code_value(reason.as_str())));
    let state = [part("status", code_value(session.status.as_str()))];
    let worked_on = session
        .integration
        .iter()
        .flat_map(|integration| &integration.dosing_session_ids);
    let number = session
        .number
        .map(|number| ExtensionValue::UnsignedInt(number.get().into()));
    [
        kap("kap-phase", code_value(session.phase.as_str())),
        kap("kap-time-zone", code_value(session.time_zone.as_str())),
    ]
    .into_iter()
    .chain(kap_parts("kap-session-status", state.into_iter().chain(reason)))
    .chain(number.map(|number| kap("kap-session-number", number)))
    .chain(worked_on.map(|id| {
        kap(
            "kap-integrates",
            ExtensionValue::Reference(mapping.reference(Kind::Session, id)),
        )
    }))
    .collect()
}

fn status(status: SessionStatus) -> &'static str {
    match status {
        SessionStatus::Planned => "planned",
        SessionStatus::InProgress => "in-progress",
        SessionStatus::Completed | SessionStatus::EndedEarly => "finished",
        SessionStatus::Cancelled | SessionStatus::NoShow => "cancelled",
    }
}

fn class(place: SessionPlace) -> Code {
    hl7::act_code(match place {
        SessionPlace::InClinic => "AMB",
        SessionPlace::Remote => "VR",
        SessionPlace::AtHome => "HH",
    })
}

/// A booster is a dosing session after the induction: it carries both codes, the specific one first.
fn session_type(session_type: SessionType) -> CodeableConcept {
    let generic = (session_type == SessionType::Booster).then_some(SessionType::Dosing);
    synonyms([session_type].into_iter().chain(generic).map(Local::coding))
}

/// Whoever took part, and whoever took the patient home. R4 has a place for people only, and for the patient another one.
fn participants(session: &Session, mapping: &Mapping<'_>) -> Vec<EncounterParticipant> {
    let is_person = |participant: &&Participant| {
        matches!(
            participant.actor.actor_type,
            ActorType::Practitioner | ActorType::SupportPerson
        )
    };
    let escort = session
        .discharge
        .iter()
        .filter_map(|discharge| discharge.escort_id.as_ref());
    let took_part = session
        .participants
        .iter()
        .filter(is_person)
        .map(|participant| EncounterParticipant {
            r#type: vec![synonyms([
                participant.role.coding(),
                participation(participant.role).into(),
            ])],
            period: participant
                .period
                .as_ref()
                .map(|period| time_span(&period.start, period.end.as_ref()).into()),
            individual: Some(mapping.actor(&participant.actor)),
            ..Default::default()
        });
    took_part
        .chain(escort.map(|id| EncounterParticipant {
            r#type: vec![concept(hl7::participation_type("ESC"))],
            individual: Some(mapping.reference(Kind::SupportPerson, id)),
            ..Default::default()
        }))
        .collect()
}

/// The kind of participation in HL7's words, which R4 asks for beside any closer role.
fn participation(role: Role) -> Code {
    hl7::participation_type(match role {
        Role::LeadTherapist | Role::IntegrationTherapist => "PPRF",
        Role::CoTherapist | Role::AdministeringNurse | Role::MonitoringClinician => "SPRF",
        Role::Prescriber => "ATND",
        Role::Escort => "ESC",
        _ => "PART",
    })
}

fn disposition(disposition: DischargeDisposition) -> Code {
    hl7::discharge_disposition(match disposition {
        DischargeDisposition::Home => "home",
        DischargeDisposition::Hospital => "other-hcf",
        DischargeDisposition::Other => "oth",
        DischargeDisposition::AgainstAdvice => "aadvice",
    })
}

fn map_attendance<'r>(session: &Placed<'r, Session>, mapping: &mut Mapping<'r>) {
    let Some(attendance) = session.attendance else { return };
    let source = Source::of(session).part("attendance").at(session.member("attendance"));
    mapping.add(source, Labels::clinical(), |mapping| Observation {
        encounter: Some(mapping.reference(Kind::Session, &session.id)),
        effective: Some(at(session.start.as_str())),
        value: Some(coded(attendance.coding())),
        ..observation(mapping, &session.entry, "therapy", concept(observable("attendance")))
    });
}
