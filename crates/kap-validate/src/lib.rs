//! Checks FHIR R4 documents offline: definitions are compiled to a plan once, and one walk over a document gives a report.
//!
//! ```
//! use kap_validate::{Options, Plan, PlanSet, check_bytes};
//!
//! let plans = PlanSet::new(&[Plan::r4()]);
//! let text = br#"{"resourceType": "Patient", "birthDate": "1984-02-30"}"#;
//! let report = check_bytes(&plans, text, &Options::default());
//! assert_eq!(report.issues[0].code, "primitive-format");
//! assert_eq!(report.issues[0].location.expression.as_deref(), Some("Patient.birthDate"));
//! ```
//!
//! The verdict is valid, invalid or *undecided*: what could not be decided with the definitions at hand, or is not
//! decided in this version, is listed with its reason and never silently passed.
//!
//! Plans and options are read only, `Send` and `Sync`: compile once, share them across threads (`examples/share.rs`).
//! [`is_valid`] stops at the first error and allocates nothing for reports. What somebody decided to live with is taken
//! out of a report afterwards ([`suppress`]).
//!
//! What this crate does not do: it knows no word of ketamine-assisted psychotherapy, reads no file, opens no connection,
//! prints nothing, and panics on no document.
//!
//! | step | where | what happens |
//! |---|---|---|
//! | complete | [`complete_snapshots`], [`compile_on`], [`compile_package_on`] | profiles that come as differentials get their snapshots |
//! | compile | [`compile()`], [`compile_package`] | StructureDefinitions, ValueSets and CodeSystems become flat tables |
//! | plan | [`Plan`], [`PlanSet`] | the tables are read in place; several plans count as one |
//! | check | [`check()`], [`check_part`], [`is_valid`], [`check_bytes`], [`check_bundle`] | one walk checks base, claimed and requested profiles together |
//! | report | [`Report`], [`codes`] | issues with stable codes, and what stayed undecided |
//!
//! A facet of FHIR's ElementDefinition is one file in `compile/`, one of the same name in `check/`, one folder of
//! fixtures, and codes that begin with its name. FHIR R4 is part of the crate: see `definitions/SOURCE.toml`.

mod check;
pub mod codes;
mod compile;
mod error;
mod invariant;
mod language;
mod options;
mod plan;
mod report;
mod snapshot;
pub mod suppress;

pub use check::{check, check_bundle, check_bytes, check_part, conforms, is_valid, parse};
pub use compile::{Compiled, compile, compile_on, compile_package, compile_package_on};
pub use error::Error;
pub use language::language_ranges;
pub use options::{BestPractice, Options, ReferenceTarget, ReferenceTargets, UnknownExtensions};
pub use plan::{Plan, set::PlanSet};
pub use report::Report;
pub use snapshot::{Incomplete, complete_snapshots};
