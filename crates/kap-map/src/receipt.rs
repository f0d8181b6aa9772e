//! The receipt of a disclosure: what left, what stayed and why. It stays with the sender.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::segment::Reason;

/// What left, what stayed and why. It names neither the patient nor an id of the source system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// The key of the record's course.
    pub record_key: String,
    /// The purpose of the disclosure, as a code of [v3-ActReason](https://terminology.hl7.org/CodeSystem-v3-ActReason.html).
    pub purpose: &'static str,
    /// The codes of the labels of the whole bundle.
    pub security: Vec<String>,
    /// How many resources of each type left.
    pub kept: BTreeMap<&'static str, usize>,
    /// How many things stayed, by reason.
    pub withheld: BTreeMap<Reason, usize>,
    /// How many objects the source system had removed.
    pub removed: usize,
    /// The SHA-256 of the bundle's bytes, in lower-case hexadecimal.
    pub bundle_sha256: String,
}

impl Receipt {
    /// How many resources left.
    pub fn resources(&self) -> usize {
        self.kept.values().sum()
    }

    /// How many things stayed.
    pub fn withheld_total(&self) -> usize {
        self.withheld.values().sum()
    }
}
