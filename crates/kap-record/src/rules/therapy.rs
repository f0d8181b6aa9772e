//! What makes it ketamine-assisted psychotherapy: psychotherapy in the course, integration after each dose, steps that follow.

use jiff::Timestamp;
use jiff::civil::Date;

use super::session::gave;
use super::{Facts, Findings};
use crate::codes;
use crate::model::integration::IntegrationRole;
use crate::model::session::{Session, SessionStatus, SessionType};

/// Days within which integration follows a dose.
const INTEGRATION_DAYS: i32 = 7;

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    action_steps(facts, findings);
    // Whatever was dropped may be the very session that seems to be missing.
    if facts.kept.is_whole("/sessions") {
        pair(facts, findings);
        integration_after_dose(facts, findings);
    }
}

fn pair(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    let therapy = facts.sessions().any(|(_, session)| session.psychotherapy.is_some());
    if let Some((at, _)) = facts.sessions().find(|(_, session)| gave(session)).filter(|_| !therapy) {
        findings.report(
            &codes::KAP_PAIR,
            &at,
            "medication was given, but no session of the course has psychotherapy",
        );
    }
}

fn action_steps(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    for (at, session) in facts.sessions() {
        let Some(integration) = &session.integration else {
            continue;
        };
        let created = facts.record.plans.iter().flat_map(|plan| &plan.activities);
        let left = !integration.activity_ids.is_empty()
            || created
                .into_iter()
                .any(|activity| activity.session_id.as_ref() == Some(&session.id));
        if integration.roles.contains(&IntegrationRole::ActionSteps)
            && !left
            && facts.kept.is_whole(&at)
            && facts.kept.is_whole("/plans")
        {
            let message = "the session created action steps, but no activity says which";
            findings.report(&codes::KAP_INT_1, &format!("{at}/integration/roles"), message);
        }
    }
}

fn integration_after_dose(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    let Some(known_until) = known_until(facts) else { return };
    for (at, session) in facts.sessions().filter(|(_, session)| gave(session)) {
        let dosed = session.start.date();
        let open = days(dosed, known_until) <= INTEGRATION_DAYS;
        let integrated = facts.sessions().any(|(_, later)| integrates(later, session, dosed));
        if !open && !integrated {
            let message = "no integration session follows within seven days";
            findings.report(&codes::KAP_INT_2, &at, message);
        }
    }
}

fn integrates(later: &Session, dosing: &Session, dosed: Date) -> bool {
    let held_or_planned = !matches!(later.status, SessionStatus::Cancelled | SessionStatus::NoShow);
    later.session_type == SessionType::Integration
        && held_or_planned
        && later.start.timestamp() >= dosing.start.timestamp()
        && days(dosed, later.start.date()) <= INTEGRATION_DAYS
}

/// The record has no clock: it knows the course up to its youngest session or its end.
fn known_until(facts: &Facts<'_>) -> Option<Date> {
    let recorded = facts.sessions().map(|(_, session)| session.entry.recorded_at.clone());
    let youngest = recorded
        .max_by_key(|instant| -> Timestamp { instant.timestamp() })
        .map(|instant| instant.date());
    let end = facts
        .record
        .course
        .period
        .end
        .as_ref()
        .map(crate::primitive::Date::civil);
    youngest.max(end)
}

fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}
