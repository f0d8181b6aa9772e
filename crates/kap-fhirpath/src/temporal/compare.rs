//! Comparing dates and times of different precision (<http://hl7.org/fhirpath/N1/#comparison>).

use std::cmp::Ordering;

use super::{Date, DateTime, Time, days_from_civil};

/// The span of offsets from UTC that are in use, in minutes: a time without an offset may stand for any of them.
const WIDEST: i64 = (14 + 12) * 60;

impl Date {
    /// Which comes first; none where that depends on parts that one of them lacks.
    pub fn compare(self, other: Date) -> Option<Ordering> {
        DateTime::from(self).compare(other.into())
    }
}

impl Time {
    /// Which comes first; none where that depends on parts that one of them lacks.
    pub fn compare(self, other: Time) -> Option<Ordering> {
        let minute = |time: Time| time.minute.map(u32::from);
        let second = |time: Time| time.second.map(|second| (u32::from(second), time.nanos));
        match self.hour.cmp(&other.hour) {
            Ordering::Equal => {}
            decided => return Some(decided),
        }
        match both(minute(self), minute(other)) {
            Both::Decided(Ordering::Equal) => {}
            Both::Decided(decided) => return Some(decided),
            Both::Neither => return Some(Ordering::Equal),
            Both::One => return None,
        }
        match both(second(self), second(other)) {
            Both::Decided(decided) => Some(decided),
            Both::Neither => Some(Ordering::Equal),
            Both::One => None,
        }
    }
}

impl DateTime {
    /// Which comes first; none where that depends on parts that one of them lacks.
    pub fn compare(self, other: DateTime) -> Option<Ordering> {
        let (left, right) = match (self.offset, other.offset) {
            (Some(_), Some(_)) => (self.in_utc()?, other.in_utc()?),
            (None, None) => (self, other),
            // Only one has an offset: they can be told apart where no offset could make them meet.
            _ if self.time.is_some() && other.time.is_some() => {
                let distance = self.minutes() - other.minutes();
                return (distance.abs() > WIDEST).then(|| distance.cmp(&0));
            }
            _ => (self, other),
        };
        match compare_dates(left.date, right.date) {
            Some(Ordering::Equal) => {}
            decided => return decided,
        }
        match (left.time, right.time) {
            (Some(left), Some(right)) => left.compare(right),
            (None, None) => Some(Ordering::Equal),
            _ => None,
        }
    }

    /// Whether both are written to the same precision and tell the same moment.
    pub(crate) fn is_equivalent(self, other: DateTime) -> bool {
        self.compare(other) == Some(Ordering::Equal)
    }

    fn in_utc(self) -> Option<DateTime> {
        let (Some(time), Some(offset)) = (self.time, self.offset) else {
            return Some(self);
        };
        if offset == 0 {
            return Some(self);
        }
        let minutes = i64::from(time.hour) * 60 + i64::from(time.minute.unwrap_or(0)) - i64::from(offset);
        let (year, month, day) = (self.date.year, self.date.month?, self.date.day?);
        let days = days_from_civil(i32::from(year), month, day) + minutes.div_euclid(24 * 60);
        let minutes = minutes.rem_euclid(24 * 60);
        let time = Time {
            hour: u8::try_from(minutes / 60).ok()?,
            minute: time.minute.map(|_| u8::try_from(minutes % 60).unwrap_or(0)),
            ..time
        };
        Some(DateTime {
            date: Date::of_days(days)?,
            time: Some(time),
            offset: Some(0),
        })
    }

    fn minutes(self) -> i64 {
        let days = days_from_civil(
            i32::from(self.date.year),
            self.date.month.unwrap_or(1),
            self.date.day.unwrap_or(1),
        );
        let time = self.time.map_or(0, |time| {
            i64::from(time.hour) * 60 + i64::from(time.minute.unwrap_or(0))
        });
        days * 24 * 60 + time - i64::from(self.offset.unwrap_or(0))
    }
}

fn compare_dates(left: Date, right: Date) -> Option<Ordering> {
    match left.year.cmp(&right.year) {
        Ordering::Equal => {}
        decided => return Some(decided),
    }
    match both(left.month, right.month) {
        Both::Decided(Ordering::Equal) => {}
        Both::Decided(decided) => return Some(decided),
        Both::Neither => return Some(Ordering::Equal),
        Both::One => return None,
    }
    match both(left.day, right.day) {
        Both::Decided(decided) => Some(decided),
        Both::Neither => Some(Ordering::Equal),
        Both::One => None,
    }
}

enum Both {
    Decided(Ordering),
    Neither,
    One,
}

fn both<T: Ord>(left: Option<T>, right: Option<T>) -> Both {
    match (left, right) {
        (Some(left), Some(right)) => Both::Decided(left.cmp(&right)),
        (None, None) => Both::Neither,
        _ => Both::One,
    }
}
