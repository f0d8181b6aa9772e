//! The canonical URLs of the KAP guide.

/// The base of every canonical URL of the KAP guide.
pub(crate) const BASE: &str = "https://kap-fhir.org/fhir";

/// A profile of the KAP guide that a resource claims in `meta.profile`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    DosingAdministration,
    SessionEncounter,
    IntegrationProcedure,
    ScoreObservation,
    IntegrationCarePlan,
    Goal,
}

impl Profile {
    /// Its canonical URL.
    pub(crate) fn url(self) -> String {
        structure_definition(match self {
            Self::DosingAdministration => "kap-dosing-administration",
            Self::SessionEncounter => "kap-session-encounter",
            Self::IntegrationProcedure => "kap-integration-procedure",
            Self::ScoreObservation => "kap-score-observation",
            Self::IntegrationCarePlan => "kap-integration-care-plan",
            Self::Goal => "kap-goal",
        })
    }
}

/// The canonical URL of a profile or extension of the KAP guide.
pub(crate) fn structure_definition(id: &str) -> String {
    format!("{BASE}/StructureDefinition/{id}")
}

/// The canonical URL of a code system of the KAP guide.
pub(crate) fn code_system(id: &str) -> String {
    format!("{BASE}/CodeSystem/{id}")
}
