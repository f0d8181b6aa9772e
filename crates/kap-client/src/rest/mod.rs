//! FHIR's RESTful API (<https://hl7.org/fhir/R4/http.html>), as far as we use it.

mod client;
mod metadata;
pub(crate) mod outcome;
mod read;
mod search;
pub(crate) mod single;
mod terminology;
pub(crate) mod transaction;
mod wait;

pub use client::Client;
pub(crate) use client::Failure;
pub(crate) use read::{Read, version_tag};
pub(crate) use search::Query;
