//! How long a server asks to wait, in the headers of an answer.

use std::time::Duration;

use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

/// Resets that servers send beside a refusal, in seconds or as seconds since 1970.
const RESETS: &[&str] = &["ratelimit-reset", "x-ratelimit-reset", "x-rate-limit-reset"];

/// `Retry-After`, in seconds or as a date (<https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3>); else when the limit that
/// was reached begins anew. A date counts from the server's own `Date`: its clock may differ from ours.
pub(super) fn asked(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    let served = headers
        .get(DATE)
        .and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
    if let Some(asked) = headers.get(RETRY_AFTER).and_then(|asked| asked.to_str().ok()) {
        if let Ok(seconds) = asked.trim().parse() {
            return Some(Duration::from_secs(seconds));
        }
        let until = httpdate::parse_http_date(asked.trim()).ok()?;
        // A moment that has passed asks for no wait.
        return Some(until.duration_since(served?).unwrap_or_default());
    }
    let reset = RESETS.iter().find_map(|name| text(name)?.parse::<u64>().ok());
    let reset = reset.or_else(|| in_one_line(text("ratelimit")?))?;
    let Some(served) = served.and_then(|served| served.duration_since(std::time::UNIX_EPOCH).ok()) else {
        return Some(reset).filter(|reset| *reset < MOMENT).map(Duration::from_secs);
    };
    let wait = if reset < MOMENT {
        reset
    } else {
        reset.saturating_sub(served.as_secs())
    };
    Some(Duration::from_secs(wait))
}

/// Numbers from here on are moments, not lengths of time: nobody asks to wait for thirty years.
const MOMENT: u64 = 1_000_000_000;

/// The seconds in `limit=100, remaining=0, reset=30` or `"default";r=0;t=30`.
fn in_one_line(text: &str) -> Option<u64> {
    let mut parts = text.split([',', ';']).map(str::trim);
    parts.find_map(|part| {
        part.strip_prefix("reset=")
            .or_else(|| part.strip_prefix("t="))?
            .parse()
            .ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked_by(lines: &[(&'static str, &'static str)]) -> Option<u64> {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.insert(*name, value.parse().expect("a header"));
        }
        asked(&headers).map(|wait| wait.as_secs())
    }

    const DATE: (&str, &str) = ("date", "Tue, 01 Dec 2026 15:00:00 GMT");

    #[test]
    fn seconds_and_dates() {
        assert_eq!(asked_by(&[("retry-after", " 7 ")]), Some(7));
        assert_eq!(
            asked_by(&[DATE, ("retry-after", "Tue, 01 Dec 2026 15:02:00 GMT")]),
            Some(120)
        );
        assert_eq!(
            asked_by(&[DATE, ("retry-after", "Tue, 01 Dec 2026 14:00:00 GMT")]),
            Some(0)
        );
        // Without the server's time a date says nothing.
        assert_eq!(asked_by(&[("retry-after", "Tue, 01 Dec 2026 15:02:00 GMT")]), None);
        assert_eq!(asked_by(&[DATE, ("retry-after", "soon")]), None);
        assert_eq!(asked_by(&[]), None);
    }

    #[test]
    fn limits_that_begin_anew() {
        assert_eq!(asked_by(&[("ratelimit-reset", "12")]), Some(12));
        assert_eq!(asked_by(&[DATE, ("x-ratelimit-reset", "1796137260")]), Some(60));
        assert_eq!(asked_by(&[("x-ratelimit-reset", "1796137260")]), None);
        assert_eq!(asked_by(&[("ratelimit", "limit=100, remaining=0, reset=30")]), Some(30));
        assert_eq!(asked_by(&[("ratelimit", "\"default\";r=0;t=45")]), Some(45));
        assert_eq!(asked_by(&[("retry-after", "3"), ("ratelimit-reset", "12")]), Some(3));
    }
}
