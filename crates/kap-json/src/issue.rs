//! Findings about data. They are values, never errors.

use std::fmt;

use crate::{Location, Message};

/// How bad a finding is, in the words of
/// [FHIR's issue severity](https://hl7.org/fhir/R4/valueset-issue-severity.html), worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing more could be checked.
    Fatal,
    /// The data are wrong.
    Error,
    /// The data may be wrong, or will trouble a receiver.
    Warning,
    /// Worth knowing.
    Information,
}

impl Severity {
    /// The code as FHIR writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fatal => "fatal",
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Information => "information",
        }
    }

    /// Whether data with such a finding are invalid.
    pub fn is_error(self) -> bool {
        matches!(self, Self::Fatal | Self::Error)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// Everything that is fixed about one code; each crate lists its own in `codes.rs`, and `kap explain` prints it.
#[derive(Debug, PartialEq, Eq)]
pub struct CodeInfo {
    /// Kebab-case, facet first, never renamed: `cardinality-min`.
    pub code: &'static str,
    /// Severity unless an option says otherwise.
    pub severity: Severity,
    /// [FHIR's issue type](https://hl7.org/fhir/R4/valueset-issue-type.html).
    pub fhir_code: &'static str,
    /// One line: what is wrong.
    pub title: &'static str,
    /// A paragraph: why it matters and where the rule comes from.
    pub explanation: &'static str,
    /// One line: what to do.
    pub hint: &'static str,
}

/// Declares the codes of a crate: one `static` per code, and `CODES` with all of them in the order given.
///
/// Each line reads `NAME = code, severity, FHIR issue type, title, explanation, hint;`.
#[macro_export]
macro_rules! issue_codes {
    ($($name:ident = $code:literal, $severity:ident, $fhir:literal, $title:literal, $explanation:literal, $hint:literal;)*) => {
        $(#[doc = $title]
        pub static $name: $crate::CodeInfo = $crate::CodeInfo {
            code: $code,
            severity: $crate::Severity::$severity,
            fhir_code: $fhir,
            title: $title,
            explanation: $explanation,
            hint: $hint,
        };)*
        /// Every code of this crate.
        pub static CODES: &[&$crate::CodeInfo] = &[$(&$name),*];
    };
}

/// The definition that a finding rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Canonical URL with version, `url|version`.
    pub definition: String,
    /// Path or id of the element in it.
    pub element: Option<String>,
    /// Key of the constraint that is not met, where it is one: `dom-6`.
    pub constraint: Option<String>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Stable code.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// FHIR's issue type.
    pub fhir_code: &'static str,
    /// Where it is.
    pub location: Location,
    /// What is wrong, values masked on display.
    pub message: Message,
    /// The definition it rests on, where there is one.
    pub source: Option<Source>,
    /// What to do.
    pub hint: Option<String>,
}

impl Issue {
    /// A finding with the severity and hint that belong to its code.
    pub fn new(info: &CodeInfo, location: Location, message: impl Into<Message>) -> Self {
        Self {
            code: info.code,
            severity: info.severity,
            fhir_code: info.fhir_code,
            location,
            message: message.into(),
            source: None,
            hint: (!info.hint.is_empty()).then(|| info.hint.to_owned()),
        }
    }

    /// The same finding, resting on `definition` (`url|version`) and its `element`.
    #[must_use]
    pub fn with_source(mut self, definition: impl Into<String>, element: Option<String>) -> Self {
        self.source = Some(Source {
            definition: definition.into(),
            element,
            constraint: None,
        });
        self
    }

    /// The same finding, about the constraint `key` of the definition that it rests on.
    #[must_use]
    pub fn with_constraint(mut self, key: impl Into<String>) -> Self {
        if let Some(source) = &mut self.source {
            source.constraint = Some(key.into());
        }
        self
    }

    /// The same finding with a hint of its own.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same finding with another severity.
    #[must_use]
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}
