//! Where something stands: byte spans in the text, JSON Pointers, and lines and columns for people.

use std::sync::OnceLock;

/// A range of bytes in the text, end excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

/// Where a finding is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Location {
    /// Byte offset in the text, where there is one.
    pub offset: Option<u32>,
    /// JSON Pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)); empty for the whole document.
    pub pointer: String,
    /// FHIRPath of the instance, for FHIR documents only.
    pub expression: Option<String>,
}

impl Location {
    /// The place of `node`.
    pub fn of(node: crate::Node<'_>) -> Self {
        Self {
            offset: Some(node.span().start),
            pointer: node.pointer(),
            expression: None,
        }
    }

    /// A place in text that has no node of its own.
    pub fn at(offset: u32) -> Self {
        Self {
            offset: Some(offset),
            pointer: String::new(),
            expression: None,
        }
    }

    /// The same place, with its FHIRPath.
    #[must_use]
    pub fn with_expression(mut self, expression: String) -> Self {
        self.expression = Some(expression);
        self
    }
}

/// A place for people: both numbers begin at 1, columns count Unicode characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode characters, from 1.
    pub column: u32,
}

/// Turns byte offsets of one text into lines and columns; made only when a finding is printed.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t [u8],
    starts: Vec<u32>,
    /// How many characters begin before each block of the text: a whole bundle may stand in one line, and must not be
    /// counted through for each finding. Counted when the first place far behind the start of its line is asked for.
    characters: OnceLock<Vec<u32>>,
}

/// Bytes of a block.
const BLOCK: usize = 4096;

/// How many characters begin in `bytes`. Bytes that continue a UTF-8 character begin none.
fn characters_in(bytes: &[u8]) -> u32 {
    let count = bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl<'t> Lines<'t> {
    /// Finds the lines of `text` once.
    pub fn new(text: &'t [u8]) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text).filter_map(|at| u32::try_from(at + 1).ok()));
        Self {
            text,
            starts,
            characters: OnceLock::new(),
        }
    }

    /// How many characters begin from `start` up to `end`.
    fn characters_between(&self, start: usize, end: usize) -> u32 {
        if end - start <= BLOCK {
            return characters_in(self.text.get(start..end).unwrap_or_default());
        }
        self.characters_before(end)
            .saturating_sub(self.characters_before(start))
    }

    /// How many characters begin before `offset`.
    fn characters_before(&self, offset: usize) -> u32 {
        let blocks = self.characters.get_or_init(|| {
            let mut before = 0_u32;
            let characters = self.text.chunks(BLOCK).map(|block| {
                let characters = before;
                before = before.saturating_add(characters_in(block));
                characters
            });
            characters.collect()
        });
        let block = (offset / BLOCK).min(blocks.len().saturating_sub(1));
        let before = blocks.get(block).copied().unwrap_or(0);
        before.saturating_add(characters_in(self.text.get(block * BLOCK..offset).unwrap_or_default()))
    }

    /// Line and column of `offset`; an offset behind the end answers the end.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0) as usize;
        let end = (offset as usize).min(self.text.len()).max(start);
        Position {
            line: u32::try_from(line + 1).unwrap_or(u32::MAX),
            column: self.characters_between(start, end).saturating_add(1),
        }
    }

    /// The text of line `line` (from 1) without its line end; empty where there is no such line.
    pub fn line(&self, line: u32) -> &'t [u8] {
        let index = line.saturating_sub(1) as usize;
        let Some(start) = self.starts.get(index) else {
            return &[];
        };
        let end = self
            .starts
            .get(index + 1)
            .map_or(self.text.len(), |next| *next as usize - 1);
        let text = self.text.get(*start as usize..end).unwrap_or_default();
        text.strip_suffix(b"\r").unwrap_or(text)
    }
}
