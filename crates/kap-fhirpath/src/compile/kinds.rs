//! What is known about the items of a collection before there are any.

use kap_fhir::Primitive;

use crate::code::{Namespace, TypeRef};
use crate::model::{Model, Place, Shape};

/// Beyond that many kinds a collection counts as holding anything.
const MAX_KINDS: usize = 64;

/// The System types (<http://hl7.org/fhirpath/N1/#literals>).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum System {
    Boolean,
    Integer,
    Decimal,
    String,
    Date,
    DateTime,
    Time,
    Quantity,
}

impl System {
    pub(crate) fn from_name(name: &str) -> Option<System> {
        Some(match name {
            "Boolean" => System::Boolean,
            "Integer" | "Long" => System::Integer,
            "Decimal" => System::Decimal,
            "String" => System::String,
            "Date" => System::Date,
            "DateTime" => System::DateTime,
            "Time" => System::Time,
            "Quantity" => System::Quantity,
            _ => return None,
        })
    }

    /// The System type that values of a primitive convert to (<https://hl7.org/fhir/R4/fhirpath.html#types>).
    pub(crate) fn of_primitive(primitive: Primitive) -> System {
        match primitive {
            Primitive::Boolean => System::Boolean,
            Primitive::Integer | Primitive::PositiveInt | Primitive::UnsignedInt => System::Integer,
            Primitive::Decimal => System::Decimal,
            Primitive::Date => System::Date,
            Primitive::DateTime | Primitive::Instant => System::DateTime,
            Primitive::Time => System::Time,
            _ => System::String,
        }
    }
}

/// What an item may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Place(Place, Shape),
    System(System),
    /// What `type()` gives.
    TypeInfo,
}

impl Kind {
    /// The System type it is or converts to.
    pub(crate) fn system(self, model: &dyn Model) -> Option<System> {
        match self {
            Kind::System(system) => Some(system),
            Kind::Place(_, Shape::Primitive(primitive)) => Some(System::of_primitive(primitive)),
            Kind::Place(place, Shape::Complex) if is_type(model, model.type_name(place), "Quantity") => {
                Some(System::Quantity)
            }
            _ => None,
        }
    }
}

/// What the items of a collection may be.
#[derive(Clone, Debug)]
pub(crate) struct Kinds {
    /// All that they may be; none where anything is possible.
    pub(crate) known: Option<Vec<Kind>>,
    /// Whether there may be more than one.
    pub(crate) many: bool,
    /// Whether their order means something.
    pub(crate) ordered: bool,
}

impl Kinds {
    pub(crate) fn any() -> Kinds {
        Kinds {
            known: None,
            many: true,
            ordered: true,
        }
    }

    pub(crate) fn none() -> Kinds {
        Kinds {
            known: Some(Vec::new()),
            many: false,
            ordered: true,
        }
    }

    pub(crate) fn one(kind: Kind) -> Kinds {
        Kinds {
            known: Some(vec![kind]),
            many: false,
            ordered: true,
        }
    }

    pub(crate) fn system(system: System) -> Kinds {
        Kinds::one(Kind::System(system))
    }

    pub(crate) fn single(mut self) -> Kinds {
        self.many = false;
        self
    }

    pub(crate) fn unordered(mut self) -> Kinds {
        self.ordered = false;
        self
    }

    pub(crate) fn several(mut self) -> Kinds {
        self.many = true;
        self
    }

    /// Whether nothing can be in it.
    pub(crate) fn is_none(&self) -> bool {
        self.known.as_ref().is_some_and(Vec::is_empty)
    }

    pub(crate) fn add(&mut self, kind: Kind) {
        if let Some(known) = &mut self.known
            && !known.contains(&kind)
        {
            known.push(kind);
            if known.len() > MAX_KINDS {
                self.known = None;
            }
        }
    }

    /// What may be in either.
    pub(crate) fn or(mut self, other: Kinds) -> Kinds {
        match other.known {
            None => self.known = None,
            Some(kinds) => kinds.into_iter().for_each(|kind| self.add(kind)),
        }
        self.many |= other.many;
        self.ordered &= other.ordered;
        self
    }

    /// Whether some kind satisfies `test`; true where anything is possible.
    pub(crate) fn may_be(&self, test: impl Fn(Kind) -> bool) -> bool {
        self.known
            .as_ref()
            .is_none_or(|known| known.iter().any(|kind| test(*kind)))
    }

    /// Only those kinds that satisfy `test`.
    pub(crate) fn only(mut self, test: impl Fn(Kind) -> bool) -> Kinds {
        if let Some(known) = &mut self.known {
            known.retain(|kind| test(*kind));
        }
        self
    }
}

/// Whether the type `name` is `wanted` or derives from it.
pub(crate) fn is_type(model: &dyn Model, name: &str, wanted: &str) -> bool {
    let mut name = Some(name);
    // Types derive from each other in a few steps; a model that says otherwise must not hang us.
    for _ in 0..32 {
        match name {
            Some(found) if found == wanted => return true,
            Some(found) => name = model.supertype(found),
            None => return false,
        }
    }
    false
}

impl TypeRef {
    /// Whether items of `kind` are of this type or one derived from it.
    pub(crate) fn covers(&self, kind: Kind, model: &dyn Model) -> bool {
        match kind {
            Kind::Place(place, _) => {
                self.namespace != Namespace::System && is_type(model, model.type_name(place), &self.name)
            }
            Kind::System(system) => {
                self.namespace != Namespace::Fhir
                    && (System::from_name(&self.name) == Some(system) || &*self.name == "Any")
            }
            Kind::TypeInfo => false,
        }
    }

    /// Whether such a type exists.
    pub(crate) fn exists(&self, model: &dyn Model) -> bool {
        let system = self.namespace != Namespace::Fhir
            && (System::from_name(&self.name).is_some()
                || matches!(&*self.name, "Any" | "SimpleTypeInfo" | "ClassInfo"));
        system || self.namespace == Namespace::System || model.type_place(&self.name).is_some()
    }
}
