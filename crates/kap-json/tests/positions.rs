//! Lines and columns of offsets.

use kap_json::{Lines, Position};

#[test]
fn lines_and_columns_begin_at_one_and_count_characters() {
    let text = "ab\nä€😀x\r\n\nend";
    let lines = Lines::new(text.as_bytes());
    let position =
        |needle: &str| lines.position(u32::try_from(text.find(needle).expect("it is in the text")).expect("small"));
    assert_eq!(position("ab"), Position { line: 1, column: 1 });
    assert_eq!(position("x"), Position { line: 2, column: 4 });
    assert_eq!(position("end"), Position { line: 4, column: 1 });
    assert_eq!(lines.position(u32::MAX), Position { line: 4, column: 4 });
    assert_eq!(lines.line(2), "ä€😀x".as_bytes());
    assert_eq!(lines.line(3), b"");
    assert_eq!(lines.line(9), b"");
}
