//! Adding durations to dates and times (<http://hl7.org/fhirpath/N1/#datetime-arithmetic>).

use kap_fhir::Decimal;

use super::{Date, DateTime, Time, days_from_civil, days_in_month};

const NANOS_PER_DAY: i64 = 86_400_000_000_000;

/// A unit of calendar durations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Calendar {
    Year,
    Month,
    Week,
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
}

/// Why a sum has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AddError {
    /// The result is beyond the years 1 to 9999.
    OutOfRange,
}

impl Calendar {
    pub(crate) const ALL: [(Calendar, &'static str, &'static str); 8] = [
        (Calendar::Year, "year", "years"),
        (Calendar::Month, "month", "months"),
        (Calendar::Week, "week", "weeks"),
        (Calendar::Day, "day", "days"),
        (Calendar::Hour, "hour", "hours"),
        (Calendar::Minute, "minute", "minutes"),
        (Calendar::Second, "second", "seconds"),
        (Calendar::Millisecond, "millisecond", "milliseconds"),
    ];

    /// The unit of that word, singular or plural.
    pub(crate) fn from_word(word: &str) -> Option<Calendar> {
        Calendar::ALL
            .iter()
            .find(|(_, singular, plural)| word == *singular || word == *plural)
            .map(|(unit, ..)| *unit)
    }

    /// The unit for that code of UCUM, of those that are as long as their calendar unit.
    pub(crate) fn from_ucum(code: &str) -> Option<Calendar> {
        Some(match code {
            "wk" => Calendar::Week,
            "d" => Calendar::Day,
            "h" => Calendar::Hour,
            "min" => Calendar::Minute,
            "s" => Calendar::Second,
            "ms" => Calendar::Millisecond,
            _ => return None,
        })
    }

    /// The word in the singular.
    pub(crate) fn word(self) -> &'static str {
        Calendar::ALL[self as usize].1
    }

    /// The code of UCUM that is nearest.
    pub(crate) fn ucum(self) -> &'static str {
        match self {
            Calendar::Year => "a",
            Calendar::Month => "mo",
            Calendar::Week => "wk",
            Calendar::Day => "d",
            Calendar::Hour => "h",
            Calendar::Minute => "min",
            Calendar::Second => "s",
            Calendar::Millisecond => "ms",
        }
    }

    /// Whether it is always as long as its UCUM code says. Years and months are not.
    pub(crate) fn is_definite(self) -> bool {
        self >= Calendar::Week
    }

    /// Nanoseconds, for units up to the week.
    fn nanos(self) -> i64 {
        match self {
            Calendar::Year | Calendar::Month => 0,
            Calendar::Week => 7 * NANOS_PER_DAY,
            Calendar::Day => NANOS_PER_DAY,
            Calendar::Hour => 3_600_000_000_000,
            Calendar::Minute => 60_000_000_000,
            Calendar::Second => 1_000_000_000,
            Calendar::Millisecond => 1_000_000,
        }
    }
}

impl Date {
    /// The sum. A unit finer than the date is first brought to the date's precision, cut to whole units.
    pub(crate) fn add(self, amount: Decimal, unit: Calendar) -> Result<Date, AddError> {
        let amount = whole(amount)?;
        let (year, month) = (i64::from(self.year), self.month);
        match (month, self.day) {
            (None, _) => {
                let years = match unit {
                    Calendar::Year => amount,
                    Calendar::Month => amount / 12,
                    other => days_of(amount, other) / 365,
                };
                months_later(self, years.saturating_mul(12))
            }
            (Some(_), None) => {
                let months = match unit {
                    Calendar::Year => amount.saturating_mul(12),
                    Calendar::Month => amount,
                    other => days_of(amount, other) / 30,
                };
                months_later(self, months)
            }
            (Some(month), Some(day)) => match unit {
                Calendar::Year => months_later(self, amount.saturating_mul(12)),
                Calendar::Month => months_later(self, amount),
                other => {
                    let days = days_from_civil(i32::try_from(year).unwrap_or(1), month, day);
                    Date::of_days(days.saturating_add(days_of(amount, other))).ok_or(AddError::OutOfRange)
                }
            },
        }
    }
}

impl DateTime {
    /// The sum, likewise.
    pub(crate) fn add(self, amount: Decimal, unit: Calendar) -> Result<DateTime, AddError> {
        let (Some(time), Some(month), Some(day)) = (self.time, self.date.month, self.date.day) else {
            return self.date.add(amount, unit).map(DateTime::from);
        };
        if !unit.is_definite() || unit == Calendar::Week || unit == Calendar::Day {
            let date = self.date.add(amount, unit)?;
            return Ok(DateTime { date, ..self });
        }
        let days = days_from_civil(i32::from(self.date.year), month, day);
        let nanos = i128::from(days) * i128::from(NANOS_PER_DAY)
            + i128::from(time.nanos_of_day())
            + duration(time, amount, unit)?;
        let days = nanos.div_euclid(i128::from(NANOS_PER_DAY));
        let date = i64::try_from(days)
            .ok()
            .and_then(Date::of_days)
            .ok_or(AddError::OutOfRange)?;
        Ok(DateTime {
            date,
            time: Some(time.with_nanos(nanos.rem_euclid(i128::from(NANOS_PER_DAY)))),
            ..self
        })
    }
}

impl Time {
    /// The sum, counted on from midnight where it passes the day's end. Days and longer units leave a time as it is.
    pub(crate) fn add(self, amount: Decimal, unit: Calendar) -> Result<Time, AddError> {
        if unit <= Calendar::Day {
            return Ok(self);
        }
        let nanos = i128::from(self.nanos_of_day()) + duration(self, amount, unit)?;
        Ok(self.with_nanos(nanos.rem_euclid(i128::from(NANOS_PER_DAY))))
    }

    /// The time that many nanoseconds after midnight, with the precision of `self`, or that of milliseconds where the
    /// fraction asks for it.
    fn with_nanos(self, nanos: i128) -> Time {
        let nanos = i64::try_from(nanos).unwrap_or(0);
        let part = |unit: i64, modulus: i64| u8::try_from(nanos / unit % modulus).unwrap_or(0);
        let fraction = u32::try_from(nanos % 1_000_000_000).unwrap_or(0);
        let has_seconds = self.second.is_some();
        Time {
            hour: part(3_600_000_000_000, 24),
            minute: self.minute.map(|_| part(60_000_000_000, 60)),
            second: self.second.map(|_| part(1_000_000_000, 60)),
            nanos: if has_seconds { fraction } else { 0 },
            digits: if has_seconds && fraction > 0 {
                self.digits.max(3)
            } else {
                self.digits
            },
        }
    }
}

/// Nanoseconds of a duration, cut to the precision of `time`. Only seconds keep their fraction: what is longer is
/// counted in whole units.
fn duration(time: Time, amount: Decimal, unit: Calendar) -> Result<i128, AddError> {
    let nanos = i128::from(whole(amount)?) * i128::from(unit.nanos());
    let precision = match (time.minute, time.second) {
        (None, _) => Calendar::Hour,
        (Some(_), None) => Calendar::Minute,
        _ => return Ok(nanos),
    };
    Ok(nanos / i128::from(precision.nanos()) * i128::from(precision.nanos()))
}

/// Whole days of a duration.
fn days_of(amount: i64, unit: Calendar) -> i64 {
    match unit {
        Calendar::Year => amount.saturating_mul(365),
        Calendar::Month => amount.saturating_mul(30),
        Calendar::Week => amount.saturating_mul(7),
        Calendar::Day => amount,
        finer => {
            let days = i128::from(amount) * i128::from(finer.nanos()) / i128::from(NANOS_PER_DAY);
            i64::try_from(days).unwrap_or(i64::MAX)
        }
    }
}

fn whole(amount: Decimal) -> Result<i64, AddError> {
    // More than that leaves the years 1 to 9999 in any unit that matters.
    let limit = 1_i64 << 53;
    amount
        .trunc()
        .to_i64()
        .filter(|amount| (-limit..=limit).contains(amount))
        .ok_or(AddError::OutOfRange)
}

/// The date that many months later; the day is brought back to the month's last one.
fn months_later(date: Date, months: i64) -> Result<Date, AddError> {
    let month = i64::from(date.month.unwrap_or(1)) - 1;
    let total = (i64::from(date.year) * 12 + month)
        .checked_add(months)
        .ok_or(AddError::OutOfRange)?;
    let year = u16::try_from(total.div_euclid(12))
        .ok()
        .filter(|year| (1..=9999).contains(year))
        .ok_or(AddError::OutOfRange)?;
    let month = u8::try_from(total.rem_euclid(12) + 1).map_err(|_| AddError::OutOfRange)?;
    Ok(Date {
        year,
        month: date.month.map(|_| month),
        day: date.day.map(|day| day.min(days_in_month(i32::from(year), month))),
    })
}
