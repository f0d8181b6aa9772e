//! What clients asked for although the capability statement does not offer it: each is a fault of the client.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::http::StatusCode;

use crate::outcome::Refusal;

/// How often each thing was asked for in vain.
#[derive(Debug, Default)]
pub(crate) struct Strays(Mutex<BTreeMap<String, u64>>);

impl Strays {
    /// Notes the refusal if it is one of something that is not offered.
    pub(crate) fn note(&self, refusal: &Refusal) {
        if matches!(refusal.status, StatusCode::METHOD_NOT_ALLOWED) || refusal.is_of_unknown_type() {
            let mut strays = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            *strays.entry(refusal.text().to_owned()).or_default() += 1;
        }
    }

    pub(crate) fn all(&self) -> BTreeMap<String, u64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
