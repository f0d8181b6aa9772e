//! Sessions of the four types.

use super::course::Phase;
use super::discharge::Discharge;
use super::dosing::Dosing;
use super::integration::Integration;
use super::life_cycle::{Entry, EntryReason};
use super::monitoring::{ExpectedEffect, ScaleReading, VitalSigns};
use super::practitioner::{Actor, Role};
use super::setting::SetAndSetting;
use crate::define::{codes, object};
use crate::primitive::{Count, Instant, InstantPeriod, Key, Minute, Quantity, TimeZoneName};

codes! {
    /// The four types of session.
    pub enum SessionType in "kap-session-type" {
        /// Psychotherapy before the medication.
        Preparation = "preparation",
        /// Medication with psychotherapy, during the induction.
        Dosing = "dosing",
        /// Psychotherapy after the medication.
        Integration = "integration",
        /// Medication with psychotherapy, after the induction.
        Booster = "booster",
    }
}

codes! {
    /// The state of a session.
    pub enum SessionStatus {
        /// Agreed upon.
        Planned = "planned",
        /// Under way.
        InProgress = "in-progress",
        /// Held to the end.
        Completed = "completed",
        /// Broken off.
        EndedEarly = "ended-early",
        /// Called off.
        Cancelled = "cancelled",
        /// The patient did not come.
        NoShow = "no-show",
    }
}

codes! {
    /// Where the patient is during the session.
    pub enum SessionPlace {
        /// In the clinic.
        InClinic = "in-clinic",
        /// Anywhere, over video.
        Remote = "remote",
        /// At home, with or without video.
        AtHome = "at-home",
    }
}

codes! {
    /// How the patient attended.
    pub enum Attendance in "kap-attendance" {
        /// From beginning to end.
        Full = "full",
        /// Came late.
        Late = "late",
        /// Left early.
        LeftEarly = "left-early",
        /// Did not attend.
        Absent = "absent",
    }
}

object! {
    /// Somebody who took part.
    pub struct Participant {
        /// Who it was.
        pub actor: Actor,
        /// What the participant did.
        pub role: Role,
        /// When; the whole session if absent.
        pub period: Option<InstantPeriod>,
    }
}

codes! {
    /// The approach of psychotherapy.
    pub enum Modality in "kap-modality" {
        /// Supportive and non-directive.
        Supportive = "supportive",
        /// Cognitive behavioral therapy.
        CognitiveBehavioral = "cognitive-behavioral",
        /// Acceptance and commitment therapy.
        AcceptanceCommitment = "acceptance-commitment",
        /// Internal family systems.
        InternalFamilySystems = "internal-family-systems",
        /// Psychodynamic therapy.
        Psychodynamic = "psychodynamic",
        /// Somatic therapy.
        Somatic = "somatic",
        /// Eye movement desensitization and reprocessing.
        EyeMovementDesensitization = "eye-movement-desensitization",
        /// Motivational enhancement and relapse prevention.
        MotivationalEnhancement = "motivational-enhancement",
    }
}

object! {
    /// The psychotherapy of a session.
    pub struct Psychotherapy {
        /// The approach.
        pub modality: Modality,
        /// The practitioners who conducted it.
        pub therapist_ids: Vec<Key>,
        /// How long it lasted.
        pub duration: Option<Quantity<Minute>>,
    }
}

object! {
    /// A session.
    pub struct Session {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// Its type.
        pub session_type: SessionType,
        /// Its number among the sessions of its type, counted from 1.
        pub number: Option<Count>,
        /// The phase of the course in which it lies.
        pub phase: Phase,
        /// Its state.
        pub status: SessionStatus,
        /// Why it was called off or broken off.
        pub status_reason: Option<EntryReason>,
        /// Where the patient was.
        pub place: SessionPlace,
        /// When it began, or is planned to begin.
        pub start: Instant,
        /// When it ended.
        pub end: Option<Instant>,
        /// The time zone of the patient's clock; the offsets of `start` and `end` agree with it.
        pub time_zone: TimeZoneName,
        /// The location, if it was held in the clinic.
        pub location_id: Option<Key>,
        /// The organization that held it.
        pub organization_id: Option<Key>,
        /// The conditions for which it was held.
        pub indication_ids: Vec<Key>,
        /// Who took part besides the patient.
        pub participants: Vec<Participant>,
        /// How the patient attended.
        pub attendance: Option<Attendance>,
        /// The psychotherapy.
        pub psychotherapy: Option<Psychotherapy>,
        /// The medication.
        pub dosing: Option<Dosing>,
        /// Vital signs.
        pub vital_signs: Vec<VitalSigns>,
        /// Scales.
        pub scales: Vec<ScaleReading>,
        /// Effects that were expected.
        pub expected_effects: Vec<ExpectedEffect>,
        /// Set and setting.
        pub set_and_setting: Option<SetAndSetting>,
        /// The check before the patient left.
        pub discharge: Option<Discharge>,
        /// The integration work.
        pub integration: Option<Integration>,
    }
}
