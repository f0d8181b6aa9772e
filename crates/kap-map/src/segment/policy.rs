use kap_record::primitive::Identifier;

/// What a clinic releases beyond what leaves anyway. The default releases nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Whether the coded themes of insights leave. They tell what a session was about.
    pub insight_themes: bool,
}

/// Who receives the bundle, by a business identifier that the record's organizations or practitioners also carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// The identifier, such as an organization's NPI.
    pub identifier: Identifier,
}
