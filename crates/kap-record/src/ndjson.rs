//! Many records, one a line.

use std::io::{self, BufRead, Read};

use kap_json::Limits;

use crate::reading::{Reading, read};

/// A line of an `.ndjson` text.
#[derive(Debug)]
pub struct Line {
    /// Its number, counted from 1.
    pub number: usize,
    /// Its text without the line break; the places of the findings count from its beginning.
    pub text: Vec<u8>,
    /// What reading it gave.
    pub reading: Reading,
}

/// Reads one record a line, holding one line at a time. Blank lines are passed over.
///
/// # Errors
///
/// An item is an error if `source` cannot be read; nothing follows it.
pub fn read_ndjson<R: BufRead>(source: R, limits: Limits) -> impl Iterator<Item = io::Result<Line>> {
    let mut lines = Lines {
        source,
        limits,
        number: 0,
        failed: false,
    };
    std::iter::from_fn(move || lines.next_record())
}

struct Lines<R> {
    source: R,
    limits: Limits,
    number: usize,
    failed: bool,
}

impl<R: BufRead> Lines<R> {
    fn next_record(&mut self) -> Option<io::Result<Line>> {
        while !self.failed {
            match self.next_line() {
                Ok(None) => return None,
                Ok(Some(text)) if text.trim_ascii().is_empty() => {}
                Ok(Some(text)) => {
                    let reading = read(&text, &self.limits);
                    return Some(Ok(Line {
                        number: self.number,
                        text,
                        reading,
                    }));
                }
                Err(error) => {
                    self.failed = true;
                    return Some(Err(error));
                }
            }
        }
        None
    }

    /// The next line. Of one that is too long only so much is kept that reading it reports the limit.
    fn next_line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut text = Vec::new();
        let most = u64::try_from(self.limits.max_bytes)
            .unwrap_or(u64::MAX)
            .saturating_add(1);
        if self.source.by_ref().take(most).read_until(b'\n', &mut text)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        if text.last() == Some(&b'\n') {
            text.pop();
        } else {
            self.source.skip_until(b'\n')?;
        }
        if text.last() == Some(&b'\r') {
            text.pop();
        }
        Ok(Some(text))
    }
}
