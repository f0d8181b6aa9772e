//! date, dateTime, instant and time (<https://hl7.org/fhir/R4/datatypes.html#dateTime>).

const DATE: &str = "must exist and be written `YYYY`, `YYYY-MM` or `YYYY-MM-DD`";
const DATE_TIME: &str = "must exist and be written `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `YYYY-MM-DDThh:mm:ss` with a time zone (`Z` or `±hh:mm`)";
const INSTANT: &str = "must exist and be written `YYYY-MM-DDThh:mm:ss` with a time zone (`Z` or `±hh:mm`)";
const TIME: &str = "must be a time of day, `hh:mm:ss`, without a time zone";

pub(super) fn date(text: &str) -> Result<(), &'static str> {
    if is_date(text.as_bytes()) { Ok(()) } else { Err(DATE) }
}

pub(super) fn date_time(text: &str) -> Result<(), &'static str> {
    if is_date(text.as_bytes()) || is_instant(text.as_bytes()) {
        Ok(())
    } else {
        Err(DATE_TIME)
    }
}

pub(super) fn instant(text: &str) -> Result<(), &'static str> {
    if is_instant(text.as_bytes()) {
        Ok(())
    } else {
        Err(INSTANT)
    }
}

pub(super) fn time(text: &str) -> Result<(), &'static str> {
    match seconds(text.as_bytes()) {
        Some([]) => Ok(()),
        _ => Err(TIME),
    }
}

fn is_date(text: &[u8]) -> bool {
    match text.len() {
        4 => year(text).is_some(),
        7 => month(text).is_some(),
        10 => is_day(text),
        _ => false,
    }
}

fn is_instant(text: &[u8]) -> bool {
    let Some((day, [b'T', time @ ..])) = text.split_at_checked(10) else {
        return false;
    };
    is_day(day) && seconds(time).is_some_and(is_zone)
}

fn year(text: &[u8]) -> Option<u32> {
    number(text.get(..4)?).filter(|year| *year > 0)
}

fn month(text: &[u8]) -> Option<(u32, u32)> {
    let month = number(text.get(5..7)?)?;
    (text.get(4) == Some(&b'-') && (1..=12).contains(&month)).then_some((year(text)?, month))
}

fn is_day(text: &[u8]) -> bool {
    let Some((year, month)) = month(text) else { return false };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    text.get(7) == Some(&b'-')
        && text
            .get(8..)
            .and_then(number)
            .is_some_and(|day| (1..=days).contains(&day))
}

/// Reads `hh:mm:ss(.f+)?` and returns what follows it. A leap second (60) is allowed, `24:00:00` is not.
fn seconds(text: &[u8]) -> Option<&[u8]> {
    let [h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = text else {
        return None;
    };
    let in_range = number(&[*h1, *h2])? <= 23 && number(&[*m1, *m2])? <= 59 && number(&[*s1, *s2])? <= 60;
    let rest = match rest {
        [b'.', fraction @ ..] => {
            let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            fraction.get(digits..).filter(|_| digits > 0)?
        }
        rest => rest,
    };
    in_range.then_some(rest)
}

fn is_zone(text: &[u8]) -> bool {
    match text {
        [b'Z'] => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] => match (number(&[*h1, *h2]), number(&[*m1, *m2])) {
            (Some(hours), Some(minutes)) => (hours <= 13 && minutes <= 59) || (hours == 14 && minutes == 0),
            _ => false,
        },
        _ => false,
    }
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |sum, byte| {
        byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0'))
    })
}
