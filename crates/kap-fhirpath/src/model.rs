//! What the caller says about types: the one thing this crate does not know by itself.

use kap_fhir::Primitive;

/// An element of some type's definition, or the root of a type. What the number means is the caller's own business.
///
/// A place tells which children there are and what type its values have. For a choice it tells also which of the types
/// was chosen. Backbone elements, and elements that repeat another's content (`contentReference`), are places like any
/// other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place(pub u64);

impl Place {
    /// Where a resource stands whose type nobody has looked up yet ([`Element::of_resource`](crate::Element::of_resource)).
    pub const UNRESOLVED: Place = Place(u64::MAX);
}

/// What the values at a place are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A primitive: the value stands under the member's name, id and extensions under the name with `_`.
    Primitive(Primitive),
    /// An object.
    Complex,
    /// A resource, whose `resourceType` says which one.
    Resource,
}

/// A JSON member by which a child of a place appears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member<'m> {
    /// The JSON name, for example `valueQuantity`, without `_`.
    pub name: &'m str,
    /// Its number in the [`NameTable`](kap_json::NameTable) that documents are parsed with, if there is one.
    pub number: Option<u16>,
    /// The number of the name with a `_` in front, likewise.
    pub shadow_number: Option<u16>,
    /// Where it leads.
    pub place: Place,
    /// What the values there are.
    pub shape: Shape,
    /// Whether the element may occur more than once.
    pub repeats: bool,
}

/// The types that expressions are about.
///
/// Documents have to be parsed with the same [`NameTable`](kap_json::NameTable) whose numbers this model gives, or with
/// none.
pub trait Model: Send + Sync {
    /// The root of the type of that name: `Patient`, `HumanName`, `string`.
    fn type_place(&self, type_name: &str) -> Option<Place>;

    /// The JSON members by which the child with the FHIRPath name `name` appears below `place`: several where it is a
    /// choice (`value` has `valueQuantity`, `valueString`, …), none where there is no such child. A primitive has the
    /// children `id` and `extension`.
    fn members(&self, place: Place, name: &str) -> Vec<Member<'_>>;

    /// Where the JSON member called `name` (without `_`) leads from `place`; `number` is what its name has in the table
    /// that the document was parsed with.
    fn member(&self, place: Place, name: &str, number: Option<u16>) -> Option<Member<'_>>;

    /// The name of the type that values have at `place`: `HumanName`, `BackboneElement`, `code`.
    fn type_name(&self, place: Place) -> &str;

    /// The type that the type of that name derives from: `Quantity` for `Age`, `DomainResource` for `Patient`.
    fn supertype(&self, type_name: &str) -> Option<&str>;

    /// What values at `place` are.
    fn shape(&self, place: Place) -> Shape;
}
