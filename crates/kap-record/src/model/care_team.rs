//! Who looks after the patient during the course.

use super::life_cycle::Entry;
use super::practitioner::{Actor, Role};
use crate::define::{codes, object};
use crate::primitive::{Key, Period};

codes! {
    /// The state of a care team. <https://hl7.org/fhir/R4/valueset-care-team-status.html>
    pub enum CareTeamStatus {
        /// Being put together.
        Proposed = "proposed",
        /// At work.
        Active = "active",
        /// No longer at work.
        Inactive = "inactive",
    }
}

object! {
    /// Who looks after the patient during the course.
    pub struct CareTeam {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// Whether the team is at work.
        pub status: CareTeamStatus,
        /// When it is.
        pub period: Option<Period>,
        /// Its members.
        pub members: Vec<CareTeamMember>,
    }
}

object! {
    /// A member of the care team.
    pub struct CareTeamMember {
        /// Who it is.
        pub actor: Actor,
        /// What the member does.
        pub role: Role,
        /// When.
        pub period: Option<Period>,
    }
}
