//! One create or update at a time (<https://hl7.org/fhir/R4/http.html#create>).

use std::sync::atomic::Ordering;

use reqwest::Method;
use serde_json::Value;

use super::client::{Client, Failure, Response};
use super::read::version_tag;
use super::transaction::EntryAnswer;
use crate::Category;
use crate::reference;

/// A request that writes one resource.
#[derive(Debug)]
pub(crate) struct Single<'a> {
    pub(crate) resource_type: &'a str,
    /// `POST` of the type if there is none.
    pub(crate) target: Option<Target<'a>>,
    /// `If-None-Exist` of a create.
    pub(crate) if_none_exist: Option<&'a str>,
    /// `If-Match` of an update.
    pub(crate) if_match: Option<&'a str>,
    pub(crate) body: Vec<u8>,
}

/// What a `PUT` goes to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Target<'a> {
    Id(&'a str),
    /// The identifier, as a token for a search.
    Identifier(&'a str),
}

impl Client {
    /// Sends `single` once.
    pub(crate) async fn single(&self, single: Single<'_>) -> Result<EntryAnswer, Failure> {
        let method = if single.target.is_some() {
            Method::PUT
        } else {
            Method::POST
        };
        let path = match single.target {
            Some(Target::Id(id)) => format!("{}/{id}", single.resource_type),
            _ => single.resource_type.to_owned(),
        };
        let mut request = self.request(method, &path)?;
        if let Some(Target::Identifier(token)) = single.target {
            request = request.query(&[("identifier", token)]);
        }
        if let Some(query) = single.if_none_exist {
            request = request.header("If-None-Exist", query);
        }
        if let Some(etag) = single.if_match {
            request = request.header("If-Match", etag);
        }
        let request = request
            .timeout(self.endpoint.timeouts.transaction)
            .header("Content-Type", "application/fhir+json")
            .body(single.body);
        self.counts.writes.fetch_add(1, Ordering::Relaxed);
        let response = self.exchange(request).await?;
        if let Some(category) = Category::of_write(response.status) {
            let failure = response.failure(category);
            let conflict = category == Category::Incorrect && failure.complaint.is_conflict;
            return Err(Failure {
                category: if conflict { Category::Conflict } else { category },
                ..failure
            });
        }
        let expected = match single.target {
            Some(Target::Id(id)) => Some(id),
            _ => None,
        };
        stored(&response, single.resource_type, expected).ok_or_else(|| {
            // Stored, but under an id that we are not told: it has to be looked for.
            response.failure(Category::UnknownOutcome)
        })
    }
}

/// Where the resource is, from `Location`, the body, or the address it was put to.
fn stored(response: &Response, resource_type: &str, expected: Option<&str>) -> Option<EntryAnswer> {
    let body = response.json().unwrap_or_default();
    // A gateway's page is no answer of the server, whatever its status.
    let speaks = response.body.is_empty() || body["resourceType"].is_string() || response.location.is_some();
    if !speaks {
        return None;
    }
    let is_resource = body["resourceType"] == resource_type;
    let located = response
        .location
        .as_deref()
        .and_then(|location| reference::id_and_version(location, resource_type));
    let returned = || {
        let id = body["id"].as_str().filter(|id| is_resource && reference::is_id(id))?;
        Some((id.to_owned(), None))
    };
    let (server_id, version) = located
        .or_else(returned)
        .or_else(|| Some((expected?.to_owned(), None)))?;
    Some(EntryAnswer::Stored {
        existed: response.status == 200,
        server_id,
        etag: response
            .etag
            .clone()
            .or_else(|| version.map(|version| format!("W/\"{version}\"")))
            .or_else(|| version_of(&body, is_resource)),
    })
}

fn version_of(body: &Value, is_resource: bool) -> Option<String> {
    if is_resource { version_tag(body) } else { None }
}
