//! What long-term outcomes depend on.

use super::assessment::ScoreCode;
use super::life_cycle::Entry;
use super::practitioner::Actor;
use crate::define::{codes, object};
use crate::primitive::{Key, Moment, Rating};

codes! {
    /// The eight prognostic factors.
    pub enum FactorCode in "kap-factor" {
        /// The condition being treated.
        ConditionTreated = "condition-treated",
        /// Trauma history.
        TraumaHistory = "trauma-history",
        /// Sensitivity of the nervous system; never a diagnosis.
        NervousSystemSensitivity = "nervous-system-sensitivity",
        /// The level of therapeutic support.
        TherapeuticSupport = "therapeutic-support",
        /// Readiness for emotional change.
        Readiness = "readiness",
        /// The consistency of integration work.
        IntegrationConsistency = "integration-consistency",
        /// Overall life stress.
        LifeStress = "life-stress",
        /// Support systems.
        SupportSystems = "support-systems",
    }
}

object! {
    /// One prognostic factor: a rating, a score of an assessment, or the condition treated.
    pub struct Factor {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// Which factor.
        pub factor: FactorCode,
        /// When it was judged.
        pub assessed_at: Moment,
        /// Who judged it.
        pub assessed_by: Actor,
        /// How strong it is, 0 to 10.
        pub rating: Option<Rating>,
        /// The assessment that measures it.
        pub assessment_id: Option<Key>,
        /// Which score of that assessment.
        pub score: Option<ScoreCode>,
        /// The condition, for `condition-treated`.
        pub condition_id: Option<Key>,
    }
}
