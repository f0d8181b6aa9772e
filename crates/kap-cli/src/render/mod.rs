//! One set of facts, several forms: text for people, JSON and NDJSON for programs.

pub(crate) mod grouped;
pub(crate) mod human;
pub(crate) mod json;
pub(crate) mod transfer;

use std::io::{self, Write};

use kap_json::{Issue, Lines, Position, Severity};

use crate::input::Document;

/// The form findings are printed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// Text for people.
    #[default]
    Human,
    /// One JSON document for the whole run.
    Json,
    /// One JSON line for each document.
    Ndjson,
}

/// Everything about one checked document.
#[derive(Debug)]
pub(crate) struct Outcome<'t> {
    /// File name, or `-`.
    pub(crate) file: String,
    /// The line of the document in its file: 1 except in `.ndjson` files.
    pub(crate) line: u32,
    /// Its FHIR type, if it is a FHIR resource.
    pub(crate) resource_type: Option<String>,
    /// Its logical id, if it has one.
    pub(crate) id: Option<String>,
    /// `valid`, `invalid` or `undecided`.
    pub(crate) verdict: &'static str,
    pub(crate) issues: Vec<Issue>,
    /// What could not be decided.
    pub(crate) undecided: Vec<kap_fhir::Undecided>,
    /// The text, for lines and columns.
    pub(crate) text: &'t [u8],
}

impl<'t> Outcome<'t> {
    /// What a validation came to. `root` is the document's root, if it could be read.
    pub(crate) fn of_report(
        document: &'t Document,
        root: Option<kap_json::Node<'_>>,
        report: kap_validate::Report,
    ) -> Self {
        let member = |name| root?.get(name)?.as_str().map(str::to_owned);
        Self {
            file: document.file.clone(),
            line: document.line,
            resource_type: member("resourceType"),
            id: member("id"),
            verdict: report.verdict().as_str(),
            issues: report.issues,
            undecided: report.undecided,
            text: &document.text,
        }
    }

    /// Whether any finding makes the document invalid.
    pub(crate) fn has_errors(&self) -> bool {
        self.issues.iter().any(|issue| issue.severity.is_error())
    }

    /// Whether any finding is a warning or worse.
    pub(crate) fn has_warnings(&self) -> bool {
        self.issues.iter().any(|issue| issue.severity <= Severity::Warning)
    }

    /// The position of `issue` in its file; lines of `.ndjson` files count from the file's start.
    fn position(&self, lines: &Lines<'_>, issue: &Issue) -> Option<Position> {
        let position = lines.position(issue.location.offset?);
        Some(Position {
            line: position.line + self.line - 1,
            ..position
        })
    }
}

/// How to print.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) format: Format,
    pub(crate) color: bool,
    /// Show values of the data.
    pub(crate) reveal_values: bool,
}

/// Prints outcomes one by one as they come.
pub(crate) struct Printer<W> {
    out: W,
    style: Style,
    printed: usize,
}

impl<W: Write> Printer<W> {
    pub(crate) fn new(out: W, style: Style) -> Self {
        Self { out, style, printed: 0 }
    }

    /// Whether people read what is printed.
    pub(crate) fn is_human(&self) -> bool {
        self.style.format == Format::Human
    }

    /// Prints one outcome.
    pub(crate) fn print(&mut self, outcome: &Outcome<'_>) -> io::Result<()> {
        match self.style.format {
            Format::Human => human::write(&mut self.out, outcome, self.style)?,
            Format::Ndjson => writeln!(self.out, "{}", json::outcome(outcome, self.style))?,
            Format::Json => {
                let lead = if self.printed == 0 { "[" } else { "," };
                write!(self.out, "{lead}\n  {}", json::outcome(outcome, self.style))?;
            }
        }
        self.printed += 1;
        Ok(())
    }

    /// Ends the run.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        if self.style.format == Format::Json {
            writeln!(self.out, "{}", if self.printed == 0 { "[]" } else { "\n]" })?;
        }
        self.out.flush()
    }
}
