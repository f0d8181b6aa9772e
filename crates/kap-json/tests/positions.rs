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

#[test]
fn columns_of_long_lines_count_characters_across_blocks() {
    let text = format!("{{\n{}\n}}", "aé€😀".repeat(5_000));
    let lines = kap_json::Lines::new(text.as_bytes());
    let starts = text.char_indices().skip(2);
    for (column, (offset, character)) in starts.enumerate().take(20_000).step_by(97) {
        let position = lines.position(u32::try_from(offset).expect("a short text"));
        assert_eq!(
            (position.line, position.column as usize),
            (2, column + 1),
            "{character}"
        );
    }
}
