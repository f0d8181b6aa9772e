//! What lies between the brackets, colons and commas: strings, bare words, white space.

use super::Parser;
use crate::string::{Fault, unescape};
use crate::{NameTable, codes};

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

    /// From an opening quote to behind the closing one; answers where the inner text ends and whether it has escapes.
    pub(super) fn string_end(&mut self) -> Option<(usize, bool)> {
        let start = self.at + 1;
        let mut at = start;
        let mut escaped = false;
        loop {
            let Some(found) = memchr::memchr2(b'"', b'\\', &self.bytes[at..]) else {
                self.stop(
                    &codes::TRUNCATED,
                    self.at,
                    "the string that begins here is never closed",
                );
                return None;
            };
            at += found;
            if self.bytes[at] == b'"' {
                break;
            }
            escaped = true;
            at = (at + 2).min(self.bytes.len());
        }
        if let Some(control) = self.bytes[start..at].iter().position(|byte| *byte < 0x20) {
            self.report(
                &codes::CONTROL_CHARACTER,
                start + control,
                "a raw control character stands in a string",
            );
        }
        self.at = at + 1;
        Some((at, escaped))
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
    pub(super) fn skip_blank(&mut self) {
        loop {
            let rest = &self.bytes[self.at..];
            self.at += rest
                .iter()
                .position(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
                .unwrap_or(rest.len());
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
}
