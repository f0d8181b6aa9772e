//! FHIR definitions to a compiled plan; plan and document to a report, offline.

mod check;
pub mod codes;
mod compile;
mod error;
mod options;
mod plan;
mod report;

pub use check::{check, check_bundle, check_bytes, is_valid, parse};
pub use compile::{compile, compile_package};
pub use error::Error;
pub use options::{Options, UnknownExtensions};
pub use plan::{Plan, set::PlanSet};
pub use report::Report;
