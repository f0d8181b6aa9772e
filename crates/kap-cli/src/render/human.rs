//! Findings for people. The source line is shown only when values may be shown.

use std::collections::BTreeMap;
use std::io::{self, Write};

use kap_json::{Issue, Lines, Severity};

use super::{Outcome, Style};

/// How many findings that say the same are shown in full.
const MAX_ALIKE: usize = 3;

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const RESET: &str = "\u{1b}[0m";

fn color(severity: Severity) -> &'static str {
    match severity {
        Severity::Fatal | Severity::Error => "\u{1b}[1;31m",
        Severity::Warning => "\u{1b}[1;33m",
        Severity::Information => "\u{1b}[1;36m",
    }
}

fn paint(style: Style, code: &str, text: &str) -> String {
    if style.color {
        format!("{code}{text}{RESET}")
    } else {
        text.to_owned()
    }
}

/// Every finding of one document, what stayed undecided, and a last line with the verdict.
pub(super) fn write(out: &mut impl Write, outcome: &Outcome<'_>, style: Style) -> io::Result<()> {
    let lines = Lines::new(outcome.text);
    let mut alike: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for issue in &outcome.issues {
        let count = alike.entry((issue.code, issue.message.reveal())).or_default();
        *count += 1;
        if *count <= MAX_ALIKE {
            write_issue(out, outcome, &lines, issue, style)?;
        }
    }
    for ((code, _), count) in alike.iter().filter(|(_, count)| **count > MAX_ALIKE) {
        writeln!(
            out,
            "{} more findings like the {MAX_ALIKE} above: {code} (`--format json` lists all)",
            count - MAX_ALIKE
        )?;
    }
    for undecided in &outcome.undecided {
        let times = if undecided.count == 1 {
            String::new()
        } else {
            format!(" ({} times)", undecided.count)
        };
        let label = paint(style, DIM, "undecided");
        writeln!(out, "{label}: {}{times}: {}", undecided.what, undecided.reason)?;
    }
    let place = if outcome.line > 1 {
        format!("{}:{}", outcome.file, outcome.line)
    } else {
        outcome.file.clone()
    };
    writeln!(
        out,
        "{}: {}{}",
        paint(style, BOLD, &place),
        outcome.verdict,
        counts(outcome)
    )
}

fn counts(outcome: &Outcome<'_>) -> String {
    let count = |wanted: &[Severity]| {
        outcome
            .issues
            .iter()
            .filter(|issue| wanted.contains(&issue.severity))
            .count()
    };
    let words = [
        (count(&[Severity::Fatal, Severity::Error]), "error"),
        (count(&[Severity::Warning]), "warning"),
        (count(&[Severity::Information]), "note"),
    ];
    let words: Vec<String> = words
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{number} {word}{}", if number == 1 { "" } else { "s" }))
        .collect();
    if words.is_empty() {
        String::new()
    } else {
        format!(", {}", words.join(", "))
    }
}

fn write_issue(
    out: &mut impl Write,
    outcome: &Outcome<'_>,
    lines: &Lines<'_>,
    issue: &Issue,
    style: Style,
) -> io::Result<()> {
    let head = paint(
        style,
        color(issue.severity),
        &format!("{}[{}]", issue.severity, issue.code),
    );
    let message = if style.reveal_values {
        issue.message.reveal()
    } else {
        issue.message.to_string()
    };
    writeln!(out, "{head}: {message}")?;
    let place = issue.location.expression.as_deref().unwrap_or(&issue.location.pointer);
    let position = outcome.position(lines, issue);
    let at = position.map_or(String::new(), |at| format!(":{}:{}", at.line, at.column));
    let gap = if place.is_empty() { "" } else { "  " };
    writeln!(out, "  --> {}{at}{gap}{place}", outcome.file)?;
    if let (true, Some(offset)) = (style.reveal_values, issue.location.offset) {
        let position = lines.position(offset);
        let line = String::from_utf8_lossy(lines.line(position.line));
        writeln!(out, "   |  {}", excerpt(&line, position.column as usize))?;
    }
    if let Some(source) = &issue.source {
        let element = source
            .element
            .as_ref()
            .map_or(String::new(), |element| format!(" {element}"));
        writeln!(out, "   = demanded by {}{element}", source.definition)?;
    }
    if let Some(hint) = &issue.hint {
        writeln!(out, "   = help: {hint}")?;
    }
    Ok(())
}

/// One finding in one line, for lists of them: `label: error[code]: message`.
pub(crate) fn line(label: &str, issue: &Issue, reveal_values: bool) -> String {
    let message = if reveal_values {
        issue.message.reveal()
    } else {
        issue.message.to_string()
    };
    format!("{label}: {}[{}]: {message}", issue.severity, issue.code)
}

/// The part of a long line around `column`, from 1.
fn excerpt(line: &str, column: usize) -> String {
    const WIDTH: usize = 100;
    let start = column.saturating_sub(WIDTH / 2);
    line.chars().skip(start).take(WIDTH).collect()
}
