//! Reading request headers.

use axum::http::{HeaderMap, StatusCode, header};
use url::form_urlencoded;

use crate::outcome::Refusal;
use crate::request::Conditions;

/// The text of a header, if it is there and is text.
pub(crate) fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The headers that make the request conditional.
pub(crate) fn conditions(headers: &HeaderMap) -> Conditions {
    let header = |name| text(headers, name).map(str::to_owned);
    Conditions {
        if_match: header("if-match"),
        if_none_match: header("if-none-match"),
        if_none_exist: header("if-none-exist"),
    }
}

/// The service base as the client wrote it, so that links lead back the way the client came, through a proxy too.
pub(crate) fn base(headers: &HeaderMap) -> String {
    let host = text(headers, header::HOST.as_str()).unwrap_or("localhost");
    format!("http://{host}{}", super::routes::BASE_PATH)
}

/// Refuses when the client wants only what the sandbox cannot write: it writes JSON.
pub(crate) fn check_acceptable(headers: &HeaderMap, query: &str) -> Result<(), Refusal> {
    let format = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "_format");
    let acceptable = match format {
        // A `+` that was not encoded arrives as a space.
        Some((_, format)) => is_json(&format.replace(' ', "+")) || format == "json",
        None => text(headers, header::ACCEPT.as_str()).is_none_or(|accept| accept.split(',').any(accepts_json)),
    };
    if acceptable {
        return Ok(());
    }
    let text = "the answer is wanted in a format that the sandbox does not write";
    Err(Refusal::new(
        StatusCode::NOT_ACCEPTABLE,
        "not-supported",
        text,
        "Accept application/fhir+json",
    ))
}

fn accepts_json(range: &str) -> bool {
    let mut parameters = range.split(';').map(str::trim);
    let media_type = parameters.next().unwrap_or_default();
    let refused = parameters.any(|parameter| matches!(parameter, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
    !refused && (is_json(media_type) || matches!(media_type, "*/*" | "application/*" | ""))
}

/// Whether the media type, with or without parameters, is FHIR's JSON.
pub(crate) fn is_json(media_type: &str) -> bool {
    let plain = media_type.split(';').next().unwrap_or_default().trim();
    ["application/fhir+json", "application/json", "text/json"]
        .iter()
        .any(|json| plain.eq_ignore_ascii_case(json))
}

/// Whether the media type is that of a form, as a search by POST sends it.
pub(crate) fn is_form(media_type: &str) -> bool {
    let plain = media_type.split(';').next().unwrap_or_default().trim();
    plain.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// Whether the media type is that of a JSON Patch.
pub(crate) fn is_json_patch(media_type: &str) -> bool {
    let plain = media_type.split(';').next().unwrap_or_default().trim();
    plain.eq_ignore_ascii_case("application/json-patch+json")
}
