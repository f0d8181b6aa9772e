//! The types of resource that a bundle may hold, and what all of them have in common.
//!
//! This list is the first half of "default deny": a type that is not here cannot be added to a bundle.

use fhirbolt::model::r4::{resources, types};
use fhirbolt::serde::SerializeResource;

/// What the foundation fills in on every resource; the mappers fill in the rest.
pub(crate) trait Resource: SerializeResource {
    /// Its type.
    const TYPE: ResourceType;

    fn meta(&mut self) -> &mut Option<Box<types::Meta>>;
    fn extension(&mut self) -> &mut Vec<types::Extension>;
    /// Adds `identifier` behind those that the mapper gave; types without this element have no place for it.
    fn identify(&mut self, identifier: types::Identifier);
}

macro_rules! resources {
    ($($name:ident $identifier:ident,)+) => {
        /// A type of resource that a bundle may hold.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum ResourceType { $($name,)+ }

        impl ResourceType {
            /// The type's name in FHIR.
            pub(crate) const fn as_str(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)+ }
            }

            fn of_name(name: &str) -> Option<Self> {
                match name { $(stringify!($name) => Some(Self::$name),)+ _ => None }
            }
        }

        $(impl Resource for resources::$name {
            const TYPE: ResourceType = ResourceType::$name;

            fn meta(&mut self) -> &mut Option<Box<types::Meta>> { &mut self.meta }
            fn extension(&mut self) -> &mut Vec<types::Extension> { &mut self.extension }
            resources! { @identify $identifier }
        })+
    };
    (@identify many) => { fn identify(&mut self, identifier: types::Identifier) { self.identifier.push(identifier); } };
    (@identify one) => { fn identify(&mut self, identifier: types::Identifier) { self.identifier = Some(Box::new(identifier)); } };
    (@identify none) => { fn identify(&mut self, _: types::Identifier) {} };
}

resources! {
    AdverseEvent one,
    CarePlan many,
    CareTeam many,
    Communication many,
    Condition many,
    Consent many,
    DocumentReference many,
    Encounter many,
    EpisodeOfCare many,
    Goal many,
    List many,
    Location many,
    Medication many,
    MedicationAdministration many,
    MedicationDispense many,
    MedicationRequest many,
    MedicationStatement many,
    Observation many,
    Organization many,
    Patient many,
    Practitioner many,
    PractitionerRole many,
    Procedure many,
    Provenance none,
    QuestionnaireResponse one,
    RelatedPerson many,
    RiskAssessment many,
    Task many,
}

/// [`ResourceType::is_administrative`], by the type's name.
pub(crate) fn is_administrative(name: &str) -> bool {
    ResourceType::of_name(name).is_some_and(ResourceType::is_administrative)
}

impl ResourceType {
    /// Whether a conditional create can find the resource by our key: R4 has no `identifier` search parameter for the other two.
    pub(crate) const fn is_found_by_key(self) -> bool {
        !matches!(self, Self::AdverseEvent | Self::Provenance)
    }

    /// Whether the resource tells nothing about the patient's treatment: such resources leave only beside others that do.
    pub(crate) const fn is_administrative(self) -> bool {
        matches!(
            self,
            Self::Patient
                | Self::Practitioner
                | Self::PractitionerRole
                | Self::Organization
                | Self::Location
                | Self::Provenance
        )
    }
}
