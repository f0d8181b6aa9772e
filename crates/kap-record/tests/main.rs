//! What the crate promises, seen from outside.

mod agreement;
mod codes;

mod fixtures;
mod instruments;
mod ndjson;
mod published_schema;
mod rules;
mod secrecy;
mod writing;

use std::path::PathBuf;

use kap_record::{Reading, read};

/// A folder or file of the repository.
fn repository(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn read_record(text: &[u8]) -> Reading {
    read(text, &kap_json::Limits::default())
}

fn six_iv_infusions() -> String {
    std::fs::read_to_string(repository("fixtures/records/six-iv-infusions.json")).expect("the fixture is there")
}
