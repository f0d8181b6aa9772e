//! Drinking, in programs for alcohol use.

use super::life_cycle::Entry;
use super::practitioner::Actor;
use crate::define::{codes, object};
use crate::primitive::{Count, Date, Key, Moment};

codes! {
    /// What the patient aims at.
    pub enum DrinkingAim in "kap-drinking-aim" {
        /// Not to drink.
        Abstinence = "abstinence",
        /// To drink less.
        Moderation = "moderation",
    }
}

object! {
    /// Drinking during the 28 days before the report.
    pub struct AlcoholUse {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// When it was reported.
        pub reported_at: Moment,
        /// Who reported it.
        pub reported_by: Actor,
        /// What the patient aims at.
        pub aim: Option<DrinkingAim>,
        /// Days on which the patient drank, of 28.
        pub drinking_days: Count,
        /// Days of heavy drinking, of 28.
        pub heavy_drinking_days: Count,
        /// The first day without drinking since.
        pub abstinent_since: Option<Date>,
    }
}
