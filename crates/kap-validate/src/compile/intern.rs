//! What rows share while a plan is compiled: texts, names, links and runs of numbers, each stored once.

use std::collections::HashMap;

use zerocopy::little_endian::{U16, U32};

use crate::plan::layout::{self, Builder};
use crate::plan::rows::{Binding, Constraint, Link, NONE, Range, Text};

/// The tables of the plan together with what has been stored already. Maps are only ever asked, never walked, so their
/// order cannot leak into the plan.
#[derive(Debug, Default)]
pub(crate) struct Intern {
    pub(crate) tables: Builder,
    texts: HashMap<String, u32>,
    names: HashMap<String, u16>,
    links: HashMap<(String, String), u32>,
    runs: HashMap<Vec<u32>, Range>,
    constraints: HashMap<Constraint, u32>,
    bindings: HashMap<Binding, u32>,
}

/// A row number as rows hold it. Tables stay far below 2^32 rows: see the limits on packages.
pub(crate) fn number(index: usize) -> U32 {
    U32::new(u32::try_from(index).unwrap_or(NONE))
}

/// The run of rows that were added to a table since it had `start` rows.
pub(crate) fn since<T>(table: &[T], start: usize) -> Range {
    Range {
        start: number(start),
        length: number(table.len() - start),
    }
}

impl Intern {
    pub(crate) fn text(&mut self, text: &str) -> Text {
        if let Some(found) = self.texts.get(text) {
            return U32::new(*found);
        }
        let index = number(self.tables.text_ends.len());
        self.tables.text.extend_from_slice(text.as_bytes());
        self.tables.text_ends.push(number(self.tables.text.len()));
        self.texts.insert(text.to_owned(), index.get());
        index
    }

    /// The bytes of a text that was stored.
    pub(crate) fn text_bytes(&self, text: Text) -> &[u8] {
        let index = text.get() as usize;
        let end = |index: usize| self.tables.text_ends[index].get() as usize;
        let start = if index == 0 { 0 } else { end(index - 1) };
        &self.tables.text[start..end(index)]
    }

    /// The number of an element name. A plan holds at most 32,767 names, since half of the numbers stand for the same
    /// names with a leading `_`; names beyond that share the last number, which no document can match.
    pub(crate) fn name(&mut self, name: &str) -> U16 {
        if let Some(found) = self.names.get(name) {
            return U16::new(*found);
        }
        let text = self.text(name);
        let index = u16::try_from(self.tables.names.len())
            .ok()
            .filter(|index| *index < u16::MAX / 2);
        if index.is_some() {
            self.tables.names.push(text);
        }
        let index = index.unwrap_or(u16::MAX / 2);
        self.names.insert(name.to_owned(), index);
        U16::new(index)
    }

    /// A link to a canonical URL, `url` or `url|version`.
    pub(crate) fn link(&mut self, canonical: &str) -> U32 {
        let (url, version) = canonical.split_once('|').unwrap_or((canonical, ""));
        let key = (url.to_owned(), version.to_owned());
        if let Some(found) = self.links.get(&key) {
            return U32::new(*found);
        }
        let row = Link {
            url: self.text(url),
            version: self.text(version),
            local: U32::new(NONE),
        };
        let index = number(self.tables.links.len());
        self.tables.links.push(row);
        self.links.insert(key, index.get());
        index
    }

    /// An invariant, stored once for each element that it stands on.
    pub(crate) fn constraint(&mut self, row: Constraint) -> U32 {
        let next = number(self.tables.constraints.len()).get();
        let index = *self.constraints.entry(row).or_insert(next);
        if index == next {
            self.tables.constraints.push(row);
        }
        U32::new(index)
    }

    /// A binding, stored once however many elements have it.
    pub(crate) fn binding(&mut self, row: Binding) -> U32 {
        let next = number(self.tables.bindings.len()).get();
        let index = *self.bindings.entry(row).or_insert(next);
        if index == next {
            self.tables.bindings.push(row);
        }
        U32::new(index)
    }

    /// A run of numbers, stored once however often it is asked for.
    pub(crate) fn run(&mut self, numbers: Vec<U32>) -> Range {
        let key: Vec<u32> = numbers.iter().map(|number| number.get()).collect();
        if let Some(found) = self.runs.get(&key) {
            return *found;
        }
        let start = self.tables.numbers.len();
        self.tables.numbers.extend(numbers);
        let run = since(&self.tables.numbers, start);
        self.runs.insert(key, run);
        run
    }

    /// Codes as a run of texts, sorted by text so that the walk can search them.
    pub(crate) fn codes<'c>(&mut self, codes: impl Iterator<Item = &'c str>) -> Range {
        let mut codes: Vec<&str> = codes.collect();
        codes.sort_unstable();
        codes.dedup();
        let codes = codes.into_iter().map(|code| self.text(code)).collect();
        self.run(codes)
    }

    /// Builds the hash of names once all are known: at most half full, so that searches are short.
    pub(crate) fn finish_names(&mut self) {
        let size = (self.tables.names.len() * 2).next_power_of_two();
        let mut slots = vec![U16::new(u16::MAX); size];
        let mut names: Vec<(&String, &u16)> = self.names.iter().filter(|(_, name)| **name < u16::MAX / 2).collect();
        names.sort_unstable_by_key(|(_, name)| **name);
        for (name, index) in names {
            let start = layout::hash(name);
            let free = (0..size)
                .map(|step| (start + step) & (size - 1))
                .find(|slot| slots[*slot].get() == u16::MAX);
            if let Some(slot) = free {
                slots[slot] = U16::new(*index);
            }
        }
        self.tables.name_hash = slots;
    }
}
