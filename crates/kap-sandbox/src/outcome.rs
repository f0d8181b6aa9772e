//! What a request did wrong, as an [OperationOutcome](https://hl7.org/fhir/R4/operationoutcome.html) with its HTTP status.

use std::fmt;

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use crate::habits::{Outcome, Settings};

/// A request turned down: status, FHIR issue type, what is wrong and what to do about it.
///
/// Values of resources and of search parameters never stand in the texts, for they may be a patient's.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    /// A code of [issue-type](https://hl7.org/fhir/R4/valueset-issue-type.html).
    code: &'static str,
    text: Box<str>,
    diagnostics: Box<str>,
    expression: Option<Box<str>>,
    /// The methods that would have been possible, for the `Allow` header of a 405.
    pub(crate) allow: Option<Box<str>>,
    /// The vendor's own code of the fault.
    pub(crate) vendor_code: Option<Box<str>>,
    /// In how many seconds to come back.
    pub(crate) retry_after: Option<u32>,
}

impl Refusal {
    /// `text` says what is wrong and where, `diagnostics` what to do.
    pub(crate) fn new(
        status: StatusCode,
        code: &'static str,
        text: impl Into<String>,
        diagnostics: impl Into<String>,
    ) -> Self {
        let (text, diagnostics) = (text.into().into(), diagnostics.into().into());
        Self {
            status,
            code,
            text,
            diagnostics,
            expression: None,
            allow: None,
            vendor_code: None,
            retry_after: None,
        }
    }

    /// The same with the status that a vendor has for it.
    pub(crate) fn with_status(self, status: u16) -> Self {
        Self {
            status: StatusCode::from_u16(status).unwrap_or(self.status),
            ..self
        }
    }

    /// 400: the request itself is malformed.
    pub(crate) fn bad_request(code: &'static str, text: impl Into<String>, diagnostics: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, text, diagnostics)
    }

    /// 404: nothing was ever stored there.
    pub(crate) fn not_found(what: impl fmt::Display) -> Self {
        let text = format!("{what} does not exist");
        Self::new(
            StatusCode::NOT_FOUND,
            "not-found",
            text,
            "Search for it, or create it first",
        )
    }

    /// 410: it was there, and was deleted.
    pub(crate) fn gone(what: impl fmt::Display) -> Self {
        let text = format!("{what} has been deleted");
        Self::new(
            StatusCode::GONE,
            "deleted",
            text,
            "Read an earlier version through its _history, or update it to bring it back",
        )
    }

    /// 412: the version named in `If-Match` is not the current one.
    pub(crate) fn version_conflict(what: impl fmt::Display) -> Self {
        let text = format!("the current version of {what} is not the one named in If-Match");
        Self::new(
            StatusCode::PRECONDITION_FAILED,
            "conflict",
            text,
            "Read the resource again and repeat with its ETag; nothing was written",
        )
    }

    /// 412: a condition that has to name at most one resource names several.
    pub(crate) fn multiple_matches(what: impl fmt::Display) -> Self {
        let text = format!("{what} matches more than one resource");
        Self::new(
            StatusCode::PRECONDITION_FAILED,
            "multiple-matches",
            text,
            "Use a criterion that names one resource only, such as a business identifier; nothing was written",
        )
    }

    /// 405: the address exists, the method does not.
    pub(crate) fn method_not_allowed(allow: &'static str) -> Self {
        let diagnostics = format!("Methods possible here: {allow}");
        let text = "this method is not supported at this address";
        Self {
            allow: Some(allow.into()),
            ..Self::new(StatusCode::METHOD_NOT_ALLOWED, "not-supported", text, diagnostics)
        }
    }

    /// What is wrong.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether there is no such type of resource.
    pub(crate) fn is_of_unknown_type(&self) -> bool {
        self.status == StatusCode::NOT_FOUND && self.code == "not-supported"
    }

    /// The same, naming the methods that are possible.
    pub(crate) fn allowing(self, methods: impl Into<String>) -> Self {
        Self {
            allow: Some(methods.into().into()),
            ..self
        }
    }

    /// Says which entry of a transaction it was that failed, in words and as FHIRPath.
    pub(crate) fn at_entry(mut self, index: usize, label: &str) -> Self {
        self.text = format!("entry {index} ({label}): {}", self.text).into();
        self.expression = Some(format!("Bundle.entry[{index}]").into());
        self
    }

    /// The refusal as a resource, with its words where the server has them.
    pub(crate) fn to_outcome(&self, settings: &Settings) -> Value {
        let mut details = Map::new();
        if let (Some(code), Some(system)) = (&self.vendor_code, &settings.outcome_system) {
            details.insert("coding".to_owned(), json!([{ "system": system, "code": code }]));
        }
        let mut issue = json!({ "severity": "error", "code": self.code });
        if settings.outcome != Outcome::Diagnostics {
            details.insert("text".to_owned(), json!(self.text));
        }
        if !details.is_empty() {
            issue["details"] = Value::Object(details);
        }
        match settings.outcome {
            Outcome::Both => issue["diagnostics"] = json!(self.diagnostics),
            Outcome::Details => {}
            Outcome::Diagnostics => issue["diagnostics"] = json!(format!("{}. {}", self.text, self.diagnostics)),
        }
        if let Some(expression) = &self.expression {
            issue["expression"] = json!([expression]);
        }
        json!({ "resourceType": "OperationOutcome", "issue": [issue] })
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        let diagnostics = format!("SQLite answered: {error}; nothing of this request was stored");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "exception",
            "the sandbox's database failed",
            diagnostics,
        )
    }
}

/// An OperationOutcome that reports something without refusing it.
pub(crate) fn notice(severity: &str, code: &str, text: &str, diagnostics: &str) -> Value {
    let issue = json!({ "severity": severity, "code": code, "details": { "text": text }, "diagnostics": diagnostics });
    json!({ "resourceType": "OperationOutcome", "issue": [issue] })
}
