//! Reading one resource (<https://hl7.org/fhir/R4/http.html#read>).

use reqwest::Method;
use serde_json::Value;

use super::client::{Client, Failure};
use crate::Category;

/// What a read finds.
pub(crate) enum Read {
    /// The resource, with the version that an update must name.
    Found { resource: Box<Value>, etag: Option<String> },
    /// It never existed, or was deleted.
    Gone,
}

impl Client {
    /// Reads `reference` (`Type/id`).
    pub(crate) async fn read(&self, reference: &str) -> Result<Read, Failure> {
        let response = match self.exchange_safely(|| self.request(Method::GET, reference)).await {
            Ok(response) => response,
            Err(failure) if failure.category == Category::NotFound => return Ok(Read::Gone),
            Err(failure) => return Err(failure),
        };
        let resource_type = reference.split('/').next().unwrap_or_default();
        match response.json() {
            Some(resource) if resource["resourceType"] == resource_type => Ok(Read::Found {
                etag: response.etag.or_else(|| version_tag(&resource)),
                resource: Box::new(resource),
            }),
            _ => Err(response.failure(Category::Fault)),
        }
    }
}

/// The version of `resource` as an ETag (<https://hl7.org/fhir/R4/http.html#versioning>).
pub(crate) fn version_tag(resource: &Value) -> Option<String> {
    resource["meta"]["versionId"]
        .as_str()
        .map(|version| format!("W/\"{version}\""))
}
