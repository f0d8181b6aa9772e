//! The forms that what a record tells can take in an EHR, the fullest first: not every EHR takes every resource, and nothing
//! is dropped without a word.
//!
//! An administered dose never becomes a MedicationRequest, which would stand as an order, nor a Procedure, which has no
//! place for the dose: where MedicationAdministration cannot be written, a note names drug, dose, basis, route and time.

use std::fmt;

/// A form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// The resource as it is mapped.
    Resource,
    /// Nothing is written: the EHR's own resource is found and referred to.
    Existing,
    /// Answers in a [QuestionnaireResponse](https://hl7.org/fhir/R4/questionnaireresponse.html).
    QuestionnaireResponse,
    /// A clinical note: a [DocumentReference](https://hl7.org/fhir/R4/documentreference.html) with text.
    Note,
    /// Words in what refers to it, such as `Reference.display` or a line of a note.
    Words,
}

impl Form {
    /// The word in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Form::Resource => "resource",
            Form::Existing => "existing",
            Form::QuestionnaireResponse => "questionnaire-response",
            Form::Note => "note",
            Form::Words => "words",
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// The forms of the resources of one type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ladder {
    /// The type that a record is mapped to.
    pub resource_type: &'static str,
    /// What it tells of the course, for people.
    pub content: &'static str,
    /// The forms it can take, the fullest first.
    pub forms: &'static [Form],
}

use Form::{Existing, Note, QuestionnaireResponse, Resource, Words};

/// Every type that a record is mapped to, in the order of the alphabet.
pub const LADDERS: &[Ladder] = &[
    ladder("AdverseEvent", "adverse events", &[Resource, Note]),
    ladder("CarePlan", "treatment, integration and safety plans", &[Resource, Note]),
    ladder("CareTeam", "the team", &[Resource, Note]),
    ladder("Communication", "messages and reports to others", &[Resource, Note]),
    ladder("Condition", "diagnoses and contraindications", &[Resource, Note]),
    ladder("Consent", "consents", &[Resource, Note]),
    ladder("DocumentReference", "released documents", &[Resource]),
    ladder("Encounter", "sessions", &[Resource, Note]),
    ladder("EpisodeOfCare", "the course", &[Resource, Note]),
    ladder("Goal", "goals", &[Resource, Note]),
    ladder("List", "what the course is made of", &[Resource, Note]),
    ladder("Location", "places", &[Existing, Words]),
    ladder("Medication", "products and lots", &[Resource, Words]),
    ladder("MedicationAdministration", "administered doses", &[Resource, Note]),
    ladder("MedicationDispense", "dispensed medication", &[Resource, Note]),
    ladder("MedicationRequest", "prescriptions", &[Resource, Note]),
    ladder("MedicationStatement", "other medication", &[Resource, Note]),
    ladder(
        "Observation",
        "scores, vital signs, findings",
        &[Resource, QuestionnaireResponse, Note],
    ),
    ladder("Organization", "organizations", &[Existing, Words]),
    ladder("Patient", "the patient", &[Existing]),
    ladder("Practitioner", "staff", &[Existing, Words]),
    ladder("PractitionerRole", "roles of staff", &[Resource, Words]),
    ladder(
        "Procedure",
        "preparation, dosing, integration, therapy",
        &[Resource, Note],
    ),
    ladder("Provenance", "who wrote what", &[Resource, Note]),
    ladder("QuestionnaireResponse", "scales with their answers", &[Resource, Note]),
    ladder("RelatedPerson", "support persons and chaperones", &[Resource, Words]),
    ladder("RiskAssessment", "expected effects and risks", &[Resource, Note]),
    ladder("Task", "integration practices and follow-up", &[Resource, Note]),
];

const fn ladder(resource_type: &'static str, content: &'static str, forms: &'static [Form]) -> Ladder {
    Ladder {
        resource_type,
        content,
        forms,
    }
}

impl Ladder {
    /// The ladder of `resource_type`, if records are mapped to it.
    pub fn of(resource_type: &str) -> Option<&'static Ladder> {
        LADDERS
            .binary_search_by(|ladder| ladder.resource_type.cmp(resource_type))
            .ok()
            .map(|at| &LADDERS[at])
    }
}
