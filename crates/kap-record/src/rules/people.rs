//! Patient, practitioners, organizations and locations can be found in the EHR.

use kap_json::Message;

use super::{Facts, Findings, each, held};
use crate::codes;
use crate::model::patient::HumanName;
use crate::model::practitioner::ActorType;
use crate::primitive::{Identifier, Npi};

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    let record = facts.record;
    identified("/patient", &record.patient.identifiers, None, findings);
    for (at, name) in each("/patient/names", &record.patient.names) {
        named(&at, name, findings);
    }
    persons(facts, findings);
    for (at, practitioner) in each("/practitioners", &record.practitioners) {
        identified(&at, &practitioner.identifiers, practitioner.npi.as_ref(), findings);
        named(&format!("{at}/name"), &practitioner.name, findings);
    }
    for (at, organization) in each("/organizations", &record.organizations) {
        identified(&at, &organization.identifiers, organization.npi.as_ref(), findings);
    }
    for (at, location) in each("/locations", &record.locations) {
        identified(&at, &location.identifiers, None, findings);
    }
}

/// R4 has a place for people alone where somebody takes part in a session, gives a dose or expresses a goal.
fn persons(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    let participants = facts.sessions().flat_map(|(at, session)| {
        each(&format!("{at}/participants"), &session.participants)
            .map(|(at, participant)| (format!("{at}/actor"), &participant.actor))
    });
    let givers = facts
        .administrations()
        .map(|(at, _, administration)| (format!("{at}/administeredBy"), &administration.administered_by));
    let speakers =
        held("/goals", &facts.record.goals).map(|(at, goal)| (format!("{at}/expressedBy"), &goal.expressed_by));
    for (at, actor) in participants.chain(givers).chain(speakers) {
        if actor.actor_type == ActorType::Organization {
            findings.report(
                &codes::ACTOR_NOT_A_PERSON,
                &format!("{at}/actorType"),
                "this is an organization, not a person",
            );
        }
    }
}

fn identified(at: &str, identifiers: &[Identifier], npi: Option<&Npi>, findings: &mut Findings<'_>) {
    // An identifier or NPI that was dropped for its form is a fault already.
    if identifiers.is_empty() && npi.is_none() && findings.kept.is_whole(at) {
        findings.report(
            &codes::PERSON_WITHOUT_IDENTIFIER,
            at,
            "there is no identifier by which the EHR could know this one",
        );
    }
    if let Some(npi) = npi.filter(|npi| !npi.check_digit_is_right()) {
        let message = Message::text("the check digit of ")
            .value(npi.as_str())
            .and(" is wrong");
        findings.report(&codes::NPI_CHECK_DIGIT, &format!("{at}/npi"), message);
    }
}

fn named(at: &str, name: &HumanName, findings: &mut Findings<'_>) {
    if name.text.is_none() && name.family.is_none() && name.given.is_empty() && findings.kept.is_whole(at) {
        findings.report(
            &codes::NAME_EMPTY,
            at,
            "the name has neither `text` nor `family` nor `given`",
        );
    }
}
