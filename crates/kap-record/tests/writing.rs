//! Writing keeps everything, digits included.

use serde_json::Value;

use super::{read_record, six_iv_infusions};

fn written(text: &str) -> Vec<u8> {
    kap_record::write(&read_record(text.as_bytes()).record.expect("the text is a valid record"))
}

#[test]
fn nothing_is_lost_or_added() {
    let text = six_iv_infusions();
    let before: Value = serde_json::from_str(&text).expect("the fixture is JSON");
    let after: Value = serde_json::from_slice(&written(&text)).expect("what was written is JSON");
    assert!(before == after, "the record changed on its way");
}

#[test]
fn writing_twice_gives_the_same_bytes() {
    let once = written(&six_iv_infusions());
    let twice = written(std::str::from_utf8(&once).expect("JSON is UTF-8"));
    assert!(once == twice, "the second text differs from the first");
}

#[test]
fn numbers_keep_their_digits() {
    let text = six_iv_infusions().replacen("\"value\": 35,", "\"value\": 35.00,", 1);
    let after = String::from_utf8(written(&text)).expect("JSON is UTF-8");
    assert!(after.contains("35.00"));
}
