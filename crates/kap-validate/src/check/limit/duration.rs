//! Moments some time before or after another.

use kap_fhir::Decimal;

const SECONDS_OF_DAY: i64 = 86_400;

/// The instant `amount` of `unit` (a UCUM code or an English word) after `instant`, in UTC. Years and months are those of
/// the calendar. `None` if either is not understood.
pub(super) fn shift(instant: &str, amount: Decimal, unit: &str) -> Option<String> {
    let (mut days, seconds) = read(instant)?;
    let months = match unit {
        "a" | "a_j" | "a_g" | "year" | "years" => 12,
        "mo" | "mo_j" | "mo_g" | "month" | "months" => 1,
        _ => 0,
    };
    if months > 0 {
        let months = amount.checked_mul(Decimal::new(months, 0)?)?.trunc().to_i64()?;
        days = add_months(days, months)?;
        return write(days, seconds);
    }
    let length = match unit {
        "wk" | "week" | "weeks" => 7 * SECONDS_OF_DAY,
        "d" | "day" | "days" => SECONDS_OF_DAY,
        "h" | "hour" | "hours" => 3_600,
        "min" | "minute" | "minutes" => 60,
        "s" | "second" | "seconds" => 1,
        _ => return None,
    };
    let added = amount.checked_mul(Decimal::new(length.into(), 0)?)?.trunc().to_i64()?;
    let total = days
        .checked_mul(SECONDS_OF_DAY)?
        .checked_add(seconds)?
        .checked_add(added)?;
    write(total.div_euclid(SECONDS_OF_DAY), total.rem_euclid(SECONDS_OF_DAY))
}

/// Days since 1970-01-01 and seconds of the day, in UTC.
fn read(instant: &str) -> Option<(i64, i64)> {
    let (day, time) = instant.split_once('T')?;
    let mut parts = day.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let zone_at = time.find(['Z', '+', '-'])?;
    let (clock, zone) = time.split_at_checked(zone_at)?;
    let mut clock = clock.split(':').map(|part| part.split('.').next()?.parse::<i64>().ok());
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next().flatten().unwrap_or(0));
    let offset = match zone.split_once(':') {
        None => 0,
        Some((hours, minutes)) => {
            let minutes = minutes.parse::<i64>().ok()?;
            let hours = hours.parse::<i64>().ok()?;
            hours * 60 + if zone.starts_with('-') { -minutes } else { minutes }
        }
    };
    let total = days_of(year, month, day) * SECONDS_OF_DAY + (hour * 60 + minute - offset) * 60 + second;
    Some((total.div_euclid(SECONDS_OF_DAY), total.rem_euclid(SECONDS_OF_DAY)))
}

fn write(days: i64, seconds: i64) -> Option<String> {
    let (year, month, day) = date_of(days);
    if !(1..=9999).contains(&year) {
        return None;
    }
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    Some(format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"
    ))
}

/// The same day of another month, or its last day where it has fewer.
fn add_months(days: i64, months: i64) -> Option<i64> {
    let (year, month, day) = date_of(days);
    let total = year.checked_mul(12)?.checked_add(month - 1)?.checked_add(months)?;
    let (year, month) = (total.div_euclid(12), total.rem_euclid(12) + 1);
    let next = total + 1;
    let length = days_of(next.div_euclid(12), next.rem_euclid(12) + 1, 1) - days_of(year, month, 1);
    Some(days_of(year, month, day.min(length)))
}

/// The number of a day of the Gregorian calendar; years begin in March, so that the leap day is the last one.
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month < 3 {
        (year - 1, month + 9)
    } else {
        (year, month - 3)
    };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + (month * 153 + 2) / 5 + day - 1 - 719_468
}

fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days - era * 146_097;
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let year = year + era * 400;
    if month < 10 {
        (year, month + 3, day)
    } else {
        (year + 1, month - 9, day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calendars_are_kept() {
        for (instant, amount, unit, expected) in [
            ("2024-02-29T12:00:00Z", "-1", "a", "2023-02-28T12:00:00Z"),
            ("2024-03-31T12:00:00Z", "-1", "mo", "2024-02-29T12:00:00Z"),
            ("2023-12-31T23:30:00-01:00", "1", "d", "2024-01-02T00:30:00Z"),
            ("2024-01-01T00:00:00.5Z", "-1.5", "h", "2023-12-31T22:30:00Z"),
            ("2026-11-27T00:00:00Z", "-100", "a", "1926-11-27T00:00:00Z"),
            ("1970-01-08T00:00:00Z", "-1", "wk", "1970-01-01T00:00:00Z"),
        ] {
            let amount = Decimal::parse(amount).expect("a decimal");
            assert_eq!(
                shift(instant, amount, unit).as_deref(),
                Some(expected),
                "{instant} {unit}"
            );
        }
        let one = Decimal::parse("1").expect("a decimal");
        assert_eq!(shift("2024-01-01T00:00:00Z", one, "kg"), None);
        assert_eq!(shift("yesterday", one, "d"), None);
        assert_eq!(shift("9999-12-31T00:00:00Z", one, "d"), None);
    }
}
