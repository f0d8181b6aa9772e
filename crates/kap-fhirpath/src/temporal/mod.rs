//! Dates and times with the precision they were written with (<http://hl7.org/fhirpath/N1/#types>).

mod arithmetic;
mod boundary;
mod compare;

use std::fmt;

pub(crate) use arithmetic::{AddError, Calendar};
pub(crate) use boundary::Edge;

/// `System.Date`: a year, perhaps a month, perhaps a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    /// 1 to 9999.
    pub year: u16,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31, as the month allows; never without a month.
    pub day: Option<u8>,
}

/// `System.Time`: an hour, perhaps minutes, perhaps seconds with a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Time {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: Option<u8>,
    /// 0 to 60: FHIR allows leap seconds; never without a minute.
    pub second: Option<u8>,
    /// The fraction of the second in nanoseconds; what is finer is cut off.
    pub nanos: u32,
    /// How many digits the fraction was written with.
    pub digits: u8,
}

/// `System.DateTime`: a date, perhaps with a time of day, perhaps with an offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateTime {
    /// The date.
    pub date: Date,
    /// The time of day; only with a whole date.
    pub time: Option<Time>,
    /// Minutes east of UTC; only with a time of day.
    pub offset: Option<i16>,
}

impl Date {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; the date has to exist.
    pub fn parse(text: &str) -> Option<Date> {
        match read_date(text.as_bytes())? {
            (date, []) => Some(date),
            _ => None,
        }
    }

    pub(crate) fn of_days(days: i64) -> Option<Date> {
        let (year, month, day) = civil(days);
        Some(Date {
            year: u16::try_from(year).ok().filter(|year| (1..=9999).contains(year))?,
            month: Some(month),
            day: Some(day),
        })
    }
}

impl Time {
    /// Reads `hh`, `hh:mm`, `hh:mm:ss` or `hh:mm:ss.f…`.
    pub fn parse(text: &str) -> Option<Time> {
        match read_time(text.as_bytes())? {
            (time, []) => Some(time),
            _ => None,
        }
    }

    /// Nanoseconds since midnight; what is not given counts as zero.
    pub(crate) fn nanos_of_day(self) -> i64 {
        let minutes = i64::from(self.hour) * 60 + i64::from(self.minute.unwrap_or(0));
        (minutes * 60 + i64::from(self.second.unwrap_or(0))) * 1_000_000_000 + i64::from(self.nanos)
    }
}

impl DateTime {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: DateTime = DateTime {
        date: Date {
            year: 1970,
            month: Some(1),
            day: Some(1),
        },
        time: Some(Time {
            hour: 0,
            minute: Some(0),
            second: Some(0),
            nanos: 0,
            digits: 0,
        }),
        offset: Some(0),
    };

    /// Reads a date, or a date with `T`, a time (from the hour on) and perhaps `Z` or `±hh:mm`. A partial date may end
    /// in `T`, as in literals.
    pub fn parse(text: &str) -> Option<DateTime> {
        match read_date_time(text.as_bytes())? {
            (date_time, []) => Some(date_time),
            _ => None,
        }
    }

    /// The date without time, as `toDate()` and `today()` need it.
    pub fn to_date(self) -> Date {
        self.date
    }
}

impl From<Date> for DateTime {
    fn from(date: Date) -> DateTime {
        DateTime {
            date,
            time: None,
            offset: None,
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(formatter, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(formatter, "-{day:02}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Time {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:02}", self.hour)?;
        if let Some(minute) = self.minute {
            write!(formatter, ":{minute:02}")?;
        }
        if let Some(second) = self.second {
            write!(formatter, ":{second:02}")?;
            if self.digits > 0 {
                let fraction = format!("{:09}", self.nanos);
                let digits = usize::from(self.digits);
                write!(formatter, ".{fraction:0<digits$.digits$}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.date)?;
        let Some(time) = self.time else { return Ok(()) };
        write!(formatter, "T{time}")?;
        match self.offset {
            None => Ok(()),
            Some(0) => formatter.write_str("Z"),
            Some(offset) => {
                let sign = if offset < 0 { '-' } else { '+' };
                let minutes = offset.unsigned_abs();
                write!(formatter, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

/// Reads a date from the start of `text` and returns what follows.
pub(crate) fn read_date(text: &[u8]) -> Option<(Date, &[u8])> {
    let (year, rest) = read_number(text, 4)?;
    let mut date = Date {
        year: u16::try_from(year).ok().filter(|year| *year > 0)?,
        month: None,
        day: None,
    };
    let Some((month, after)) = read_part(rest, b'-') else {
        return Some((date, rest));
    };
    date.month = Some(month).filter(|month| (1..=12).contains(month));
    let month = date.month?;
    let Some((day, last)) = read_part(after, b'-') else {
        return Some((date, after));
    };
    date.day = Some(day).filter(|day| (1..=days_in_month(i32::from(date.year), month)).contains(day));
    date.day.map(|_| (date, last))
}

/// Reads a time of day from the start of `text` and returns what follows.
pub(crate) fn read_time(text: &[u8]) -> Option<(Time, &[u8])> {
    let (hour, rest) = read_number(text, 2)?;
    let mut time = Time {
        hour: u8::try_from(hour).ok().filter(|hour| *hour <= 23)?,
        minute: None,
        second: None,
        nanos: 0,
        digits: 0,
    };
    let Some((minute, rest)) = read_part(rest, b':') else {
        return Some((time, rest));
    };
    time.minute = Some(minute).filter(|minute| *minute <= 59);
    time.minute?;
    let Some((second, rest)) = read_part(rest, b':') else {
        return Some((time, rest));
    };
    time.second = Some(second).filter(|second| *second <= 60);
    time.second?;
    let digits = match rest {
        [b'.', fraction @ ..] => fraction.iter().take_while(|byte| byte.is_ascii_digit()).count(),
        _ => 0,
    };
    if digits == 0 {
        return Some((time, rest));
    }
    let (fraction, rest) = rest[1..].split_at(digits);
    time.digits = u8::try_from(digits).ok()?;
    time.nanos = (0..9).fold(0, |nanos, at| {
        nanos * 10 + fraction.get(at).map_or(0, |byte| u32::from(byte - b'0'))
    });
    Some((time, rest))
}

/// Reads a date, or a date with a time, from the start of `text` and returns what follows.
pub(crate) fn read_date_time(text: &[u8]) -> Option<(DateTime, &[u8])> {
    let (date, rest) = read_date(text)?;
    let [b'T', rest @ ..] = rest else {
        return Some((date.into(), rest));
    };
    let mut date_time = DateTime::from(date);
    if date.day.is_none() || !rest.first().is_some_and(u8::is_ascii_digit) {
        return Some((date_time, rest));
    }
    let (time, rest) = read_time(rest)?;
    date_time.time = Some(time);
    match rest {
        [b'Z', rest @ ..] => {
            date_time.offset = Some(0);
            Some((date_time, rest))
        }
        [sign @ (b'+' | b'-'), zone @ ..] => {
            let Some((hours, [b':', minutes @ ..])) = read_number(zone, 2) else {
                // A sum or a difference follows, not an offset.
                return Some((date_time, rest));
            };
            let (minutes, rest) = read_number(minutes, 2)?;
            let offset = i16::try_from(hours * 60 + minutes).ok().filter(|_| minutes < 60)?;
            if offset > 14 * 60 {
                return None;
            }
            date_time.offset = Some(if *sign == b'-' { -offset } else { offset });
            Some((date_time, rest))
        }
        rest => Some((date_time, rest)),
    }
}

fn read_part(text: &[u8], separator: u8) -> Option<(u8, &[u8])> {
    let rest = text.strip_prefix(&[separator])?;
    let (number, rest) = read_number(rest, 2)?;
    Some((u8::try_from(number).ok()?, rest))
}

/// Reads exactly `width` digits.
fn read_number(text: &[u8], width: usize) -> Option<(u32, &[u8])> {
    let (digits, rest) = text.split_at_checked(width)?;
    let number = digits.iter().try_fold(0, |sum, byte| {
        byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0'))
    })?;
    Some((number, rest))
}

pub(crate) fn days_in_month(year: i32, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
pub(crate) fn days_from_civil(year: i32, month: u8, day: u8) -> i64 {
    // Years begin in March here, so that the leap day is the last one of a year.
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month = i64::from(month);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn civil(days: i64) -> (i64, u8, u8) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, u8::try_from(month).unwrap_or(1), u8::try_from(day).unwrap_or(1))
}
