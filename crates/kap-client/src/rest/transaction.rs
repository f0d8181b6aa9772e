//! Sending a transaction and reading every entry's outcome (<https://hl7.org/fhir/R4/http.html#transaction>).

use std::sync::atomic::Ordering;

use reqwest::Method;
use serde_json::Value;

use super::client::{Client, Failure};
use super::outcome::Complaint;
use super::read::version_tag;
use crate::Category;
use crate::reference;

/// What the server says about one entry.
#[derive(Debug)]
pub(crate) enum EntryAnswer {
    /// It is stored under this id.
    Stored {
        /// A conditional create that found something.
        existed: bool,
        server_id: String,
        etag: Option<String>,
    },
    /// It failed although the transaction as a whole was answered with success: the server treats it as a batch.
    Failed { category: Category, complaint: Complaint },
}

/// What is known beforehand of an entry's answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expected<'a> {
    pub(crate) resource_type: &'a str,
    /// For an update.
    pub(crate) server_id: Option<&'a str>,
}

impl Client {
    /// Sends `bundle`, whose answer has an entry for each of `expected`, once. The outcomes are in their order.
    pub(crate) async fn transaction(
        &self,
        bundle: Vec<u8>,
        expected: &[Expected<'_>],
    ) -> Result<Vec<EntryAnswer>, Failure> {
        let request = self
            .request_to(Method::POST, self.transaction_url())
            .timeout(self.endpoint.timeouts.transaction)
            .header("Content-Type", "application/fhir+json")
            .body(bundle);
        self.counts.writes.fetch_add(1, Ordering::Relaxed);
        let response = self.exchange(request).await?;
        if let Some(category) = Category::of_write(response.status) {
            let failure = response.failure(category);
            let conflict = category == Category::Incorrect && failure.complaint.is_conflict;
            return Err(if conflict {
                Failure {
                    category: Category::Conflict,
                    ..failure
                }
            } else {
                failure
            });
        }
        // Success was announced; an answer that cannot be read leaves open what was stored.
        let unknown = || response.failure(Category::UnknownOutcome);
        let answer = response.json().ok_or_else(unknown)?;
        let entries = answer["entry"].as_array().map_or(&[][..], Vec::as_slice);
        let is_response = matches!(answer["type"].as_str(), Some("transaction-response" | "batch-response"));
        if !is_response || entries.len() != expected.len() {
            return Err(unknown());
        }
        Ok(entries
            .iter()
            .zip(expected)
            .map(|(entry, expected)| entry_answer(entry, *expected))
            .collect())
    }

    /// The base without the slash at its end, as FHIR writes it; some routers tell the two apart.
    fn transaction_url(&self) -> url::Url {
        let mut url = self.base.clone();
        if let Some(path) = self.base.path().strip_suffix('/') {
            url.set_path(path);
        }
        url
    }
}

fn entry_answer(entry: &Value, expected: Expected<'_>) -> EntryAnswer {
    let resource_type = expected.resource_type;
    let response = &entry["response"];
    // `201 Created`, `201`: the first three digits count.
    let status = response["status"]
        .as_str()
        .and_then(|status| status.get(..3)?.parse::<u16>().ok());
    let failed = |category| {
        let complaint = Complaint::of(&response["outcome"]);
        EntryAnswer::Failed {
            category: match category {
                Category::Incorrect if complaint.is_conflict => Category::Conflict,
                category => category,
            },
            complaint,
        }
    };
    let Some(status) = status else {
        return failed(Category::UnknownOutcome);
    };
    if let Some(category) = Category::of_write(status) {
        return failed(category);
    }
    let resource = &entry["resource"];
    let located = response["location"]
        .as_str()
        .and_then(|location| reference::id_and_version(location, resource_type));
    let returned = || {
        let id = resource["id"].as_str().filter(|id| reference::is_id(id))?;
        (resource["resourceType"] == resource_type).then(|| (id.to_owned(), None))
    };
    // Stored, but under an id that we are not told: it has to be looked for.
    let updated = || expected.server_id.map(|id| (id.to_owned(), None));
    let Some((server_id, version)) = located.or_else(returned).or_else(updated) else {
        return failed(Category::UnknownOutcome);
    };
    EntryAnswer::Stored {
        existed: status == 200,
        server_id,
        etag: response["etag"]
            .as_str()
            .map(str::to_owned)
            .or_else(|| version.map(|version| format!("W/\"{version}\"")))
            .or_else(|| version_tag(resource)),
    }
}
