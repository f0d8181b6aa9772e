//! Consents: their own state, and those that treatment needs.

use kap_json::Message;

use super::{Facts, Findings, held};
use crate::codes;
use crate::model::consent::{Consent, ConsentLaw, ConsentScope, ConsentStatus, ConsentTopic};
use crate::model::medication::MedicationType;
use crate::primitive::Instant;

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    for (at, consent) in held("/consents", &facts.record.consents) {
        revocation(&at, consent, findings);
        period(&at, consent, findings);
    }
    // A consent that was dropped may be the one that is missing.
    if facts.kept.is_whole("/consents") {
        treatment(facts, findings);
        part2(facts, findings);
    }
}

fn revocation(at: &str, consent: &Consent, findings: &mut Findings<'_>) {
    let revoked = consent.status == ConsentStatus::Revoked;
    if revoked && consent.revoked_at.is_none() && findings.kept.is_whole(at) {
        findings.report(
            &codes::CONSENT_REVOCATION,
            at,
            "the consent was revoked, but `revokedAt` is missing",
        );
    }
    if !revoked && consent.revoked_at.is_some() {
        let message = "`revokedAt` is there, but the state is not `revoked`";
        findings.report(&codes::CONSENT_REVOCATION, &format!("{at}/revokedAt"), message);
    }
}

fn period(at: &str, consent: &Consent, findings: &mut Findings<'_>) {
    let end = consent.period.as_ref().and_then(|period| period.end.as_ref());
    if let Some(end) = end.filter(|end| end.civil() < consent.given_at.date()) {
        let message = Message::text("the consent ran out on ")
            .value(end.as_str())
            .and(", before it was given");
        findings.report(&codes::CONSENT_PERIOD, &format!("{at}/period/end"), message);
    }
}

/// Whether a consent to treatment was in force at `when`, whatever became of it later.
fn covers(consent: &Consent, when: &Instant) -> bool {
    let begun = consent
        .period
        .as_ref()
        .is_none_or(|period| period.start.civil() <= when.date());
    let lasts = consent
        .period
        .as_ref()
        .and_then(|period| period.end.as_ref())
        .is_none_or(|end| end.civil() >= when.date());
    let revoked = consent
        .revoked_at
        .as_ref()
        .is_some_and(|revoked| revoked.timestamp() <= when.timestamp());
    let answered = !matches!(consent.status, ConsentStatus::Proposed | ConsentStatus::Rejected);
    let given = consent.given_at.timestamp() <= when.timestamp();
    consent.scope == ConsentScope::Treatment && answered && given && begun && lasts && !revoked
}

fn treatment(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    for (at, _, administration) in facts.given() {
        let mut consents = held("/consents", &facts.record.consents)
            .filter(|(_, consent)| covers(consent, &administration.started_at))
            .peekable();
        if consents.peek().is_none() {
            let message = "no consent to treatment was in force when this was given";
            findings.report(&codes::CONSENT_MISSING, &at, message);
            continue;
        }
        let off_label = facts.record.medications.iter().any(|medication| {
            medication.id == administration.medication_id && medication.medication_type != MedicationType::Esketamine
        });
        if off_label && !consents.any(|(_, consent)| consent.topics.contains(&ConsentTopic::OffLabelUse)) {
            let message = "the consent to treatment that was in force does not name off-label use";
            findings.report(&codes::CONSENT_OFF_LABEL, &at, message);
        }
    }
}

fn part2(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    let consented = held("/consents", &facts.record.consents)
        .any(|(_, consent)| consent.scope == ConsentScope::Privacy && consent.law == Some(ConsentLaw::Part2));
    if facts.record.course.part2_program == Some(true) && !consented {
        let message = "the program is subject to 42 CFR Part 2, but no privacy consent names that law";
        findings.report(&codes::CONSENT_PART2, "/course/part2Program", message);
    }
}
