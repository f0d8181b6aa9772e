//! Text to tokens (<http://hl7.org/fhirpath/N1/#lexical-elements>).

use std::borrow::Cow;

use crate::error::{CompileError, CompileErrorKind};
use crate::temporal::{Date, DateTime, Time, read_date, read_date_time, read_time};

/// A token and where it begins.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token<'t> {
    pub(crate) at: usize,
    pub(crate) kind: TokenKind<'t>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TokenKind<'t> {
    /// A word: a name, a keyword, `true`.
    Word(&'t str),
    /// A name in backticks.
    Delimited(Cow<'t, str>),
    String(Cow<'t, str>),
    /// Digits, perhaps with a fraction.
    Number(&'t str),
    Date(Date),
    DateTime(DateTime),
    Time(Time),
    /// `$this`, `$index`, `$total`, without the `$`.
    Dollar(&'t str),
    /// `%name`, without the `%`.
    Variable(Cow<'t, str>),
    Symbol(&'static str),
    End,
}

/// Symbols, longest first.
const SYMBOLS: [&str; 24] = [
    "<=", ">=", "!=", "!~", "(", ")", "[", "]", "{", "}", ".", ",", "+", "-", "*", "/", "&", "|", "<", ">", "=", "~",
    ":", ";",
];

/// All tokens of `text`, the last one being [`TokenKind::End`].
pub(crate) fn tokens(text: &str) -> Result<Vec<Token<'_>>, CompileError> {
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Vec::new();
    loop {
        lexer.skip_blanks()?;
        let at = lexer.at;
        let kind = lexer.token()?;
        let is_last = kind == TokenKind::End;
        tokens.push(Token { at, kind });
        if is_last {
            return Ok(tokens);
        }
    }
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn fail<T>(&self, message: &str) -> Result<T, CompileError> {
        Err(CompileError {
            at: self.at,
            message: message.to_owned(),
            kind: CompileErrorKind::Syntax,
        })
    }

    fn skip_blanks(&mut self) -> Result<(), CompileError> {
        loop {
            let rest = self.rest();
            if let Some(comment) = rest.strip_prefix("//") {
                self.at += 2 + comment.find(['\n', '\r']).unwrap_or(comment.len());
            } else if let Some(comment) = rest.strip_prefix("/*") {
                match comment.find("*/") {
                    Some(end) => self.at += end + 4,
                    None => return self.fail("this comment is not closed"),
                }
            } else {
                let blanks = rest.len() - rest.trim_start().len();
                if blanks == 0 {
                    return Ok(());
                }
                self.at += blanks;
            }
        }
    }

    fn token(&mut self) -> Result<TokenKind<'t>, CompileError> {
        let rest = self.rest();
        let Some(first) = rest.bytes().next() else {
            return Ok(TokenKind::End);
        };
        match first {
            b'0'..=b'9' => Ok(self.number()),
            b'A'..=b'Z' | b'a'..=b'z' | b'_' => Ok(TokenKind::Word(self.word())),
            b'\'' => self.quoted('\'').map(TokenKind::String),
            b'`' => self.quoted('`').map(TokenKind::Delimited),
            b'@' => self.moment(),
            b'$' => {
                self.at += 1;
                Ok(TokenKind::Dollar(self.word()))
            }
            b'%' => self.variable(),
            _ => self.symbol(),
        }
    }

    fn symbol(&mut self) -> Result<TokenKind<'t>, CompileError> {
        let rest = self.rest();
        match SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) {
            Some(symbol) => {
                self.at += symbol.len();
                Ok(TokenKind::Symbol(symbol))
            }
            None => self.fail("this character is no part of FHIRPath"),
        }
    }

    fn word(&mut self) -> &'t str {
        let rest = self.rest();
        let end = rest
            .bytes()
            .position(|byte| !(byte.is_ascii_alphanumeric() || byte == b'_'))
            .unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn number(&mut self) -> TokenKind<'t> {
        let rest = self.rest().as_bytes();
        let digits = |from: usize| rest[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let mut end = digits(0);
        // A point without a digit after it is an invocation: `1.toString()`.
        if rest.get(end) == Some(&b'.') && rest.get(end + 1).is_some_and(u8::is_ascii_digit) {
            end += 1 + digits(end + 1);
        }
        let text = &self.rest()[..end];
        self.at += end;
        TokenKind::Number(text)
    }

    fn variable(&mut self) -> Result<TokenKind<'t>, CompileError> {
        self.at += 1;
        let name = match self.rest().bytes().next() {
            Some(b'`') => self.quoted('`')?,
            Some(b'\'') => self.quoted('\'')?,
            _ => {
                // Names with `-` were allowed without quotes before N1, and are still published: `%vs-name`.
                let rest = self.rest();
                let end = rest
                    .bytes()
                    .position(|byte| !(byte.is_ascii_alphanumeric() || byte == b'_'))
                    .unwrap_or(rest.len());
                let end = if matches!(&rest[..end], "vs" | "ext") {
                    rest.bytes()
                        .position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')))
                        .unwrap_or(rest.len())
                } else {
                    end
                };
                self.at += end;
                Cow::Borrowed(&rest[..end])
            }
        };
        if name.is_empty() {
            return self.fail("the name of a variable must follow `%`");
        }
        Ok(TokenKind::Variable(name))
    }

    fn moment(&mut self) -> Result<TokenKind<'t>, CompileError> {
        let text = &self.rest().as_bytes()[1..];
        let (kind, rest) = if let Some(time) = text.strip_prefix(b"T") {
            match read_time(time) {
                Some((time, rest)) => (TokenKind::Time(time), rest),
                None => return self.fail("this is no time: `@Thh:mm:ss` is expected"),
            }
        } else {
            let Some((date, rest)) = read_date(text) else {
                return self.fail("this is no date that exists: `@YYYY-MM-DD` is expected");
            };
            if rest.first() == Some(&b'T') {
                match read_date_time(text) {
                    Some((date_time, rest)) => (TokenKind::DateTime(date_time), rest),
                    None => return self.fail("this is no date and time: `@YYYY-MM-DDThh:mm:ss` is expected"),
                }
            } else {
                (TokenKind::Date(date), rest)
            }
        };
        self.at += 1 + text.len() - rest.len();
        if rest.first().is_some_and(u8::is_ascii_alphanumeric) {
            return self.fail("this does not belong to a date or time");
        }
        Ok(kind)
    }

    /// Text up to the closing `quote`, escapes resolved.
    fn quoted(&mut self, quote: char) -> Result<Cow<'t, str>, CompileError> {
        let body = &self.rest()[1..];
        let Some(end) = body.find([quote, '\\']) else {
            return self.fail("this text is not closed");
        };
        if body[end..].starts_with(quote) {
            self.at += end + 2;
            return Ok(Cow::Borrowed(&body[..end]));
        }
        let mut out = String::new();
        let mut rest = body;
        loop {
            let Some(at) = rest.find([quote, '\\']) else {
                return self.fail("this text is not closed");
            };
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            if let Some(after) = rest.strip_prefix(quote) {
                self.at += 1 + body.len() - after.len();
                return Ok(Cow::Owned(out));
            }
            rest = escape(rest, &mut out);
        }
    }
}

/// Resolves the escape that `text` begins with. What is no escape of FHIRPath stands for itself: published expressions
/// hold `\_` and `\d` in regular expressions.
fn escape<'t>(text: &'t str, out: &mut String) -> &'t str {
    let body = &text[1..];
    let Some(character) = body.chars().next() else {
        out.push('\\');
        return body;
    };
    let resolved = match character {
        'f' => '\u{C}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '\\' | '/' | '\'' | '"' | '`' => character,
        'u' => {
            let code = body.get(1..5).and_then(|digits| u32::from_str_radix(digits, 16).ok());
            if let Some(character) = code.and_then(char::from_u32) {
                out.push(character);
                return &body[5..];
            }
            out.push('\\');
            return body;
        }
        _ => {
            out.push('\\');
            return body;
        }
    };
    out.push(resolved);
    &body[character.len_utf8()..]
}
