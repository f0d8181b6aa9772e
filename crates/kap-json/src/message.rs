//! Text for people that keeps values of the data apart from our own words.

use std::borrow::Cow;
use std::fmt;

/// What stands in a message in place of a value of the data.
const HIDDEN: &str = "‹hidden›";

/// How much of a value stands in a message, in bytes: a value may be as long as the document.
const MAX_VALUE: usize = 200;
/// How much of our own words, which may repeat a URL or a name of the data.
const MAX_TEXT: usize = 4000;

/// The beginning of a text of which a document may hold any length, with `…` if that is not all of it.
///
/// ```
/// assert_eq!(kap_json::shortened("Müller", 6), "Müller");
/// assert_eq!(kap_json::shortened("Müller", 2), "M…");
/// ```
pub fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most.saturating_add(1) {
        return Cow::Borrowed(text);
    }
    let end = (0..=most).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    Cow::Owned(format!("{}…", &text[..end]))
}

fn words(text: Cow<'static, str>) -> Part {
    Part::Text(match shortened(&text, MAX_TEXT) {
        Cow::Borrowed(_) => text,
        Cow::Owned(shortened) => Cow::Owned(shortened),
    })
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(Cow<'static, str>),
    Value(Box<str>),
}

/// A message in which values taken from the data are marked, so that they are masked unless somebody asks for them.
///
/// ```
/// use kap_json::Message;
///
/// let message = Message::text("unit ").value("mcg").and(" is not allowed here");
/// assert_eq!(message.to_string(), "unit ‹hidden› is not allowed here");
/// assert_eq!(message.reveal(), "unit `mcg` is not allowed here");
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Message {
    parts: Vec<Part>,
}

impl Message {
    /// Begins with words of ours.
    pub fn text(text: impl Into<Cow<'static, str>>) -> Self {
        Self {
            parts: vec![words(text.into())],
        }
    }

    /// Goes on with words of ours.
    #[must_use]
    pub fn and(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        self.parts.push(words(text.into()));
        self
    }

    /// Goes on with a value of the data, masked on display. Of a long one the beginning is kept.
    #[must_use]
    pub fn value(mut self, value: impl AsRef<str>) -> Self {
        self.parts
            .push(Part::Value(shortened(value.as_ref(), MAX_VALUE).into()));
        self
    }

    /// Goes on with another message; its values stay masked.
    #[must_use]
    pub fn join(mut self, other: Message) -> Self {
        self.parts.extend(other.parts);
        self
    }

    /// The message with its values, in backticks. Only for `--reveal-values`.
    pub fn reveal(&self) -> String {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Value(value) => {
                    out.push('`');
                    out.push_str(value);
                    out.push('`');
                }
            }
        }
        out
    }
}

impl fmt::Display for Message {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts.iter().try_for_each(|part| match part {
            Part::Text(text) => formatter.write_str(text),
            Part::Value(_) => formatter.write_str(HIDDEN),
        })
    }
}

impl fmt::Debug for Message {
    /// As on display: a log of debug output must not show values either.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "\"{self}\"")
    }
}

impl From<&'static str> for Message {
    fn from(text: &'static str) -> Self {
        Self::text(text)
    }
}
