//! Whether the patient may leave.

use crate::define::{codes, object};
use crate::primitive::{Instant, Key};

codes! {
    /// What has to be so before the patient leaves.
    pub enum DischargeCriterion in "kap-discharge" {
        /// Oriented to person, place and time.
        Oriented = "oriented",
        /// Walks steadily.
        SteadyGait = "steady-gait",
        /// Vital signs within 20 percent of those before the dose.
        VitalsNearBaseline = "vitals-near-baseline",
        /// Responds readily to the name spoken in normal tone.
        Alert = "alert",
        /// No longer dissociated.
        DissociationResolved = "dissociation-resolved",
        /// No acute thoughts of suicide.
        NoAcuteSuicidality = "no-acute-suicidality",
        /// Somebody takes the patient home.
        EscortPresent = "escort-present",
        /// Will not drive until the next day, after restful sleep.
        NoDriving = "no-driving",
        /// Has the instructions for the time after the session.
        InstructionsGiven = "instructions-given",
    }
}

codes! {
    /// Where the patient went.
    pub enum DischargeDisposition {
        /// Home.
        Home = "home",
        /// To a hospital.
        Hospital = "hospital",
        /// Elsewhere.
        Other = "other",
        /// Left against advice.
        AgainstAdvice = "against-advice",
    }
}

object! {
    /// One criterion.
    pub struct CriterionResult {
        /// Which criterion.
        pub criterion: DischargeCriterion,
        /// Whether it was met.
        pub met: bool,
    }
}

object! {
    /// The check before the patient left.
    pub struct Discharge {
        /// When it was done.
        pub assessed_at: Instant,
        /// The practitioner who did it.
        pub assessed_by_id: Key,
        /// The criteria.
        pub criteria: Vec<CriterionResult>,
        /// Where the patient went.
        pub disposition: DischargeDisposition,
        /// When the patient left.
        pub left_at: Option<Instant>,
        /// The support person who took the patient home.
        pub escort_id: Option<Key>,
    }
}
