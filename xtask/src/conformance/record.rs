//! What a run found, in the form of `results.ndjson`.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result};
use kap_json::Lines;
use kap_validate::Report;
use serde_json::{Value, json};

/// One run of one document.
pub(crate) struct Run {
    pub(crate) id: String,
    pub(crate) scope: &'static str,
    pub(crate) issues: Vec<Found>,
    pub(crate) undecided: Vec<String>,
}

/// One finding.
#[derive(Clone)]
pub(crate) struct Found {
    pub(crate) severity: &'static str,
    pub(crate) is_error: bool,
    /// Our code.
    pub(crate) code: &'static str,
    /// FHIR's issue type.
    pub(crate) fhir_code: &'static str,
    pub(crate) expression: Option<String>,
    pub(crate) line: u32,
    pub(crate) text: String,
}

impl Run {
    /// What was found in `bytes`.
    pub(crate) fn new(id: &str, scope: &'static str, bytes: &[u8], report: &Report) -> Run {
        let lines = Lines::new(bytes);
        let issues = report.issues.iter().map(|issue| Found {
            severity: issue.severity.as_str(),
            is_error: issue.severity.is_error(),
            code: issue.code,
            fhir_code: issue.fhir_code,
            expression: issue.location.expression.clone(),
            line: lines.position(issue.location.offset.unwrap_or(0)).line,
            text: issue.message.reveal(),
        });
        let undecided = report
            .undecided
            .iter()
            .map(|open| format!("{}: {}", open.reason, open.what));
        Run {
            id: id.to_owned(),
            scope,
            issues: issues.collect(),
            undecided: undecided.collect(),
        }
    }

    /// The findings that make a document invalid.
    pub(crate) fn errors(&self) -> impl Iterator<Item = &Found> {
        self.issues.iter().filter(|issue| issue.is_error)
    }

    fn to_json(&self) -> Value {
        let issues = self.issues.iter().map(|issue| {
            json!({
                "severity": issue.severity,
                "code": issue.fhir_code,
                "expression": issue.expression,
                "line": issue.line,
                "text": format!("{}: {}", issue.code, issue.text),
            })
        });
        json!({"id": self.id, "scope": self.scope, "issues": issues.collect::<Vec<_>>()})
    }
}

/// Writes the runs, one a line.
pub(crate) fn write<'r>(path: &Path, runs: impl IntoIterator<Item = &'r Run>) -> Result<()> {
    let context = || format!("cannot write {}", path.display());
    let mut file = BufWriter::new(File::create(path).with_context(context)?);
    for run in runs {
        writeln!(file, "{}", run.to_json()).with_context(context)?;
    }
    file.flush().with_context(context)
}

/// The text in a member; empty where there is none.
pub(crate) fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The texts in a member that is a list.
pub(crate) fn texts<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v str> {
    let items = value.get(name).and_then(Value::as_array).into_iter().flatten();
    items.filter_map(Value::as_str)
}
