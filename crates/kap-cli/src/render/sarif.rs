//! SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>). Results come first and the tool with
//! its rules last, so that nothing has to be remembered but the codes that were found.

use std::io::{self, Write};

use kap_json::{CodeInfo, Issue, Severity};
use serde_json::{Value, json};

use super::{Outcome, Style, Tally, undecided_text};

/// The rule of what could not be decided.
const UNDECIDED: &str = "undecided";

pub(super) const HEAD: &str = concat!(
    "{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json\",",
    "\"version\":\"2.1.0\",\"runs\":[{\"columnKind\":\"unicodeCodePoints\",\"results\":[\n"
);

/// The results of one document with commas between them.
pub(super) fn write(out: &mut Vec<u8>, outcome: &Outcome<'_>, shown: &[&Issue], style: Style) -> io::Result<()> {
    let results = shown.iter().map(|issue| result(outcome, issue, style));
    let open = outcome.undecided.iter().map(|undecided| {
        let text = undecided_text(&undecided.what, &undecided.reason, undecided.count.into());
        json!({
            "ruleId": UNDECIDED,
            "kind": "open",
            "level": "none",
            "message": {"text": text},
            "locations": [{"physicalLocation": {"artifactLocation": artifact(outcome.file())}}],
        })
    });
    for (index, result) in results.chain(open).enumerate() {
        if index > 0 {
            out.extend_from_slice(b",\n");
        }
        serde_json::to_writer(&mut *out, &result)?;
    }
    Ok(())
}

fn result(outcome: &Outcome<'_>, issue: &Issue, style: Style) -> Value {
    let mut physical = json!({"artifactLocation": artifact(outcome.file())});
    if let Some(at) = outcome.position(issue) {
        physical["region"] = json!({"startLine": at.line, "startColumn": at.column});
    }
    let mut location = json!({"physicalLocation": physical});
    let place = issue.location.expression.as_deref().unwrap_or(&issue.location.pointer);
    if !place.is_empty() {
        location["logicalLocations"] = json!([{"fullyQualifiedName": place, "kind": "element"}]);
    }
    let mut properties = json!({"fhirSeverity": issue.severity.as_str(), "fhirCode": issue.fhir_code});
    if let Some(source) = &issue.source {
        properties["profile"] = json!(source.definition);
        if let Some(element) = &source.element {
            properties["element"] = json!(element);
        }
        if let Some(constraint) = &source.constraint {
            properties["constraint"] = json!(constraint);
        }
    }
    if let Some(hint) = &issue.hint {
        properties["hint"] = json!(hint);
    }
    json!({
        "ruleId": issue.code,
        "level": level(issue.severity),
        "message": {"text": style.message(issue)},
        "locations": [location],
        "properties": properties,
    })
}

/// The tool, and a rule for each code that was found.
pub(super) fn write_end(out: &mut impl Write, tally: &Tally) -> io::Result<()> {
    let mut rules: Vec<Value> = tally.infos().map(rule).collect();
    if tally.undecided_checks() > 0 {
        rules.push(json!({
            "id": UNDECIDED,
            "shortDescription": {"text": "Not decided"},
            "fullDescription": {"text": "What this check needs is not at hand, for example a code system. It is neither passed nor failed."},
            "help": {"text": "load the package that has it, or ask a terminology server"},
        }));
    }
    let driver = json!({
        "name": "kap",
        "version": env!("CARGO_PKG_VERSION"),
        "informationUri": env!("CARGO_PKG_REPOSITORY"),
        "rules": rules,
    });
    let properties = json!({"omitted": tally.omitted});
    writeln!(
        out,
        "\n],\"tool\":{{\"driver\":{driver}}},\"properties\":{properties}}}]}}"
    )
}

fn rule(info: &CodeInfo) -> Value {
    let mut rule = json!({
        "id": info.code,
        "shortDescription": {"text": info.title},
        "fullDescription": {"text": info.explanation},
        "defaultConfiguration": {"level": level(info.severity)},
        "properties": {"fhirCode": info.fhir_code},
    });
    if !info.hint.is_empty() {
        rule["help"] = json!({"text": info.hint});
    }
    rule
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Fatal | Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "note",
    }
}

/// A file as a URI reference: relative to where `kap` was started, unless it was named absolutely.
fn artifact(file: &str) -> Value {
    let is_kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte);
    let path: String = file
        .replace('\\', "/")
        .bytes()
        .map(|byte| {
            if is_kept(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    json!({"uri": format!("{scheme}{path}")})
}
