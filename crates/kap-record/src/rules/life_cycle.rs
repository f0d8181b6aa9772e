//! Versions, reasons and times of entries.

use kap_json::{Location, Message};

use super::{Facts, Findings, each, held};
use crate::codes;
use crate::model::life_cycle::{Entry, EntryStatus, Keyed};
use crate::model::session::SessionStatus;
use crate::primitive::{Instant, Version};

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    entries(facts, findings);
    removed(facts, findings);
    parts(facts, findings);
    recorded_before_event(facts, findings);
}

/// Entries are found by their name, so that none is forgotten.
fn entries(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    facts.kept.each_object(&mut |name, object| {
        if name != "entry" {
            return;
        }
        let text = |member| facts.kept.get(object, member).and_then(kap_json::Node::as_str);
        let version = facts.kept.get(object, "version");
        if let (Some("corrected"), Some(version)) = (text("status"), version)
            && version.as_number() == Some("1")
        {
            findings.report_at(
                &codes::VERSION_TOO_LOW,
                Location::of(version),
                "a corrected entry has a version of at least 2",
            );
        }
        if text("status") == Some("entered-in-error") && text("reason").is_none() {
            findings.report_at(
                &codes::REASON_MISSING,
                Location::of(object),
                "this entry was entered in error, but why is not said",
            );
        }
    });
}

fn removed(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    for (at, removed) in each("/removed", &facts.record.removed) {
        if Some(removed.version) == Version::new(1) {
            let message = "the version that removes an object is higher than any it had, so at least 2";
            findings.report(&codes::VERSION_TOO_LOW, &format!("{at}/version"), message);
        }
    }
}

/// What was entered in error takes with it what happened in it.
fn parts(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    let is_withdrawn = |entry: &Entry| entry.status == EntryStatus::EnteredInError;
    for (at, session) in each("/sessions", &facts.record.sessions).filter(|(_, whole)| is_withdrawn(&whole.entry)) {
        if let Some(dosing) = &session.dosing {
            outliving(
                &format!("{at}/dosing/administrations"),
                &dosing.administrations,
                findings,
            );
        }
        if let Some(integration) = &session.integration {
            outliving(&format!("{at}/integration/insights"), &integration.insights, findings);
        }
    }
    for (at, plan) in each("/plans", &facts.record.plans).filter(|(_, whole)| is_withdrawn(&whole.entry)) {
        outliving(&format!("{at}/activities"), &plan.activities, findings);
    }
}

fn outliving<T: Keyed>(list: &str, parts: &[T], findings: &mut Findings<'_>) {
    for (at, _) in held(list, parts) {
        findings.report(
            &codes::PART_OUTLIVES_WHOLE,
            &format!("{at}/entry/status"),
            "what holds this was entered in error, but this was not",
        );
    }
}

fn recorded_before_event(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    for (at, session) in facts.sessions() {
        let end = session.end.as_ref().map(Instant::timestamp);
        if session.status == SessionStatus::Completed
            && end.is_some_and(|end| session.entry.recorded_at.timestamp() < end)
        {
            let message = Message::text("recorded as completed at ")
                .value(session.entry.recorded_at.as_str())
                .and(", which is before the session's end");
            findings.report(
                &codes::RECORDED_BEFORE_EVENT,
                &format!("{at}/entry/recordedAt"),
                message,
            );
        }
    }
}
