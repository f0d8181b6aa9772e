//! Which requests a fault can strike.

use axum::http::Method;
use serde_json::Value;

use super::Fault;
use crate::habits::Habits;
use crate::request::Request;

impl Fault {
    /// Whether the request is one that this can happen to. The capability statement is spared: without it nothing begins.
    pub(super) fn suits(self, request: &Request, habits: &Habits) -> bool {
        let path = request.path.trim_matches('/');
        let is_search = path.ends_with("_search") || request.method == Method::GET && !path.contains('/');
        let writes = !is_search && request.method != Method::GET && request.method != Method::HEAD;
        let is_bundle = request.method == Method::POST && path.is_empty();
        match self {
            _ if path == "metadata" => false,
            Self::AnswerLost | Self::AnswerDelayed | Self::GatewayTimeout | Self::DeliveredTwice | Self::LostRace => {
                writes
            }
            Self::CapabilityChange => writes && habits.clone().withdraw(),
            Self::ThrottledInside | Self::WrongEntryCount => is_bundle && takes_bundle(request, habits),
            Self::EmptyAnswer | Self::Accepted => writes && !is_bundle,
            Self::StaleIndex => is_search,
            Self::RacingCreate => habits.settings.conditional_create && creates_on_condition(request),
            Self::IdRewritten => habits.settings.update_create && names_its_id(request),
            Self::Throttled
            | Self::Unavailable
            | Self::TruncatedBody
            | Self::TokenExpired
            | Self::SlowDrip
            | Self::ConnectionReset => true,
        }
    }
}

fn takes_bundle(request: &Request, habits: &Habits) -> bool {
    let kind = request.resource.as_ref().and_then(|bundle| bundle.get("type"));
    kind.and_then(Value::as_str)
        .is_some_and(|kind| habits.offers_of_system(kind))
}

fn creates_on_condition(request: &Request) -> bool {
    let of_header = request.method == Method::POST && request.conditions.if_none_exist.is_some();
    of_header || entries(request).any(|entry| entry["request"]["ifNoneExist"].is_string())
}

fn names_its_id(request: &Request) -> bool {
    let by_id = |method: &str, url: &str| method == "PUT" && url.trim_matches('/').contains('/');
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let of_entry = |entry: &Value| by_id(&text(&entry["request"]["method"]), &text(&entry["request"]["url"]));
    by_id(request.method.as_str(), &request.path) || entries(request).any(of_entry)
}

fn entries(request: &Request) -> impl Iterator<Item = &Value> {
    let bundle = request.resource.as_ref();
    let entries = bundle.and_then(|bundle| bundle.get("entry")).and_then(Value::as_array);
    entries.into_iter().flatten()
}
