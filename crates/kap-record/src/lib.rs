//! The KAP record: one JSON document that holds one course of ketamine-assisted psychotherapy.
//!
//! What this crate does not do: it knows no FHIR resource and no network. `kap-map` turns a record into FHIR.
//!
//! * [`model`]: the objects of the record, one module per subject
//! * [`primitive`]: texts with a grammar, dates, numbers as written, quantities with their unit
//! * [`instruments`]: instruments, what their scores mean, scoring
//!
//! A plain field may leave the clinic. [`Restricted`] leaves only through [`Restricted::release`]; [`Withheld`] never leaves: only [`write()`] can read it.

mod code_list;
pub mod codes;
mod define;
pub mod instruments;
mod kept;
pub mod model;
mod ndjson;
pub mod primitive;
mod reading;
mod rules;
mod schema;
#[cfg(doctest)]
mod secrecy;
mod sensitivity;
mod structure;
mod write;

pub use code_list::{CodeDefinition, CodeList};
pub use model::Record;
pub use ndjson::{Line, read_ndjson};
pub use reading::{Reading, read};
pub use schema::{SCHEMA_ID, schema};
pub use sensitivity::{Permit, Restricted, SENSITIVITY_MEMBER, Sensitivity, Withheld};
pub use write::write;
