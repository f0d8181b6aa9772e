//! Faults that turn a request down before anything is done.

use axum::http::StatusCode;

use super::{Drawn, Fault, Injector};
use crate::habits::allowance::throttled;
use crate::habits::{Habits, Settings};
use crate::outcome::Refusal;
use crate::request::Request;

impl Injector {
    /// Writes down that the drawn fault strikes.
    pub(crate) fn strike(&self, drawn: &Drawn, request: &Request) -> Option<Fault> {
        let fault = drawn.fault?;
        self.log.add(fault, request);
        Some(fault)
    }
}

/// The refusal that the fault is, if it is one.
pub(crate) fn refusal(fault: Fault, habits: &Habits) -> Option<Refusal> {
    let settings = &habits.settings;
    match fault {
        Fault::Throttled => Some(throttled(settings, 1)),
        Fault::Unavailable => Some(unavailable()),
        Fault::LostRace => Some(lost_race(settings)),
        Fault::TokenExpired => Some(token_expired()),
        _ => None,
    }
}

fn unavailable() -> Refusal {
    let text = "the server is down for a moment";
    let diagnostics = "Come back when Retry-After says; nothing was written";
    let mut refusal = Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "transient", text, diagnostics);
    refusal.retry_after = Some(2);
    refusal
}

fn lost_race(settings: &Settings) -> Refusal {
    let text = "another write of the same resource was faster";
    let refusal = Refusal::new(
        StatusCode::CONFLICT,
        "conflict",
        text,
        "Send it again; nothing was written",
    );
    refusal.with_status(settings.race_status)
}

fn token_expired() -> Refusal {
    let text = "the access token has expired";
    let diagnostics = "Ask for a new one and send the request again; nothing was written";
    Refusal::new(StatusCode::UNAUTHORIZED, "login", text, diagnostics)
}
