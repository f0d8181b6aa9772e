//! The example that the README shows does what it says.

use std::path::PathBuf;

use crate::records::{fixture, mapped};

#[path = "../examples/record_to_bundle.rs"]
#[expect(dead_code, reason = "an example has a main function of its own")]
mod record_to_bundle;

#[test]
fn the_example_maps_a_record() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/records/six-iv-infusions.json");
    let bundle = record_to_bundle::bundle(&path).expect("a bundle");
    assert!(bundle == mapped(&fixture("six-iv-infusions").record()).bundle);
}

#[test]
fn the_example_says_what_keeps_it_from_mapping() {
    let missing = record_to_bundle::bundle(&PathBuf::from("no-such-record.json"));
    assert!(missing.is_err());
}
