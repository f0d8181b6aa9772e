//! What the header [`Prefer`](https://hl7.org/fhir/R4/http.html#ops) asks for.

/// What happens to search parameters that the sandbox does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Handling {
    /// They are ignored and reported in the answer.
    #[default]
    Lenient,
    /// The search is refused.
    Strict,
}

/// What the answer to a write holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Returning {
    /// The resource as stored.
    #[default]
    Representation,
    /// Nothing.
    Minimal,
    /// An OperationOutcome.
    Outcome,
}

/// The preferences of one request.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Preferences {
    pub(crate) handling: Handling,
    pub(crate) returning: Returning,
}

impl Preferences {
    /// Reads the header; what the sandbox does not know is passed over, as preferences may be.
    pub(crate) fn parse(header: &str) -> Self {
        let mut preferences = Self::default();
        for preference in header.split([',', ';']).map(str::trim) {
            match preference {
                "handling=strict" => preferences.handling = Handling::Strict,
                "handling=lenient" => preferences.handling = Handling::Lenient,
                "return=minimal" => preferences.returning = Returning::Minimal,
                "return=OperationOutcome" => preferences.returning = Returning::Outcome,
                "return=representation" => preferences.returning = Returning::Representation,
                _ => {}
            }
        }
        preferences
    }
}
