//! Brackets that do not pair.

use super::{Parser, offset};
use crate::document::Kind;
use crate::{NameTable, codes};

impl<N: NameTable + ?Sized> Parser<'_, '_, N> {
    /// A closing bracket of the other kind: either the right one was mistyped, or the right one is missing and this one
    /// closes what is around. What follows tells which.
    pub(super) fn wrong_bracket(&mut self) {
        let (found, wanted) = if self.peek() == Some(b']') {
            (']', '}')
        } else {
            ('}', ']')
        };
        let closes_outer = self.outer(1) == Some(kind_of(found));
        let next = self.next_byte(self.at + 1);
        if !closes_outer && next == Some(wanted) {
            return self.unexpected();
        }
        let is_missing = closes_outer && self.goes_on_further_out(found, next);
        let message = if is_missing {
            format!("`{wanted}` is missing before this `{found}`")
        } else {
            format!("`{found}` stands where `{wanted}` closes what is open")
        };
        self.report(&codes::BRACKET, self.at, message);
        if is_missing {
            // `close` steps over one bracket, which here belongs to the container around and is no part of this one.
            let inner = self.stack.last().map(|frame| frame.node as usize);
            self.close();
            self.at -= 1;
            if let Some(entry) = inner.and_then(|node| self.document.entries.get_mut(node)) {
                entry.end = offset(self.at);
            }
        } else {
            self.close();
        }
    }

    /// An object or array in an object, where a name should stand: what is in it has no name to be known by.
    pub(super) fn nameless(&mut self) {
        self.expect_comma();
        self.report(&codes::MISSING_NAME, self.at, "a value stands here without a name");
        let node = self.document.entries.len();
        self.value(None);
        if let Some(entry) = self.document.entries.get_mut(node) {
            entry.unread = true;
        }
    }

    /// The kind of the container `levels` above the innermost.
    fn outer(&self, levels: usize) -> Option<Kind> {
        let frame = self.stack.len().checked_sub(levels + 1)?;
        Some(self.document.entries[self.stack[frame].node as usize].kind)
    }

    /// Whether what follows makes sense two levels up, where it is if this bracket closes the container around.
    fn goes_on_further_out(&self, found: char, next: Option<char>) -> bool {
        let further_out = self.outer(2);
        match next {
            Some(']' | '}') if next == Some(found) => further_out == Some(kind_of(found)),
            Some(',') => match further_out {
                None => false,
                // Behind the comma a name stands in an object, and none in an array.
                Some(kind) => kind == kind_of(found) || (kind == Kind::Object) == self.name_follows_comma(),
            },
            _ => true,
        }
    }

    /// Whether a name and a colon stand behind the comma that follows this bracket.
    fn name_follows_comma(&self) -> bool {
        let rest = self.bytes.get(self.at + 1..).unwrap_or_default();
        let Some(quote) = rest
            .iter()
            .position(|byte| !byte.is_ascii_whitespace() && *byte != b',')
        else {
            return false;
        };
        let end = rest.get(quote + 1..).and_then(|inner| memchr::memchr(b'"', inner));
        rest[quote] == b'"' && end.is_some_and(|end| self.next_byte(self.at + quote + end + 3) == Some(':'))
    }

    /// The next character from `at` on that is no white space.
    fn next_byte(&self, at: usize) -> Option<char> {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let next = rest.iter().find(|byte| !byte.is_ascii_whitespace());
        next.map(|next| char::from(*next))
    }
}

fn kind_of(bracket: char) -> Kind {
    if bracket == ']' { Kind::Array } else { Kind::Object }
}
