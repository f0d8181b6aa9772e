//! Notes: summaries written to be shared, and process notes that never leave.

use super::life_cycle::Entry;
use crate::define::{codes, object};
use crate::primitive::{Instant, Key, SharedText};
use crate::sensitivity::Withheld;

codes! {
    /// Types of note; each has its LOINC code.
    pub enum NoteType {
        /// Mental health progress note, LOINC 34904-3.
        MentalHealthProgress = "mental-health-progress",
        /// Mental health procedure note, LOINC 78472-8.
        MentalHealthProcedure = "mental-health-procedure",
        /// Mental health history and physical note, LOINC 78306-8.
        MentalHealthHistory = "mental-health-history",
        /// Mental health consultation note, LOINC 34785-6.
        MentalHealthConsultation = "mental-health-consultation",
        /// Mental health discharge summary, LOINC 78263-1.
        MentalHealthDischarge = "mental-health-discharge",
    }
}

object! {
    /// A note written to be shared: what was done and how it went, nothing of what the patient told.
    pub struct SummaryNote {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// Its type.
        pub note_type: NoteType,
        /// The session it is about; the course if absent.
        pub session_id: Option<Key>,
        /// The practitioner who wrote it.
        pub author_id: Key,
        /// When it was written.
        pub written_at: Instant,
        /// The text, which leaves as it stands.
        pub text: SharedText,
    }
}

object! {
    /// A psychotherapy process note: a therapist's own notes on what was said, kept apart from the chart (45 CFR 164.501).
    pub struct ProcessNote {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// The session it is about.
        pub session_id: Option<Key>,
        /// The practitioner who wrote it.
        pub author_id: Key,
        /// When it was written.
        pub written_at: Instant,
        /// The text.
        pub text: Withheld,
    }
}
