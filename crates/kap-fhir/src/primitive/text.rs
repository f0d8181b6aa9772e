//! string, markdown, code, id and base64Binary (<https://hl7.org/fhir/R4/datatypes.html#string>).

/// The largest string FHIR allows, in bytes: "Note that strings SHALL NOT exceed 1MB (1024*1024 characters) in size".
const MAX_STRING: usize = 1024 * 1024;

const CODE: &str = "must not be empty, and have white space neither at its ends nor twice in a row";
const ID: &str = "must be 1 to 64 letters, digits, `-` and `.`";
const BASE64: &str = "must be base64: groups of four characters of `A-Z a-z 0-9 + /`, padded with `=` at the end";

/// What deserves a second look in a text, as found by [`marks`].
pub mod mark {
    /// A character below U+0020 that is neither tab, line feed nor carriage return.
    pub const CONTROL: u8 = 1;
    /// A line tabulation or form feed, which the published expression of `string` excludes.
    pub const BREAK: u8 = 1 << 1;
    /// A `<`.
    pub const ANGLE: u8 = 1 << 2;
    /// A byte that begins U+2000 to U+2FFF, where the controls of bidirectional text lie.
    pub const GENERAL_PUNCTUATION: u8 = 1 << 3;
}

static MARKS: [u8; 256] = {
    let mut marks = [0; 256];
    let mut byte = 0;
    while byte < 0x20 {
        marks[byte] = mark::CONTROL;
        byte += 1;
    }
    marks[0x09] = 0;
    marks[0x0a] = 0;
    marks[0x0d] = 0;
    marks[0x0b] |= mark::BREAK;
    marks[0x0c] |= mark::BREAK;
    marks[b'<' as usize] = mark::ANGLE;
    marks[0xe2] = mark::GENERAL_PUNCTUATION;
    marks
};

/// The [`mark`]s of a text, in one pass.
pub fn marks(text: &str) -> u8 {
    text.bytes().fold(0, |marks, byte| marks | MARKS[usize::from(byte)])
}

/// `[ \r\n\t\S]+`: the no-break space and its kin are among what `\S` means there.
pub(super) fn string(text: &str) -> Result<(), &'static str> {
    if text.is_empty() {
        return Err("must not be empty");
    }
    if text.bytes().any(|byte| matches!(byte, 0x0b | 0x0c)) {
        return Err("must not contain a line tabulation or form feed");
    }
    if text.len() > MAX_STRING && text.chars().count() > MAX_STRING {
        return Err("must not be longer than 1048576 characters");
    }
    Ok(())
}

/// `[^\s]+(\s[^\s]+)*`
pub(super) fn code(text: &str) -> Result<(), &'static str> {
    let mut after_space = true;
    for byte in text.bytes() {
        let space = is_space(byte);
        if space && after_space {
            return Err(CODE);
        }
        after_space = space;
    }
    if after_space { Err(CODE) } else { Ok(()) }
}

/// White space as the specification's regular expressions mean it: the six ASCII characters.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

pub(super) fn id(text: &str) -> Result<(), &'static str> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
    if (1..=64).contains(&text.len()) && text.bytes().all(allowed) {
        Ok(())
    } else {
        Err(ID)
    }
}

/// RFC 4648 with white space anywhere between groups, as the specification allows.
pub(super) fn base64(text: &str) -> Result<(), &'static str> {
    let mut digits = 0usize;
    let mut padding = 0usize;
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' if padding == 0 => digits += 1,
            b'=' if padding < 2 => padding += 1,
            _ if is_space(byte) => {}
            _ => return Err(BASE64),
        }
    }
    if digits > 0 && (digits + padding).is_multiple_of(4) {
        Ok(())
    } else {
        Err(BASE64)
    }
}
