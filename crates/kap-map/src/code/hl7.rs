//! Codes that FHIR R4, HL7 Terminology and US Core define. All were read in `hl7.fhir.r4.examples@4.0.1`, `hl7.terminology.r4@7.0.1` or US Core 7.0.0.

use kap_record::model::consent::Purpose;

use super::Code;

macro_rules! system {
    ($(#[$meta:meta])* $function:ident = $uri:literal) => {
        $(#[$meta])*
        pub(crate) const fn $function(code: &'static str) -> Code {
            Code::unnamed($uri, code)
        }
    };
}

system! { /// <https://hl7.org/fhir/R4/codesystem-observation-category.html>
observation_category = "http://terminology.hl7.org/CodeSystem/observation-category" }
system! { /// <https://hl7.org/fhir/R4/codesystem-condition-category.html>
condition_category = "http://terminology.hl7.org/CodeSystem/condition-category" }
system! { /// <https://hl7.org/fhir/R4/codesystem-condition-clinical.html>
condition_clinical = "http://terminology.hl7.org/CodeSystem/condition-clinical" }
system! { /// <https://hl7.org/fhir/R4/codesystem-condition-ver-status.html>
condition_verification = "http://terminology.hl7.org/CodeSystem/condition-ver-status" }
system! { /// <https://hl7.org/fhir/R4/codesystem-consent-scope.html>
consent_scope = "http://terminology.hl7.org/CodeSystem/consentscope" }
system! { /// <https://hl7.org/fhir/R4/codesystem-data-absent-reason.html>
data_absent_reason = "http://terminology.hl7.org/CodeSystem/data-absent-reason" }
system! { /// <https://hl7.org/fhir/R4/codesystem-organization-type.html>
organization_type = "http://terminology.hl7.org/CodeSystem/organization-type" }
system! { /// <https://hl7.org/fhir/R4/codesystem-diagnosis-role.html>
diagnosis_role = "http://terminology.hl7.org/CodeSystem/diagnosis-role" }
system! { /// <https://hl7.org/fhir/R4/codesystem-provenance-participant-type.html>
provenance_participant = "http://terminology.hl7.org/CodeSystem/provenance-participant-type" }
system! { /// US Core's addition to it, for who sent a bundle.
us_core_provenance_participant = "http://hl7.org/fhir/us/core/CodeSystem/us-core-provenance-participant-type" }
system! { /// US Core's category of a plan.
care_plan_category = "http://hl7.org/fhir/us/core/CodeSystem/careplan-category" }
system! { /// <https://terminology.hl7.org/CodeSystem-v3-ActCode.html>
act_code = "http://terminology.hl7.org/CodeSystem/v3-ActCode" }
system! { /// <https://terminology.hl7.org/CodeSystem-v3-ActReason.html>
act_reason = "http://terminology.hl7.org/CodeSystem/v3-ActReason" }
system! { /// <https://terminology.hl7.org/CodeSystem-v3-RoleCode.html>
role_code = "http://terminology.hl7.org/CodeSystem/v3-RoleCode" }
system! { /// <https://terminology.hl7.org/CodeSystem-v3-ParticipationType.html>
participation_type = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType" }
system! { /// <https://terminology.hl7.org/CodeSystem-v3-RouteOfAdministration.html>
route_of_administration = "http://terminology.hl7.org/CodeSystem/v3-RouteOfAdministration" }
system! { /// <https://terminology.hl7.org/CodeSystem-v3-NullFlavor.html>
null_flavor = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor" }
system! { /// <https://hl7.org/fhir/R4/codesystem-encounter-discharge-disposition.html>
discharge_disposition = "http://terminology.hl7.org/CodeSystem/discharge-disposition" }
system! { /// <https://hl7.org/fhir/R4/codesystem-adverse-event-severity.html>
adverse_event_severity = "http://terminology.hl7.org/CodeSystem/adverse-event-severity" }
system! { /// <https://terminology.hl7.org/CodeSystem-adverse-event-seriousness.html>
adverse_event_seriousness = "http://terminology.hl7.org/CodeSystem/adverse-event-seriousness" }
system! { /// <https://hl7.org/fhir/R4/codesystem-adverse-event-outcome.html>
adverse_event_outcome = "http://terminology.hl7.org/CodeSystem/adverse-event-outcome" }
system! { /// <https://terminology.hl7.org/CodeSystem-adverse-event-causality-assess.html>
adverse_event_causality = "http://terminology.hl7.org/CodeSystem/adverse-event-causality-assess" }
system! { /// <https://hl7.org/fhir/R4/codesystem-medication-admin-category.html>
administration_category = "http://terminology.hl7.org/CodeSystem/medication-admin-category" }
system! { /// <https://hl7.org/fhir/R4/codesystem-medicationrequest-category.html>
medication_request_category = "http://terminology.hl7.org/CodeSystem/medicationrequest-category" }
system! { /// <https://hl7.org/fhir/R4/codesystem-dose-rate-type.html>
dose_rate_type = "http://terminology.hl7.org/CodeSystem/dose-rate-type" }
system! { /// <https://hl7.org/fhir/R4/codesystem-goal-category.html>
goal_category = "http://terminology.hl7.org/CodeSystem/goal-category" }
system! { /// <https://hl7.org/fhir/R4/codesystem-goal-achievement.html>
goal_achievement = "http://terminology.hl7.org/CodeSystem/goal-achievement" }
system! { /// <https://terminology.hl7.org/CodeSystem-v3-ObservationInterpretation.html>
interpretation = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation" }
system! { /// US Core's category of a note.
document_category = "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category" }
system! { /// Race and ethnicity as the CDC codes them.
cdc_race = "urn:oid:2.16.840.1.113883.6.238" }

/// A purpose of use. <https://terminology.hl7.org/CodeSystem-v3-ActReason.html>
pub(crate) const fn purpose(purpose: Purpose) -> Code {
    act_reason(match purpose {
        Purpose::Treatment => "TREAT",
        Purpose::EmergencyTreatment => "ETREAT",
        Purpose::Payment => "HPAYMT",
        Purpose::Operations => "HOPERAT",
        Purpose::CareCoordination => "COC",
        Purpose::Research => "HRESCH",
        Purpose::PatientRequest => "PATRQT",
    })
}
