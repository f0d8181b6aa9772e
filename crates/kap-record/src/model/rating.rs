//! Ratings of growth and of patterns, and reports of what the patient does to make the benefit last.

use super::life_cycle::Entry;
use super::practitioner::Actor;
use crate::define::{codes, object};
use crate::primitive::{Count, Key, Moment, Rating};

codes! {
    /// Growth beyond symptoms.
    pub enum GrowthCode in "kap-growth" {
        /// More connected to oneself.
        ConnectionSelf = "connection-self",
        /// More connected to others.
        ConnectionOthers = "connection-others",
        /// More connected to life.
        ConnectionLife = "connection-life",
        /// Greater self-compassion.
        SelfCompassion = "self-compassion",
        /// Less fear around emotions.
        LessFearOfEmotions = "less-fear-of-emotions",
        /// Improved relationships.
        Relationships = "relationships",
        /// Curiosity instead of avoidance.
        CuriosityOverAvoidance = "curiosity-over-avoidance",
        /// A renewed sense of hope.
        Hope = "hope",
        /// A coherent healing narrative.
        NarrativeCoherence = "narrative-coherence",
    }
}

codes! {
    /// Long-standing patterns.
    pub enum PatternCode in "kap-pattern" {
        /// Emotional numbness.
        EmotionalNumbness = "emotional-numbness",
        /// Rigid thought patterns.
        RigidThinking = "rigid-thinking",
        /// Hopelessness.
        Hopelessness = "hopelessness",
        /// Self-criticism.
        SelfCriticism = "self-criticism",
    }
}

codes! {
    /// What makes the benefit last.
    pub enum IntegrationBehavior in "kap-integration-behaviour" {
        /// Integrates insights into daily life.
        IntegrateInsights = "integrate-insights",
        /// Continues therapy between or after the sessions.
        ContinueTherapy = "continue-therapy",
        /// Practises new emotional or relational skills.
        PractiseSkills = "practise-skills",
        /// Makes changes aligned with values.
        ValuesAlignedChange = "values-aligned-change",
        /// Uses coping strategies that stick.
        CopingStrategy = "coping-strategy",
    }
}

object! {
    /// A rating of growth.
    pub struct GrowthRating {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// Which growth.
        pub growth: GrowthCode,
        /// How much, 0 to 10.
        pub rating: Rating,
        /// When it was rated.
        pub rated_at: Moment,
        /// Who rated it.
        pub rated_by: Actor,
    }
}

object! {
    /// A rating of a pattern.
    pub struct PatternRating {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// Which pattern.
        pub pattern: PatternCode,
        /// How strong, 0 to 10.
        pub rating: Rating,
        /// When it was rated.
        pub rated_at: Moment,
        /// Who rated it.
        pub rated_by: Actor,
        /// The condition of which it is a part.
        pub condition_id: Option<Key>,
    }
}

object! {
    /// A report of what the patient does.
    pub struct BehaviorReport {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// What.
        pub behavior: IntegrationBehavior,
        /// How many times a week.
        pub times_per_week: Count,
        /// When it was reported.
        pub reported_at: Moment,
        /// Who reported it.
        pub reported_by: Actor,
        /// The activity of a plan that it carries out.
        pub activity_id: Option<Key>,
    }
}
