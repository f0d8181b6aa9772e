//! [Batch and transaction](https://hl7.org/fhir/R4/http.html#transaction): many interactions in one request.

mod batch;
mod entry;
mod links;
mod transaction;

use rusqlite::Connection;
use serde_json::{Map, Value, json};

use crate::context::Context;
use crate::outcome::Refusal;
use crate::preferences::Preferences;

/// Does what the Bundle says and answers with the Bundle of responses, in the order of the requests.
pub(crate) fn process(
    connection: &mut Connection,
    mut bundle: Map<String, Value>,
    preferences: Preferences,
    context: &Context,
) -> Result<Value, Refusal> {
    if bundle.get("resourceType").and_then(Value::as_str) != Some("Bundle") {
        let text = "what is sent to the service base has to be a Bundle";
        return Err(Refusal::bad_request(
            "invalid",
            text,
            "POST other resources to /fhir/[type]",
        ));
    }
    let entries = match bundle.remove("entry") {
        None => Vec::new(),
        Some(Value::Array(entries)) => entries,
        Some(_) => {
            return Err(Refusal::bad_request(
                "structure",
                "`Bundle.entry` is no array",
                "Send an array of entries",
            ));
        }
    };
    let (kind, responses) = match bundle.get("type").and_then(Value::as_str) {
        Some("transaction") => (
            "transaction-response",
            transaction::process(connection, entries, preferences, context)?,
        ),
        Some("batch") => (
            "batch-response",
            batch::process(connection, entries, preferences, context),
        ),
        _ => {
            let text = "the Bundle is neither a transaction nor a batch";
            return Err(Refusal::bad_request(
                "invalid",
                text,
                "POST other Bundles to /fhir/Bundle, where they are stored whole",
            ));
        }
    };
    let mut answer = json!({ "resourceType": "Bundle", "type": kind });
    // An empty array is not FHIR.
    if !responses.is_empty() {
        answer["entry"] = Value::Array(responses);
    }
    Ok(answer)
}
