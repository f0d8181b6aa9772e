//! The records of `fixtures/records` and how they are mapped here.

use std::path::{Path, PathBuf};

use kap_map::{Context, Mapped, Namespace};
use kap_record::Record;
use serde_json::Value;

/// A record of the fixtures.
pub(crate) struct Fixture {
    /// The name of its file without `.json`.
    pub(crate) name: String,
    /// The document.
    pub(crate) document: Value,
}

impl Fixture {
    /// The document read as a record.
    pub(crate) fn record(&self) -> Record {
        record(&self.document).unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

/// The fixture with this name.
pub(crate) fn fixture(name: &str) -> Fixture {
    read(&folder().join(format!("{name}.json")))
}

/// All of them, by name.
pub(crate) fn fixtures() -> Vec<Fixture> {
    let files = std::fs::read_dir(folder())
        .expect("fixtures/records is there")
        .map(|file| file.expect("a file").path());
    let mut files: Vec<PathBuf> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files.iter().map(|path| read(path)).collect()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/records")
}

fn read(path: &Path) -> Fixture {
    Fixture {
        name: path.file_stem().expect("a name").to_string_lossy().into_owned(),
        document: serde_json::from_slice(&std::fs::read(path).expect("a readable file")).expect("JSON"),
    }
}

/// A document read as a record, without the rules that look at its meaning.
pub(crate) fn record(document: &Value) -> Result<Record, serde_json::Error> {
    serde_json::from_value(document.clone())
}

/// The context of a clinic that releases nothing restricted.
pub(crate) fn context() -> Context {
    Context::new(Namespace::new(uuid::uuid!("7f3c1a52-60f4-4b8e-9d5c-0c7e5a9b1d42")))
}

/// The record mapped for treatment.
pub(crate) fn mapped(record: &Record) -> Mapped {
    kap_map::map(record, &context())
}

/// The bundle of a mapped record, parsed.
pub(crate) fn bundle(mapped: &Mapped) -> Value {
    serde_json::from_slice(&mapped.bundle).expect("the bundle is JSON")
}
