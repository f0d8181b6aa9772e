//! The address of a resource on this server, and of one version of it.

use std::fmt;

use jiff::Timestamp;

use crate::supported::ResourceType;

/// `Patient/123`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) resource_type: &'static ResourceType,
    pub(crate) id: String,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.resource_type.name, self.id)
    }
}

/// One stored version and the moment it was stored.
#[derive(Debug, Clone)]
pub(crate) struct Version {
    pub(crate) key: Key,
    pub(crate) number: i64,
    pub(crate) last_updated: Timestamp,
}

impl Version {
    /// The version's address relative to the service base.
    pub(crate) fn location(&self) -> String {
        format!("{}/_history/{}", self.key, self.number)
    }

    /// The [weak ETag](https://hl7.org/fhir/R4/http.html#versioning) of the version.
    pub(crate) fn etag(&self) -> String {
        etag(self.number)
    }
}

pub(crate) fn etag(number: i64) -> String {
    format!("W/\"{number}\"")
}

/// Whether the header `If-Match` or `If-None-Match` names this version; `*` names every one.
pub(crate) fn names_version(header: &str, number: i64) -> bool {
    let number = number.to_string();
    header
        .split(',')
        .map(str::trim)
        .any(|tag| tag == "*" || tag.trim_start_matches("W/").trim_matches('"') == number)
}

/// A FHIR [instant](https://hl7.org/fhir/R4/datatypes.html#instant) in UTC with milliseconds.
pub(crate) fn instant(moment: Timestamp) -> String {
    format!("{moment:.3}")
}

/// Whether the text may be a [logical id](https://hl7.org/fhir/R4/datatypes.html#id).
pub(crate) fn is_legal_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
}
