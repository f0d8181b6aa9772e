//! A record file in, the bytes of its transaction bundle out: `cargo run -p kap-map --example record_to_bundle -- RECORD.json > bundle.json`

use std::error::Error;
use std::io::Write as _;

use kap_map::{Context, Namespace, map};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("name a record file")?;
    std::io::stdout().write_all(&bundle(path.as_ref())?)?;
    Ok(())
}

/// Reads a record and maps it in the namespace of a clinic, which is a secret of that clinic and always the same.
pub(crate) fn bundle(path: &std::path::Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let reading = kap_record::read(&std::fs::read(path)?, &kap_json::Limits::default());
    let record = reading
        .record
        .ok_or_else(|| format!("{} findings in the record", reading.issues.len()))?;
    let namespace = Namespace::new(uuid::uuid!("7f3c1a52-60f4-4b8e-9d5c-0c7e5a9b1d42"));
    Ok(map(&record, &Context::new(namespace)).bundle)
}
