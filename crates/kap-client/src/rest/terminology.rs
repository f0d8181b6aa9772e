//! Requests to a terminology service: they change nothing, so they are repeated like reads.

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::Value;

use super::client::{Client, Failure};
use crate::Category;

impl Client {
    /// Posts `body` to `path` below the base and returns the resource that answers it.
    pub(crate) async fn post_question(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        let text = body.to_string();
        let response = self
            .exchange_safely(|| {
                let request = self.request(Method::POST, path)?;
                Ok(request.header(CONTENT_TYPE, "application/fhir+json").body(text.clone()))
            })
            .await?;
        response.json().ok_or_else(|| response.failure(Category::Fault))
    }
}
