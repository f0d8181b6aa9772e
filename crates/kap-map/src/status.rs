//! The status of resources by the state of their entry in the source system.

use kap_record::model::life_cycle::{Entry, EntryStatus};

/// The status of a resource whose entry may turn out to be an error, in FHIR's own words.
pub(crate) fn status_unless_withdrawn(entry: &Entry, status: &'static str) -> &'static str {
    if entry.status == EntryStatus::EnteredInError {
        EntryStatus::EnteredInError.as_str()
    } else {
        status
    }
}

/// The status of an observation by the state of its entry. <https://hl7.org/fhir/R4/valueset-observation-status.html>
pub(crate) fn observation_status(entry: &Entry) -> &'static str {
    match entry.status {
        EntryStatus::Active => "final",
        EntryStatus::Corrected => "corrected",
        EntryStatus::EnteredInError => "entered-in-error",
    }
}
