//! Functions on strings (<http://hl7.org/fhirpath/N1/#string-manipulation>). Positions count characters.

use std::borrow::Cow;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

use crate::code::Call;
use crate::error::{EvaluationErrorKind, Stop};
use crate::evaluate::condition::Truth;
use crate::evaluate::{Evaluator, Few, Scope, value};
use crate::function::Function;
use crate::item::Item;
use crate::pattern::Pattern;

/// Longest text that a function may make.
const MAX_TEXT: usize = 1 << 20;

impl<'d> Evaluator<'_, 'd> {
    pub(super) fn text(&self, call: &'d Call, input: Few<'d>, at: u32, scope: Scope<'_, 'd>) -> Result<Few<'d>, Stop> {
        if call.function == Function::Join {
            return self.join(call, &input, at, scope);
        }
        let Some(text) = text_input(input, call, at)? else {
            return Ok(Few::None);
        };
        self.charge(text.len() / 256, at)?;
        let string = |text: Cow<'d, str>| Ok(Few::One(Item::String(text)));
        match call.function {
            Function::Upper => string(text.to_uppercase().into()),
            Function::Lower => string(text.to_lowercase().into()),
            Function::Length => Ok(super::integer_item(text.chars().count()).into()),
            Function::ToChars => {
                self.charge(text.len(), at)?;
                let characters = text.chars().map(|character| Item::String(character.to_string().into()));
                Ok(characters.collect::<Vec<_>>().into())
            }
            Function::Trim => string(match text {
                Cow::Borrowed(text) => text.trim().into(),
                Cow::Owned(text) => text.trim().to_owned().into(),
            }),
            Function::Substring => self.substring(call, &text, at, scope),
            Function::Replace | Function::ReplaceMatches => self.replace(call, text, at, scope),
            Function::IndexOf | Function::LastIndexOf => {
                let Some(part) = self.text_argument(call, 0, scope)? else {
                    return Ok(Few::None);
                };
                let found = match call.function {
                    Function::IndexOf => text.find(&*part),
                    _ => text.rfind(&*part),
                };
                let index = found.and_then(|at| i64::try_from(text[..at].chars().count()).ok());
                Ok(Few::One(Item::Integer(index.unwrap_or(-1))))
            }
            Function::Split => {
                let Some(separator) = self.text_argument(call, 0, scope)? else {
                    return Ok(Few::None);
                };
                if separator.is_empty() {
                    return string(text);
                }
                self.charge(text.len() / separator.len(), at)?;
                let parts = text.split(&*separator).map(|part| Item::String(part.to_owned().into()));
                Ok(parts.collect::<Vec<_>>().into())
            }
            _ => self.coded(call, &text, at, scope),
        }
    }

    fn text_argument(&self, call: &'d Call, number: usize, scope: Scope<'_, 'd>) -> Result<Option<Cow<'d, str>>, Stop> {
        match call.arguments.get(number) {
            Some(argument) => self.text_of(argument, scope),
            None => Ok(None),
        }
    }

    /// `startsWith`, `endsWith`, `contains`, `matches` and `matchesFull`.
    pub(in crate::evaluate) fn text_condition(
        &self,
        call: &'d Call,
        input: Few<'d>,
        at: u32,
        scope: Scope<'_, 'd>,
    ) -> Result<Truth, Stop> {
        let Some(text) = text_input(input, call, at)? else {
            return Ok(None);
        };
        self.charge(text.len() / 256, at)?;
        if let Some(pattern) = &call.pattern {
            return Ok(Some(is_match(pattern, call.function, &text)));
        }
        let Some(part) = self.text_argument(call, 0, scope)? else {
            return Ok(None);
        };
        Ok(Some(match call.function {
            Function::StartsWith => text.starts_with(&*part),
            Function::EndsWith => text.ends_with(&*part),
            Function::Contains => text.contains(&*part),
            function => is_match(&self.pattern(&part, at)?, function, &text),
        }))
    }

    fn pattern(&self, text: &str, at: u32) -> Result<Pattern, Stop> {
        // Compiling costs far more than matching.
        self.charge(1_000 + text.len() * 16, at)?;
        Pattern::new(text).map_err(|message| Stop::error(EvaluationErrorKind::Pattern, at, message))
    }

    fn substring(&self, call: &'d Call, text: &str, at: u32, scope: Scope<'_, 'd>) -> Result<Few<'d>, Stop> {
        let Some(start) = self.integer_argument(call, 0, at, scope)? else {
            return Ok(Few::None);
        };
        let length = self.integer_argument(call, 1, at, scope)?;
        let Ok(start) = usize::try_from(start) else {
            return Ok(Few::None);
        };
        let Some((from, _)) = text.char_indices().nth(start) else {
            return Ok(Few::None);
        };
        let rest = &text[from..];
        let part = match length {
            None => rest,
            Some(length) => {
                let length = usize::try_from(length.max(0)).unwrap_or(usize::MAX);
                let end = rest.char_indices().nth(length).map_or(rest.len(), |(end, _)| end);
                &rest[..end]
            }
        };
        Ok(Few::One(Item::String(part.to_owned().into())))
    }

    fn replace(&self, call: &'d Call, text: Cow<'d, str>, at: u32, scope: Scope<'_, 'd>) -> Result<Few<'d>, Stop> {
        let (Some(wanted), Some(substitution)) =
            (self.text_argument(call, 0, scope)?, self.text_argument(call, 1, scope)?)
        else {
            return Ok(Few::None);
        };
        let worst = text
            .len()
            .saturating_add(1)
            .saturating_mul(substitution.len().saturating_add(1));
        if worst > MAX_TEXT {
            let count = match call.function {
                Function::Replace if !wanted.is_empty() => text.matches(&*wanted).count(),
                _ => text.len() + 1,
            };
            if count.saturating_mul(substitution.len()).saturating_add(text.len()) > MAX_TEXT {
                return Err(Stop::too_complex(at));
            }
        }
        let replaced: Cow<'d, str> = match (call.function, &call.pattern) {
            // An empty expression matches nothing that could be replaced.
            (Function::ReplaceMatches, _) if wanted.is_empty() => text,
            (Function::ReplaceMatches, Some(pattern)) => pattern.replace(&text, &substitution).into(),
            (Function::ReplaceMatches, None) => self.pattern(&wanted, at)?.replace(&text, &substitution).into(),
            _ if wanted.is_empty() => around_each(&text, &substitution).into(),
            _ => text.replace(&*wanted, &substitution).into(),
        };
        self.charge(replaced.len() / 64, at)?;
        Ok(Few::One(Item::String(replaced)))
    }

    fn join(&self, call: &'d Call, input: &Few<'d>, at: u32, scope: Scope<'_, 'd>) -> Result<Few<'d>, Stop> {
        if input.is_empty() {
            return Ok(Few::None);
        }
        let separator = self.text_argument(call, 0, scope)?.unwrap_or_default();
        let mut out = String::new();
        for (number, item) in input.as_slice().iter().enumerate() {
            let Some(text) = value::text(item) else {
                return Err(Stop::wrong_type(at, "`join` works on strings"));
            };
            if number > 0 {
                out.push_str(&separator);
            }
            out.push_str(&text);
            self.charge((text.len() + separator.len()) / 64, at)?;
        }
        Ok(Few::One(Item::String(out.into())))
    }

    /// `encode`, `decode`, `escape` and `unescape`.
    fn coded(&self, call: &'d Call, text: &str, at: u32, scope: Scope<'_, 'd>) -> Result<Few<'d>, Stop> {
        let Some(form) = self.text_argument(call, 0, scope)? else {
            return Ok(Few::None);
        };
        self.charge(text.len() / 64, at)?;
        let decoded = |bytes: Option<Vec<u8>>| bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        let result = match (call.function, &*form) {
            (Function::Encode, "hex") => Some(hex::encode(text)),
            (Function::Encode, "base64") => Some(STANDARD.encode(text)),
            (Function::Encode, "urlbase64") => Some(URL_SAFE.encode(text)),
            (Function::Decode, "hex") => decoded(hex::decode(text).ok()),
            (Function::Decode, "base64") => decoded(STANDARD.decode(text).ok()),
            (Function::Decode, "urlbase64") => decoded(URL_SAFE.decode(text).ok()),
            (Function::Escape, "html") => Some(escape_html(text)),
            (Function::Escape, "json") => Some(escape_json(text)),
            (Function::Unescape, "html") => Some(unescape_html(text)),
            (Function::Unescape, "json") => Some(unescape_json(text)),
            _ => None,
        };
        Ok(result.map(|text| Item::String(text.into())).into())
    }
}

/// The string that a function starts from; none where the input is empty.
fn text_input<'d>(input: Few<'d>, call: &Call, at: u32) -> Result<Option<Cow<'d, str>>, Stop> {
    let Some(item) = input.single(at)? else {
        return Ok(None);
    };
    match value::text(&item) {
        Some(text) => Ok(Some(text)),
        None => match &item {
            Item::Element(element) if element.primitive().is_some() => Ok(None),
            Item::Integer(_)
            | Item::Decimal(_)
            | Item::Date(_)
            | Item::DateTime(_)
            | Item::Time(_)
            | Item::Boolean(_) => Ok(Some(item.to_string().into())),
            _ => Err(Stop::wrong_type(
                at,
                format!("`{}` works on strings", call.function.name()),
            )),
        },
    }
}

fn is_match(pattern: &Pattern, function: Function, text: &str) -> bool {
    match function {
        Function::MatchesFull => pattern.matches_full(text),
        _ => pattern.matches(text),
    }
}

/// `substitution` before, between and after all characters.
fn around_each(text: &str, substitution: &str) -> String {
    let mut out = String::from(substitution);
    for character in text.chars() {
        out.push(character);
        out.push_str(substitution);
    }
    out
}

fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(character),
        }
    }
    out
}

fn unescape_html(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

fn escape_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{C}' => out.push_str("\\f"),
            character if character < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(character));
            }
            _ => out.push(character),
        }
    }
    out
}

fn unescape_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let escape = &rest[at + 1..];
        let (character, length) = match escape.chars().next() {
            Some('n') => ('\n', 1),
            Some('r') => ('\r', 1),
            Some('t') => ('\t', 1),
            Some('b') => ('\u{8}', 1),
            Some('f') => ('\u{C}', 1),
            Some('u') => {
                let code = escape.get(1..5).and_then(|digits| u32::from_str_radix(digits, 16).ok());
                match code.and_then(char::from_u32) {
                    Some(character) => (character, 5),
                    None => ('u', 1),
                }
            }
            Some(other) => (other, other.len_utf8()),
            None => break,
        };
        out.push(character);
        rest = &escape[length..];
    }
    out.push_str(rest);
    out
}
