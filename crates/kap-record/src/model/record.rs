use super::adverse_event::AdverseEvent;
use super::alcohol_use::AlcoholUse;
use super::assessment::Assessment;
use super::care_team::CareTeam;
use super::condition::Condition;
use super::consent::Consent;
use super::course::Course;
use super::education::Education;
use super::factor::Factor;
use super::goal::Goal;
use super::lab::{LabResult, PregnancyStatement};
use super::life_cycle::Removed;
use super::medication::{CurrentMedication, Medication};
use super::note::{ProcessNote, SummaryNote};
use super::organization::{Location, Organization};
use super::patient::Patient;
use super::plan::Plan;
use super::practitioner::{Practitioner, SupportPerson};
use super::prescription::{Dispense, Prescription};
use super::rating::{BehaviorReport, GrowthRating, PatternRating};
use super::safety::SafetyCheck;
use super::screening::Screening;
use super::session::Session;
use crate::define::{codes, object};
use crate::sensitivity::Withheld;

codes! {
    /// The version of the record's structure.
    pub enum SchemaVersion {
        /// The first version.
        Kap1 = "kap-record/1",
    }
}

object! {
    /// One course of ketamine-assisted psychotherapy of one patient.
    ///
    /// Objects refer to each other by the source system's own `id`: a member that ends in `Id` or `Ids` holds the id of another object of this record.
    pub struct Record {
        /// The version of the structure that this document follows.
        pub schema: SchemaVersion,
        /// The person treated.
        pub patient: Patient,
        /// Clinics, pharmacies and other organizations involved.
        pub organizations: Vec<Organization>,
        /// Places where sessions are held.
        pub locations: Vec<Location>,
        /// Professionals involved. Everyone who recorded anything is listed here.
        pub practitioners: Vec<Practitioner>,
        /// Sitters, chaperones and escorts who are not professionals.
        pub support_persons: Vec<SupportPerson>,
        /// Who looks after the patient during this course.
        pub care_team: Option<CareTeam>,
        /// The course itself.
        pub course: Course,
        /// The conditions treated, and others that a clinician confirmed.
        pub conditions: Vec<Condition>,
        /// What long-term outcomes depend on: the eight prognostic factors.
        pub factors: Vec<Factor>,
        /// Consents to treatment, to disclosure and to research.
        pub consents: Vec<Consent>,
        /// Screens for contraindications, each with its decision on eligibility.
        pub screenings: Vec<Screening>,
        /// What else the patient takes, as far as it bears on risk.
        pub current_medications: Vec<CurrentMedication>,
        /// Laboratory results.
        pub lab_results: Vec<LabResult>,
        /// Statements about pregnancy.
        pub pregnancy_statements: Vec<PregnancyStatement>,
        /// The ketamine or esketamine products used in this course.
        pub medications: Vec<Medication>,
        /// Orders for them.
        pub prescriptions: Vec<Prescription>,
        /// Supplies handed to the patient for use at home.
        pub dispenses: Vec<Dispense>,
        /// Sessions of all four types, held, planned or cancelled.
        pub sessions: Vec<Session>,
        /// Instruments filled in, by the patient or about the patient.
        pub assessments: Vec<Assessment>,
        /// Ratings of growth beyond symptoms.
        pub growth_ratings: Vec<GrowthRating>,
        /// Ratings of long-standing patterns.
        pub pattern_ratings: Vec<PatternRating>,
        /// What the patient does to make the benefit last.
        pub behavior_reports: Vec<BehaviorReport>,
        /// Harm. An effect that was expected belongs to its session's `expectedEffects`, never to both.
        pub adverse_events: Vec<AdverseEvent>,
        /// Safety steps done, such as a look into the prescription monitoring program.
        pub safety_checks: Vec<SafetyCheck>,
        /// Education given.
        pub education: Vec<Education>,
        /// Drinking reported in programs for alcohol use.
        pub alcohol_use: Vec<AlcoholUse>,
        /// What the patient wants to reach.
        pub goals: Vec<Goal>,
        /// The larger treatment plan, the KAP plan within it, and the integration plan within that.
        pub plans: Vec<Plan>,
        /// Notes written to be shared.
        pub summary_notes: Vec<SummaryNote>,
        /// Psychotherapy process notes, kept apart from the chart. They never leave.
        pub process_notes: Vec<Withheld<ProcessNote>>,
        /// Objects that the source system removed. An object that is merely absent was not removed.
        pub removed: Vec<Removed>,
    }
}
