//! Writing responses.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use serde_json::Value;

use crate::environment::Environment;
use crate::habits::{RetryAfter, Settings, WriteAnswer};
use crate::interaction::{Answer, Content};
use crate::outcome::Refusal;
use crate::preferences::Returning;

/// The response to an interaction that succeeded; `base` is for its `Location`.
pub(crate) fn success(mut answer: Answer, returning: Returning, base: &str, settings: &Settings) -> Response<Body> {
    let returning = match settings.write_answer {
        WriteAnswer::Resource => returning,
        WriteAnswer::Nothing => Returning::Minimal,
    };
    let mut response = match answer.content(returning) {
        Content::Nothing => nothing(&answer, settings),
        Content::Resource(resource) | Content::Outcome(resource) => json(answer.status, Some(&resource)),
    };
    let Some(version) = answer.version else {
        return response;
    };
    let last_modified = DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&version.last_updated)
        .ok();
    let location = answer.wrote.then(|| format!("{base}/{}", version.location()));
    let fields = [
        (header::ETAG, Some(version.etag())),
        (header::LAST_MODIFIED, last_modified),
        (header::LOCATION, location),
    ];
    for (name, value) in fields {
        if let Some(value) = value.and_then(|value| HeaderValue::try_from(value).ok()) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// No body; a vendor may name a media type all the same.
fn nothing(answer: &Answer, settings: &Settings) -> Response<Body> {
    let mut response = json(answer.status, None);
    if let Some(Ok(media_type)) = settings.empty_content_type.as_deref().map(HeaderValue::try_from) {
        response.headers_mut().insert(header::CONTENT_TYPE, media_type);
    }
    response
}

/// A response with a resource, or with nothing.
pub(crate) fn json(status: StatusCode, resource: Option<&Value>) -> Response<Body> {
    let mut response = Response::new(resource.map_or_else(Body::empty, |resource| Body::from(resource.to_string())));
    *response.status_mut() = status;
    if resource.is_some() {
        let media_type = HeaderValue::from_static("application/fhir+json; charset=utf-8");
        response.headers_mut().insert(header::CONTENT_TYPE, media_type);
    }
    response
}

/// A response that turns the request down, in the form of the vendor.
pub(crate) fn refusal(refusal: &Refusal, settings: &Settings, environment: &dyn Environment) -> Response<Body> {
    let mut response = json(refusal.status, Some(&refusal.to_outcome(settings)));
    let mut add = |name: HeaderName, value: String| {
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(name, value);
        }
    };
    if let Some(methods) = &refusal.allow {
        add(header::ALLOW, methods.to_string());
    }
    if refusal.status == StatusCode::UNAUTHORIZED {
        add(header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"".to_owned());
    }
    if let Some(seconds) = refusal.retry_after {
        // Gateways, which say 503, write a date.
        let forms = match refusal.status {
            StatusCode::SERVICE_UNAVAILABLE => &[RetryAfter::Date][..],
            _ => &settings.retry_after,
        };
        for form in forms {
            match form {
                RetryAfter::Seconds => add(header::RETRY_AFTER, seconds.to_string()),
                RetryAfter::Date => add(header::RETRY_AFTER, date_in(environment.now(), seconds)),
                RetryAfter::XMsRetryAfterMs => {
                    add(
                        HeaderName::from_static("x-ms-retry-after-ms"),
                        (u64::from(seconds) * 1000).to_string(),
                    );
                }
            }
        }
    }
    response
}

/// The moment so many seconds from now, as HTTP writes dates.
fn date_in(now: Timestamp, seconds: u32) -> String {
    let moment = now
        .saturating_add(std::time::Duration::from_secs(seconds.into()))
        .unwrap_or(now);
    DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&moment)
        .unwrap_or_default()
}
