//! The one table of what the sandbox stores and searches: the index and the capability statement are both made from it.
//!
//! Names, kinds and elements are those of the [R4 search parameters](https://hl7.org/fhir/R4/searchparameter-registry.html).

use crate::search::parameter::{SearchParameter, date, patient, reference, token, uri};

/// A resource type with its own search parameters.
#[derive(Debug)]
pub(crate) struct ResourceType {
    pub(crate) name: &'static str,
    own_parameters: &'static [SearchParameter],
}

/// Types are compared by name: there is one of each in the table.
impl PartialEq for ResourceType {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}
impl Eq for ResourceType {}
impl std::hash::Hash for ResourceType {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl ResourceType {
    /// The parameters of all resources, then those of this type.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = &'static SearchParameter> {
        EVERY_TYPE.iter().chain(self.own_parameters)
    }

    pub(crate) fn parameter(&self, name: &str) -> Option<&'static SearchParameter> {
        self.parameters().find(|parameter| parameter.name == name)
    }
}

/// The type of that name, if the sandbox stores it.
pub(crate) fn resource_type(name: &str) -> Option<&'static ResourceType> {
    TYPES.iter().find(|resource_type| resource_type.name == name)
}

const EVERY_TYPE: &[SearchParameter] = &[
    token("_id", &["id"]),
    date("_lastUpdated", &["meta.lastUpdated"]),
    uri("_profile", &["meta.profile"]),
    token("_security", &["meta.security"]),
    token("_tag", &["meta.tag"]),
];

const IDENTIFIER: SearchParameter = token("identifier", &["identifier"]);
const STATUS: SearchParameter = token("status", &["status"]);
const CODE: SearchParameter = token("code", &["code"]);
const TYPE: SearchParameter = token("type", &["type"]);
const CATEGORY: SearchParameter = token("category", &["category"]);
const INTENT: SearchParameter = token("intent", &["intent"]);
const ACTIVE: SearchParameter = token("active", &["active"]);
const CLINICAL_STATUS: SearchParameter = token("clinical-status", &["clinicalStatus"]);
const VERIFICATION_STATUS: SearchParameter = token("verification-status", &["verificationStatus"]);
const MEDICATION_CODE: SearchParameter = token("code", &["medicationCodeableConcept"]);
const MEDICATION: SearchParameter = reference("medication", &["medicationReference"]);
const SUBJECT: SearchParameter = reference("subject", &["subject"]);
const SUBJECT_PATIENT: SearchParameter = patient(&["subject"]);
const PATIENT: SearchParameter = patient(&["patient"]);
const ENCOUNTER: SearchParameter = reference("encounter", &["encounter"]);
const CONTEXT: SearchParameter = reference("context", &["context"]);
const BASED_ON: SearchParameter = reference("based-on", &["basedOn"]);
const PART_OF: SearchParameter = reference("part-of", &["partOf"]);
const REQUESTER: SearchParameter = reference("requester", &["requester"]);
const ACTOR: SearchParameter = reference("performer", &["performer.actor"]);
const PERFORMER: SearchParameter = reference("performer", &["performer"]);
const DATE: SearchParameter = date("date", &["date"]);
const PERIOD: SearchParameter = date("date", &["period"]);
const EFFECTIVE: &[&str] = &["effectiveDateTime", "effectivePeriod", "effectiveInstant"];

macro_rules! types {
    ($($name:literal: [$($parameter:expr),* $(,)?];)*) => {
        /// Every type the sandbox stores, in alphabetical order.
        pub(crate) static TYPES: &[ResourceType] = &[$(ResourceType { name: $name, own_parameters: &[$($parameter),*] }),*];
    };
}

types! {
    "AdverseEvent": [
        token("actuality", &["actuality"]), CATEGORY, DATE, token("event", &["event"]), reference("location", &["location"]),
        reference("recorder", &["recorder"]), reference("resultingcondition", &["resultingCondition"]),
        token("seriousness", &["seriousness"]), token("severity", &["severity"]), SUBJECT,
        reference("substance", &["suspectEntity.instance"]),
    ];
    "AllergyIntolerance": [
        CATEGORY, CLINICAL_STATUS, CODE, token("criticality", &["criticality"]), date("date", &["recordedDate"]), IDENTIFIER,
        PATIENT, reference("recorder", &["recorder"]), TYPE, VERIFICATION_STATUS,
    ];
    "AuditEvent": [
        token("action", &["action"]), reference("agent", &["agent.who"]), date("date", &["recorded"]),
        reference("entity", &["entity.what"]), token("outcome", &["outcome"]), patient(&["agent.who", "entity.what"]),
        reference("source", &["source.observer"]), token("subtype", &["subtype"]), TYPE,
    ];
    "Binary": [];
    "Bundle": [IDENTIFIER, date("timestamp", &["timestamp"]), TYPE];
    "CarePlan": [
        BASED_ON, reference("care-team", &["careTeam"]), CATEGORY, reference("condition", &["addresses"]), PERIOD, ENCOUNTER,
        reference("goal", &["goal"]), IDENTIFIER, INTENT, PART_OF, SUBJECT_PATIENT, reference("replaces", &["replaces"]), STATUS,
        SUBJECT,
    ];
    "CareTeam": [
        CATEGORY, PERIOD, ENCOUNTER, IDENTIFIER, reference("participant", &["participant.member"]), SUBJECT_PATIENT, STATUS,
        SUBJECT,
    ];
    "ClinicalImpression": [
        reference("assessor", &["assessor"]), date("date", &["date"]), ENCOUNTER, IDENTIFIER, SUBJECT_PATIENT,
        reference("problem", &["problem"]), STATUS, SUBJECT,
    ];
    "Communication": [
        BASED_ON, CATEGORY, ENCOUNTER, IDENTIFIER, token("medium", &["medium"]), PART_OF, SUBJECT_PATIENT,
        date("received", &["received"]), reference("recipient", &["recipient"]), reference("sender", &["sender"]),
        date("sent", &["sent"]), STATUS, SUBJECT,
    ];
    "Condition": [
        date("abatement-date", &["abatementDateTime", "abatementPeriod"]), CATEGORY, CLINICAL_STATUS, CODE, ENCOUNTER, IDENTIFIER,
        date("onset-date", &["onsetDateTime", "onsetPeriod"]), SUBJECT_PATIENT, date("recorded-date", &["recordedDate"]), SUBJECT,
        VERIFICATION_STATUS,
    ];
    "Consent": [
        CATEGORY, reference("consentor", &["performer"]), date("date", &["dateTime"]), IDENTIFIER,
        reference("organization", &["organization"]), PATIENT, date("period", &["provision.period"]), token("scope", &["scope"]),
        STATUS,
    ];
    "Device": [IDENTIFIER, reference("organization", &["owner"]), PATIENT, STATUS, TYPE];
    "DiagnosticReport": [
        BASED_ON, CATEGORY, CODE, date("date", EFFECTIVE), ENCOUNTER, IDENTIFIER, date("issued", &["issued"]), SUBJECT_PATIENT,
        PERFORMER, reference("result", &["result"]), STATUS, SUBJECT,
    ];
    "DocumentReference": [
        reference("author", &["author"]), CATEGORY, DATE, reference("encounter", &["context.encounter"]),
        token("identifier", &["masterIdentifier", "identifier"]), SUBJECT_PATIENT, date("period", &["context.period"]),
        token("security-label", &["securityLabel"]), STATUS, SUBJECT, TYPE,
    ];
    "Encounter": [
        BASED_ON, token("class", &["class"]), PERIOD, reference("diagnosis", &["diagnosis.condition"]),
        reference("episode-of-care", &["episodeOfCare"]), IDENTIFIER, reference("location", &["location.location"]), PART_OF,
        reference("participant", &["participant.individual"]), SUBJECT_PATIENT,
        reference("service-provider", &["serviceProvider"]), STATUS, SUBJECT, TYPE,
    ];
    "EpisodeOfCare": [
        reference("care-manager", &["careManager"]), reference("condition", &["diagnosis.condition"]), PERIOD, IDENTIFIER,
        reference("organization", &["managingOrganization"]), PATIENT, STATUS, TYPE,
    ];
    "Flag": [reference("author", &["author"]), PERIOD, ENCOUNTER, IDENTIFIER, SUBJECT_PATIENT, SUBJECT];
    "Goal": [
        token("achievement-status", &["achievementStatus"]), CATEGORY, IDENTIFIER, token("lifecycle-status", &["lifecycleStatus"]),
        SUBJECT_PATIENT, date("start-date", &["startDate"]), SUBJECT, date("target-date", &["target.dueDate"]),
    ];
    "List": [
        CODE, DATE, ENCOUNTER, IDENTIFIER, reference("item", &["entry.item"]), SUBJECT_PATIENT, reference("source", &["source"]),
        STATUS, SUBJECT,
    ];
    "Location": [
        IDENTIFIER, reference("organization", &["managingOrganization"]), reference("partof", &["partOf"]), STATUS, TYPE,
    ];
    "Medication": [CODE, token("form", &["form"]), IDENTIFIER, token("lot-number", &["batch.lotNumber"]), STATUS];
    "MedicationAdministration": [
        MEDICATION_CODE, CONTEXT, reference("device", &["device"]), date("effective-time", EFFECTIVE), IDENTIFIER, MEDICATION,
        SUBJECT_PATIENT, ACTOR, token("reason-given", &["reasonCode"]), reference("request", &["request"]), STATUS, SUBJECT,
    ];
    "MedicationDispense": [
        MEDICATION_CODE, CONTEXT, IDENTIFIER, MEDICATION, SUBJECT_PATIENT, ACTOR,
        reference("prescription", &["authorizingPrescription"]), STATUS, SUBJECT, TYPE, date("whenhandedover", &["whenHandedOver"]),
        date("whenprepared", &["whenPrepared"]),
    ];
    "MedicationRequest": [
        date("authoredon", &["authoredOn"]), CATEGORY, MEDICATION_CODE, ENCOUNTER, IDENTIFIER, INTENT, MEDICATION,
        SUBJECT_PATIENT, REQUESTER, STATUS, SUBJECT,
    ];
    "MedicationStatement": [
        CATEGORY, MEDICATION_CODE, CONTEXT, date("effective", EFFECTIVE), IDENTIFIER, MEDICATION, PART_OF, SUBJECT_PATIENT,
        reference("source", &["informationSource"]), STATUS, SUBJECT,
    ];
    "Observation": [
        BASED_ON, CATEGORY, CODE, token("component-code", &["component.code"]), date("date", EFFECTIVE),
        reference("derived-from", &["derivedFrom"]), ENCOUNTER, reference("focus", &["focus"]),
        reference("has-member", &["hasMember"]), IDENTIFIER, token("method", &["method"]), PART_OF, SUBJECT_PATIENT, PERFORMER,
        STATUS, SUBJECT, token("value-concept", &["valueCodeableConcept"]),
    ];
    "Organization": [ACTIVE, IDENTIFIER, reference("partof", &["partOf"]), TYPE];
    "Patient": [
        ACTIVE, date("birthdate", &["birthDate"]), token("gender", &["gender"]),
        reference("general-practitioner", &["generalPractitioner"]), IDENTIFIER,
        reference("organization", &["managingOrganization"]),
    ];
    "Practitioner": [ACTIVE, token("gender", &["gender"]), IDENTIFIER];
    "PractitionerRole": [
        ACTIVE, PERIOD, IDENTIFIER, reference("location", &["location"]), reference("organization", &["organization"]),
        reference("practitioner", &["practitioner"]), token("role", &["code"]), token("specialty", &["specialty"]),
    ];
    "Procedure": [
        BASED_ON, CATEGORY, CODE, date("date", &["performedDateTime", "performedPeriod"]), ENCOUNTER, IDENTIFIER,
        reference("location", &["location"]), PART_OF, SUBJECT_PATIENT, ACTOR, token("reason-code", &["reasonCode"]), STATUS,
        SUBJECT,
    ];
    "Provenance": [
        reference("agent", &["agent.who"]), token("agent-role", &["agent.role"]), token("agent-type", &["agent.type"]),
        reference("entity", &["entity.what"]), reference("location", &["location"]), patient(&["target"]),
        date("recorded", &["recorded"]), reference("target", &["target"]), date("when", &["occurredDateTime"]),
    ];
    "Questionnaire": [CODE, DATE, IDENTIFIER, STATUS, uri("url", &["url"]), token("version", &["version"])];
    "QuestionnaireResponse": [
        reference("author", &["author"]), date("authored", &["authored"]), BASED_ON, ENCOUNTER, IDENTIFIER, PART_OF,
        SUBJECT_PATIENT, reference("source", &["source"]), STATUS, SUBJECT,
    ];
    "RelatedPerson": [
        ACTIVE, date("birthdate", &["birthDate"]), IDENTIFIER, PATIENT, token("relationship", &["relationship"]),
    ];
    "RiskAssessment": [
        reference("condition", &["condition"]), date("date", &["occurrenceDateTime", "occurrencePeriod"]), ENCOUNTER, IDENTIFIER,
        token("method", &["method"]), SUBJECT_PATIENT, PERFORMER, SUBJECT,
    ];
    "ServiceRequest": [
        date("authored", &["authoredOn"]), BASED_ON, CATEGORY, CODE, ENCOUNTER, IDENTIFIER, INTENT,
        date("occurrence", &["occurrenceDateTime", "occurrencePeriod"]), SUBJECT_PATIENT, PERFORMER, REQUESTER, STATUS, SUBJECT,
    ];
    "Specimen": [
        token("accession", &["accessionIdentifier"]),
        date("collected", &["collection.collectedDateTime", "collection.collectedPeriod"]), IDENTIFIER, SUBJECT_PATIENT, STATUS,
        SUBJECT, TYPE,
    ];
    "Task": [
        date("authored-on", &["authoredOn"]), BASED_ON, token("business-status", &["businessStatus"]), CODE, ENCOUNTER,
        reference("focus", &["focus"]), IDENTIFIER, INTENT, date("modified", &["lastModified"]), reference("owner", &["owner"]),
        PART_OF, patient(&["for"]), REQUESTER, STATUS, reference("subject", &["for"]),
    ];
}
