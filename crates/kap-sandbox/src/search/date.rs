//! Dates as ranges: `2026-03` is the whole of March. A date without a time zone is taken as UTC.
//!
//! Prefixes follow [search.html#prefix](https://hl7.org/fhir/R4/search.html#prefix).

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use jiff::{Span, Timestamp, ToSpan};
use serde_json::Value;

/// From `low` up to but not including `high`, in microseconds since 1970; the ends of `i64` stand for open ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) low: i64,
    pub(crate) high: i64,
}

impl Range {
    /// The range of a date, dateTime or instant of any precision that FHIR knows, and of minutes, which searches may use.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text.split_once('T') {
            None => {
                let (first, step) = parse_date(text)?;
                Some(Self::between(first.to_datetime(Time::midnight()), step, Offset::UTC))
            }
            Some((date, time_and_zone)) => {
                let (date, _) = parse_date(date).filter(|_| date.len() == 10)?;
                let (time, offset) = split_offset(time_and_zone)?;
                let (time, step) = parse_time(time)?;
                Some(Self::between(date.to_datetime(time), step, offset))
            }
        }
    }

    /// The range of an element: a date of any type, or a Period.
    pub(crate) fn of_element(element: &Value) -> Option<Self> {
        if let Some(text) = element.as_str() {
            return Self::parse(text);
        }
        let end_of = |name: &str| element.get(name).and_then(Value::as_str);
        let (start, end) = (end_of("start"), end_of("end"));
        start.or(end)?;
        let low = start.map_or(Some(i64::MIN), |text| Some(Self::parse(text)?.low))?;
        let high = end.map_or(Some(i64::MAX), |text| Some(Self::parse(text)?.high))?;
        Some(Self { low, high })
    }

    fn between(first: DateTime, step: Span, offset: Offset) -> Self {
        let microseconds = |moment: DateTime| offset.to_timestamp(moment).map(Timestamp::as_microsecond);
        Self {
            low: microseconds(first).unwrap_or(i64::MIN),
            // The year 9999 ends outside the calendar.
            high: first.checked_add(step).and_then(microseconds).unwrap_or(i64::MAX),
        }
    }
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, with the length of time it covers.
fn parse_date(text: &str) -> Option<(Date, Span)> {
    let mut parts = text.split('-');
    let year = digits(parts.next()?, 4)?;
    let month = parts.next().map(|part| digits(part, 2));
    let day = parts.next().map(|part| digits(part, 2));
    if parts.next().is_some() {
        return None;
    }
    let (month, day, step) = match (month, day) {
        (None, _) => (1, 1, 1.year()),
        (Some(month), None) => (month?, 1, 1.month()),
        (Some(month), Some(day)) => (month?, day?, 1.day()),
    };
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some((date, step))
}

/// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.fff…`, with the length of time it covers.
fn parse_time(text: &str) -> Option<(Time, Span)> {
    let mut parts = text.splitn(3, ':');
    let hour = i8::try_from(digits(parts.next()?, 2)?).ok()?;
    let minute = i8::try_from(digits(parts.next()?, 2)?).ok()?;
    let Some(seconds) = parts.next() else {
        return Some((Time::new(hour, minute, 0, 0).ok()?, 1.minute()));
    };
    let (second, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    // A leap second counts as the second before it.
    let second = i8::try_from(digits(second, 2)?.min(59)).ok()?;
    if seconds.ends_with('.') || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (microseconds, step) = match fraction.len() {
        0 => (0, 1.second()),
        places => {
            let padded = format!("{fraction:0<6}");
            let steps = [100_000_i64, 10_000, 1_000, 100, 10, 1];
            (
                padded.get(..6)?.parse::<i32>().ok()?,
                steps[places.min(6) - 1].microseconds(),
            )
        }
    };
    Some((Time::new(hour, minute, second, microseconds * 1_000).ok()?, step))
}

/// A time and its zone: `Z`, `+hh:mm`, `-hh:mm`, or none.
fn split_offset(text: &str) -> Option<(&str, Offset)> {
    if let Some(time) = text.strip_suffix('Z') {
        return Some((time, Offset::UTC));
    }
    let Some(at) = text.find(['+', '-']) else {
        return Some((text, Offset::UTC));
    };
    let (time, zone) = text.split_at(at);
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let minutes = i32::from(digits(hours, 2)?) * 60 + i32::from(digits(minutes, 2)?);
    Some((time, Offset::from_seconds(sign * minutes * 60).ok()?))
}

fn digits(text: &str, count: usize) -> Option<i16> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// How the resource's range has to lie to the searched one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prefix {
    Equal,
    NotEqual,
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,
    StartsAfter,
    EndsBefore,
}

impl Prefix {
    /// Takes the prefix off a value; none means equal.
    pub(crate) fn split(text: &str) -> Option<(Self, &str)> {
        if text.starts_with(|first: char| first.is_ascii_digit()) {
            return Some((Self::Equal, text));
        }
        let prefix = match text.get(..2)? {
            "eq" => Self::Equal,
            "ne" => Self::NotEqual,
            "gt" => Self::Greater,
            "lt" => Self::Less,
            "ge" => Self::GreaterOrEqual,
            "le" => Self::LessOrEqual,
            "sa" => Self::StartsAfter,
            "eb" => Self::EndsBefore,
            _ => return None,
        };
        Some((prefix, text.get(2..)?))
    }

    /// The comparison in SQL, where the columns `low` and `high` are the resource's.
    pub(crate) fn sql(self, sought: Range) -> String {
        let Range { low: first, high: end } = sought;
        match self {
            Self::Equal => format!("(low >= {first} AND high <= {end})"),
            Self::NotEqual => format!("NOT (low >= {first} AND high <= {end})"),
            Self::Greater => format!("high > {end}"),
            Self::Less => format!("low < {first}"),
            Self::GreaterOrEqual => format!("(high > {end} OR (low >= {first} AND high <= {end}))"),
            Self::LessOrEqual => format!("(low < {first} OR (low >= {first} AND high <= {end}))"),
            Self::StartsAfter => format!("low >= {end}"),
            Self::EndsBefore => format!("high <= {first}"),
        }
    }
}
