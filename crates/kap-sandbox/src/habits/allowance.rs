//! How much a client may do in a time: points by the minute, writes by the day.

use std::sync::{Mutex, PoisonError};

use axum::http::StatusCode;
use jiff::Timestamp;

use super::Settings;
use crate::environment::Environment;
use crate::interaction::Interaction;
use crate::outcome::Refusal;

/// What was spent in the present window and on the present day; both begin anew with their time, as counted from 1970.
#[derive(Debug, Default)]
pub(crate) struct Allowance(Mutex<Spent>);

#[derive(Debug, Default)]
struct Spent {
    window: i64,
    points: u64,
    day: i64,
    writes: u64,
}

const SECONDS_OF_DAY: i64 = 86_400;

impl Allowance {
    /// Takes what the interaction costs, or says when there is something left again.
    pub(crate) fn spend(&self, settings: &Settings, interaction: &Interaction, now: Timestamp) -> Result<(), Refusal> {
        let seconds = i64::try_from(settings.rate_seconds).unwrap_or(i64::MAX).max(1);
        let mut spent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        spent.move_on(now.as_second(), seconds);
        let (points, writes) = cost(settings, interaction);
        if settings.writes_a_day.is_some_and(|limit| spent.writes + writes > limit) {
            return Err(ceiling(settings));
        }
        if settings.rate_points.is_some_and(|limit| spent.points + points > limit) {
            let rest = seconds - now.as_second().rem_euclid(seconds);
            return Err(throttled(settings, u32::try_from(rest).unwrap_or(u32::MAX)));
        }
        spent.points += points;
        spent.writes += writes;
        Ok(())
    }

    /// The value of the header `RateLimit`, if this server sends one.
    pub(crate) fn header(&self, settings: &Settings, environment: &dyn Environment) -> Option<String> {
        let limit = settings.rate_points.filter(|_| settings.rate_header)?;
        let now = environment.now();
        let seconds = i64::try_from(settings.rate_seconds).unwrap_or(i64::MAX).max(1);
        let mut spent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        spent.move_on(now.as_second(), seconds);
        let left = limit.saturating_sub(spent.points);
        let rest = seconds - now.as_second().rem_euclid(seconds);
        Some(format!("\"fhirInteractions\";r={left};t={rest}"))
    }
}

impl Spent {
    fn move_on(&mut self, second: i64, seconds: i64) {
        let (window, day) = (second.div_euclid(seconds), second.div_euclid(SECONDS_OF_DAY));
        if self.window != window {
            (self.window, self.points) = (window, 0);
        }
        if self.day != day {
            (self.day, self.writes) = (day, 0);
        }
    }
}

/// Points and writes.
fn cost(settings: &Settings, interaction: &Interaction) -> (u64, u64) {
    match interaction {
        Interaction::Capabilities => (0, 0),
        Interaction::Search { .. } | Interaction::History { .. } => (settings.points_a_search, 0),
        Interaction::Read { .. } | Interaction::ReadVersion { .. } => (settings.points_a_read, 0),
        Interaction::Write(_) | Interaction::Patch { .. } | Interaction::Delete { .. } => (settings.points_a_write, 1),
    }
}

/// Too much at once, in this server's form.
pub(crate) fn throttled(settings: &Settings, seconds: u32) -> Refusal {
    let text = "too many requests";
    let diagnostics = format!("Come back in {seconds} seconds; nothing was written");
    let refusal = Refusal::new(StatusCode::TOO_MANY_REQUESTS, "throttled", text, diagnostics);
    let mut refusal = refusal.with_status(settings.throttle_status);
    refusal.vendor_code = settings.throttle_code.as_deref().map(Into::into);
    refusal.retry_after = Some(seconds);
    refusal
}

/// Too much for a day.
fn ceiling(settings: &Settings) -> Refusal {
    let text = "the day's number of requests is reached";
    let diagnostics = "Come back tomorrow; nothing was written";
    let refusal = Refusal::new(StatusCode::TOO_MANY_REQUESTS, "throttled", text, diagnostics);
    let mut refusal = refusal.with_status(settings.ceiling_status);
    refusal.vendor_code = settings.ceiling_code.as_deref().map(Into::into);
    refusal
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{Allowance, SECONDS_OF_DAY, Settings};
    use crate::interaction::Interaction;
    use crate::key::Key;
    use crate::supported::TYPES;

    #[test]
    fn a_day_has_so_many_writes() {
        let settings = Settings {
            writes_a_day: Some(2),
            ceiling_status: 403,
            ceiling_code: Some("4135".to_owned()),
            ..Settings::default()
        };
        let key = Key {
            resource_type: &TYPES[0],
            id: "a".to_owned(),
        };
        let write = Interaction::Delete { key, if_match: None };
        let allowance = Allowance::default();
        let spend = |second| {
            let now = Timestamp::from_second(second).expect("a moment");
            let refusal = allowance.spend(&settings, &write, now).err();
            refusal.map(|refusal| (refusal.status.as_u16(), refusal.vendor_code))
        };
        assert_eq!(spend(0), None);
        assert_eq!(spend(SECONDS_OF_DAY - 1), None);
        assert_eq!(spend(SECONDS_OF_DAY - 1), Some((403, Some("4135".into()))));
        assert_eq!(spend(SECONDS_OF_DAY), None);
    }
}
