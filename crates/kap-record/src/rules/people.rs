//! Patient, practitioners, organizations and locations can be found in the EHR.

use kap_json::Message;

use super::{Facts, Findings, each};
use crate::codes;
use crate::model::patient::HumanName;
use crate::primitive::{Identifier, Npi};

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    let record = facts.record;
    identified("/patient", &record.patient.identifiers, None, findings);
    for (at, name) in each("/patient/names", &record.patient.names) {
        named(&at, name, findings);
    }
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
