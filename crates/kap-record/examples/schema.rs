//! Prints the JSON Schema of the record: `cargo run -p kap-record --example schema > profiles/record/kap-record.schema.json`.

use std::io::{Write, stdout};

fn main() -> std::io::Result<()> {
    writeln!(stdout().lock(), "{:#}", kap_record::schema())
}
