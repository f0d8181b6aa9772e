//! OperationOutcome (<https://hl7.org/fhir/R4/operationoutcome.html>): what a FHIR server would answer.

use std::io::{self, Write};

use kap_json::Issue;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Outcome, Style, omitted_text, undecided_text};

/// The code system of our codes.
const SYSTEM: &str = "https://kap-fhir.org/fhir/CodeSystem/kap-finding";
/// Which definition an issue rests on
/// (<http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-source>).
const ISSUE_SOURCE: &str = "http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-source";

pub(super) const HEAD: &str = "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[\n";
pub(super) const TAIL: &str = "\n]}\n";

/// One outcome as the entry of that number. An entry of a collection has a `fullUrl`; this one is the same each time.
pub(super) fn write_entry(out: &mut impl Write, number: u64, resource: &[u8]) -> io::Result<()> {
    let id = Uuid::new_v5(
        &Uuid::NAMESPACE_OID,
        format!("kap validate, outcome {number}").as_bytes(),
    );
    write!(out, "{{\"fullUrl\":\"urn:uuid:{id}\",\"resource\":")?;
    out.write_all(resource)?;
    out.write_all(b"}")
}

/// What is said where there was no document.
pub(super) fn nothing() -> Value {
    json!({
        "resourceType": "OperationOutcome",
        "issue": [{"severity": "information", "code": "informational", "details": {"text": "no document was read"}}],
    })
}

/// One document's OperationOutcome. The file stands in the first place of each issue's `location`, which FHIR leaves to
/// whoever writes it (`expression` has the FHIRPath).
pub(super) fn resource(outcome: &Outcome<'_>, shown: &[&Issue], style: Style) -> Value {
    let mut issues: Vec<Value> = shown.iter().map(|finding| issue(outcome, finding, style)).collect();
    issues.extend(outcome.undecided.iter().map(|undecided| {
        let text = undecided_text(&undecided.what, &undecided.reason, undecided.count.into());
        json!({
            "severity": "information",
            "code": "incomplete",
            "details": {"coding": [{"system": SYSTEM, "code": "undecided"}], "text": text},
            "location": [outcome.label()],
        })
    }));
    if outcome.omitted > 0 {
        issues.push(json!({
            "severity": "information",
            "code": "incomplete",
            "details": {"text": omitted_text(outcome.omitted as u64)},
            "location": [outcome.label()],
        }));
    }
    if issues.is_empty() {
        issues.push(json!({
            "severity": "information",
            "code": "informational",
            "details": {"text": outcome.verdict},
            "location": [outcome.label()],
        }));
    }
    json!({"resourceType": "OperationOutcome", "issue": issues})
}

fn issue(outcome: &Outcome<'_>, issue: &Issue, style: Style) -> Value {
    let mut object = json!({
        "severity": issue.severity.as_str(),
        "code": issue.fhir_code,
        "details": {
            "coding": [{"system": SYSTEM, "code": issue.code}],
            "text": style.message(issue),
        },
    });
    if let Some(source) = &issue.source {
        object["extension"] = json!([{"url": ISSUE_SOURCE, "valueString": source.definition}]);
    }
    let element = issue.source.as_ref().and_then(|source| source.element.as_ref());
    let demanded = element.map(|element| format!("demanded by {element}"));
    let diagnostics: Vec<String> = demanded.into_iter().chain(issue.hint.clone()).collect();
    if !diagnostics.is_empty() {
        object["diagnostics"] = json!(diagnostics.join("; "));
    }
    object["location"] = match outcome.position(issue) {
        Some(at) => json!([format!("{}:{}:{}", outcome.file(), at.line, at.column)]),
        None => json!([outcome.label()]),
    };
    if let Some(expression) = &issue.location.expression {
        object["expression"] = json!([expression]);
    }
    object
}
