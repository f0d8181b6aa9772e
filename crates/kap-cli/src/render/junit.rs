//! JUnit's XML: a suite for each document, a case for each finding, and one that passes where there is none.

use std::io::{self, Write};

use kap_json::{Issue, Severity};

use super::{Outcome, Style, details, omitted_text, undecided_text};

pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"kap validate\">\n";
pub(super) const TAIL: &str = "</testsuites>\n";

/// The suite of one document. Errors are failures; warnings and notes pass and are told in the case's output.
pub(super) fn write(out: &mut impl Write, outcome: &Outcome<'_>, shown: &[&Issue], style: Style) -> io::Result<()> {
    let failures = shown.iter().filter(|issue| issue.severity.is_error()).count();
    let cases = shown.len() + outcome.undecided.len();
    let suite = escaped(&outcome.label());
    writeln!(
        out,
        "  <testsuite name=\"{suite}\" tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"{}\">",
        cases.max(1),
        outcome.undecided.len()
    )?;
    for issue in shown {
        write_case(out, outcome, &suite, issue, style)?;
    }
    for undecided in &outcome.undecided {
        writeln!(
            out,
            "    <testcase classname=\"{suite}\" name=\"undecided: {}\"><skipped message=\"{}\"/></testcase>",
            escaped(&undecided.what),
            escaped(&undecided_text(
                &undecided.what,
                &undecided.reason,
                undecided.count.into()
            ))
        )?;
    }
    if cases == 0 {
        writeln!(
            out,
            "    <testcase classname=\"{suite}\" name=\"{}\"/>",
            outcome.verdict
        )?;
    }
    if outcome.omitted > 0 {
        let text = escaped(&omitted_text(outcome.omitted as u64));
        writeln!(out, "    <system-out>{text}</system-out>")?;
    }
    writeln!(out, "  </testsuite>")
}

fn write_case(out: &mut impl Write, outcome: &Outcome<'_>, suite: &str, issue: &Issue, style: Style) -> io::Result<()> {
    let place = issue.location.expression.as_deref().unwrap_or(&issue.location.pointer);
    let message = escaped(&style.message(issue));
    let mut lines = vec![format!("{} ({})", issue.severity, issue.fhir_code)];
    lines.extend(
        outcome
            .position(issue)
            .map(|at| format!("at {}:{}:{}", outcome.file(), at.line, at.column)),
    );
    lines.extend(details(issue));
    let details = escaped(&lines.join("\n"));
    let name = escaped(format!("{}: {place}", issue.code).trim_end_matches([':', ' ']));
    write!(out, "    <testcase classname=\"{suite}\" name=\"{name}\">")?;
    match issue.severity {
        Severity::Fatal | Severity::Error => {
            write!(
                out,
                "<failure type=\"{}\" message=\"{message}\">{details}</failure>",
                issue.code
            )?;
        }
        Severity::Warning | Severity::Information => write!(out, "<system-out>{message}\n{details}</system-out>")?,
    }
    writeln!(out, "</testcase>")
}

/// Text for XML. Control characters, which XML cannot hold even escaped, are replaced.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            other if other.is_control() => out.push('\u{FFFD}'),
            other => out.push(other),
        }
    }
    out
}
