//! Time zones, offsets, and minutes from the dose.

use jiff::tz::TimeZone;
use kap_json::Message;

use super::{Facts, Findings, each};
use crate::codes;
use crate::model::session::Session;
use crate::primitive::{Instant, MinutesFromDose};

/// Clocks on the wall and in devices differ by so much.
const TOLERATED_MINUTES: i64 = 2;

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    for (at, session) in facts.sessions() {
        zone(&at, session, findings);
        if facts.kept.is_whole(&format!("{at}/dosing")) {
            minutes_from_dose(&at, session, findings);
        }
    }
    for (at, session, administration) in facts.administrations() {
        let started = administration.started_at.timestamp();
        let after_end = session.end.as_ref().is_some_and(|end| started > end.timestamp());
        if started < session.start.timestamp() || after_end {
            let message = "the administration did not begin between start and end of its session";
            findings.report(&codes::TIME_OUTSIDE_SESSION, &format!("{at}/startedAt"), message);
        }
    }
}

fn zone(at: &str, session: &Session, findings: &mut Findings<'_>) {
    let name = session.time_zone.as_str();
    // Fixed offsets and abbreviations such as EST are in the database, but say nothing about daylight saving time.
    let Some(zone) = TimeZone::get(name).ok().filter(|_| name.contains('/') || name == "UTC") else {
        let message = Message::text("the IANA database has no zone ").value(name);
        findings.report(&codes::TIME_ZONE_UNKNOWN, &format!("{at}/timeZone"), message);
        return;
    };
    let times = [("start", Some(&session.start)), ("end", session.end.as_ref())];
    for (member, instant) in times
        .into_iter()
        .filter_map(|(member, instant)| Some((member, instant?)))
    {
        let expected = zone.to_offset(instant.timestamp());
        if expected.seconds() != instant.offset_seconds() {
            let message = Message::text(format!(
                "at that moment the clocks of the zone are at UTC{expected}, not as in "
            ))
            .value(instant.as_str());
            findings.report(&codes::TIME_OFFSET_CONTRADICTS_ZONE, &format!("{at}/{member}"), message);
        }
    }
}

fn minutes_from_dose(at: &str, session: &Session, findings: &mut Findings<'_>) {
    let administrations = session.dosing.iter().flat_map(|dosing| &dosing.administrations);
    let Some(dose) = administrations
        .map(|administration| administration.started_at.timestamp())
        .min()
    else {
        return;
    };
    let vitals = each(&format!("{at}/vitalSigns"), &session.vital_signs)
        .map(|(at, vitals)| (at, &vitals.measured_at, vitals.minutes_from_dose));
    let scales = each(&format!("{at}/scales"), &session.scales)
        .map(|(at, scale)| (at, &scale.rated_at, scale.minutes_from_dose));
    let effects = each(&format!("{at}/expectedEffects"), &session.expected_effects)
        .map(|(at, effect)| (at, &effect.noticed_at, effect.minutes_from_dose));
    for (at, instant, stated) in vitals.chain(scales).chain(effects) {
        let Some(stated) = stated else { continue };
        let elapsed = (instant.timestamp().as_second() - dose.as_second()).div_euclid(60);
        if (elapsed - i64::from(stated.get())).abs() > TOLERATED_MINUTES {
            report_minutes(&at, stated, instant, findings);
        }
    }
}

fn report_minutes(at: &str, stated: MinutesFromDose, instant: &Instant, findings: &mut Findings<'_>) {
    let message = Message::text("the clock says ")
        .value(instant.as_str())
        .and(", which is not ")
        .value(stated.get().to_string())
        .and(" minutes from the session's first administration");
    findings.report(
        &codes::TIME_MINUTES_FROM_DOSE,
        &format!("{at}/minutesFromDose"),
        message,
    );
}
