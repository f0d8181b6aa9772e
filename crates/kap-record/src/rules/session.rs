//! Sessions: what belongs to which type and state.

use super::{Facts, Findings};
use crate::codes;
use crate::model::course::Phase;
use crate::model::discharge::DischargeDisposition;
use crate::model::dosing::AdministrationStatus;
use crate::model::practitioner::Role;
use crate::model::session::{Session, SessionPlace, SessionStatus, SessionType};

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    for (at, session) in facts.sessions() {
        dosing(&at, session, findings);
        end(&at, session, findings);
        chaperone(&at, session, findings);
        discharge(&at, session, findings);
        if session.session_type == SessionType::Booster && session.phase == Phase::Induction {
            findings.report(
                &codes::SESSION_BOOSTER_EARLY,
                &format!("{at}/phase"),
                "a booster session lies after the induction",
            );
        }
    }
}

/// Whether sessions of this type give medication.
pub(super) fn doses(session: &Session) -> bool {
    matches!(session.session_type, SessionType::Dosing | SessionType::Booster)
}

/// Whether something was given.
pub(super) fn gave(session: &Session) -> bool {
    let mut administrations = session.dosing.iter().flat_map(|dosing| &dosing.administrations);
    administrations.any(|administration| administration.status != AdministrationStatus::NotDone)
}

fn was_held(session: &Session) -> bool {
    matches!(
        session.status,
        SessionStatus::InProgress | SessionStatus::Completed | SessionStatus::EndedEarly
    )
}

fn dosing(at: &str, session: &Session, findings: &mut Findings<'_>) {
    if session.dosing.is_some() && !doses(session) {
        let message = "only sessions of the types `dosing` and `booster` give medication";
        findings.report(&codes::SESSION_DOSING_MISPLACED, &format!("{at}/dosing"), message);
    }
    let empty = session
        .dosing
        .as_ref()
        .is_none_or(|dosing| dosing.administrations.is_empty());
    if doses(session) && session.status == SessionStatus::Completed && empty && findings.kept.is_whole(at) {
        findings.report(
            &codes::SESSION_DOSING_MISSING,
            at,
            "the session was completed, but nothing was given in it",
        );
    }
    if gave(session) && !was_held(session) {
        let message = "something was given, but the session was not held";
        findings.report(&codes::SESSION_NOT_HELD, &format!("{at}/status"), message);
    }
}

fn end(at: &str, session: &Session, findings: &mut Findings<'_>) {
    let over = matches!(session.status, SessionStatus::Completed | SessionStatus::EndedEarly);
    if over && session.end.is_none() && findings.kept.is_whole(at) {
        findings.report(
            &codes::SESSION_END_MISSING,
            at,
            "the session is over, but `end` is missing",
        );
    }
}

fn chaperone(at: &str, session: &Session, findings: &mut Findings<'_>) {
    let watched = session.participants.iter().any(|participant| {
        matches!(
            participant.role,
            Role::Chaperone | Role::Sitter | Role::AdministeringNurse | Role::MonitoringClinician
        )
    });
    let away = session.place != SessionPlace::InClinic;
    if away && gave(session) && !watched && findings.kept.is_whole(at) {
        let message = "medication was taken outside the clinic, and no chaperone or sitter took part";
        findings.report(&codes::SESSION_CHAPERONE_MISSING, at, message);
    }
}

fn discharge(at: &str, session: &Session, findings: &mut Findings<'_>) {
    let Some(discharge) = session
        .discharge
        .as_ref()
        .filter(|it| it.disposition == DischargeDisposition::Home)
    else {
        return;
    };
    for (index, result) in discharge.criteria.iter().enumerate().filter(|(_, result)| !result.met) {
        let message = format!(
            "the patient went home, but the criterion `{}` was not met",
            result.criterion
        );
        findings.report(
            &codes::DISCHARGE_UNMET,
            &format!("{at}/discharge/criteria/{index}/met"),
            kap_json::Message::text(message),
        );
    }
}
