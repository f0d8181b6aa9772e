//! What came of a push or a read-back, for programs.

use std::io::{self, Write};

use kap_client::{BundleReport, ItemReport, PushReport, VerifiedItem, VerifyReport};
use kap_json::Issue;
use kap_map::{Fold, Form};
use serde_json::{Value, json};

use super::json;
use crate::forms::Reason;

/// The form the outcome is printed in.
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

/// What of one bundle is not pushed as it was mapped, and why.
pub(crate) struct Told {
    pub(crate) label: String,
    pub(crate) folds: Vec<(Fold, Reason)>,
}

/// A push: one JSON document, or one line for each bundle.
pub(crate) fn write_push(
    out: &mut impl Write,
    report: &PushReport,
    told: &[Told],
    format: Format,
    reveal_values: bool,
) -> io::Result<()> {
    let bundles = report.bundles.iter().map(|report| bundle(report, told, reveal_values));
    if format == Format::Ndjson {
        return write_lines(out, bundles);
    }
    let bundles: Vec<Value> = bundles.collect();
    writeln!(
        out,
        "{}",
        json!({"bundles": bundles, "requests": report.requests, "writes": report.writes})
    )
}

/// A read-back: one JSON document, or one line for each resource.
pub(crate) fn write_verify(
    out: &mut impl Write,
    report: &VerifyReport,
    format: Format,
    reveal_values: bool,
) -> io::Result<()> {
    let items = report.items.iter().map(|item| verified(item, reveal_values));
    if format == Format::Ndjson {
        return write_lines(out, items);
    }
    writeln!(out, "{}", json!({"resources": items.collect::<Vec<Value>>()}))
}

fn write_lines(out: &mut impl Write, values: impl Iterator<Item = Value>) -> io::Result<()> {
    for value in values {
        writeln!(out, "{value}")?;
    }
    Ok(())
}

fn bundle(report: &BundleReport, told: &[Told], reveal_values: bool) -> Value {
    let told = told.iter().find(|told| !report.resumed && told.label == report.label);
    let folds = told.into_iter().flat_map(|told| &told.folds).map(fold);
    let items = report.items.iter().map(|report| item(report, reveal_values));
    json!({
        "label": report.label,
        "resumed": report.resumed,
        "issues": issues(report.finding.as_ref(), reveal_values),
        "resources": items.collect::<Vec<Value>>(),
        "folds": folds.collect::<Vec<Value>>(),
    })
}

fn fold((fold, why): &(Fold, Reason)) -> Value {
    json!({
        "key": fold.key,
        "resourceType": fold.resource_type,
        "form": fold.form.map(Form::as_str),
        "carriedBy": fold.carried_by,
        "why": why.value,
        "origin": why.origin.as_str(),
    })
}

fn item(report: &ItemReport, reveal_values: bool) -> Value {
    json!({
        "key": report.key,
        "resourceType": report.resource_type,
        "outcome": report.outcome.as_str(),
        "serverId": report.server_id,
        "issues": issues(report.finding.as_ref(), reveal_values),
    })
}

fn verified(item: &VerifiedItem, reveal_values: bool) -> Value {
    json!({
        "label": item.label,
        "key": item.key,
        "resourceType": item.resource_type,
        "serverId": item.server_id,
        "outcome": item.comparison.as_str(),
        "issues": issues(item.finding.as_ref(), reveal_values),
    })
}

fn issues(finding: Option<&Issue>, reveal_values: bool) -> Value {
    finding
        .map(|finding| json::issue(finding, reveal_values))
        .into_iter()
        .collect()
}
