//! A sandbox in a folder of its own, with a clock and ids that every run repeats.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use jiff::Timestamp;
use kap_sandbox::{Environment, Fault, Faults, Sandbox, Vendor};
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

/// Ids `id-1`, `id-2`, …; the clock goes on by one second at every look, from the first second of 2026.
#[derive(Debug, Default)]
pub(crate) struct Counting {
    ids: AtomicI64,
    seconds: AtomicI64,
}

impl Environment for Counting {
    fn now(&self) -> Timestamp {
        let new_year = 1_767_225_600;
        Timestamp::from_second(new_year + self.seconds.fetch_add(1, Ordering::Relaxed)).expect("a few seconds later")
    }

    fn new_id(&self) -> String {
        format!("id-{}", self.ids.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

/// The sandbox, and the folder that goes when it goes.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) sandbox: Sandbox,
    pub(crate) folder: TempDir,
}

/// A response, its body read.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Service {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let sandbox = Sandbox::open_in(&folder.path().join("ehr.sqlite"), Arc::new(Counting::default()));
        Self {
            sandbox: sandbox.expect("a new database"),
            folder,
        }
    }

    /// One with the habits of a vendor.
    pub(crate) fn like(vendor: Vendor) -> Self {
        let Self { sandbox, folder } = Self::new();
        let sandbox = sandbox.with_habits(vendor);
        Self { sandbox, folder }
    }

    /// One in which the fault strikes every request that it can, delays being of a quarter of a second.
    pub(crate) fn with_fault(self, fault: Fault) -> Self {
        let faults = Faults::new([fault], 7);
        let faults = faults.with_rate(1.0).with_delay(Duration::from_millis(250));
        let Self { sandbox, folder } = self;
        let sandbox = sandbox.with_faults(faults);
        Self { sandbox, folder }
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("ehr.sqlite")
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answered {
        let response = self
            .sandbox
            .router()
            .oneshot(request)
            .await
            .expect("the service answers");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("the body ends");
        let body = String::from_utf8(body.to_vec()).expect("the body is text");
        Answered {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    pub(crate) async fn get(&self, target: &str) -> Value {
        self.send(Request::get(target).body(Body::empty()).expect("a request"))
            .await
            .json()
    }

    pub(crate) async fn post(&self, target: &str, resource: &Value) -> Answered {
        self.send(post(target, resource)).await
    }
}

impl Answered {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("the body is JSON")
    }
}

pub(crate) fn post(target: &str, resource: &Value) -> Request<Body> {
    Request::post(target)
        .header("content-type", "application/fhir+json")
        .body(Body::from(resource.to_string()))
        .expect("a request")
}

/// A patient with an identifier of the system `urn:mrn`.
pub(crate) fn patient(number: &str) -> Value {
    json!({ "resourceType": "Patient", "identifier": [{ "system": "urn:mrn", "value": number }] })
}

/// A transaction that creates each resource.
pub(crate) fn creating(resources: impl IntoIterator<Item = Value>) -> Value {
    let entry = |resource: Value| json!({ "request": { "method": "POST", "url": resource["resourceType"] }, "resource": resource });
    json!({ "resourceType": "Bundle", "type": "transaction", "entry": resources.into_iter().map(entry).collect::<Vec<_>>() })
}
