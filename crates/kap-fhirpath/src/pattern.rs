//! Regular expressions, in the dialect that published expressions are written in.

use regex::{Regex, RegexBuilder};

/// Most memory that one compiled pattern may take.
const MAX_SIZE: usize = 2 << 20;

/// A compiled pattern. Matching is linear in the text, whatever the pattern.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    partial: Regex,
    full: Regex,
}

impl Pattern {
    /// Compiles `text`; the error says what is wrong with it.
    pub(crate) fn new(text: &str) -> Result<Pattern, String> {
        let translated = translate(text);
        let build = |text: &str| {
            RegexBuilder::new(text)
                .dot_matches_new_line(true)
                .size_limit(MAX_SIZE)
                .dfa_size_limit(MAX_SIZE)
                .nest_limit(64)
                .build()
                .map_err(|error| match error {
                    regex::Error::CompiledTooBig(_) => "the regular expression is too large".to_owned(),
                    _ => "this is no regular expression".to_owned(),
                })
        };
        Ok(Pattern {
            partial: build(&translated)?,
            full: build(&format!(r"\A(?:{translated})\z"))?,
        })
    }

    /// Whether some part of `text` matches.
    pub(crate) fn matches(&self, text: &str) -> bool {
        self.partial.is_match(text)
    }

    /// Whether all of `text` matches.
    pub(crate) fn matches_full(&self, text: &str) -> bool {
        self.full.is_match(text)
    }

    /// `text` with what matches replaced; `$1` and `${name}` in `substitution` stand for groups.
    pub(crate) fn replace(&self, text: &str, substitution: &str) -> String {
        self.partial.replace_all(text, substitution).into_owned()
    }
}

/// Writes the classes `\s`, `\d` and `\w` out, which are ASCII in the dialects that FHIR's expressions are written in:
/// `[ \r\n\t\S]+` has to accept the no-break space.
fn translate(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            out.push(character);
            continue;
        }
        match characters.next() {
            Some('s') => out.push_str(r"[\t\n\x0B\x0C\r\x20]"),
            Some('S') => out.push_str(r"[^\t\n\x0B\x0C\r\x20]"),
            Some('d') => out.push_str("[0-9]"),
            Some('D') => out.push_str("[^0-9]"),
            Some('w') => out.push_str("[A-Za-z0-9_]"),
            Some('W') => out.push_str("[^A-Za-z0-9_]"),
            Some('Z') => out.push_str(r"\n?\z"),
            // Escapes of characters that need none are allowed there, but not by every engine.
            Some(plain @ ('/' | '"' | '\'' | '_' | ':' | ',' | ';' | '=' | '@' | '!' | '%' | '<' | '>' | ' ')) => {
                out.push(plain);
            }
            Some(other) => out.extend(['\\', other]),
            None => out.push('\\'),
        }
    }
    out
}
