//! Writing responses.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use jiff::fmt::rfc2822::DateTimePrinter;
use serde_json::Value;

use crate::interaction::{Answer, Content};
use crate::outcome::Refusal;
use crate::preferences::Returning;

/// The response to an interaction that succeeded; `base` is for its `Location`.
pub(crate) fn success(mut answer: Answer, returning: Returning, base: &str) -> Response<Body> {
    let mut response = match answer.content(returning) {
        Content::Nothing => json(answer.status, None),
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

impl IntoResponse for Refusal {
    fn into_response(self) -> Response<Body> {
        let mut response = json(self.status, Some(&self.to_outcome()));
        if let Some(allow) = self.allow {
            response
                .headers_mut()
                .insert(header::ALLOW, HeaderValue::from_static(allow));
        }
        response
    }
}
