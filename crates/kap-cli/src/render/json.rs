//! Findings for programs: the line that `kap validate --format ndjson` prints. The members stand in the order of the fields.

use kap_fhir::Undecided;
use kap_json::{Issue, Position};
use serde::Serialize;

use super::{Outcome, Style};

/// One outcome as one JSON object.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Printed<'o> {
    file: &'o str,
    line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_type: Option<&'o str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'o str>,
    verdict: &'o str,
    issues: Vec<Finding<'o>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    omitted: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    undecided: Vec<Open<'o>>,
}

/// One finding as one JSON object.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'o> {
    severity: &'o str,
    code: &'o str,
    fhir_code: &'o str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expression: Option<&'o str>,
    /// Only where there is no expression.
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<&'o str>,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<&'o str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    element: Option<&'o str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    constraint: Option<&'o str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'o str>,
}

/// Something that was not decided.
#[derive(Serialize)]
struct Open<'o> {
    what: &'o str,
    reason: &'o str,
    count: u32,
}

/// One outcome as one JSON object.
pub(crate) fn outcome<'o>(outcome: &'o Outcome<'_>, shown: &[&'o Issue], style: Style) -> impl Serialize + use<'o> {
    let finding = |finding: &&'o Issue| self::finding(finding, outcome.position(finding), style.reveal_values);
    let open = |undecided: &'o Undecided| Open {
        what: &undecided.what,
        reason: &undecided.reason,
        count: undecided.count,
    };
    Printed {
        file: outcome.file(),
        line: outcome.line(),
        resource_type: outcome.resource_type.as_deref(),
        id: outcome.id.as_deref(),
        verdict: outcome.verdict,
        issues: shown.iter().map(finding).collect(),
        omitted: (outcome.omitted > 0).then_some(outcome.omitted),
        undecided: outcome.undecided.iter().map(open).collect(),
    }
}

/// One finding as one JSON object; `position` where its text is at hand.
pub(crate) fn issue(issue: &Issue, reveal_values: bool) -> impl Serialize {
    finding(issue, None, reveal_values)
}

fn finding(issue: &Issue, position: Option<Position>, reveal_values: bool) -> Finding<'_> {
    let message = if reveal_values {
        issue.message.reveal()
    } else {
        issue.message.to_string()
    };
    let expression = issue.location.expression.as_deref();
    let source = issue.source.as_ref();
    Finding {
        severity: issue.severity.as_str(),
        code: issue.code,
        fhir_code: issue.fhir_code,
        expression,
        pointer: expression.is_none().then_some(issue.location.pointer.as_str()),
        message,
        line: position.map(|position| position.line),
        column: position.map(|position| position.column),
        profile: source.map(|source| source.definition.as_str()),
        element: source.and_then(|source| source.element.as_deref()),
        constraint: source.and_then(|source| source.constraint.as_deref()),
        hint: issue.hint.as_deref(),
    }
}
