//! Products: their codes, their routes, esketamine devices and its monitoring.

use kap_json::Message;
use rust_decimal::Decimal;

use super::{Facts, Findings, each, held};
use crate::codes;
use crate::model::dosing::{Administration, DoseBasis, Route};
use crate::model::medication::{Medication, MedicationForm, MedicationType};
use crate::model::session::Session;
use crate::primitive::Key;

/// Minutes of observation that the label of esketamine asks for.
const OBSERVATION_MINUTES: i64 = 120;
/// Days after the session within which the monitoring form is due.
const FORM_DAYS: i64 = 7;

const RXNORM: &str = "http://www.nlm.nih.gov/research/umls/rxnorm";
const SNOMED: &str = "http://snomed.info/sct";
const NDC: &str = "http://hl7.org/fhir/sid/ndc";

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    for (at, medication) in held("/medications", &facts.record.medications) {
        product_codes(&at, medication, findings);
    }
    for (at, prescription) in held("/prescriptions", &facts.record.prescriptions) {
        route(facts, &at, &prescription.medication_id, prescription.route, findings);
    }
    for (at, _, administration) in facts.given() {
        route(
            facts,
            &at,
            &administration.medication_id,
            administration.route,
            findings,
        );
        if find(facts, &administration.medication_id).is_some_and(|it| it.medication_type == MedicationType::Esketamine)
        {
            devices(&at, administration, findings);
        }
    }
    for (at, session) in facts.sessions() {
        rems(&at, session, findings);
    }
}

fn find<'a>(facts: &Facts<'a>, id: &Key) -> Option<&'a Medication> {
    facts.record.medications.iter().find(|medication| medication.id == *id)
}

fn product_codes(at: &str, medication: &Medication, findings: &mut Findings<'_>) {
    for (at, coding) in each(&format!("{at}/codings"), &medication.codings) {
        let refused = match (medication.medication_type, coding.system.as_str(), coding.code.as_str()) {
            (MedicationType::Esketamine, RXNORM, "6130") | (MedicationType::Esketamine, SNOMED, "373464007") => {
                "this code means racemic ketamine"
            }
            (MedicationType::Compounded, NDC, _) => "a compounded product has no NDC",
            _ => continue,
        };
        findings.report(&codes::PRODUCT_CODE, &format!("{at}/code"), refused);
    }
}

const fn routes(medication: &Medication) -> &'static [Route] {
    match (medication.medication_type, medication.form) {
        (MedicationType::Esketamine, _) | (_, MedicationForm::NasalSpray) => &[Route::Intranasal],
        (_, MedicationForm::InjectionSolution) => &[
            Route::Intravenous,
            Route::Intramuscular,
            Route::Subcutaneous,
            Route::Intranasal,
            Route::Oral,
        ],
        (_, MedicationForm::Lozenge | MedicationForm::Troche | MedicationForm::OrallyDisintegratingTablet) => {
            &[Route::Sublingual, Route::Oral]
        }
        (_, MedicationForm::Capsule | MedicationForm::OralSolution) => &[Route::Oral],
    }
}

fn route(facts: &Facts<'_>, at: &str, medication_id: &Key, route: Route, findings: &mut Findings<'_>) {
    let Some(medication) = find(facts, medication_id).filter(|medication| !routes(medication).contains(&route)) else {
        return;
    };
    let message = format!(
        "a product of the type `{}` and the form `{}` is not given `{route}`",
        medication.medication_type, medication.form
    );
    findings.report(&codes::ROUTE_PRODUCT, &format!("{at}/route"), Message::text(message));
}

/// Milligrams in one device.
fn device_content(basis: DoseBasis) -> Decimal {
    match basis {
        DoseBasis::Base => Decimal::from(28),
        DoseBasis::Salt => Decimal::new(323, 1),
    }
}

fn devices(at: &str, administration: &Administration, findings: &mut Findings<'_>) {
    let Some(devices) = administration.device_count else {
        return;
    };
    let expected = device_content(administration.dose_basis) * Decimal::from(devices.get());
    if (administration.dose.value().value() - expected).abs() > Decimal::new(5, 1) {
        let message = Message::value(Message::default(), devices.get().to_string())
            .and(" devices hold ")
            .value(format!("{} mg", expected.normalize()))
            .and(format!(" of the {}", administration.dose_basis));
        findings.report(&codes::DEVICE_DOSE, &format!("{at}/dose"), message);
    }
}

fn rems(at: &str, session: &Session, findings: &mut Findings<'_>) {
    let Some(rems) = session.dosing.as_ref().and_then(|dosing| dosing.rems.as_ref()) else {
        return;
    };
    if rems.minutes_monitored.value().value() < Decimal::from(OBSERVATION_MINUTES) {
        let message = "the label asks for at least 120 minutes of observation";
        findings.report(
            &codes::REMS_OBSERVATION_SHORT,
            &format!("{at}/dosing/rems/minutesMonitored"),
            message,
        );
    }
    let late = rems.submitted_at.as_ref().is_some_and(|submitted| {
        submitted.timestamp().as_second() - session.start.timestamp().as_second() > FORM_DAYS * 24 * 3600
    });
    if late {
        let message = "the form was submitted more than seven days after the session";
        findings.report(
            &codes::REMS_FORM_LATE,
            &format!("{at}/dosing/rems/submittedAt"),
            message,
        );
    }
}
