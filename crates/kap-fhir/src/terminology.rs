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

/// Whether a code belongs to a value set, or exists at all.
///
/// This is everything that ever leaves for a terminology service: nothing here can hold anything else of a patient's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Question<'q> {
    /// Canonical URL of the value set (`url` or `url|version`); without one, the code only has to exist in its system.
    pub value_set: Option<&'q str>,
    /// The code system. Without one the value set itself has to say which is meant.
    pub system: Option<&'q str>,
    /// The version of the code system.
    pub version: Option<&'q str>,
    /// The code.
    pub code: &'q str,
}

/// Something that knows code systems and value sets: a server, a local store, a test double.
///
/// Only codes are handed over, never anything else of a patient's data.
pub trait Terminology: Send + Sync {
    /// The answer, as `ValueSet/$validate-code` gives it
    /// (<https://hl7.org/fhir/R4/valueset-operation-validate-code.html>), or `CodeSystem/$validate-code` where there is no
    /// value set.
    fn validate_code(&self, question: &Question<'_>) -> Membership;
}
