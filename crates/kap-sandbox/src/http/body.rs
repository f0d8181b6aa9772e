//! Reading request bodies.

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
use serde_json::{Map, Value};

use super::headers::{is_form, is_json, is_json_patch, text};
use crate::outcome::Refusal;

/// A resource as JSON object, or nothing where nothing was sent.
pub(crate) fn resource(headers: &HeaderMap, body: &Bytes) -> Result<Option<Map<String, Value>>, Refusal> {
    if body.is_empty() {
        return Ok(None);
    }
    check_type(headers, is_json, "Send application/fhir+json in UTF-8, not compressed")?;
    match serde_json::from_slice(body) {
        Ok(Value::Object(resource)) => Ok(Some(resource)),
        Ok(_) => Err(Refusal::bad_request(
            "structure",
            "the body is no JSON object",
            "Send one resource",
        )),
        Err(error) => Err(Refusal::bad_request(
            "structure",
            "the body is not JSON",
            format!("The parser says: {error}; nothing was written"),
        )),
    }
}

/// The operations of a JSON Patch; a patch of another kind has none.
pub(crate) fn patch(headers: &HeaderMap, body: &Bytes) -> Result<Option<Value>, Refusal> {
    if check_type(headers, is_json_patch, "").is_err() {
        return Ok(None);
    }
    serde_json::from_slice(body).map(Some).map_err(|error| {
        let diagnostics = format!("The parser says: {error}; nothing was written");
        Refusal::bad_request("structure", "the body is not JSON", diagnostics)
    })
}

/// The parameters of a search by POST, still encoded.
pub(crate) fn form(headers: &HeaderMap, body: &Bytes) -> Result<String, Refusal> {
    if body.is_empty() {
        return Ok(String::new());
    }
    check_type(headers, is_form, "Send application/x-www-form-urlencoded")?;
    String::from_utf8(body.to_vec())
        .map_err(|_| Refusal::bad_request("invalid", "the form is not UTF-8", "Encode other bytes as %XX"))
}

fn check_type(headers: &HeaderMap, fits: impl Fn(&str) -> bool, expected: &str) -> Result<(), Refusal> {
    let content_type = text(headers, header::CONTENT_TYPE.as_str()).unwrap_or_default();
    let charset = content_type
        .split(';')
        .filter_map(|parameter| parameter.trim().split_once('='))
        .find(|(name, _)| *name == "charset");
    let utf_8 = charset.is_none_or(|(_, charset)| charset.trim_matches('"').eq_ignore_ascii_case("utf-8"));
    let encoding = text(headers, header::CONTENT_ENCODING.as_str()).unwrap_or("identity");
    if fits(content_type) && utf_8 && encoding == "identity" {
        return Ok(());
    }
    let text = "the body is in a format that the sandbox does not read";
    Err(Refusal::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "not-supported",
        text,
        expected,
    ))
}
