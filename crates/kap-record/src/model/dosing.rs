//! What was given, how and how much.

use super::life_cycle::Entry;
use super::practitioner::Actor;
use crate::define::{codes, object};
use crate::primitive::{Count, Instant, Key, Kilogram, Line, Milligram, MilligramPerKilogram, Minute, Quantity};
use crate::sensitivity::Withheld;

codes! {
    /// How the medication enters the body.
    pub enum Route {
        /// Into a vein.
        Intravenous = "intravenous",
        /// Into a muscle.
        Intramuscular = "intramuscular",
        /// Under the skin.
        Subcutaneous = "subcutaneous",
        /// Under the tongue or in the cheek.
        Sublingual = "sublingual",
        /// Into the nose.
        Intranasal = "intranasal",
        /// Swallowed.
        Oral = "oral",
    }
}

codes! {
    /// Whether mg count the base or the salt. A Spravato device holds 32.3 mg of the hydrochloride, which is 28 mg of the base.
    pub enum DoseBasis {
        /// The free base.
        Base = "base",
        /// The hydrochloride.
        Salt = "salt",
    }
}

codes! {
    /// What happened to an administration.
    pub enum AdministrationStatus {
        /// Given as intended.
        Completed = "completed",
        /// Stopped early; the dose is what was given until then.
        Stopped = "stopped",
        /// Not given.
        NotDone = "not-done",
    }
}

codes! {
    /// What the patient does with the saliva after holding a lozenge.
    pub enum AfterHold {
        /// Spits it out.
        Spit = "spit",
        /// Swallows it.
        Swallow = "swallow",
    }
}

object! {
    /// How a lozenge, troche or tablet is held in the mouth.
    pub struct SublingualTechnique {
        /// For how long.
        pub hold: Quantity<Minute>,
        /// What happens then.
        pub then: AfterHold,
    }
}

object! {
    /// One administration. Two steps within one session are two administrations.
    pub struct Administration {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// What happened to it.
        pub status: AdministrationStatus,
        /// The product.
        pub medication_id: Key,
        /// The route.
        pub route: Route,
        /// The amount given.
        pub dose: Quantity<Milligram>,
        /// Whether mg count the base or the salt.
        pub dose_basis: DoseBasis,
        /// The amount by weight.
        pub dose_per_weight: Option<Quantity<MilligramPerKilogram>>,
        /// The body weight with which it was calculated.
        pub weight_used: Option<Quantity<Kilogram>>,
        /// When it began.
        pub started_at: Instant,
        /// When an infusion ended.
        pub ended_at: Option<Instant>,
        /// How long an infusion ran.
        pub duration: Option<Quantity<Minute>>,
        /// How a lozenge, troche or tablet was held.
        pub technique: Option<SublingualTechnique>,
        /// How many nasal spray devices were used.
        pub device_count: Option<Count>,
        /// The lot number.
        pub lot_number: Option<Line>,
        /// Who gave it; the patient if it was taken without help.
        pub administered_by: Actor,
    }
}

object! {
    /// What was left over and destroyed, and who saw it. This stays at the site.
    pub struct Waste {
        /// The amount destroyed.
        pub amount: Quantity<Milligram>,
        /// The practitioner who destroyed it.
        pub wasted_by_id: Key,
        /// The practitioner who saw it.
        pub witnessed_by_id: Key,
    }
}

object! {
    /// What the patient monitoring form of the esketamine risk evaluation and mitigation strategy asks beyond the rest of the session.
    pub struct RemsMonitoring {
        /// Whether the patient is enrolled.
        pub enrolled: bool,
        /// Whether this was the first treatment.
        pub first_treatment: bool,
        /// Minutes from the first device to the end of monitoring.
        pub minutes_monitored: Quantity<Minute>,
        /// Minutes until the patient would have been ready to leave.
        pub minutes_until_ready: Option<Quantity<Minute>>,
        /// Whether vital signs were acceptable before administration.
        pub vitals_acceptable_before: bool,
        /// Whether vital signs were acceptable before monitoring ended.
        pub vitals_acceptable_after: bool,
        /// When the form was submitted: at most seven days later.
        pub submitted_at: Option<Instant>,
    }
}

object! {
    /// The dosing part of a session.
    pub struct Dosing {
        /// The order that was carried out.
        pub prescription_id: Option<Key>,
        /// What was given, in order of time.
        pub administrations: Vec<Administration>,
        /// Monitoring under the esketamine risk evaluation and mitigation strategy.
        pub rems: Option<RemsMonitoring>,
        /// What was left over and destroyed.
        pub waste: Option<Withheld<Waste>>,
    }
}
