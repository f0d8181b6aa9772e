//! Dates and times, kept as written. The record never guesses an offset: a time without one is not accepted.

use jiff::Timestamp;
use jiff::civil;

use super::text::text;
use crate::define::object;

const DATE: &str = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
const PARTIAL_DATE: &str = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$";
const INSTANT: &str = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])$";
const MOMENT: &str = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9]))?$";

text! {
    /// A calendar date, `YYYY-MM-DD`.
    Date, max 10, pattern DATE, format "date", example "2026-03-02", check is_date
}
text! {
    /// A date as precise as it is known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    PartialDate, max 10, pattern PARTIAL_DATE, format "kap-partial-date", example "2019-05", check is_partial_date
}
text! {
    /// A point in time to the second, with its offset from UTC: `YYYY-MM-DDThh:mm:ss±hh:mm`.
    Instant, max 35, pattern INSTANT, format "date-time", example "2026-03-02T10:15:00-08:00", check is_instant
}
text! {
    /// A calendar date, or a point in time with its offset from UTC.
    Moment, max 35, pattern MOMENT, format "kap-moment", example "2026-03-02", check is_moment
}

impl Date {
    /// The date in the calendar.
    pub fn civil(&self) -> civil::Date {
        parse_date(self.as_str()).unwrap_or(civil::Date::ZERO)
    }
}

impl Instant {
    /// The point in time.
    pub fn timestamp(&self) -> Timestamp {
        self.as_str().parse().unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// The offset from UTC as written, in seconds; `Z` is 0.
    pub fn offset_seconds(&self) -> i32 {
        let text = self.as_str();
        let Some(offset) = text.len().checked_sub(6).and_then(|start| text.get(start..)) else {
            return 0;
        };
        let (Some(hours), Some(minutes)) = (offset.get(1..3), offset.get(4..6)) else {
            return 0;
        };
        let (Ok(hours), Ok(minutes)) = (hours.parse::<i32>(), minutes.parse::<i32>()) else {
            return 0;
        };
        match offset.as_bytes().first() {
            Some(b'+') => hours * 3600 + minutes * 60,
            Some(b'-') => -(hours * 3600 + minutes * 60),
            _ => 0,
        }
    }

    /// The date on the clock at that place.
    pub fn date(&self) -> civil::Date {
        self.as_str()
            .get(..10)
            .and_then(parse_date)
            .unwrap_or(civil::Date::ZERO)
    }
}

impl Moment {
    /// The date on the calendar at that place.
    pub fn date(&self) -> civil::Date {
        self.as_str()
            .get(..10)
            .and_then(parse_date)
            .unwrap_or(civil::Date::ZERO)
    }

    /// The point in time, if more than a date is known.
    pub fn timestamp(&self) -> Option<Timestamp> {
        self.as_str().parse().ok()
    }
}

object! {
    /// A stretch of days, both ends included.
    pub struct Period {
        /// The first day.
        pub start: Date,
        /// The last day; absent while it lasts.
        pub end: Option<Date>,
    }
}

object! {
    /// A stretch of time.
    pub struct InstantPeriod {
        /// When it begins.
        pub start: Instant,
        /// When it ends; absent while it lasts.
        pub end: Option<Instant>,
    }
}

fn parse_date(text: &str) -> Option<civil::Date> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| {
            if at == 4 || at == 7 {
                *byte == b'-'
            } else {
                byte.is_ascii_digit()
            }
        });
    let number = |range| text.get(range).and_then(|digits: &str| digits.parse::<i8>().ok());
    let year = text.get(..4).and_then(|digits| digits.parse::<i16>().ok())?;
    if !shaped {
        return None;
    }
    civil::Date::new(year, number(5..7)?, number(8..10)?).ok()
}

pub(crate) fn is_date(text: &str) -> bool {
    parse_date(text).is_some()
}

pub(crate) fn is_partial_date(text: &str) -> bool {
    match text.len() {
        4 => is_date(&format!("{text}-01-01")),
        7 => is_date(&format!("{text}-01")),
        _ => is_date(text),
    }
}

pub(crate) fn is_instant(text: &str) -> bool {
    let (Some(date), Some(time)) = (text.get(..10), text.get(10..)) else {
        return false;
    };
    is_date(date) && is_time_with_offset(time) && text.parse::<Timestamp>().is_ok()
}

pub(crate) fn is_moment(text: &str) -> bool {
    is_date(text) || is_instant(text)
}

/// `Thh:mm:ss`, up to nine decimals, `Z` or `±hh:mm` up to 14:59. jiff alone would take more: a space for the `T`, a missing second.
fn is_time_with_offset(text: &str) -> bool {
    let bytes = text.as_bytes();
    let two = |at: usize, highest: u8| {
        let digits = (bytes.get(at).copied(), bytes.get(at + 1).copied());
        matches!(digits, (Some(tens @ b'0'..=b'9'), Some(ones @ b'0'..=b'9')) if (tens - b'0') * 10 + ones - b'0' <= highest)
    };
    let clock = bytes.first() == Some(&b'T')
        && two(1, 23)
        && bytes.get(3) == Some(&b':')
        && two(4, 59)
        && bytes.get(6) == Some(&b':')
        && two(7, 59);
    let decimals = match bytes.get(9) {
        Some(b'.') => 1 + bytes.iter().skip(10).take_while(|byte| byte.is_ascii_digit()).count(),
        _ => 0,
    };
    let offset = 9 + decimals;
    let zone = match bytes.get(offset) {
        Some(b'Z') => bytes.len() == offset + 1,
        Some(b'+' | b'-') => {
            bytes.len() == offset + 6
                && two(offset + 1, 14)
                && bytes.get(offset + 3) == Some(&b':')
                && two(offset + 4, 59)
        }
        _ => false,
    };
    clock && decimals != 1 && decimals <= 10 && zone
}
