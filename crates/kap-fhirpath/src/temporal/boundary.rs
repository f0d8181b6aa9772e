//! The first and last moment that a date or time may stand for, and how precise it is
//! (<https://hl7.org/fhirpath/#boundary-functions>).

use super::{Date, DateTime, Time, days_in_month};

/// Which end of the range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edge {
    Low,
    High,
}

impl Date {
    /// Digits that it is written with: 4, 6 or 8.
    pub(crate) fn precision(self) -> u8 {
        match (self.month, self.day) {
            (None, _) => 4,
            (Some(_), None) => 6,
            _ => 8,
        }
    }

    /// The first or last date within it, with `precision` digits (4, 6 or 8).
    pub(crate) fn boundary(self, edge: Edge, precision: u8) -> Option<Date> {
        let low = edge == Edge::Low;
        let month = self.month.unwrap_or(if low { 1 } else { 12 });
        let last = days_in_month(i32::from(self.year), month);
        let day = self.day.unwrap_or(if low { 1 } else { last });
        let (month, day) = match precision {
            4 => (None, None),
            6 => (Some(month), None),
            8 => (Some(month), Some(day)),
            _ => return None,
        };
        Some(Date {
            year: self.year,
            month,
            day,
        })
    }
}

impl Time {
    /// Digits that it is written with: 2, 4, 6 or 9.
    pub(crate) fn precision(self) -> u8 {
        match (self.minute, self.second, self.digits) {
            (None, ..) => 2,
            (Some(_), None, _) => 4,
            (_, _, 0) => 6,
            (_, _, digits) => 6 + digits,
        }
    }

    /// The first or last time within it, with `precision` digits (2, 4, 6 or 9).
    pub(crate) fn boundary(self, edge: Edge, precision: u8) -> Option<Time> {
        let low = edge == Edge::Low;
        let minute = self.minute.unwrap_or(if low { 0 } else { 59 });
        let second = self.second.unwrap_or(if low { 0 } else { 59 });
        let nanos = match self.digits {
            0 if low => 0,
            0 => 999_000_000,
            digits if low || digits >= 3 => self.nanos,
            digits => self.nanos + 999_000_000 % 10_u32.pow(9 - u32::from(digits)),
        };
        let mut time = Time {
            hour: self.hour,
            minute: Some(minute),
            second: Some(second),
            nanos,
            digits: 3,
        };
        if precision < 9 {
            (time.nanos, time.digits) = (0, 0);
        }
        if precision < 6 {
            time.second = None;
        }
        if precision < 4 {
            time.minute = None;
        }
        matches!(precision, 2 | 4 | 6 | 9).then_some(time)
    }
}

impl DateTime {
    /// Digits that it is written with: 4, 6, 8, 10, 12, 14 or 17.
    pub(crate) fn precision(self) -> u8 {
        self.time.map_or(self.date.precision(), |time| 8 + time.precision())
    }

    /// The first or last moment within it, with `precision` digits (4, 6, 8, 10, 12, 14 or 17). Without an offset it may
    /// stand for any place on earth.
    pub(crate) fn boundary(self, edge: Edge, precision: u8) -> Option<DateTime> {
        let low = edge == Edge::Low;
        let date = self.date.boundary(edge, precision.min(8))?;
        if precision <= 8 {
            return Some(date.into());
        }
        let hour = if low { 0 } else { 23 };
        let midnight = Time {
            hour,
            minute: None,
            second: None,
            nanos: 0,
            digits: 0,
        };
        let time = self.time.unwrap_or(midnight).boundary(edge, precision - 8)?;
        let widest = if low { 14 * 60 } else { -12 * 60 };
        Some(DateTime {
            date,
            time: Some(time),
            offset: Some(self.offset.unwrap_or(widest)),
        })
    }
}
