//! The order of decimals, dates and times as they are written: exact, and silent where two values cannot be compared.

use std::cmp::Ordering;

use kap_fhir::Decimal;

/// Compares decimals as far as they can be held exactly.
pub(in crate::check) fn decimals(left: &str, right: &str) -> Option<Ordering> {
    Decimal::parse(left)?.partial_cmp(&Decimal::parse(right)?)
}

/// How many digits a decimal has after its point, as written.
pub(in crate::check) fn decimal_places(text: &str) -> usize {
    let mantissa = text.split(['e', 'E']).next().unwrap_or(text);
    mantissa.split_once('.').map_or(0, |(_, fraction)| fraction.len())
}

/// Compares dates and times of one kind (`2024`, `2024-05-01`, `2024-05-01T10:00:00Z`). Of two values the coarser one
/// sets the precision; two that agree so far are equal. With time zones on both sides, moments are compared.
pub(in crate::check) fn dates(left: &str, right: &str) -> Option<Ordering> {
    let (left_day, left_time) = left
        .split_once('T')
        .map_or((left, None), |(day, time)| (day, Some(time)));
    let (right_day, right_time) = right
        .split_once('T')
        .map_or((right, None), |(day, time)| (day, Some(time)));
    if let (Some(left_time), Some(right_time)) = (left_time, right_time) {
        return Some(moment(left_day, left_time)?.cmp(&moment(right_day, right_time)?));
    }
    let length = left_day.len().min(right_day.len());
    Some(left_day.get(..length)?.cmp(right_day.get(..length)?))
}

/// Compares times of day, which are written with a fixed width up to the fraction of the second.
pub(in crate::check) fn times(left: &str, right: &str) -> Ordering {
    let trimmed = |text: &str| match text.split_once('.') {
        Some((time, fraction)) => (time.to_owned(), fraction.trim_end_matches('0').to_owned()),
        None => (text.to_owned(), String::new()),
    };
    trimmed(left).cmp(&trimmed(right))
}

/// Seconds since a fixed day, and the digits of the fraction.
fn moment(day: &str, time: &str) -> Option<(i64, String)> {
    let zone_at = time.find(['Z', '+', '-'])?;
    let (clock, zone) = time.split_at_checked(zone_at)?;
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let offset = match zone.split_at_checked(1)? {
        ("Z", _) => 0,
        ("+", offset) => minutes(offset)?,
        (_, offset) => -minutes(offset)?,
    };
    let seconds: i64 = clock.get(6..8)?.parse().ok()?;
    let of_day = minutes(clock.get(..5)?)? * 60 + seconds - offset * 60;
    Some((days(day)? * 86_400 + of_day, fraction.trim_end_matches('0').to_owned()))
}

/// `hh:mm` in minutes.
fn minutes(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    Some(hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?)
}

/// The number of a day of the Gregorian calendar, counted from a day before all dates of FHIR.
fn days(day: &str) -> Option<i64> {
    let mut parts = day.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    // Years begin in March, so that the leap day is the last one.
    let (year, month) = if month < 3 {
        (year - 1, month + 9)
    } else {
        (year, month - 3)
    };
    Some(year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (month * 153 + 2) / 5 + day)
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering::{Equal, Greater, Less};

    use super::*;

    #[test]
    fn decimals_are_compared_exactly() {
        for (left, right, order) in [
            ("5.6", "20", Less),
            ("1.0", "1", Equal),
            ("0", "-0.00", Equal),
            ("1e3", "999.9", Greater),
        ] {
            assert_eq!(decimals(left, right), Some(order), "{left} {right}");
        }
        assert_eq!(decimals("x", "1"), None);
        assert_eq!((decimal_places("1.250"), decimal_places("3")), (3, 0));
    }

    #[test]
    fn dates_are_compared_as_far_as_both_go() {
        for (left, right, order) in [
            ("2024", "2024-05", Equal),
            ("2024-04-30", "2024-05", Less),
            ("2024-02-29T23:30:00-01:00", "2024-03-01T00:30:00Z", Equal),
            ("2024-02-29T23:30:00.5Z", "2024-02-29T23:30:00Z", Greater),
            ("2023-12-31T23:59:59Z", "2024-01-01T00:00:00Z", Less),
        ] {
            assert_eq!(dates(left, right), Some(order), "{left} {right}");
        }
        assert_eq!(times("08:00:00.10", "08:00:00.1"), Equal);
        assert_eq!(times("08:00:00", "09:00:00"), Less);
    }
}
