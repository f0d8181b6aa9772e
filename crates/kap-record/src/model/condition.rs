//! Conditions that a named clinician confirmed.

use super::life_cycle::Entry;
use crate::define::{codes, object};
use crate::primitive::{Count, Key, Line, PartialDate, Uri};

object! {
    /// A code and the system that defines it. <https://hl7.org/fhir/R4/datatypes.html#Coding>
    pub struct Coding {
        /// The code system, as a URI.
        pub system: Uri,
        /// The code.
        pub code: Line,
        /// What the system says it means.
        pub display: Option<Line>,
    }
}

codes! {
    /// Whether a condition is present. <https://hl7.org/fhir/R4/valueset-condition-clinical.html>
    pub enum ClinicalStatus {
        /// Present.
        Active = "active",
        /// Back after an absence.
        Recurrence = "recurrence",
        /// Back after getting better.
        Relapse = "relapse",
        /// Not noticeable at present.
        Inactive = "inactive",
        /// Without symptoms, may come back.
        Remission = "remission",
        /// Over.
        Resolved = "resolved",
    }
}

codes! {
    /// How sure the clinician is. <https://hl7.org/fhir/R4/valueset-condition-ver-status.html>
    pub enum VerificationStatus {
        /// Suspected.
        Provisional = "provisional",
        /// One of several possibilities.
        Differential = "differential",
        /// Confirmed.
        Confirmed = "confirmed",
    }
}

codes! {
    /// What a condition is listed as.
    pub enum ConditionCategory {
        /// On the problem list.
        ProblemListItem = "problem-list-item",
        /// Diagnosed at a session.
        EncounterDiagnosis = "encounter-diagnosis",
    }
}

codes! {
    /// How bad it is. <https://hl7.org/fhir/R4/valueset-adverse-event-severity.html>
    pub enum Severity {
        /// Mild.
        Mild = "mild",
        /// Moderate.
        Moderate = "moderate",
        /// Severe.
        Severe = "severe",
    }
}

object! {
    /// A condition that a named clinician confirmed. An answer in a screen is not a condition.
    pub struct Condition {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// What it is listed as.
        pub category: ConditionCategory,
        /// Its codes, such as SNOMED CT and ICD-10-CM.
        pub codings: Vec<Coding>,
        /// Its name.
        pub name: Line,
        /// Whether it is present.
        pub clinical_status: ClinicalStatus,
        /// How sure the clinician is.
        pub verification_status: VerificationStatus,
        /// How bad it is.
        pub severity: Option<Severity>,
        /// When it began.
        pub onset: Option<PartialDate>,
        /// When it ended.
        pub abatement: Option<PartialDate>,
        /// The practitioner who confirmed it.
        pub asserted_by_id: Key,
        /// The session at which it was diagnosed.
        pub session_id: Option<Key>,
        /// How many adequate treatment trials failed.
        pub failed_trials: Option<Count>,
        /// Whether the clinician judges it treatment-resistant.
        pub treatment_resistant: Option<bool>,
    }
}
