//! Safety steps done.

use super::life_cycle::Entry;
use crate::define::{codes, object};
use crate::primitive::{Key, Moment};
use crate::sensitivity::Withheld;

codes! {
    /// Safety steps.
    pub enum SafetyStep in "kap-safety" {
        /// The prescription drug monitoring program was looked into.
        PdmpReviewed = "pdmp-reviewed",
        /// Enrollment in the esketamine risk evaluation and mitigation strategy was checked.
        RemsEnrollmentChecked = "rems-enrollment-checked",
        /// A safety plan was made or reviewed.
        SafetyPlanReviewed = "safety-plan-reviewed",
        /// Transport home was arranged.
        TransportArranged = "transport-arranged",
        /// The chaperone was told what to watch for.
        ChaperoneBriefed = "chaperone-briefed",
        /// Supplies at home were counted.
        HomeSupplyCounted = "home-supply-counted",
    }
}

object! {
    /// A safety step done. That it was done may leave; what it showed may not.
    pub struct SafetyCheck {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// Which step.
        pub step: SafetyStep,
        /// When it was done.
        pub done_at: Moment,
        /// The practitioner who did it.
        pub done_by_id: Key,
        /// The session for which it was done.
        pub session_id: Option<Key>,
        /// What it showed.
        pub result: Option<Withheld>,
    }
}
