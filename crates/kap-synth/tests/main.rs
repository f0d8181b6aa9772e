//! What the crate promises about its records, seen from outside.

mod canary;
mod identifier;
mod record;

use serde_json::Value;

/// Reads a record; errors fail the test that asks, warnings are returned.
fn warnings(record: &Value, label: &str) -> Vec<&'static str> {
    let reading = kap_record::read(record.to_string().as_bytes(), &kap_json::Limits::default());
    assert!(reading.record.is_some(), "{label}: {:#?}", reading.issues);
    reading.issues.iter().map(|issue| issue.code).collect()
}

/// The courses made by hand.
fn fixtures() -> Vec<(String, Value)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/records");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the fixtures are there")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = std::fs::read(&path).expect("the fixture can be read");
            (
                path.display().to_string(),
                serde_json::from_slice(&text).expect("the fixture is JSON"),
            )
        })
        .collect()
}
