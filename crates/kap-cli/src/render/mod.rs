//! One set of facts, several forms: text for people, and what programs read.

mod excerpt;
mod github;
pub(crate) mod grouped;
pub(crate) mod human;
pub(crate) mod json;
mod junit;
mod operation_outcome;
mod printer;
mod sarif;
mod tally;
#[cfg(test)]
mod tests;
pub(crate) mod transfer;

use std::cell::OnceCell;
use std::io;

use kap_json::{Issue, Lines, Position, Severity};

use crate::input::Document;

pub(crate) use printer::Printer;
pub(crate) use tally::Tally;

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
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// JUnit's XML, for test reports: a suite for each document, a case for each finding.
    Junit,
    /// Workflow commands of GitHub, which become annotations.
    Github,
    /// A FHIR OperationOutcome; for several documents a collection Bundle of them.
    OperationOutcome,
}

/// Everything about one checked document.
#[derive(Debug)]
pub(crate) struct Outcome<'t> {
    /// What was checked.
    pub(crate) document: &'t Document,
    /// Its FHIR type, if it is a FHIR resource.
    pub(crate) resource_type: Option<String>,
    /// Its logical id, if it has one.
    pub(crate) id: Option<String>,
    /// `valid`, `invalid` or `undecided`.
    pub(crate) verdict: &'static str,
    pub(crate) issues: Vec<Issue>,
    /// Findings that were counted, but not kept.
    pub(crate) omitted: usize,
    /// What could not be decided.
    pub(crate) undecided: Vec<kap_fhir::Undecided>,
    /// Where its lines begin; found when the first finding is printed.
    pub(crate) lines: OnceCell<Lines<'t>>,
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
            resource_type: member("resourceType"),
            id: member("id"),
            verdict: report.verdict().as_str(),
            omitted: report.omitted,
            undecided: report.undecided,
            ..Self::of_issues(document, report.issues)
        }
    }

    /// Findings alone: invalid if one of them is an error.
    pub(crate) fn of_issues(document: &'t Document, issues: Vec<Issue>) -> Self {
        let has_errors = issues.iter().any(|issue| issue.severity.is_error());
        Self {
            document,
            resource_type: None,
            id: None,
            verdict: if has_errors { "invalid" } else { "valid" },
            issues,
            omitted: 0,
            undecided: Vec::new(),
            lines: OnceCell::new(),
        }
    }

    /// Whether any finding is a warning or worse.
    pub(crate) fn has_warnings(&self) -> bool {
        self.issues.iter().any(|issue| issue.severity <= Severity::Warning)
    }

    /// File name, or `-`.
    pub(crate) fn file(&self) -> &'t str {
        &self.document.file
    }

    /// The line of the document in its file: 1 except in `.ndjson` files.
    pub(crate) fn line(&self) -> u32 {
        self.document.line
    }

    /// Its name: the file, with the line where it holds many.
    pub(crate) fn label(&self) -> String {
        self.document.label()
    }

    fn text(&self) -> &'t [u8] {
        &self.document.text
    }

    fn lines(&self) -> &Lines<'t> {
        self.lines.get_or_init(|| Lines::new(self.text()))
    }

    /// The position of `issue` in its file; lines of `.ndjson` files count from the file's start.
    fn position(&self, issue: &Issue) -> Option<Position> {
        let position = self.lines().position(issue.location.offset?);
        Some(Position {
            line: position.line + self.line() - 1,
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
    /// The least severity that is printed.
    pub(crate) level: Severity,
    /// Counts by code take the place of single findings.
    pub(crate) summary: bool,
}

impl Style {
    /// Every finding, as text without colour.
    pub(crate) fn plain(format: Format, reveal_values: bool) -> Self {
        Self {
            format,
            color: false,
            reveal_values,
            level: Severity::Information,
            summary: false,
        }
    }

    /// The message of a finding, values masked unless they may be shown.
    pub(crate) fn message(self, issue: &Issue) -> String {
        if self.reveal_values {
            issue.message.reveal()
        } else {
            issue.message.to_string()
        }
    }
}

/// What stands below the message of a finding: who demands it, and what to do.
fn details(issue: &Issue) -> Vec<String> {
    let demanded = issue.source.as_ref().map(|source| {
        let element = source.element.as_ref();
        let element = element.map_or(String::new(), |element| format!(" {element}"));
        format!("demanded by {}{element}", source.definition)
    });
    let help = issue.hint.as_ref().map(|hint| format!("help: {hint}"));
    demanded.into_iter().chain(help).collect()
}

/// What could not be decided, in one line.
fn undecided_text(what: &str, reason: &str, count: u64) -> String {
    if count == 1 {
        format!("{what}: {reason}")
    } else {
        format!("{what} ({count} times): {reason}")
    }
}

/// Findings that were counted, but not kept, in one line.
fn omitted_text(count: u64) -> String {
    let plural = if count == 1 { "finding was" } else { "findings were" };
    format!("{count} more {plural} not kept (`--max-issues`)")
}

/// One outcome as its format wants it, with what the end of the run has to know.
#[derive(Debug)]
pub(crate) struct Rendered {
    bytes: Vec<u8>,
    tally: Tally,
}

/// Renders one outcome. Costs what printing costs, and may be done by any thread.
pub(crate) fn render(outcome: &Outcome<'_>, style: Style) -> io::Result<Rendered> {
    let shown: Vec<&Issue> = outcome
        .issues
        .iter()
        .filter(|issue| issue.severity <= style.level)
        .collect();
    let mut bytes = Vec::with_capacity(if shown.is_empty() { 256 } else { 2048 });
    match style.format {
        Format::Human if style.summary => {}
        Format::Human => human::write(&mut bytes, outcome, &shown, style)?,
        Format::Ndjson | Format::Json => json::write(&mut bytes, outcome, &shown, style)?,
        Format::Sarif => sarif::write(&mut bytes, outcome, &shown, style)?,
        Format::Junit => junit::write(&mut bytes, outcome, &shown, style)?,
        Format::Github => github::write(&mut bytes, outcome, &shown, style)?,
        Format::OperationOutcome => {
            serde_json::to_writer(&mut bytes, &operation_outcome::resource(outcome, &shown, style))?;
        }
    }
    Ok(Rendered {
        bytes,
        tally: Tally::of(outcome),
    })
}
