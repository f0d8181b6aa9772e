//! The parser: one loop over the text with a stack of its own, so that no nesting can exhaust ours. It mends what it
//! can and goes on, so that one run reports every fault.

mod bracket;
mod duplicate;
mod token;

use crate::codes;
use crate::document::{Document, Entry, Kind, NONE, UNKNOWN_NAME};
use crate::{CodeInfo, Issue, Limits, Location, Message, NameTable};

/// What a parse gives: a document unless a fault was fatal, and every fault.
#[derive(Debug)]
pub struct Parsed<'t> {
    /// The document; absent after a fatal fault.
    pub document: Option<Document<'t>>,
    /// The faults, in the order of the text.
    pub issues: Vec<Issue>,
}

/// Parses `text` without knowing any name.
pub fn parse<'t>(text: &'t [u8], limits: &Limits) -> Parsed<'t> {
    parse_with_names(text, limits, &())
}

/// Parses `text` and numbers the member names that `names` knows.
pub fn parse_with_names<'t, N: NameTable + ?Sized>(text: &'t [u8], limits: &Limits, names: &N) -> Parsed<'t> {
    let refuse = |info, offset: usize, message| {
        let offset = u32::try_from(offset).unwrap_or(u32::MAX);
        Parsed {
            document: None,
            issues: vec![Issue::new(info, Location::at(offset), message)],
        }
    };
    let limit = limits.max_bytes.min(u32::MAX as usize - 1);
    if text.len() > limit {
        let message = Message::text(format!("the text has {} bytes, the limit is {limit}", text.len()));
        return refuse(&codes::SIZE, 0, message);
    }
    // No text of JSON has a null character so early; in UTF-16 one of the first two bytes is.
    let is_wide = text.starts_with(b"\xFF\xFE") || text.starts_with(b"\xFE\xFF");
    if is_wide || text.iter().take(2).any(|byte| *byte == 0) {
        let message = Message::text("the text is UTF-16 or no text at all, and JSON is UTF-8");
        return refuse(&codes::ENCODING, 0, message);
    }
    let text = match std::str::from_utf8(text) {
        Ok(text) => text,
        Err(fault) => {
            let message = Message::text("the bytes from here on are not UTF-8");
            return refuse(&codes::ENCODING, fault.valid_up_to(), message);
        }
    };
    let mut parser = Parser {
        text,
        bytes: text.as_bytes(),
        at: 0,
        document: Document {
            text,
            entries: Vec::with_capacity(text.len() / 24),
            strings: Vec::new(),
            keys: Vec::new(),
        },
        stack: Vec::new(),
        issues: Vec::new(),
        stopped: false,
        limits,
        names,
    };
    parser.run();
    // Duplicate names show only when their object ends: sorting brings them back into the order of the text.
    parser.issues.sort_by_key(|issue| issue.location.offset);
    Parsed {
        document: (!parser.stopped).then_some(parser.document),
        issues: parser.issues,
    }
}

/// What came last inside an open container.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    Opening,
    Value,
    Comma,
}

struct Frame {
    node: u32,
    after: After,
    is_object: bool,
    /// Whether two names of the object may be the same.
    may_repeat: bool,
    /// Marks of the names so far: names with different marks differ.
    names: [u64; 2],
}

impl Frame {
    /// Marks a name by its length and ends. A name with escapes could be any.
    #[inline]
    fn mark(&mut self, bytes: &[u8], key: PendingKey) {
        let (start, end) = (key.start as usize, key.end as usize);
        let at = |at: usize| bytes.get(at).copied().map_or(0, usize::from);
        let third = at(end.saturating_sub(3).max(start));
        let mark = end.saturating_sub(start) * 5 + at(start) * 3 + at(end.saturating_sub(1)) * 7 + third;
        let (word, bit) = (mark >> 6 & 1, mark & 63);
        self.may_repeat |= key.escaped || self.names[word] >> bit & 1 == 1;
        self.names[word] |= 1 << bit;
    }
}

/// The name of the member whose value comes next.
#[derive(Clone, Copy)]
struct PendingKey {
    start: u32,
    end: u32,
    escaped: bool,
}

struct Parser<'t, 'o, N: ?Sized> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    document: Document<'t>,
    stack: Vec<Frame>,
    issues: Vec<Issue>,
    stopped: bool,
    limits: &'o Limits,
    names: &'o N,
}

impl<N: NameTable + ?Sized> Parser<'_, '_, N> {
    fn run(&mut self) {
        if self.text.starts_with('\u{FEFF}') {
            self.report(
                &codes::BYTE_ORDER_MARK,
                0,
                "a byte order mark stands before the JSON value",
            );
            self.at = '\u{FEFF}'.len_utf8();
        }
        self.skip_blank();
        if self.at == self.bytes.len() {
            return self.stop(&codes::EMPTY, self.at, "there is no JSON value in the text");
        }
        self.value(None);
        while let Some(frame) = self.stack.last() {
            if self.stopped {
                return;
            }
            if frame.is_object {
                self.object_step();
            } else {
                self.array_step();
            }
        }
        self.skip_blank();
        if !self.stopped && self.at < self.bytes.len() {
            self.report(&codes::TRAILING, self.at, "something follows the end of the JSON value");
        }
    }

    /// One step inside an object: its end, a comma, or a member.
    fn object_step(&mut self) {
        self.skip_blank();
        match self.peek() {
            None => self.truncated(),
            Some(b'}') => self.close(),
            Some(b',') => self.comma(),
            Some(b']') => self.wrong_bracket(),
            Some(b'{' | b'[') => self.nameless(),
            Some(b':') => self.unexpected(),
            Some(_) => {
                self.expect_comma();
                self.member();
            }
        }
    }

    /// One step inside an array: its end, a comma, or an item.
    fn array_step(&mut self) {
        self.skip_blank();
        match self.peek() {
            None => self.truncated(),
            Some(b']') => self.close(),
            Some(b',') => self.comma(),
            Some(b'}') => self.wrong_bracket(),
            Some(b':') => self.unexpected(),
            Some(_) => {
                self.expect_comma();
                self.value(None);
            }
        }
    }

    fn member(&mut self) {
        let Some(key) = self.member_name() else { return };
        self.skip_blank();
        if self.peek() == Some(b':') {
            self.at += 1;
        } else {
            self.report(
                &codes::MISSING_COLON,
                self.at,
                "a colon is missing between name and value",
            );
        }
        self.skip_blank();
        match self.peek() {
            None => self.truncated(),
            Some(b',' | b'}' | b']') => {
                self.report(&codes::MISSING_VALUE, key.start as usize - 1, "this name has no value");
                self.push_unread(self.at, Some(key));
            }
            Some(_) => self.value(Some(key)),
        }
    }

    fn member_name(&mut self) -> Option<PendingKey> {
        let start = self.at;
        if self.peek() == Some(b'"') {
            let quoted = self.string_end()?;
            return Some(PendingKey {
                start: offset(start + 1),
                end: offset(quoted.end),
                escaped: quoted.escaped,
            });
        }
        let word = self.bare_word();
        self.report(
            &codes::QUOTES,
            start,
            "a name stands in double quotes, this one does not",
        );
        // The span leaves room for the quote that is missing before it, as all name spans do.
        Some(PendingKey {
            start: offset(start.max(1)),
            end: offset(start + word.len()),
            escaped: false,
        })
    }

    /// Reads one value, or opens a container whose content the main loop reads.
    fn value(&mut self, key: Option<PendingKey>) {
        let start = self.at;
        match self.peek() {
            Some(b'{') => self.open(Kind::Object, key),
            Some(b'[') => self.open(Kind::Array, key),
            Some(b'"') => {
                let Some(quoted) = self.string_end() else {
                    return;
                };
                if !quoted.closed {
                    return self.push_unread(start, key);
                }
                let node = self.push(Kind::String, start, self.at, key);
                if quoted.escaped {
                    let text = self.unescape(start + 1, quoted.end);
                    self.document.strings.push((node, text));
                    self.document.entries[node as usize].escaped = true;
                }
            }
            Some(b'-' | b'0'..=b'9' | b'+' | b'.') => {
                if self.number() {
                    self.push(Kind::Number, start, self.at, key);
                } else {
                    self.bare_word();
                    self.report(&codes::NUMBER, start, "this is not a JSON number");
                    self.push_unread(start, key);
                }
            }
            _ => self.literal(start, key),
        }
    }

    fn literal(&mut self, start: usize, key: Option<PendingKey>) {
        match self.bare_word() {
            "true" | "false" => {
                self.push(Kind::Bool, start, self.at, key);
            }
            "null" => {
                self.push(Kind::Null, start, self.at, key);
            }
            _ => {
                if self.bytes[start] == b'\'' {
                    self.report(&codes::QUOTES, start, "a string stands in single quotes");
                } else {
                    self.report(&codes::LITERAL, start, "this is not a JSON value");
                }
                self.push_unread(start, key);
            }
        }
    }

    fn open(&mut self, kind: Kind, key: Option<PendingKey>) {
        if self.stack.len() as u64 >= u64::from(self.limits.max_depth) {
            let message = format!(
                "arrays and objects are nested deeper than {} levels",
                self.limits.max_depth
            );
            return self.stop(&codes::DEPTH, self.at, message);
        }
        let node = self.push(kind, self.at, self.at + 1, key);
        self.stack.push(Frame {
            node,
            after: After::Opening,
            is_object: kind == Kind::Object,
            may_repeat: false,
            names: [0; 2],
        });
        self.at += 1;
    }

    fn close(&mut self) {
        let Some(frame) = self.stack.pop() else { return };
        if frame.after == After::Comma {
            self.report(
                &codes::TRAILING_COMMA,
                self.at,
                "a comma stands before the closing bracket",
            );
        }
        self.at += 1;
        let next = offset(self.document.entries.len());
        let entry = &mut self.document.entries[frame.node as usize];
        entry.end = offset(self.at);
        entry.next = next;
        if frame.may_repeat {
            self.report_duplicate_names(frame.node);
        }
    }

    fn comma(&mut self) {
        let at = self.at;
        self.at += 1;
        let Some(frame) = self.stack.last_mut() else { return };
        let after = std::mem::replace(&mut frame.after, After::Comma);
        if after != After::Value {
            self.report(
                &codes::TRAILING_COMMA,
                at,
                "a comma stands where no value came before it",
            );
        }
    }

    fn expect_comma(&mut self) {
        if self.stack.last().is_some_and(|frame| frame.after == After::Value) {
            self.report(&codes::MISSING_COMMA, self.at, "a comma is missing before this");
        }
    }

    /// Adds a node and notes in its container that a value came.
    fn push(&mut self, kind: Kind, start: usize, end: usize, key: Option<PendingKey>) -> u32 {
        let node = offset(self.document.entries.len());
        let mut entry = Entry {
            kind,
            escaped: false,
            escaped_key: false,
            unread: false,
            name: UNKNOWN_NAME,
            start: offset(start),
            end: offset(end),
            key_start: NONE,
            key_end: NONE,
            parent: self.stack.last().map_or(NONE, |frame| frame.node),
            next: node + 1,
        };
        if let Some(key) = key {
            entry.key_start = key.start;
            entry.key_end = key.end;
            entry.escaped_key = key.escaped;
            if key.escaped {
                let name = self.unescape(key.start as usize, key.end as usize);
                entry.name = self.names.lookup(&name).unwrap_or(UNKNOWN_NAME);
                self.document.keys.push((node, name));
            } else {
                let name = &self.text[key.start as usize..key.end as usize];
                entry.name = self.names.lookup(name).unwrap_or(UNKNOWN_NAME);
            }
        }
        if let Some(frame) = self.stack.last_mut() {
            frame.after = After::Value;
            if let Some(key) = key {
                frame.mark(self.bytes, key);
            }
        }
        self.document.entries.push(entry);
        node
    }

    /// Adds what holds the place of the text from `start` to here, which is no value.
    fn push_unread(&mut self, start: usize, key: Option<PendingKey>) {
        let node = self.push(Kind::Null, start, self.at, key);
        self.document.entries[node as usize].unread = true;
    }

    /// Skips a character that fits nowhere.
    fn unexpected(&mut self) {
        self.report(&codes::UNEXPECTED, self.at, "this character has no place here");
        self.at += 1;
    }

    fn truncated(&mut self) {
        let open = self
            .stack
            .last()
            .map_or(0, |frame| self.document.entries[frame.node as usize].start);
        self.stop(
            &codes::TRUNCATED,
            open as usize,
            "what is opened here is never closed: the text ends too early",
        );
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn report(&mut self, info: &CodeInfo, at: usize, message: impl Into<std::borrow::Cow<'static, str>>) {
        self.add(Issue::new(info, Location::at(offset(at)), Message::text(message)));
    }

    fn add(&mut self, issue: Issue) {
        if self.stopped {
            return;
        }
        self.issues.push(issue);
        if self.issues.len() >= self.limits.max_issues {
            self.stop(
                &codes::TOO_MANY,
                self.at,
                format!("{} faults found, the rest is not read", self.limits.max_issues),
            );
        }
    }

    fn stop(&mut self, info: &CodeInfo, at: usize, message: impl Into<std::borrow::Cow<'static, str>>) {
        if !self.stopped {
            self.stopped = true;
            self.issues
                .push(Issue::new(info, Location::at(offset(at)), Message::text(message)));
        }
    }
}

/// Offsets fit 32 bits, because longer texts are refused before anything is read.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
