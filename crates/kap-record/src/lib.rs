//! The KAP record: one JSON document that holds one course of ketamine-assisted psychotherapy.
//!
//! ```
//! let text = br#"{"schema": "kap-record/1", "patient": {"id": "p-1", "birthDate": "1985-04-12", "gender": "unknown", "dose": 35}}"#;
//! let reading = kap_record::read(text, &kap_json::Limits::default());
//! assert!(reading.record.is_none());
//! let found: Vec<&str> = reading.issues.iter().map(|issue| issue.code).collect();
//! assert_eq!(found, ["structure-missing-member", "structure-unknown-member"]);
//! ```
//!
//! What this crate does not do: it knows no FHIR resource, holds no wording of any instrument, and opens no file or connection.
//! `kap-map` turns a record into FHIR.
//!
//! * [`read()`], [`read_ndjson()`], [`codes`]: strict reading; structure is judged by [`schema()`], meaning by rules
//! * [`write()`]: the only way from a record back to text
//! * [`model`]: the objects of the record, one module per subject
//! * [`primitive`]: texts with a grammar, dates, numbers as written, quantities with their unit
//! * [`instruments`]: instruments, their scores, scoring
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
