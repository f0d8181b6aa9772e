//! Workflow commands of GitHub, which show findings at the changed lines
//! (<https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>).

use std::io::{self, Write};

use kap_json::{Issue, Severity};

use super::{Outcome, Style, Tally, details, omitted_text};

/// One command for each finding. Everything that belongs to it stands in the message, whose lines are kept.
pub(super) fn write(out: &mut impl Write, outcome: &Outcome<'_>, shown: &[&Issue], style: Style) -> io::Result<()> {
    for issue in shown {
        let command = match issue.severity {
            Severity::Fatal | Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Information => "notice",
        };
        write!(out, "::{command} file={}", property(outcome.file()))?;
        if let Some(at) = outcome.position(issue) {
            write!(out, ",line={},col={}", at.line, at.column)?;
        }
        let title = format!("{} ({})", issue.code, issue.fhir_code);
        let place = issue.location.expression.as_deref().unwrap_or(&issue.location.pointer);
        let mut message = style.message(issue);
        if !place.is_empty() {
            message = format!("{place}: {message}");
        }
        let lines: Vec<String> = [message].into_iter().chain(details(issue)).collect();
        writeln!(out, ",title={}::{}", property(&title), data(&lines.join("\n")))?;
    }
    Ok(())
}

/// One notice for what was not kept, and one for what was not decided.
pub(super) fn write_end(out: &mut impl Write, tally: &Tally) -> io::Result<()> {
    if tally.omitted > 0 {
        writeln!(out, "::notice title=omitted::{}", data(&omitted_text(tally.omitted)))?;
    }
    if tally.undecided_checks() == 0 {
        return Ok(());
    }
    let mut list = Vec::new();
    tally.write_undecided(&mut list, "undecided")?;
    let list = String::from_utf8_lossy(&list);
    writeln!(out, "::notice title=undecided::{}", data(list.trim_end()))
}

/// A message: line ends and the escape itself are escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property: also what ends it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
