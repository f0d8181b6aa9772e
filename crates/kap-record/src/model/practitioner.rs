//! People around the patient: professionals, and support persons whose identity is withheld.

use super::life_cycle::Entry;
use super::patient::{HumanName, Telecom};
use crate::define::{codes, object};
use crate::primitive::{Identifier, Key, Line, Npi};
use crate::sensitivity::Withheld;

codes! {
    /// What somebody does for the patient.
    pub enum Role in "kap-role" {
        /// Prescribes the medication.
        Prescriber = "prescriber",
        /// Nurse who administers the medication.
        AdministeringNurse = "administering-nurse",
        /// Clinician who watches vital signs, sedation and dissociation.
        MonitoringClinician = "monitoring-clinician",
        /// Therapist who leads the session.
        LeadTherapist = "lead-therapist",
        /// Second therapist of a pair.
        CoTherapist = "co-therapist",
        /// Therapist of the integration sessions.
        IntegrationTherapist = "integration-therapist",
        /// Unlicensed person who sits with the patient.
        Sitter = "sitter",
        /// Guide through the experience.
        Guide = "guide",
        /// Adult who watches over a session at home.
        Chaperone = "chaperone",
        /// Person who takes the patient home.
        Escort = "escort",
        /// Primary care provider.
        PrimaryCare = "primary-care",
        /// Pharmacy that prepares and supplies the medication.
        Pharmacy = "pharmacy",
        /// Person who coordinates the care.
        CareCoordinator = "care-coordinator",
        /// The patient.
        Patient = "patient",
    }
}

codes! {
    /// Whom a reference to an actor points to.
    pub enum ActorType {
        /// The patient.
        Patient = "patient",
        /// A member of `practitioners`.
        Practitioner = "practitioner",
        /// A member of `supportPersons`.
        SupportPerson = "support-person",
        /// A member of `organizations`.
        Organization = "organization",
    }
}

object! {
    /// Somebody of this record who does something.
    pub struct Actor {
        /// Whom the id points to.
        pub actor_type: ActorType,
        /// The id of the patient, practitioner, support person or organization.
        pub id: Key,
    }
}

object! {
    /// A professional. In the EHR a practitioner is found by NPI or business identifier and never updated.
    pub struct Practitioner {
        /// The source system's own id.
        pub id: Key,
        /// National provider identifier.
        pub npi: Option<Npi>,
        /// Other business identifiers.
        pub identifiers: Vec<Identifier>,
        /// Name.
        pub name: HumanName,
        /// What the practitioner does in this course.
        pub roles: Vec<Role>,
        /// Licence or credential as it is written behind the name, such as `LMFT`.
        pub credential: Option<Line>,
        /// Code of the NUCC provider taxonomy.
        pub taxonomy: Option<Line>,
        /// The organization for which the practitioner works.
        pub organization_id: Option<Key>,
        /// Ways to reach the practitioner.
        pub telecom: Vec<Telecom>,
    }
}

codes! {
    /// What a support person is to the patient.
    pub enum Relationship {
        /// Spouse.
        Spouse = "spouse",
        /// Partner.
        Partner = "partner",
        /// Parent.
        Parent = "parent",
        /// Adult child.
        Child = "child",
        /// Brother or sister.
        Sibling = "sibling",
        /// Other member of the family.
        Family = "family",
        /// Friend.
        Friend = "friend",
        /// Neighbor.
        Neighbor = "neighbor",
        /// Hired or assigned, not otherwise related.
        Unrelated = "unrelated",
    }
}

object! {
    /// A sitter, chaperone or escort who is not a professional. Role and relationship may leave; who it is may not.
    pub struct SupportPerson {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// What the person does.
        pub role: Role,
        /// What the person is to the patient.
        pub relationship: Relationship,
        /// The person's name.
        pub name: Option<Withheld>,
        /// How to reach the person.
        pub contact: Option<Withheld>,
    }
}
