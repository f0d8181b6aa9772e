//! Integration: what is made of the experience.

use super::life_cycle::Entry;
use super::rating::PatternCode;
use crate::define::{codes, object};
use crate::primitive::{Key, Rating};
use crate::sensitivity::{Restricted, Withheld};

codes! {
    /// The four roles of integration.
    pub enum IntegrationRole in "kap-integration-role" {
        /// Make meaning of the ketamine experience.
        MeaningMaking = "meaning-making",
        /// Connect insights to patterns of real life.
        PatternLinking = "pattern-linking",
        /// Process emotional material that surfaced.
        EmotionalProcessing = "emotional-processing",
        /// Create actionable steps for change.
        ActionSteps = "action-steps",
    }
}

codes! {
    /// What an insight is about.
    pub enum InsightTheme in "kap-insight-theme" {
        /// Oneself.
        SelfImage = "self",
        /// Relations to others.
        Relational = "relational",
        /// Emotions.
        Emotional = "emotional",
        /// Values.
        Value = "value",
        /// Trauma.
        Trauma = "trauma",
        /// The body.
        Somatic = "somatic",
        /// Spirituality.
        Spiritual = "spiritual",
        /// Something else.
        Other = "other",
    }
}

object! {
    /// An insight: a coded theme that may be released, and the patient's words, which never leave.
    pub struct Insight {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// What it is about. It tells what the session was about, hence restricted.
        pub theme: Restricted<InsightTheme>,
        /// The patient's words.
        pub text: Option<Withheld>,
        /// Whether the clinician put it into the treatment plan, which releases the theme.
        pub in_treatment_plan: Option<bool>,
        /// The goals that rest on it.
        pub goal_ids: Vec<Key>,
        /// The activities that rest on it.
        pub activity_ids: Vec<Key>,
    }
}

object! {
    /// A connection between the experience and a pattern of real life.
    pub struct PatternLink {
        /// The source system's own id, unique among the links of its session.
        pub id: Key,
        /// The pattern.
        pub pattern: PatternCode,
        /// The condition of which it is a part.
        pub condition_id: Option<Key>,
        /// The goal that addresses it.
        pub goal_id: Option<Key>,
    }
}

object! {
    /// The integration work of a session.
    pub struct Integration {
        /// The roles that it served.
        pub roles: Vec<IntegrationRole>,
        /// The dosing sessions whose experience it worked on.
        pub dosing_session_ids: Vec<Key>,
        /// Insights.
        pub insights: Vec<Insight>,
        /// Connections to patterns of real life.
        pub pattern_links: Vec<PatternLink>,
        /// Distress before, 0 to 10.
        pub distress_before: Option<Rating>,
        /// Distress after, 0 to 10.
        pub distress_after: Option<Rating>,
        /// The assessment by which safety was screened again.
        pub safety_assessment_id: Option<Key>,
        /// The activities of a plan that the session created.
        pub activity_ids: Vec<Key>,
        /// The material that surfaced.
        pub surfaced_material: Option<Withheld>,
    }
}
