//! Escapes in strings, [RFC 8259 section 7](https://www.rfc-editor.org/rfc/rfc8259#section-7).

/// A fault inside a string: its offset from the string's first character.
pub(crate) struct Fault {
    pub(crate) offset: usize,
    pub(crate) reason: &'static str,
}

/// Resolves the escapes of `raw`, the text between the quotes. A faulty escape becomes U+FFFD and a [`Fault`].
pub(crate) fn unescape(raw: &str, faults: &mut Vec<Fault>) -> Box<str> {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let escape = &rest[at..];
        let (character, length) = one_escape(escape).unwrap_or_else(|reason| {
            faults.push(Fault {
                offset: raw.len() - escape.len(),
                reason,
            });
            (
                char::REPLACEMENT_CHARACTER,
                1 + escape.chars().nth(1).map_or(0, char::len_utf8),
            )
        });
        out.push(character);
        rest = &escape[length..];
    }
    out.push_str(rest);
    out.into_boxed_str()
}

/// The character that `escape` begins with, and how many bytes it takes.
fn one_escape(escape: &str) -> Result<(char, usize), &'static str> {
    let character = match escape.as_bytes().get(1) {
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{C}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode_escape(escape),
        _ => return Err("this is no escape that JSON knows"),
    };
    Ok((character, 2))
}

fn unicode_escape(escape: &str) -> Result<(char, usize), &'static str> {
    let first = four_hex_digits(escape, 2).ok_or("four hexadecimal digits must follow \\u")?;
    if let Some(character) = char::from_u32(first) {
        return Ok((character, 6));
    }
    let second = escape
        .get(6..8)
        .filter(|next| *next == "\\u")
        .and_then(|_| four_hex_digits(escape, 8));
    match second {
        Some(low) if (0xD800..0xDC00).contains(&first) && (0xDC00..0xE000).contains(&low) => {
            let code = 0x1_0000 + ((first - 0xD800) << 10) + (low - 0xDC00);
            char::from_u32(code)
                .map(|character| (character, 12))
                .ok_or("this pair of surrogates is no character")
        }
        _ => Err("half of a surrogate pair stands alone"),
    }
}

fn four_hex_digits(text: &str, start: usize) -> Option<u32> {
    let digits = text.get(start..start + 4)?;
    digits
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit())
        .then(|| u32::from_str_radix(digits, 16).ok())
        .flatten()
}
