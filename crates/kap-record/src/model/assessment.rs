//! Instruments filled in, by the patient or about the patient.

use super::life_cycle::Entry;
use super::monitoring::Timepoint;
use super::practitioner::Actor;
use crate::define::{codes, object};
use crate::primitive::{Count, Decimal, ItemNumber, Key, Line, MinutesFromDose, Moment};
use crate::sensitivity::Withheld;

pub use crate::instruments::{InstrumentCode, ScoreCode};

codes! {
    /// How an instrument was filled in.
    pub enum AssessmentMode {
        /// By the patient alone.
        SelfReport = "self-report",
        /// By the patient, asked by somebody.
        Interview = "interview",
        /// By a clinician, from what was seen and told.
        ClinicianRated = "clinician-rated",
        /// By somebody who knows the patient.
        Proxy = "proxy",
    }
}

codes! {
    /// Why there is no value. <https://hl7.org/fhir/R4/valueset-data-absent-reason.html>
    pub enum AbsentReason {
        /// Too many answers are missing.
        Unknown = "unknown",
        /// Asked, but declined.
        AskedDeclined = "asked-declined",
        /// Not asked.
        NotAsked = "not-asked",
    }
}

object! {
    /// The answer to one item, as its number of points.
    pub struct Answer {
        /// The number of the item.
        pub item: ItemNumber,
        /// The points.
        pub value: Decimal,
    }
}

object! {
    /// A score: a value, or the reason why there is none.
    pub struct Score {
        /// Which score.
        pub score: ScoreCode,
        /// The value.
        pub value: Option<Decimal>,
        /// Why there is no value.
        pub absent_reason: Option<AbsentReason>,
        /// How many items were answered, if the answers themselves are not in the record.
        pub answered: Option<Count>,
    }
}

object! {
    /// A free text that was written into an instrument.
    pub struct Remark {
        /// The item to which it belongs.
        pub item: ItemNumber,
        /// What was written.
        pub text: Withheld,
    }
}

object! {
    /// An instrument filled in once.
    pub struct Assessment {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// Which instrument.
        pub instrument: InstrumentCode,
        /// Its version, if it has several.
        pub version: Option<Line>,
        /// When it was filled in.
        pub taken_at: Moment,
        /// The point of time around the dose.
        pub timepoint: Option<Timepoint>,
        /// Minutes from the dose.
        pub minutes_from_dose: Option<MinutesFromDose>,
        /// The session to which it belongs.
        pub session_id: Option<Key>,
        /// How it was filled in.
        pub mode: AssessmentMode,
        /// Who filled it in or asked.
        pub administered_by: Actor,
        /// Answers that may leave.
        pub answers: Vec<Answer>,
        /// Answers that stay: all items of LEC-5 and of the ACE questionnaires.
        pub withheld_answers: Vec<Withheld<Answer>>,
        /// Scores.
        pub scores: Vec<Score>,
        /// Free texts that were written into it.
        pub remarks: Vec<Remark>,
    }
}
