//! Where a resource comes from.

use kap_record::model::life_cycle::{Entry, Keyed};
use kap_record::primitive;

use crate::place::Placed;
use crate::profile::Profile;

/// Where a resource comes from: the object whose id names it, its place in the record, and its entry there.
#[derive(Clone)]
pub(crate) struct Source<'r> {
    pub(crate) names: Vec<&'r str>,
    /// Whether the object belongs to this course; patient, professionals, organizations and places are the clinic's.
    pub(crate) in_course: bool,
    pub(crate) pointer: String,
    pub(crate) entry: Option<&'r Entry>,
    pub(crate) profile: Option<Profile>,
    pub(crate) known_as: Option<primitive::Identifier>,
}

impl<'r> Source<'r> {
    /// The main resource of an object with a life of its own.
    pub(crate) fn of<T: Keyed>(object: &Placed<'r, T>) -> Self {
        let placed = object.object();
        Self {
            entry: Some(placed.entry()),
            in_course: true,
            ..Self::listed(T::KIND.as_str(), placed.id(), object.pointer())
        }
    }

    /// The resource of an object that has an id but no entry: patient, practitioner, organization, location.
    pub(crate) fn listed(kind: &'static str, id: &'r primitive::Key, pointer: &str) -> Self {
        Self {
            names: vec![kind, id.as_str()],
            in_course: false,
            pointer: pointer.to_owned(),
            entry: None,
            profile: None,
            known_as: None,
        }
    }

    /// The same, but what it says holds for this course only.
    pub(crate) fn in_course(mut self) -> Self {
        self.in_course = true;
        self
    }

    /// A further resource that the same object gives rise to, named by what it is. The name never changes: the key derives from it.
    pub(crate) fn part(mut self, name: &'static str) -> Self {
        self.names.push(name);
        self
    }

    /// A resource that a part of the object gives rise to; the part has an id of its own within the object.
    pub(crate) fn member<T>(mut self, name: &'static str, id: &'r primitive::Key, place: &Placed<'r, T>) -> Self {
        self.names.extend([name, id.as_str()]);
        self.at(place.pointer())
    }

    /// The same resource, more closely placed.
    pub(crate) fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = pointer.into();
        self
    }

    /// The same resource, claiming a profile of the KAP guide.
    pub(crate) fn claiming(mut self, profile: Profile) -> Self {
        self.profile = Some(profile);
        self
    }

    /// The same resource, which the EHR knows by a business identifier.
    pub(crate) fn known_as(mut self, identifier: Option<primitive::Identifier>) -> Self {
        self.known_as = identifier;
        self
    }
}
