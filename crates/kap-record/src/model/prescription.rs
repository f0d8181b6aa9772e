//! Orders for the medication, and supplies handed over for use at home.

use super::dosing::{DoseBasis, Route};
use super::life_cycle::Entry;
use crate::define::{codes, object};
use crate::primitive::{Count, Instant, Key, Line, Milligram, MilligramPerKilogram, Minute, Period, Quantity};

codes! {
    /// The state of an order. <https://hl7.org/fhir/R4/valueset-medicationrequest-status.html>
    pub enum PrescriptionStatus {
        /// In force.
        Active = "active",
        /// Paused.
        OnHold = "on-hold",
        /// Carried out.
        Completed = "completed",
        /// Ended early.
        Stopped = "stopped",
        /// Withdrawn before it was carried out.
        Cancelled = "cancelled",
    }
}

codes! {
    /// Units of calendar time, as UCUM codes.
    pub enum CalendarUnit {
        /// Day.
        Day = "d",
        /// Week.
        Week = "wk",
        /// Month.
        Month = "mo",
    }
}

object! {
    /// A number of calendar units.
    pub struct CalendarSpan {
        /// How many.
        pub value: Count,
        /// Of what.
        pub unit: CalendarUnit,
    }
}

object! {
    /// How often something is to happen: `times` times `every` so long.
    pub struct Schedule {
        /// How many times within each span.
        pub times: Count,
        /// The span.
        pub every: CalendarSpan,
        /// How many times in all.
        pub count: Option<Count>,
        /// Within which days.
        pub period: Option<Period>,
    }
}

object! {
    /// An order for the medication: a dose in mg, in mg/kg or both.
    pub struct Prescription {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// Its state.
        pub status: PrescriptionStatus,
        /// The product.
        pub medication_id: Key,
        /// The route.
        pub route: Route,
        /// The dose.
        pub dose: Option<Quantity<Milligram>>,
        /// The dose by weight.
        pub dose_per_weight: Option<Quantity<MilligramPerKilogram>>,
        /// Whether mg count the base or the salt.
        pub dose_basis: DoseBasis,
        /// Over how long each dose is given.
        pub duration: Option<Quantity<Minute>>,
        /// When the doses are given.
        pub schedule: Option<Schedule>,
        /// When it was ordered.
        pub authored_at: Instant,
        /// The practitioner who ordered it.
        pub prescriber_id: Key,
        /// The conditions for which it was ordered.
        pub indication_ids: Vec<Key>,
    }
}

object! {
    /// A supply handed over for use at home.
    pub struct Dispense {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// The order.
        pub prescription_id: Key,
        /// The product.
        pub medication_id: Key,
        /// The pharmacy.
        pub pharmacy_id: Key,
        /// How many pieces.
        pub pieces: Count,
        /// For how many days.
        pub days_supply: Option<Count>,
        /// When they were handed over.
        pub handed_over_at: Instant,
        /// The lot number.
        pub lot_number: Option<Line>,
    }
}
