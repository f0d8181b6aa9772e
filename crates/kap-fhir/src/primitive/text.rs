//! string, markdown, code, id and base64Binary (<https://hl7.org/fhir/R4/datatypes.html#string>).

/// The largest string FHIR allows, in bytes: "Note that strings SHALL NOT exceed 1MB (1024*1024 characters) in size".
const MAX_STRING: usize = 1024 * 1024;

const CODE: &str = "must not be empty, and have white space neither at its ends nor twice in a row";
const ID: &str = "must be 1 to 64 letters, digits, `-` and `.`";
const BASE64: &str = "must be base64: groups of four characters of `A-Z a-z 0-9 + /`, padded with `=` at the end";

pub(super) fn string(text: &str) -> Result<(), &'static str> {
    if text.is_empty() {
        return Err("must not be empty");
    }
    // Below U+0020 only tab, line feed and carriage return are allowed; the no-break space and its kin are.
    if text
        .bytes()
        .any(|byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r'))
    {
        return Err("must not contain control characters other than tab, line feed and carriage return");
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
        if (space && after_space) || (byte < 0x20 && !space) {
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
