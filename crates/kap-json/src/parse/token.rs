//! What lies between the brackets, colons and commas: strings, bare words, white space.

use super::Parser;
use crate::number::is_number;
use crate::string::{Fault, unescape};
use crate::{NameTable, codes};

/// A string as it stands in the text.
#[derive(Clone, Copy)]
pub(super) struct Quoted {
    /// Where the text between the quotes ends.
    pub(super) end: usize,
    /// Whether it has escapes.
    pub(super) escaped: bool,
    /// Whether the closing quote is there.
    pub(super) closed: bool,
}

impl<'t, N: NameTable + ?Sized> Parser<'t, '_, N> {
    /// Text up to the next white space, comma or bracket; at least one character.
    pub(super) fn bare_word(&mut self) -> &'t str {
        let start = self.at;
        let rest = &self.text[start..];
        let quoted = rest
            .strip_prefix('\'')
            .and_then(|rest| rest.find(['\'', '\n']))
            .map(|end| end + 2);
        let length = quoted.unwrap_or_else(|| {
            let stop = |character: char| {
                matches!(
                    character,
                    ' ' | '\t' | '\r' | '\n' | ',' | ':' | '"' | '{' | '}' | '[' | ']'
                )
            };
            rest.find(stop).unwrap_or(rest.len())
        });
        let first = rest.chars().next().map_or(0, char::len_utf8);
        self.at = start + length.max(first);
        &self.text[start..self.at]
    }

    /// Reads a string from its opening quote on.
    #[inline]
    pub(super) fn string_end(&mut self) -> Option<Quoted> {
        let end = plain_end(self.bytes, self.at + 1);
        if self.bytes.get(end) == Some(&b'"') {
            self.at = end + 1;
            return Some(Quoted {
                end,
                escaped: false,
                closed: true,
            });
        }
        self.uncommon_string()
    }

    /// A string with escapes or with faults.
    fn uncommon_string(&mut self) -> Option<Quoted> {
        let start = self.at + 1;
        let mut at = start;
        let mut escaped = false;
        let end = loop {
            let Some(found) = memchr::memchr2(b'"', b'\\', &self.bytes[at..]) else {
                break None;
            };
            at += found;
            if self.bytes[at] == b'"' {
                break Some(at);
            }
            escaped = true;
            at = (at + 2).min(self.bytes.len());
        };
        let inner = &self.bytes[start..end.unwrap_or(self.bytes.len())];
        let control = inner.iter().position(|byte| *byte < 0x20);
        if control.is_some()
            && let Some(unclosed) = self.unclosed(start, end)
        {
            return Some(unclosed);
        }
        let Some(end) = end else {
            self.stop(
                &codes::TRUNCATED,
                self.at,
                "the string that begins here is never closed",
            );
            return None;
        };
        if let Some(control) = control {
            self.report(
                &codes::CONTROL_CHARACTER,
                start + control,
                "a raw control character stands in a string",
            );
        }
        self.at = end + 1;
        Some(Quoted {
            end,
            escaped,
            closed: true,
        })
    }

    /// A string that runs over the end of its line and on to a quote that opens another string: its own closing quote is
    /// missing. It ends with its line, so that the rest can be read.
    fn unclosed(&mut self, start: usize, end: Option<usize>) -> Option<Quoted> {
        let line = memchr::memchr(b'\n', &self.bytes[start..end.unwrap_or(self.bytes.len())])?;
        let follows = end.and_then(|end| self.bytes[end + 1..].iter().find(|byte| !byte.is_ascii_whitespace()));
        if matches!(follows, Some(b',' | b':' | b'}' | b']')) || (end.is_some() && follows.is_none()) {
            return None;
        }
        self.report(
            &codes::STRING_OPEN,
            start - 1,
            "the string that begins here is not closed on its line",
        );
        let text = self.text[start..start + line].trim_end_matches([' ', '\t', '\r', ',']);
        self.at = start + text.len();
        Some(Quoted {
            end: self.at,
            escaped: text.contains('\\'),
            closed: false,
        })
    }

    pub(super) fn unescape(&mut self, start: usize, end: usize) -> Box<str> {
        let mut faults: Vec<Fault> = Vec::new();
        let text = unescape(&self.text[start..end], &mut faults);
        for fault in faults {
            self.report(&codes::ESCAPE, start + fault.offset, fault.reason);
        }
        text
    }

    /// White space, and comments with a finding.
    #[inline]
    pub(super) fn skip_blank(&mut self) {
        if self
            .bytes
            .get(self.at)
            .is_some_and(|byte| *byte <= b' ' || *byte == b'/')
        {
            self.skip_more();
        }
    }

    fn skip_more(&mut self) {
        loop {
            while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.bytes.get(self.at) {
                self.at = spaces_end(self.bytes, self.at + 1);
            }
            let rest = &self.bytes[self.at..];
            let end = match rest {
                [b'/', b'/', ..] => memchr::memchr(b'\n', rest).unwrap_or(rest.len()),
                [b'/', b'*', ..] => memchr::memmem::find(rest, b"*/").map_or(rest.len(), |end| end + 2),
                _ => return,
            };
            self.report(&codes::COMMENT, self.at, "JSON has no comments");
            self.at += end;
        }
    }

    /// The number that begins here, if it is one, and nothing else follows it directly.
    #[inline]
    pub(super) fn number(&mut self) -> bool {
        let rest = &self.bytes[self.at..];
        let digits = usize::from(rest.first() == Some(&b'-'));
        let mut end = digits;
        while rest
            .get(end)
            .is_some_and(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'))
        {
            end += 1;
        }
        let is_over = matches!(
            rest.get(end),
            None | Some(b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t')
        );
        let is_number = is_over && is_number(&rest[..end]);
        if is_number {
            self.at += end;
        }
        is_number
    }
}

/// Where the first character that is no space stands from `at` on: lines are indented by many.
#[inline]
fn spaces_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let others = u64::from_le_bytes(*chunk) ^ u64::from_le_bytes(*b"        ");
        if others != 0 {
            return at + (others.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    at
}

/// Where the first quote, backslash or control character stands from `at` on, eight bytes at a time.
#[inline]
fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = 0x8080_8080_8080_8080;
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*chunk);
        let zero_in = |word: u64| word.wrapping_sub(ONES) & !word;
        let quote = zero_in(word ^ (ONES * u64::from(b'"')));
        let slash = zero_in(word ^ (ONES * u64::from(b'\\')));
        let control = word.wrapping_sub(ONES * 0x20) & !word;
        // The lowest byte found is right; higher ones may be mistaken, which does not matter.
        let found = (quote | slash | control) & TOPS;
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while bytes
        .get(at)
        .is_some_and(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20))
    {
        at += 1;
    }
    at
}
