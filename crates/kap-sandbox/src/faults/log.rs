//! What was done to whom.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use super::{Fault, Faults};
use crate::request::Request;

/// A fault that struck a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Injected {
    /// What went wrong.
    pub fault: Fault,
    /// The method of the request.
    pub method: String,
    /// Its address below the service base, without the query, which may hold a patient's identifier.
    pub path: String,
}

/// Every fault that struck, in the order of the requests.
#[derive(Debug, Default)]
pub(crate) struct Log(Mutex<Vec<Injected>>);

impl Log {
    pub(super) fn add(&self, fault: Fault, request: &Request) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Injected {
            fault,
            method: request.method.to_string(),
            path: request.path.clone(),
        });
    }

    pub(crate) fn all(&self) -> Vec<Injected> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What `GET /faults` answers.
    pub(crate) fn document(&self, faults: &Faults) -> Value {
        let injected = self.all();
        let mut counts: BTreeMap<&str, u64> = faults.families.iter().map(|fault| (fault.as_str(), 0)).collect();
        for Injected { fault, .. } in &injected {
            *counts.entry(fault.as_str()).or_default() += 1;
        }
        let line = |injected: &Injected| json!({ "fault": injected.fault.as_str(), "method": injected.method, "path": injected.path });
        json!({
            "seed": faults.seed,
            "counts": counts,
            "injected": injected.iter().map(line).collect::<Vec<_>>(),
        })
    }
}
