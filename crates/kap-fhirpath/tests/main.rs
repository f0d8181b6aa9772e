//! Tests of kap-fhirpath.
#![expect(
    clippy::print_stderr,
    reason = "tests that need data from outside say that they are skipped, and what they counted"
)]

mod language;
mod package;
mod published;
mod random;
#[path = "../../../xtask/src/conformance/fhirpath.rs"]
mod runner;
mod suite;
mod world;
