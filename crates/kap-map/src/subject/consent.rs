//! Consent. <https://hl7.org/fhir/R4/consent.html>

use fhirbolt::model::r4::resources::{Consent, ConsentPolicy, ConsentProvision, ConsentProvisionActor};
use fhirbolt::model::r4::types::{CodeableConcept, Period};
use kap_record::model::consent::{self, ConsentLaw, ConsentScope, ConsentStatus, ProvisionEffect};
use kap_record::model::life_cycle::EntryStatus;

use crate::code::{Code, Local, concept, hl7, loinc};
use crate::element::period;
use crate::label::{Label, Labels};
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;

pub(super) fn map<'r>(consent: &Placed<'r, consent::Consent>, mapping: &mut Mapping<'r>) {
    mapping.add(Source::of(consent), labels(consent), |mapping| Consent {
        status: status(consent).into(),
        scope: concept(scope(consent.scope)).into(),
        category: std::iter::once(loinc::PATIENT_CONSENT)
            .chain(consent.law.and_then(category))
            .map(concept)
            .collect(),
        patient: Some(mapping.patient()),
        date_time: Some(consent.given_at.as_str().into()),
        performer: vec![*mapping.actor(&consent.given_by)],
        organization: consent
            .organization_id
            .iter()
            .map(|id| *mapping.organization(id))
            .collect(),
        policy: consent
            .policy
            .iter()
            .map(|uri| ConsentPolicy {
                uri: Some(uri.as_str().into()),
                ..Default::default()
            })
            .collect(),
        policy_rule: Some(policy_rule(consent.law).into()),
        provision: provision(consent, mapping),
        ..Default::default()
    });
}

/// A rule about a class of information tells that there is some: a consent that forbids a class stays where that class stays.
fn labels(consent: &consent::Consent) -> Labels {
    let classes = consent.provisions.iter().flat_map(|rule| &rule.sensitivity_classes);
    Labels::of_classes(classes)
}

/// FHIR has one word for revoked and for expired.
fn status(consent: &consent::Consent) -> &'static str {
    match consent.status {
        _ if consent.entry.status == EntryStatus::EnteredInError => "entered-in-error",
        ConsentStatus::Revoked | ConsentStatus::Expired => "inactive",
        other => other.as_str(),
    }
}

fn scope(scope: ConsentScope) -> Code {
    hl7::consent_scope(match scope {
        ConsentScope::Treatment => "treatment",
        ConsentScope::Privacy => "patient-privacy",
        ConsentScope::Research => "research",
    })
}

fn category(law: ConsentLaw) -> Option<Code> {
    match law {
        ConsentLaw::Hipaa => Some(hl7::act_code("HIPAAAuthCD")),
        ConsentLaw::Part2 => Some(hl7::act_code("42CFRPart2CD")),
        ConsentLaw::State => None,
    }
}

/// R4 wants a policy or a policy rule (ppc-1): the law, or else that patients opt in.
fn policy_rule(law: Option<ConsentLaw>) -> CodeableConcept {
    concept(hl7::act_code(match law {
        Some(ConsentLaw::Hipaa) => "HIPAAAuth",
        Some(ConsentLaw::Part2) => "42CFRPart2",
        Some(ConsentLaw::State) | None => "OPTIN",
    }))
}

/// The root says what was agreed to and for how long; the record's rules hang below it. FHIR has no empty elements: a consent that says none of it has no
/// provision.
fn provision(consent: &consent::Consent, mapping: &Mapping<'_>) -> Option<ConsentProvision> {
    let provision = ConsentProvision {
        period: in_force(consent).map(Into::into),
        code: consent.topics.iter().map(|topic| concept(topic.coding())).collect(),
        provision: consent.provisions.iter().map(|rule| nested(rule, mapping)).collect(),
        ..Default::default()
    };
    let says_something = provision.period.is_some() || !provision.code.is_empty() || !provision.provision.is_empty();
    says_something.then_some(provision)
}

/// The consent's own period, ended by its revocation.
fn in_force(consent: &consent::Consent) -> Option<Period> {
    let own = consent.period.as_ref().map(period);
    match &consent.revoked_at {
        Some(revoked) => Some(Period {
            end: Some(revoked.as_str().into()),
            ..own.unwrap_or_default()
        }),
        None => own,
    }
}

fn nested(rule: &consent::Provision, mapping: &Mapping<'_>) -> ConsentProvision {
    let effect = match rule.effect {
        ProvisionEffect::Permit => "permit",
        ProvisionEffect::Deny => "deny",
    };
    ConsentProvision {
        r#type: Some(effect.into()),
        period: rule.period.as_ref().map(|days| period(days).into()),
        actor: rule
            .recipients
            .iter()
            .map(|recipient| ConsentProvisionActor {
                role: concept(hl7::participation_type("IRCP")).into(),
                reference: mapping.actor(recipient),
                ..Default::default()
            })
            .collect(),
        purpose: rule
            .purposes
            .iter()
            .map(|purpose| hl7::purpose(*purpose).into())
            .collect(),
        security_label: rule
            .sensitivity_classes
            .iter()
            .map(|class| Label::from(*class).coding())
            .collect(),
        ..Default::default()
    }
}
