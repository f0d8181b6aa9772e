//! The line of the text that a finding is about: member names and structure as they are, values masked unless they may be
//! shown, and below it where the finding begins.

use kap_json::Lines;

/// How much of a long line is shown, in bytes before and after the finding.
const BEFORE: usize = 60;
const AFTER: usize = 60;

/// What stands in place of a value.
const HIDDEN: char = '…';

/// What may be shown of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Show {
    /// Everything: for `--reveal-values`.
    All,
    /// Member names and structure.
    Names,
    /// Brackets, colons and commas: quotes are out of balance somewhere in the text, so names cannot be told from values.
    Structure,
}

/// A line for people, and where in it the finding begins.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) line: String,
    /// In characters, from 0.
    pub(super) column: usize,
    /// In characters, at least 1.
    pub(super) width: usize,
}

/// Makes excerpts of one text. Findings come in the order of the text, so that what was read is not read again.
pub(super) struct Excerpts<'l, 't> {
    text: &'t [u8],
    lines: &'l Lines<'t>,
    show: Show,
    /// Up to here the text was read, and whether a string was open there.
    read: usize,
    in_string: bool,
}

impl<'l, 't> Excerpts<'l, 't> {
    pub(super) fn new(text: &'t [u8], lines: &'l Lines<'t>, show: Show) -> Self {
        Self {
            text,
            lines,
            show,
            read: 0,
            in_string: false,
        }
    }

    /// The excerpt around `offset`; none where there is nothing to show.
    pub(super) fn at(&mut self, offset: u32) -> Option<Excerpt> {
        let line = self.lines.line(self.lines.position(offset).line);
        // The line is a slice of the text: its place is the difference of the addresses.
        let line_start = (line.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        let line_end = line_start + line.len();
        let offset = (offset as usize).min(line_end);
        if line.trim_ascii().is_empty() {
            return None;
        }
        let start = character_start(self.text, line_start.max(offset.saturating_sub(BEFORE)));
        let end = character_start(self.text, line_end.min(offset + AFTER));
        let in_string = self.is_in_string(start);
        let window = Window {
            bytes: self.text,
            start,
            end,
            line_end,
            offset,
            show: self.show,
        };
        let mut excerpt = window.excerpt(in_string);
        if start > line_start {
            excerpt.line.insert_str(0, "… ");
            excerpt.column += 2;
        }
        if end < line_end {
            excerpt.line.push_str(" …");
        }
        Some(excerpt)
    }

    /// Whether a string is open before `at`.
    fn is_in_string(&mut self, at: usize) -> bool {
        if at < self.read {
            (self.read, self.in_string) = (0, false);
        }
        while self.read < at {
            match self.text[self.read] {
                b'"' => self.in_string = !self.in_string,
                b'\\' if self.in_string => self.read += 1,
                _ => {}
            }
            self.read += 1;
        }
        self.in_string
    }
}

struct Window<'t> {
    bytes: &'t [u8],
    start: usize,
    end: usize,
    line_end: usize,
    offset: usize,
    show: Show,
}

impl Window<'_> {
    fn excerpt(&self, in_string: bool) -> Excerpt {
        let mut out = String::new();
        let mut characters = 0;
        let mut place = None;
        let mut at = self.start;
        if in_string {
            at = self.string_end(at);
            out.push(HIDDEN);
            characters = 1;
            if self.offset < at {
                place = Some((0, 1));
            }
        }
        while at < self.end {
            let (next, piece) = self.piece(at);
            // The indentation says nothing.
            if !(out.is_empty() && piece.trim().is_empty()) {
                let width = piece.chars().count();
                if place.is_none() && self.offset < next {
                    place = Some((characters, width.max(1)));
                }
                out.push_str(&piece);
                characters += width;
            }
            at = next;
        }
        let (column, width) = place.unwrap_or((characters, 1));
        let line = out.trim_end().to_owned();
        Excerpt { line, column, width }
    }

    /// What stands at `at`, as it is shown, and where it ends.
    fn piece(&self, at: usize) -> (usize, String) {
        match self.bytes[at] {
            b'{' | b'}' | b'[' | b']' | b',' | b':' => (at + 1, char::from(self.bytes[at]).to_string()),
            byte if byte.is_ascii_whitespace() => (at + 1, " ".to_owned()),
            b'"' => {
                let end = self.string_end(at + 1);
                let is_name = self.show == Show::Names && self.is_name(end);
                let piece = if is_name || self.show == Show::All {
                    self.shown(at, end)
                } else {
                    format!("\"{HIDDEN}\"")
                };
                (end, piece)
            }
            _ => {
                let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"{}[],:\"".contains(byte);
                let length = self.bytes[at..self.line_end].iter().position(is_end);
                let end = at + length.unwrap_or(self.line_end - at).max(1);
                let piece = match (self.show, &self.bytes[at..end]) {
                    (Show::All, _) | (_, b"null") => self.shown(at, end),
                    _ => HIDDEN.to_string(),
                };
                (end, piece)
            }
        }
    }

    /// Where a string ends whose quote stands before `at`: after its closing quote, or at the end of the line.
    fn string_end(&self, mut at: usize) -> usize {
        while at < self.line_end {
            match self.bytes[at] {
                b'"' => return at + 1,
                b'\\' => at += 2,
                _ => at += 1,
            }
        }
        self.line_end
    }

    /// Whether the string that ends at `end` is the name of a member.
    fn is_name(&self, end: usize) -> bool {
        let rest = &self.bytes[end..];
        let next = rest.iter().find(|byte| !byte.is_ascii_whitespace());
        self.bytes.get(end.wrapping_sub(1)) == Some(&b'"') && next == Some(&b':')
    }

    /// The text as it is, shortened to the window.
    fn shown(&self, from: usize, to: usize) -> String {
        let cut = character_start(self.bytes, to.min(self.end.max(from + 1)));
        let text = String::from_utf8_lossy(&self.bytes[from..cut.max(from)]);
        let mut shown = printable(&text);
        if cut < to {
            shown.push(HIDDEN);
        }
        shown
    }
}

/// The beginning of the character that the byte at `at` belongs to.
fn character_start(bytes: &[u8], mut at: usize) -> usize {
    while at > 0 && bytes.get(at).is_some_and(|byte| (byte & 0xC0) == 0x80) {
        at -= 1;
    }
    at
}

/// The text without what moves the cursor or changes the colours of a terminal.
pub(super) fn printable(text: &str) -> String {
    let replaced = |character: char| match character {
        '\n' | '\t' => ' ',
        other if other.is_control() => '\u{FFFD}',
        other => other,
    };
    text.chars().map(replaced).collect()
}

#[cfg(test)]
mod tests {
    use kap_json::Lines;

    use super::{Excerpts, Show};

    /// The excerpt at the first `needle`, with a line of carets below it.
    fn excerpt(text: &str, needle: &str, show: Show) -> String {
        let lines = Lines::new(text.as_bytes());
        let offset = u32::try_from(text.find(needle).expect("it is there")).expect("a short text");
        let excerpt = Excerpts::new(text.as_bytes(), &lines, show).at(offset).expect("a line");
        let carets = "^".repeat(excerpt.width);
        format!("{}\n{}{carets}", excerpt.line, " ".repeat(excerpt.column))
    }

    #[test]
    fn names_and_structure_are_shown_and_values_are_not() {
        let text = "{\n  \"name\" : [{\"family\": \"Müller \\\"x\\\"\", \"active\": true}, -1.5, null],\n}";
        assert_eq!(
            excerpt(text, "\"Mü", Show::Names),
            "\"name\" : [{\"family\": \"…\", \"active\": …}, …, null],\n                     ^^^"
        );
        assert_eq!(
            excerpt(text, "true", Show::Names),
            "\"name\" : [{\"family\": \"…\", \"active\": …}, …, null],\n                                    ^"
        );
        assert_eq!(
            excerpt(text, "\"Mü", Show::Structure),
            "\"…\" : [{\"…\": \"…\", \"…\": …}, …, null],\n             ^^^"
        );
    }

    #[test]
    fn no_value_is_shown_wherever_a_long_line_is_cut() {
        let secret = "geheim".repeat(40);
        let text = format!(
            "{{\"a\": \"{secret}\", \"b\": [\"{secret}\", {{\"c\": 12345}}, \"{secret}\"], \"d\": \"{secret}\"}}"
        );
        let lines = Lines::new(text.as_bytes());
        let mut excerpts = Excerpts::new(text.as_bytes(), &lines, Show::Names);
        for offset in 0..u32::try_from(text.len()).expect("a short text") {
            let excerpt = excerpts.at(offset).expect("a line");
            assert!(
                !excerpt.line.contains("geheim") && !excerpt.line.contains("123"),
                "{excerpt:?}"
            );
            assert!(excerpt.column <= excerpt.line.chars().count(), "{excerpt:?}");
        }
    }

    #[test]
    fn what_may_be_shown_is_shown_without_control_characters() {
        assert_eq!(
            excerpt("{\"a\": \"x\u{1b}[31m\"}", "\"x", Show::All),
            "{\"a\": \"x\u{FFFD}[31m\"}\n      ^^^^^^^^"
        );
        assert_eq!(excerpt("{\"a\": open", "open", Show::All), "{\"a\": open\n      ^^^^");
    }
}
