//! Findings for people, with the line of the text that each is about.

use std::collections::BTreeMap;
use std::io::{self, Write};

use kap_json::{Issue, Severity};

use super::excerpt::{Excerpts, Show, printable};
use super::{Outcome, Style, Tally, details};

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

/// Every finding of one document, and a last line with the verdict.
pub(super) fn write(out: &mut impl Write, outcome: &Outcome<'_>, shown: &[&Issue], style: Style) -> io::Result<()> {
    if !shown.is_empty() {
        write_issues(out, outcome, shown, style)?;
    }
    writeln!(
        out,
        "{}: {}{}",
        paint(style, BOLD, &printable(&outcome.label())),
        outcome.verdict,
        counts(outcome)
    )
}

fn write_issues(out: &mut impl Write, outcome: &Outcome<'_>, shown: &[&Issue], style: Style) -> io::Result<()> {
    let mut excerpts = Excerpts::new(outcome.text(), outcome.lines(), show(outcome, style));
    let mut alike: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for issue in shown {
        let count = alike.entry((issue.code, issue.message.reveal())).or_default();
        *count += 1;
        if *count <= MAX_ALIKE {
            write_issue(out, outcome, &mut excerpts, issue, style)?;
        }
    }
    for ((code, _), count) in alike.iter().filter(|(_, count)| **count > MAX_ALIKE) {
        writeln!(
            out,
            "{} more findings like the {MAX_ALIKE} above: {code} (`--format json` lists all)",
            count - MAX_ALIKE
        )?;
    }
    Ok(())
}

/// What may be shown of the text.
fn show(outcome: &Outcome<'_>, style: Style) -> Show {
    let is_broken = |issue: &Issue| issue.code.starts_with("json-") && issue.code != "json-duplicate-key";
    match style.reveal_values {
        true => Show::All,
        false if outcome.issues.iter().any(is_broken) => Show::Structure,
        false => Show::Names,
    }
}

/// What stands at the end of a run: the counts if they are wanted, and what was not decided.
pub(super) fn write_end(out: &mut impl Write, tally: &Tally, style: Style) -> io::Result<()> {
    tally.write_undecided(out, &paint(style, DIM, "undecided"))?;
    if style.summary {
        tally.write_summary(out)?;
    }
    Ok(())
}

fn counts(outcome: &Outcome<'_>) -> String {
    let count = |wanted: &[Severity]| {
        let issues = outcome.issues.iter();
        issues.filter(|issue| wanted.contains(&issue.severity)).count()
    };
    let undecided = outcome.undecided.iter().map(|undecided| undecided.count as usize).sum();
    let words = [
        (count(&[Severity::Fatal, Severity::Error]), "error"),
        (count(&[Severity::Warning]), "warning"),
        (count(&[Severity::Information]), "note"),
        (undecided, "undecided check"),
        (outcome.omitted, "more finding"),
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
    excerpts: &mut Excerpts<'_, '_>,
    issue: &Issue,
    style: Style,
) -> io::Result<()> {
    let head = format!("{}[{}]", issue.severity, issue.code);
    let head = paint(style, color(issue.severity), &head);
    writeln!(out, "{head}: {}", printable(&style.message(issue)))?;
    let place = issue.location.expression.as_deref().unwrap_or(&issue.location.pointer);
    let position = outcome.position(issue);
    let at = position.map_or(String::new(), |at| format!(":{}:{}", at.line, at.column));
    let gap = if place.is_empty() { "" } else { "  " };
    writeln!(out, "  --> {}{at}{gap}{}", printable(outcome.file()), printable(place))?;
    if let Some(excerpt) = issue.location.offset.and_then(|offset| excerpts.at(offset)) {
        let carets = paint(style, color(issue.severity), &"^".repeat(excerpt.width));
        writeln!(out, "   |  {}", excerpt.line)?;
        writeln!(out, "   |  {}{carets}", " ".repeat(excerpt.column))?;
    }
    for detail in details(issue) {
        writeln!(out, "   = {}", printable(&detail))?;
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
    printable(&format!("{label}: {}[{}]: {message}", issue.severity, issue.code))
}
