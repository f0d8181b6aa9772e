//! Nothing a patient told is printed by accident.

use super::{read_record, six_iv_infusions};

#[test]
fn debug_output_shows_no_content() {
    let record = read_record(six_iv_infusions().as_bytes())
        .record
        .expect("the fixture is valid");
    let session = record
        .sessions
        .iter()
        .find(|session| session.set_and_setting.is_some())
        .expect("there is a setting");
    let setting = session.set_and_setting.as_ref().expect("there is a setting");
    let printed = format!(
        "{record:?} {:?} {:?} {:?}",
        record.patient, setting.intention, record.patient.identifiers
    );
    for content in ["Testperson", "heaviness", "WG-204117"] {
        assert!(!printed.contains(content), "`{content}` was printed");
    }
}

#[test]
fn messages_hide_values_unless_asked() {
    let text = six_iv_infusions().replace("\"1984-06-11\"", "\"1984-13-11\"");
    let issues = read_record(text.as_bytes()).issues;
    let message = &issues.first().expect("the date is refused").message;
    assert!(!message.to_string().contains("1984"));
    assert!(message.reveal().contains("1984-13-11"));
}
