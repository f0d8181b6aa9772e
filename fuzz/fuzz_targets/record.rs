//! Any text, and changed records: reading survives it, and what was read is written and read again without a loss.

#![no_main]

use kap_json::Limits;
use kap_record::{read, write};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &[u8]| {
    let reading = read(text, &Limits::default());
    let has_errors = reading.issues.iter().any(|issue| issue.severity.is_error());
    assert_eq!(
        reading.record.is_none(),
        has_errors,
        "a record is read unless there are errors"
    );
    assert_eq!(
        reading.issues,
        read(text, &Limits::default()).issues,
        "findings differ from one run to the next"
    );
    for issue in &reading.issues {
        assert!(issue.location.offset.is_none_or(|offset| offset as usize <= text.len()));
    }
    let Some(record) = reading.record else { return };
    let written = write(&record);
    let again = read(&written, &Limits::default());
    let codes = again.issues.iter().map(|issue| issue.code).collect::<Vec<_>>();
    let again = again
        .record
        .unwrap_or_else(|| panic!("what was written is no record: {codes:?}"));
    assert!(again == record, "the record changed when it was written");
    assert!(write(&again) == written, "the second text differs from the first");
});

kap_fuzz::json_mutations!();
