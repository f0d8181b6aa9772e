//! FHIR definitions to a compiled plan; plan and document to a report, offline.

mod compile;
mod error;
mod plan;

pub use compile::{compile, compile_package};
pub use error::Error;
pub use plan::Plan;
