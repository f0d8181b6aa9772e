//! What a server's answer means.

use kap_fhir::Membership;
use serde_json::Value;

use crate::Category;

/// Parameters by which servers say that `result` is false only because they do not know the code system.
const UNKNOWN_SYSTEM: [&str; 2] = ["x-caused-by-unknown-system", "x-unknown-system"];

/// The answers in a batch response, if there is one for each question.
pub(super) fn of_bundle(bundle: &Value, count: usize) -> Option<Vec<Membership>> {
    let entries = bundle["entry"].as_array()?;
    let is_response = bundle["type"] == "batch-response" && entries.len() == count;
    let answer = |entry: &Value| match &entry["resource"] {
        Value::Null => of_resource(&entry["response"]["outcome"]),
        resource => of_resource(resource),
    };
    is_response.then(|| entries.iter().map(answer).collect())
}

/// The answer in the output of `$validate-code`. Only a plain yes or no decides.
pub(super) fn of_resource(resource: &Value) -> Membership {
    let parameters = || resource["parameter"].as_array().into_iter().flatten();
    let result = parameters()
        .find(|parameter| parameter["name"] == "result")
        .and_then(|parameter| parameter["valueBoolean"].as_bool());
    let is_unknown_system = parameters().any(|parameter| {
        let name = parameter["name"].as_str().unwrap_or_default();
        UNKNOWN_SYSTEM.contains(&name) || (name == "issues" && says_not_found(&parameter["resource"]))
    });
    match result {
        Some(true) => Membership::Member,
        Some(false) if !is_unknown_system => Membership::NotMember,
        Some(false) => Membership::Unknown("the terminology server does not know the code system".to_owned()),
        None => Membership::Unknown("the terminology server could not tell".to_owned()),
    }
}

/// The answer where the server refused the question.
pub(super) fn refused(category: Category) -> Membership {
    Membership::Unknown(format!("the terminology server could not tell ({category})"))
}

/// Whether an OperationOutcome says that a code system or value set was not found.
fn says_not_found(outcome: &Value) -> bool {
    let issues = outcome["issue"].as_array().into_iter().flatten();
    issues.into_iter().any(|issue| {
        let codings = issue["details"]["coding"].as_array().into_iter().flatten();
        issue["code"] == "not-found" || codings.into_iter().any(|coding| coding["code"] == "not-found")
    })
}
