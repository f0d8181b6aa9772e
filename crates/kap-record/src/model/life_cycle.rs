//! The life of an object in its source system: who recorded which version when, and what became of it.

use crate::define::{codes, object};
use crate::primitive::{Instant, Key, Version};

codes! {
    /// Whether an entry holds.
    pub enum EntryStatus {
        /// It holds, as first recorded.
        Active = "active",
        /// It holds, and replaces what an earlier version said.
        Corrected = "corrected",
        /// It never held: it was recorded by mistake.
        EnteredInError = "entered-in-error",
    }
}

codes! {
    /// Why an entry was changed, withdrawn or removed.
    pub enum EntryReason in "kap-status-reason" {
        /// A slip while typing or copying.
        DataEntryError = "data-entry-error",
        /// It belongs to another patient.
        WrongPatient = "wrong-patient",
        /// It was recorded twice.
        Duplicate = "duplicate",
        /// It was calculated again.
        Recalculated = "recalculated",
        /// It came in long after the fact.
        LateArrival = "late-arrival",
        /// The patient asked for it.
        PatientRequest = "patient-request",
        /// A consent behind it was revoked.
        ConsentRevoked = "consent-revoked",
        /// The plan changed.
        PlanChanged = "plan-changed",
        /// The course of the illness changed.
        ClinicalChange = "clinical-change",
        /// Illness or an adverse event stood in the way.
        Illness = "illness",
        /// Staff, room or supply was not available.
        NotAvailable = "not-available",
    }
}

object! {
    /// The entry of an object in its source system. Nothing is dated by any other clock.
    pub struct Entry {
        /// 1 when first recorded, higher with each change.
        pub version: Version,
        /// When this version was recorded.
        pub recorded_at: Instant,
        /// The practitioner who recorded this version.
        pub recorded_by_id: Key,
        /// Whether it holds.
        pub status: EntryStatus,
        /// Why it was changed or withdrawn.
        pub reason: Option<EntryReason>,
    }
}

codes! {
    /// The kinds of object that have a life of their own.
    pub enum Kind {
        /// A member of `supportPersons`.
        SupportPerson = "support-person",
        /// `careTeam`.
        CareTeam = "care-team",
        /// `course`.
        Course = "course",
        /// A member of `conditions`.
        Condition = "condition",
        /// A member of `factors`.
        Factor = "factor",
        /// A member of `consents`.
        Consent = "consent",
        /// A member of `screenings`.
        Screening = "screening",
        /// A member of `currentMedications`.
        CurrentMedication = "current-medication",
        /// A member of `labResults`.
        LabResult = "lab-result",
        /// A member of `pregnancyStatements`.
        PregnancyStatement = "pregnancy-statement",
        /// A member of `medications`.
        Medication = "medication",
        /// A member of `prescriptions`.
        Prescription = "prescription",
        /// A member of `dispenses`.
        Dispense = "dispense",
        /// A member of `sessions`.
        Session = "session",
        /// A member of a session's `administrations`.
        Administration = "administration",
        /// A member of a session's `insights`.
        Insight = "insight",
        /// A member of `assessments`.
        Assessment = "assessment",
        /// A member of `growthRatings`.
        GrowthRating = "growth-rating",
        /// A member of `patternRatings`.
        PatternRating = "pattern-rating",
        /// A member of `behaviorReports`.
        BehaviorReport = "behavior-report",
        /// A member of `adverseEvents`.
        AdverseEvent = "adverse-event",
        /// A member of `safetyChecks`.
        SafetyCheck = "safety-check",
        /// A member of `education`.
        Education = "education",
        /// A member of `alcoholUse`.
        AlcoholUse = "alcohol-use",
        /// A member of `goals`.
        Goal = "goal",
        /// A member of `plans`.
        Plan = "plan",
        /// A member of a plan's `activities`.
        Activity = "activity",
        /// A member of `summaryNotes`.
        SummaryNote = "summary-note",
        /// A member of `processNotes`.
        ProcessNote = "process-note",
    }
}

object! {
    /// What is left of an object that the source system removed.
    pub struct Removed {
        /// The kind of the object.
        pub kind: Kind,
        /// Its own id, which is never used again.
        pub id: Key,
        /// The version that removed it: higher than any it had.
        pub version: Version,
        /// When it was removed.
        pub recorded_at: Instant,
        /// The practitioner who removed it.
        pub recorded_by_id: Key,
        /// Why.
        pub reason: EntryReason,
    }
}

/// An object with a life of its own: what becomes a resource with an identity.
pub trait Keyed {
    /// Its kind.
    const KIND: Kind;
    /// The source system's own id, unique among the objects of its kind.
    fn id(&self) -> &Key;
    /// Its entry in the source system.
    fn entry(&self) -> &Entry;
}

macro_rules! keyed {
    ($($kind:ident: $object:path;)+) => {
        $(
            impl Keyed for $object {
                const KIND: Kind = Kind::$kind;
                fn id(&self) -> &Key {
                    &self.id
                }
                fn entry(&self) -> &Entry {
                    &self.entry
                }
            }
        )+
    };
}

keyed! {
    SupportPerson: super::practitioner::SupportPerson;
    CareTeam: super::care_team::CareTeam;
    Course: super::course::Course;
    Condition: super::condition::Condition;
    Factor: super::factor::Factor;
    Consent: super::consent::Consent;
    Screening: super::screening::Screening;
    CurrentMedication: super::medication::CurrentMedication;
    LabResult: super::lab::LabResult;
    PregnancyStatement: super::lab::PregnancyStatement;
    Medication: super::medication::Medication;
    Prescription: super::prescription::Prescription;
    Dispense: super::prescription::Dispense;
    Session: super::session::Session;
    Administration: super::dosing::Administration;
    Insight: super::integration::Insight;
    Assessment: super::assessment::Assessment;
    GrowthRating: super::rating::GrowthRating;
    PatternRating: super::rating::PatternRating;
    BehaviorReport: super::rating::BehaviorReport;
    AdverseEvent: super::adverse_event::AdverseEvent;
    SafetyCheck: super::safety::SafetyCheck;
    Education: super::education::Education;
    AlcoholUse: super::alcohol_use::AlcoholUse;
    Goal: super::goal::Goal;
    Plan: super::plan::Plan;
    Activity: super::plan::Activity;
    SummaryNote: super::note::SummaryNote;
}
