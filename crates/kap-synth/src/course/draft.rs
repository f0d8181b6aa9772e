//! What every part of a record needs: ids, entries, actors, words.

use serde_json::{Value, json};

use crate::calendar::Calendar;
use crate::random::Random;

/// The ids of the professionals, without the seed.
pub(super) const PRESCRIBER: &str = "prescriber";
pub(super) const THERAPIST: &str = "therapist";
/// The id of the support person, without the seed.
pub(super) const COMPANION: &str = "companion";

const WHO: [&str; 6] = [
    "the child",
    "an old friend",
    "the brother",
    "a stranger",
    "the teacher",
    "nobody",
];
const DID: [&str; 6] = [
    "stood by",
    "walked away from",
    "called across",
    "looked for",
    "slept beside",
    "painted",
];
const WHAT: [&str; 6] = [
    "the green door",
    "the river",
    "an empty house",
    "the long table",
    "the pear tree",
    "the station",
];

/// The record under construction.
pub(super) struct Draft {
    pub(super) random: Random,
    pub(super) calendar: Calendar,
    seed: u64,
}

impl Draft {
    pub(super) fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let calendar = Calendar::drawn(&mut random);
        Self { random, calendar, seed }
    }

    /// An id that no record of another seed has.
    pub(super) fn id(&self, name: &str) -> String {
        format!("{}-{name}", self.seed)
    }

    /// The entry of an object recorded by a professional; some were corrected once.
    pub(super) fn entry(&mut self, day: i32, minutes: i32, by: &str) -> Value {
        let recorded_at = self.calendar.instant(day, minutes);
        let by = self.id(by);
        if self.random.chance(90) {
            return json!({"version": 1, "recordedAt": recorded_at, "recordedById": by, "status": "active"});
        }
        let version = self.random.between(2, 4);
        let reason = self
            .random
            .pick(["data-entry-error", "recalculated", "clinical-change", "patient-request"]);
        json!({"version": version, "recordedAt": recorded_at, "recordedById": by, "status": "corrected", "reason": reason})
    }

    pub(super) fn patient(&self) -> Value {
        json!({"actorType": "patient", "id": self.id("patient")})
    }

    pub(super) fn practitioner(&self, name: &str) -> Value {
        json!({"actorType": "practitioner", "id": self.id(name)})
    }

    pub(super) fn companion(&self) -> Value {
        json!({"actorType": "support-person", "id": self.id(COMPANION)})
    }

    /// A sentence that means nothing.
    pub(super) fn words(&mut self) -> String {
        let (who, did, what) = (self.random.pick(WHO), self.random.pick(DID), self.random.pick(WHAT));
        format!("{who} {did} {what}")
    }

    /// Puts a member into an object in so many of a hundred cases.
    pub(super) fn perhaps(
        &mut self,
        percent: i32,
        object: &mut Value,
        name: &str,
        member: impl FnOnce(&mut Self) -> Value,
    ) {
        if self.random.chance(percent) {
            object[name] = member(self);
        }
    }
}

/// A quantity in whole units.
pub(super) fn whole(value: i32, unit: &str) -> Value {
    json!({"value": value, "unit": unit})
}

/// A quantity with one decimal, given in tenths.
pub(super) fn tenths(value: i32, unit: &str) -> Value {
    let number: serde_json::Number = format!("{}.{}", value / 10, value % 10)
        .parse()
        .expect("digits with a point are a JSON number");
    json!({"value": number, "unit": unit})
}
