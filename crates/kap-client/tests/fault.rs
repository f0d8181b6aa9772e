//! What can go wrong between us and a server, put in front of the sandbox.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::Notify;

/// One thing that goes wrong with one request.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// Nothing.
    Pass,
    /// Executed; the answer breaks off.
    LoseAnswer,
    /// Executed; the answer is a gateway's 504.
    TimeoutAfterCommit,
    /// Executed; the answer comes too late.
    AnswerLate,
    /// Not executed; answered with this status and issue code.
    Refuse(u16, &'static str),
    /// Not executed; nothing is answered.
    HangUp,
    /// Executed; the answer lacks its last entry.
    DropLastAnswer,
    /// Executed; the answer is not JSON.
    Garble,
    /// Executed without entry `index`, which is answered with this status inside a 200.
    FailEntry(usize, u16),
    /// Executed; an ill server leaves out where it stored things.
    NoLocations,
    /// Not executed; answered with this.
    Answer(Value),
    /// Waits until told, then executes.
    Hold(Arc<Notify>),
}

/// Faults for the next requests of each kind; without one, a request passes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults {
    pub(crate) transactions: Arc<Mutex<VecDeque<Fault>>>,
    pub(crate) reads: Arc<Mutex<VecDeque<Fault>>>,
    /// Creates and updates of one resource.
    pub(crate) singles: Arc<Mutex<VecDeque<Fault>>>,
    /// Answers each bundle with 404.
    pub(crate) no_bundles: Arc<Mutex<bool>>,
    /// Answers each `POST _search` with 405.
    pub(crate) no_post_search: Arc<Mutex<bool>>,
    /// What was sent as transactions.
    pub(crate) sent: Arc<Mutex<Vec<Value>>>,
    /// Addresses asked for.
    pub(crate) addresses: Arc<Mutex<Vec<String>>>,
}

impl Faults {
    pub(crate) fn next_transactions(&self, faults: impl IntoIterator<Item = Fault>) {
        self.transactions.lock().expect("not poisoned").extend(faults);
    }

    pub(crate) fn next_singles(&self, faults: impl IntoIterator<Item = Fault>) {
        self.singles.lock().expect("not poisoned").extend(faults);
    }

    pub(crate) fn next_reads(&self, faults: impl IntoIterator<Item = Fault>) {
        self.reads.lock().expect("not poisoned").extend(faults);
    }

    /// Nothing goes wrong any more.
    pub(crate) fn clear(&self) {
        self.transactions.lock().expect("not poisoned").clear();
        self.reads.lock().expect("not poisoned").clear();
        self.singles.lock().expect("not poisoned").clear();
    }

    pub(crate) fn sent(&self) -> Vec<Value> {
        self.sent.lock().expect("not poisoned").clone()
    }
}

/// Middleware.
pub(crate) async fn inject(State(faults): State<Faults>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("the client sends whole bodies");
    faults
        .addresses
        .lock()
        .expect("not poisoned")
        .push(parts.uri.to_string());
    let is_search = parts.uri.path().ends_with("/_search");
    if is_search && *faults.no_post_search.lock().expect("not poisoned") {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let is_transaction = parts.method == Method::POST && !is_search && parts.uri.path().ends_with("/fhir");
    if is_transaction && *faults.no_bundles.lock().expect("not poisoned") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let is_single = !is_search && matches!(parts.method, Method::POST | Method::PUT);
    let queue = match (is_transaction, is_single) {
        (true, _) => &faults.transactions,
        (false, true) => &faults.singles,
        (false, false) => &faults.reads,
    };
    let fault = queue.lock().expect("not poisoned").pop_front().unwrap_or(Fault::Pass);
    if is_transaction {
        let bundle = serde_json::from_slice(&body).expect("the client sends JSON");
        faults.sent.lock().expect("not poisoned").push(bundle);
    }
    let run = |body: Bytes| next.run(Request::from_parts(parts, Body::from(body)));
    match fault {
        Fault::Pass => run(body).await,
        Fault::LoseAnswer => {
            let (parts, body) = run(body).await.into_parts();
            let body = to_bytes(body, usize::MAX).await.expect("the sandbox answers");
            Response::from_parts(parts, broken(&body))
        }
        Fault::TimeoutAfterCommit => {
            run(body).await;
            StatusCode::GATEWAY_TIMEOUT.into_response()
        }
        Fault::AnswerLate => {
            let response = run(body).await;
            tokio::time::sleep(Duration::from_secs(5)).await;
            response
        }
        Fault::Refuse(status, code) => refuse(status, code),
        Fault::HangUp => Response::new(broken(b"")),
        Fault::DropLastAnswer => edit(run(body).await, |answer| _ = entries(answer).pop()).await,
        Fault::Garble => {
            run(body).await;
            "<html>welcome</html>".into_response()
        }
        Fault::FailEntry(index, status) => {
            let mut bundle: Value = serde_json::from_slice(&body).expect("the client sends JSON");
            entries(&mut bundle).remove(index);
            let failed = json!({"response": {"status": format!("{status} Failed"),
                "outcome": {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "invalid"}]}}});
            edit(run(bundle.to_string().into()).await, |answer| {
                entries(answer).insert(index, failed);
            })
            .await
        }
        Fault::NoLocations => {
            edit(run(body).await, |answer| {
                for entry in entries(answer) {
                    *entry = json!({"response": {"status": entry["response"]["status"]}});
                }
            })
            .await
        }
        Fault::Answer(answer) => answer.to_string().into_response(),
        Fault::Hold(until) => {
            until.notified().await;
            run(body).await
        }
    }
}

/// A body that breaks off in its middle.
fn broken(body: &[u8]) -> Body {
    let half = Bytes::copy_from_slice(&body[..body.len() / 2]);
    let cut = Err(std::io::Error::other("cut"));
    Body::from_stream(futures_util::stream::iter([Ok(half), cut]))
}

fn refuse(status: u16, code: &str) -> Response {
    let outcome = json!({"resourceType": "OperationOutcome", "issue": [
        {"severity": "error", "code": code, "diagnostics": "Testperson", "expression": ["Bundle.entry[3].resource.code"]}]});
    let status = StatusCode::from_u16(status).expect("a status of HTTP");
    (status, [("retry-after", "0")], outcome.to_string()).into_response()
}

async fn edit(response: Response, change: impl FnOnce(&mut Value)) -> Response {
    let body = to_bytes(response.into_body(), usize::MAX)
        .await
        .expect("the sandbox answers");
    let mut answer = serde_json::from_slice(&body).expect("the sandbox answers JSON");
    change(&mut answer);
    answer.to_string().into_response()
}

fn entries(bundle: &mut Value) -> &mut Vec<Value> {
    bundle["entry"].as_array_mut().expect("a bundle with entries")
}
