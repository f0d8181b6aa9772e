//! Organizations and the places where sessions are held.

use super::patient::{Address, Telecom};
use crate::define::{codes, object};
use crate::primitive::{Identifier, Key, Line, Npi};

codes! {
    /// What an organization does.
    pub enum OrganizationType {
        /// A clinic or practice.
        Clinic = "clinic",
        /// A pharmacy.
        Pharmacy = "pharmacy",
        /// A hospital.
        Hospital = "hospital",
        /// A research institution.
        Research = "research",
        /// A payer.
        Payer = "payer",
    }
}

object! {
    /// An organization. It has an NPI or a business identifier, by which the EHR knows it.
    pub struct Organization {
        /// The source system's own id.
        pub id: Key,
        /// What it does.
        pub organization_type: OrganizationType,
        /// Its name.
        pub name: Line,
        /// Its national provider identifier.
        pub npi: Option<Npi>,
        /// Other business identifiers.
        pub identifiers: Vec<Identifier>,
        /// Ways to reach it.
        pub telecom: Vec<Telecom>,
        /// Its address.
        pub address: Option<Address>,
    }
}

object! {
    /// A place where sessions are held.
    pub struct Location {
        /// The source system's own id.
        pub id: Key,
        /// Its name.
        pub name: Line,
        /// Business identifiers, by which the EHR knows it.
        pub identifiers: Vec<Identifier>,
        /// The organization that runs it.
        pub organization_id: Option<Key>,
        /// Its address.
        pub address: Option<Address>,
    }
}
