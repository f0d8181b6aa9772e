//! What the patient's consents say about a disclosure.
//!
//! Consents are judged at the time of the record's newest entry, never by a clock, so that a record always maps to the same bytes.

use jiff::civil::Date;
use kap_record::Record;
use kap_record::model::consent::{
    Consent, ConsentLaw, ConsentScope, ConsentStatus, Provision, ProvisionEffect, Purpose,
};
use kap_record::model::course::Program;
use kap_record::model::life_cycle::EntryStatus;
use kap_record::model::practitioner::Actor;
use kap_record::primitive::{Identifier, Instant, Key};

use super::{Policy, Reason, Recipient};
use crate::Context;
use crate::chronicle;
use crate::code::NPI_SYSTEM;
use crate::label::{Confidentiality, Label, Labels};

/// One disclosure: its purpose and recipient, the clinic's policy, and the consents in force, newest first.
pub(crate) struct Release<'r> {
    policy: Policy,
    purpose: Purpose,
    /// Ids of the record's actors who are the recipient.
    recipient: Vec<&'r Key>,
    consents: Vec<&'r Consent>,
    /// Whether the clinic asks its patients before it discloses. Then silence is not consent.
    asks: bool,
    /// What the whole record tells if its program is subject to 42 CFR Part 2.
    part2: Option<Label>,
    date: Date,
}

impl<'r> Release<'r> {
    pub(crate) fn new(record: &'r Record, context: &Context) -> Self {
        let now = chronicle::newest(record).recorded_at;
        let disclosures = || {
            record
                .consents
                .iter()
                .filter(|consent| concerns(consent, context.purpose))
        };
        let mut consents: Vec<&Consent> = disclosures().filter(|consent| is_in_force(consent, now)).collect();
        consents.retain(|consent| !disclosures().any(|other| revokes(other, consent)));
        consents.sort_by_key(|consent| std::cmp::Reverse(consent.given_at.timestamp()));
        Self {
            policy: context.policy.clone(),
            purpose: context.purpose,
            recipient: match &context.recipient {
                Some(recipient) => ids_of(record, recipient),
                None => vec![&record.course.organization_id],
            },
            consents,
            asks: disclosures().any(|consent| consent.status != ConsentStatus::Proposed),
            part2: match record.course.part2_program {
                Some(true) if record.course.program == Program::KapAlcoholUse => Some(Label::AlcoholUse),
                Some(true) => Some(Label::SubstanceUse),
                Some(false) | None => None,
            },
            date: now.date(),
        }
    }

    /// What the clinic releases of restricted content.
    pub(crate) fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The labels of a clinical resource with what the whole record demands.
    pub(crate) fn labelled(&self, labels: Labels) -> Labels {
        match self.part2 {
            Some(label) if labels != Labels::administrative() => {
                labels.with(label).with(Label::Part2).with(Label::NoRedisclosure)
            }
            _ => labels,
        }
    }

    /// Whether a resource with these labels may leave.
    pub(crate) fn judge(&self, labels: &Labels) -> Result<(), Reason> {
        if labels.confidentiality() == Confidentiality::VeryRestricted {
            return Err(Reason::NeverLeaves);
        }
        if *labels == Labels::administrative() {
            return Ok(());
        }
        let said = self.consents.iter().find_map(|consent| self.effect(consent, labels));
        match said {
            Some(ProvisionEffect::Deny) => Err(Reason::ConsentDenied),
            Some(ProvisionEffect::Permit) if !labels.has(Label::Part2) => Ok(()),
            None if !labels.has(Label::Part2) && !self.asks && self.purpose != Purpose::Research => Ok(()),
            _ if labels.has(Label::Part2) && self.part2_permits(labels) => Ok(()),
            _ => Err(Reason::ConsentMissing),
        }
    }

    /// Whether words may leave. They can tell of anything, so they leave only where everything may: a consent that singles out a class keeps them here.
    pub(crate) fn judge_words(&self) -> Result<(), Reason> {
        self.judge(&self.labelled(Labels::of_everything()))
    }

    /// Records under 42 CFR Part 2 need a consent under that law, [section 2.31](https://www.ecfr.gov/current/title-42/section-2.31).
    fn part2_permits(&self, labels: &Labels) -> bool {
        let mut consents = self
            .consents
            .iter()
            .filter(|consent| consent.law == Some(ConsentLaw::Part2));
        consents.find_map(|consent| self.effect(consent, labels)) == Some(ProvisionEffect::Permit)
    }

    /// What one consent says. A rule that forbids outweighs one that allows; a consent that only forbids allows the rest.
    fn effect(&self, consent: &Consent, labels: &Labels) -> Option<ProvisionEffect> {
        let is_deny = |provision: &&Provision| provision.effect == ProvisionEffect::Deny;
        let applies = |provision: &&Provision| self.applies(provision, labels);
        if consent
            .provisions
            .iter()
            .filter(is_deny)
            .any(|provision| applies(&provision))
        {
            return Some(ProvisionEffect::Deny);
        }
        let only_forbids = consent.provisions.iter().all(|provision| is_deny(&provision));
        let permits = only_forbids || consent.provisions.iter().any(|provision| applies(&provision));
        // A consent to disclosure may forbid research; only a consent to research allows it.
        let may_permit = self.purpose != Purpose::Research || consent.scope == ConsentScope::Research;
        (permits && may_permit).then_some(ProvisionEffect::Permit)
    }

    fn applies(&self, provision: &Provision, labels: &Labels) -> bool {
        (provision.purposes.is_empty() || provision.purposes.contains(&self.purpose))
            && (provision.recipients.is_empty() || self.is_recipient(provision))
            && (provision.sensitivity_classes.is_empty() || concerns_labels(provision, labels))
            && provision.period.as_ref().is_none_or(|period| holds(period, self.date))
    }

    fn is_recipient(&self, provision: &Provision) -> bool {
        provision
            .recipients
            .iter()
            .any(|actor: &Actor| self.recipient.contains(&&actor.id))
    }
}

/// A rule that forbids a class forbids what tells anything of it; a rule that allows classes allows what tells of nothing else.
fn concerns_labels(provision: &Provision, labels: &Labels) -> bool {
    match provision.effect {
        ProvisionEffect::Deny => labels.tell_of_any(&provision.sensitivity_classes),
        ProvisionEffect::Permit => labels.tell_only_of(&provision.sensitivity_classes),
    }
}

/// Consents to disclosure are asked for every purpose, consents to research for research.
fn concerns(consent: &Consent, purpose: Purpose) -> bool {
    let scope = match consent.scope {
        ConsentScope::Privacy => true,
        ConsentScope::Research => purpose == Purpose::Research,
        ConsentScope::Treatment => false,
    };
    scope && consent.entry.status != EntryStatus::EnteredInError
}

fn is_in_force(consent: &Consent, now: &Instant) -> bool {
    consent.status == ConsentStatus::Active
        && consent.revoked_at.is_none()
        && consent.given_at.timestamp() <= now.timestamp()
        && consent.period.as_ref().is_none_or(|period| holds(period, now.date()))
}

/// Whether `other` was taken back or refused after `consent` was given, under the same law.
fn revokes(other: &Consent, consent: &Consent) -> bool {
    let taken_back = matches!(other.status, ConsentStatus::Revoked | ConsentStatus::Rejected);
    let when = other.revoked_at.as_ref().unwrap_or(&other.given_at);
    taken_back
        && other.scope == consent.scope
        && other.law == consent.law
        && when.timestamp() > consent.given_at.timestamp()
}

fn holds(period: &kap_record::primitive::Period, date: Date) -> bool {
    period.start.civil() <= date && period.end.as_ref().is_none_or(|end| date <= end.civil())
}

fn ids_of<'r>(record: &'r Record, recipient: &Recipient) -> Vec<&'r Key> {
    let is_npi = recipient.identifier.system.as_str() == NPI_SYSTEM;
    let matches = |npi: Option<&kap_record::primitive::Npi>, identifiers: &[Identifier]| {
        identifiers.contains(&recipient.identifier)
            || is_npi && npi.is_some_and(|npi| npi.as_str() == recipient.identifier.value.as_str())
    };
    let organizations = record
        .organizations
        .iter()
        .filter(|o| matches(o.npi.as_ref(), &o.identifiers))
        .map(|o| &o.id);
    let practitioners = record
        .practitioners
        .iter()
        .filter(|p| matches(p.npi.as_ref(), &p.identifiers))
        .map(|p| &p.id);
    organizations.chain(practitioners).collect()
}
