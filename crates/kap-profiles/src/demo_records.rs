// Written by `cargo xtask codegen` from `fixtures/records`; do not edit.

pub(crate) static DEMO_RECORDS: &[(&str, &[u8])] = &[];
