//! Many records, one a line.

use kap_json::Limits;
use kap_record::read_ndjson;

use super::six_iv_infusions;

fn one_line() -> String {
    let value: serde_json::Value = serde_json::from_str(&six_iv_infusions()).expect("the fixture is JSON");
    value.to_string()
}

#[test]
fn lines_are_read_one_by_one_and_blank_ones_passed_over() {
    let record = one_line();
    let text = format!("{record}\r\n\n{{\"schema\": 1}}\n{record}");
    let lines: Vec<_> = read_ndjson(text.as_bytes(), Limits::default())
        .map(|line| line.expect("memory can be read"))
        .collect();
    let read: Vec<(usize, bool)> = lines
        .iter()
        .map(|line| (line.number, line.reading.record.is_some()))
        .collect();
    assert_eq!(read, [(1, true), (3, false), (4, true)]);
}

#[test]
fn a_line_over_the_limit_does_not_stop_the_next() {
    let record = one_line();
    let limits = Limits {
        max_bytes: record.len(),
        ..Limits::default()
    };
    let text = format!("\"{}\"\n{record}\n", "x".repeat(record.len() * 3));
    let lines: Vec<_> = read_ndjson(text.as_bytes(), limits)
        .map(|line| line.expect("memory can be read"))
        .collect();
    let read: Vec<(usize, bool)> = lines
        .iter()
        .map(|line| (line.number, line.reading.record.is_some()))
        .collect();
    assert_eq!(read, [(1, false), (2, true)]);
    assert_eq!(lines[0].reading.issues[0].code, "json-size");
}
