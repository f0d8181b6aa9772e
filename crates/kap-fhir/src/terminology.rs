//! The question a terminology service answers.

/// Whether a code belongs to a value set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Membership {
    /// It does.
    Member,
    /// It does not.
    NotMember,
    /// It cannot be told; the text is the reason.
    Unknown(String),
}

/// Something that knows code systems and value sets: a server, a local store, a test double.
///
/// Only codes are handed over, never anything else of a patient's data.
pub trait Terminology: Send + Sync {
    /// Whether `code` of `system` belongs to the value set with the canonical URL `value_set` (`url` or `url|version`),
    /// as `ValueSet/$validate-code` answers it (<https://hl7.org/fhir/R4/valueset-operation-validate-code.html>).
    /// Without a `system` the value set itself has to say which one is meant.
    fn validate_code(&self, value_set: &str, system: Option<&str>, code: &str) -> Membership;
}
