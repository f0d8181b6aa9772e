//! Education given.

use super::life_cycle::Entry;
use crate::define::{codes, object};
use crate::primitive::{Key, Moment};

codes! {
    /// What the patient was taught.
    pub enum EducationTopic in "kap-education" {
        /// What the treatment can and cannot be expected to do.
        ExpectationSetting = "expectation-setting",
        /// What an altered state is like and how to meet it.
        AlteredState = "altered-state",
        /// How to prepare for the day.
        DayOfDosing = "day-of-dosing",
        /// Safe storage and use at home.
        HomeSafety = "home-safety",
        /// Why integration matters.
        IntegrationPractice = "integration-practice",
        /// Risks of frequent use: bladder, dependence.
        RisksOfFrequentUse = "risks-of-frequent-use",
        /// What the chaperone has to do.
        ChaperoneDuties = "chaperone-duties",
    }
}

object! {
    /// Education given.
    pub struct Education {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// What was taught.
        pub topic: EducationTopic,
        /// When.
        pub given_at: Moment,
        /// The practitioner who taught.
        pub given_by_id: Key,
        /// The session in which it was given.
        pub session_id: Option<Key>,
    }
}
