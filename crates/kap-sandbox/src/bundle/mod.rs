//! [Batch and transaction](https://hl7.org/fhir/R4/http.html#transaction): many interactions in one request.

mod batch;
mod entry;
mod links;
mod loose;
mod transaction;

use axum::http::StatusCode;
use rusqlite::Connection;
use serde_json::{Map, Value, json};

use crate::context::Context;
use crate::faults::Fault;
use crate::habits::allowance::throttled;
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
    let entries = entries(&mut bundle)?;
    let settings = &context.habits.settings;
    let kind = bundle.get("type").and_then(Value::as_str);
    check_offered(kind, entries.len(), context).inspect_err(|refusal| context.strays.note(refusal))?;
    let (kind, responses) = match kind {
        Some("transaction") if settings.transaction_as_batch => (
            "transaction-response",
            loose::process(connection, entries, preferences, context)?,
        ),
        Some("transaction") if context.suffers(Fault::ThrottledInside) => (
            "transaction-response",
            entries
                .iter()
                .map(|_| entry::failure(&throttled(settings, 1), settings))
                .collect(),
        ),
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

fn entries(bundle: &mut Map<String, Value>) -> Result<Vec<Value>, Refusal> {
    match bundle.remove("entry") {
        None => Ok(Vec::new()),
        Some(Value::Array(entries)) => Ok(entries),
        Some(_) => Err(Refusal::bad_request(
            "structure",
            "`Bundle.entry` is no array",
            "Send an array of entries",
        )),
    }
}

/// Refuses the kind of Bundle that this server does not take, and more entries than it takes.
fn check_offered(kind: Option<&str>, entries: usize, context: &Context) -> Result<(), Refusal> {
    let settings = &context.habits.settings;
    if let Some(kind @ ("transaction" | "batch")) = kind
        && !context.habits.offers_of_system(kind)
    {
        let text = format!("this server does not offer the interaction {kind}");
        let diagnostics = "GET metadata lists what it offers; nothing was written";
        let refusal = Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "not-supported", text, diagnostics);
        return Err(refusal.allowing(""));
    }
    let Some(limit) = settings.max_entries.filter(|limit| entries > *limit) else {
        return Ok(());
    };
    let text = format!("the number of entries in the bundle exceeded the configured limit of {limit}");
    let diagnostics = "Send fewer at a time; nothing was written";
    let refusal = Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too-costly", text, diagnostics);
    Err(refusal.with_status(settings.max_entries_status))
}
