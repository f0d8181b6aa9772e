//! The KAP implementation guide, its compiled plan and the demo's records, as bytes inside the binary.
//!
//! ```
//! let definitions = kap_profiles::guide().split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
//! assert!(definitions.count() > 0);
//! ```
//!
//! This crate holds no logic: it neither parses nor checks what it hands out. Everything in `data/` and [`demo_records`]'s table is a copy
//! written by `cargo xtask codegen`, from `profiles/fsh-generated/resources` and `fixtures/records` of the repository; never edit it here.
//!
//! * `data/guide.ndjson`: the definitions, minified, one a line, in the order of their file names
//! * `data/kap.plan`: the same but for the questionnaires, compiled for kap-validate
//! * `data/records/<name>.json`: the demo's records, byte for byte

mod demo_records;

/// The definitions of the guide (profiles, extensions, code lists, questionnaires) as FHIR R4 JSON with snapshots: NDJSON, one
/// [conformance resource](https://hl7.org/fhir/R4/conformance-module.html) a line.
pub fn guide() -> &'static [u8] {
    include_bytes!("../data/guide.ndjson")
}

/// The guide compiled into a plan that kap-validate reads in place.
pub fn plan() -> &'static [u8] {
    include_bytes!("../data/kap.plan")
}

/// The records that `kap demo` moves: the name of each, which tells what is special about it, and its JSON, in the order of the names.
pub fn demo_records() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    demo_records::DEMO_RECORDS.iter().copied()
}
