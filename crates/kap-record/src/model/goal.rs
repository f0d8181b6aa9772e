//! What the patient wants to reach.

use super::assessment::ScoreCode;
use super::life_cycle::Entry;
use super::practitioner::Actor;
use super::rating::{GrowthCode, PatternCode};
use crate::define::{codes, object};
use crate::primitive::{Date, Decimal, Key, SharedText};

codes! {
    /// The domains in which benefit shows.
    pub enum OutcomeDomain in "kap-outcome-domain" {
        /// Less severe symptoms of depression.
        DepressionSeverity = "depression-severity",
        /// Less frequent symptoms of depression.
        DepressionFrequency = "depression-frequency",
        /// Better emotion regulation.
        EmotionRegulation = "emotion-regulation",
        /// More psychological flexibility.
        PsychologicalFlexibility = "psychological-flexibility",
        /// Less trauma reactivity.
        TraumaReactivity = "trauma-reactivity",
        /// More meaning or connection.
        MeaningConnection = "meaning-connection",
        /// More engagement in ongoing therapy.
        TherapyEngagement = "therapy-engagement",
        /// Growth beyond symptoms.
        Growth = "growth",
    }
}

codes! {
    /// The state of a goal. <https://hl7.org/fhir/R4/valueset-goal-status.html>
    pub enum GoalStatus {
        /// Put forward.
        Proposed = "proposed",
        /// Planned.
        Planned = "planned",
        /// Accepted.
        Accepted = "accepted",
        /// Being worked on.
        Active = "active",
        /// Put aside for a while.
        OnHold = "on-hold",
        /// No longer worked on.
        Completed = "completed",
        /// Given up.
        Cancelled = "cancelled",
        /// Not wanted.
        Rejected = "rejected",
    }
}

codes! {
    /// How far it is reached. <https://hl7.org/fhir/R4/valueset-goal-achievement.html>
    pub enum AchievementStatus {
        /// On the way.
        InProgress = "in-progress",
        /// Getting closer.
        Improving = "improving",
        /// Getting farther away.
        Worsening = "worsening",
        /// No change.
        NoChange = "no-change",
        /// Reached.
        Achieved = "achieved",
        /// Reached and kept.
        Sustaining = "sustaining",
        /// Not reached.
        NotAchieved = "not-achieved",
        /// No progress.
        NoProgress = "no-progress",
        /// Out of reach.
        NotAttainable = "not-attainable",
    }
}

codes! {
    /// On which side of the value the target lies.
    pub enum TargetDirection {
        /// At the value or below.
        AtMost = "at-most",
        /// At the value or above.
        AtLeast = "at-least",
    }
}

object! {
    /// A target that tells whether the goal is reached: a score or a rating of growth, its value and the day.
    pub struct Target {
        /// The score that is measured.
        pub score: Option<ScoreCode>,
        /// The growth that is rated.
        pub growth: Option<GrowthCode>,
        /// On which side of the value the target lies.
        pub direction: TargetDirection,
        /// The value.
        pub value: Decimal,
        /// By when.
        pub due: Option<Date>,
    }
}

object! {
    /// A goal.
    pub struct Goal {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// The domain in which it lies.
        pub domain: OutcomeDomain,
        /// Which growth, for the domain `growth`.
        pub growth: Option<GrowthCode>,
        /// The goal in words meant to be shared.
        pub description: SharedText,
        /// Who set it.
        pub expressed_by: Actor,
        /// Its state.
        pub status: GoalStatus,
        /// How far it is reached.
        pub achievement: Option<AchievementStatus>,
        /// When work on it begins.
        pub start: Date,
        /// Its targets.
        pub targets: Vec<Target>,
        /// The conditions that it addresses.
        pub condition_ids: Vec<Key>,
        /// The patterns that it addresses.
        pub patterns: Vec<PatternCode>,
        /// The assessments that show how far it is reached.
        pub outcome_assessment_ids: Vec<Key>,
    }
}
