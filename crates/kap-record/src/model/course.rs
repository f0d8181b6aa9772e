//! The course of treatment.

use super::life_cycle::Entry;
use crate::define::{codes, object};
use crate::primitive::{Key, Period};

codes! {
    /// The program in which a course takes place.
    pub enum Program in "kap-program" {
        /// Ketamine with psychotherapy before, during and after the sessions.
        Kap = "kap",
        /// Ketamine-assisted psychotherapy for alcohol use.
        KapAlcoholUse = "kap-alcohol-use",
        /// Ketamine-assisted psychotherapy for the consequences of trauma.
        KapTrauma = "kap-trauma",
        /// Esketamine under its risk evaluation and mitigation strategy, with psychotherapy.
        KapEsketamine = "kap-esketamine",
    }
}

codes! {
    /// The protocol that shapes a course.
    pub enum Protocol in "kap-protocol" {
        /// Preparation, six infusions in two to three weeks, integration after each.
        KapIv6 = "kap-iv-6",
        /// Preparation, four sublingual doses over four weeks.
        KapSl4 = "kap-sl-4",
        /// Four ketamine sessions and eleven hours of psychotherapy in eight weeks.
        KapOslo = "kap-oslo",
        /// Two orientation sessions, six sessions in three weeks, one integration session.
        Kap6In3 = "kap-6in3",
        /// Esketamine nasal spray: twice weekly for four weeks, weekly for four weeks, then every one to two weeks.
        Spravato = "spravato",
        /// Single sessions after the induction, on a trigger or at fixed intervals.
        Booster = "booster",
        /// Shaped for this patient.
        Individual = "individual",
    }
}

codes! {
    /// The phase of a course.
    pub enum Phase in "kap-phase" {
        /// Eligibility is being decided.
        Screening = "screening",
        /// Psychotherapy before the first dose.
        Preparation = "preparation",
        /// The short course of first sessions.
        Induction = "induction",
        /// Periodic booster sessions with ongoing therapy.
        Maintenance = "maintenance",
        /// No more sessions; outcomes are followed.
        FollowUp = "follow-up",
    }
}

codes! {
    /// The state of a course.
    pub enum CourseStatus {
        /// Not begun.
        Planned = "planned",
        /// Waiting for a place.
        Waitlist = "waitlist",
        /// Under way.
        Active = "active",
        /// Interrupted.
        OnHold = "on-hold",
        /// Ended.
        Finished = "finished",
        /// Never begun.
        Cancelled = "cancelled",
    }
}

codes! {
    /// Why a course ended.
    pub enum EndReason in "kap-end-reason" {
        /// Completed as planned.
        Completed = "completed",
        /// An adverse event.
        AdverseEvent = "adverse-event",
        /// The patient wished to stop.
        PatientChoice = "patient-choice",
        /// It did not help enough.
        NonResponse = "non-response",
        /// Contraindicated.
        Contraindicated = "contraindicated",
        /// The patient was not heard of again.
        LostToFollowUp = "lost-to-follow-up",
    }
}

object! {
    /// A stretch of the course in one state.
    pub struct CourseState {
        /// The state.
        pub status: CourseStatus,
        /// When the course was in it.
        pub period: Period,
    }
}

object! {
    /// The course of treatment.
    pub struct Course {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// The program.
        pub program: Program,
        /// The protocol.
        pub protocol: Protocol,
        /// The phase it is in.
        pub phase: Phase,
        /// The state it is in.
        pub status: CourseStatus,
        /// From the first contact to the end.
        pub period: Period,
        /// The states it was in before.
        pub history: Vec<CourseState>,
        /// Why it ended.
        pub end_reason: Option<EndReason>,
        /// The organization that is responsible.
        pub organization_id: Key,
        /// The practitioner who is responsible.
        pub practitioner_id: Option<Key>,
        /// The conditions treated, the main one first.
        pub indication_ids: Vec<Key>,
        /// Whether the program is subject to 42 CFR Part 2: records of substance use disorder treatment.
        pub part2_program: Option<bool>,
    }
}
