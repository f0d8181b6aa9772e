//! What stands before, between and after the outcomes of a run.

use std::io::{self, Write};

use super::{Format, Outcome, Rendered, Style, Tally, github, human, operation_outcome, render, sarif};

/// Prints outcomes one by one as they come.
pub(crate) struct Printer<W> {
    out: W,
    style: Style,
    tally: Tally,
    /// Whether anything was printed that the next thing has to be separated from.
    has_printed: bool,
    /// The only OperationOutcome so far: whether it stands alone shows when the next one comes, or none.
    held: Option<Vec<u8>>,
}

impl<W: Write> Printer<W> {
    pub(crate) fn new(out: W, style: Style) -> Self {
        Self {
            out,
            style,
            tally: Tally::default(),
            has_printed: false,
            held: None,
        }
    }

    /// Whether people read what is printed.
    pub(crate) fn is_human(&self) -> bool {
        self.style.format == Format::Human
    }

    /// Prints one outcome.
    pub(crate) fn print(&mut self, outcome: &Outcome<'_>) -> io::Result<()> {
        self.print_rendered(render(outcome, self.style)?)
    }

    /// Prints what was rendered elsewhere.
    pub(crate) fn print_rendered(&mut self, rendered: Rendered) -> io::Result<()> {
        let is_first = self.tally.documents == 0;
        self.tally.add(rendered.tally);
        let bytes = rendered.bytes;
        let out = &mut self.out;
        match self.style.format {
            Format::Human | Format::Github => out.write_all(&bytes),
            Format::Ndjson => {
                out.write_all(&bytes)?;
                out.write_all(b"\n")
            }
            Format::Json => {
                out.write_all(if is_first { b"[\n  " } else { b",\n  " })?;
                out.write_all(&bytes)
            }
            Format::Sarif => {
                if is_first {
                    out.write_all(sarif::HEAD.as_bytes())?;
                }
                if self.has_printed && !bytes.is_empty() {
                    out.write_all(b",\n")?;
                }
                self.has_printed |= !bytes.is_empty();
                out.write_all(&bytes)
            }
            Format::Junit => {
                if is_first {
                    out.write_all(super::junit::HEAD.as_bytes())?;
                }
                out.write_all(&bytes)
            }
            Format::OperationOutcome => match self.held.take() {
                None if is_first => {
                    self.held = Some(bytes);
                    Ok(())
                }
                first => {
                    let number = self.tally.documents;
                    if let Some(first) = first {
                        out.write_all(operation_outcome::HEAD.as_bytes())?;
                        operation_outcome::write_entry(out, 1, &first)?;
                        out.write_all(b",\n")?;
                    } else {
                        out.write_all(b",\n")?;
                    }
                    operation_outcome::write_entry(out, number, &bytes)
                }
            },
        }
    }

    /// Passes on what is printed so far.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Ends the run; answers what it came to.
    pub(crate) fn finish(mut self) -> io::Result<Tally> {
        let (out, tally) = (&mut self.out, &self.tally);
        let is_empty = tally.documents == 0;
        match self.style.format {
            Format::Human => human::write_end(out, tally, self.style)?,
            Format::Ndjson => {}
            Format::Json => writeln!(out, "{}", if is_empty { "[]" } else { "\n]" })?,
            Format::Sarif => {
                if is_empty {
                    out.write_all(sarif::HEAD.as_bytes())?;
                }
                sarif::write_end(out, tally)?;
            }
            Format::Junit => {
                if is_empty {
                    out.write_all(super::junit::HEAD.as_bytes())?;
                }
                out.write_all(super::junit::TAIL.as_bytes())?;
            }
            Format::Github => github::write_end(out, tally)?,
            Format::OperationOutcome => match &self.held {
                Some(alone) => {
                    out.write_all(alone)?;
                    out.write_all(b"\n")?;
                }
                None if is_empty => writeln!(out, "{}", operation_outcome::nothing())?,
                None => out.write_all(operation_outcome::TAIL.as_bytes())?,
            },
        }
        self.out.flush()?;
        Ok(self.tally)
    }
}
