//! What an expression may ask of the world around it, and what it is evaluated on.

use std::collections::BTreeMap;

use kap_json::Node;

use crate::item::{Element, Item};
use crate::model::Model;
use crate::temporal::DateTime;
use crate::{Stop, Undecided};

/// An answer that may be open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// It cannot be told with what is at hand.
    Undecided(Undecided),
}

impl From<bool> for Answer {
    fn from(value: bool) -> Answer {
        if value { Answer::Yes } else { Answer::No }
    }
}

/// Where a reference leads.
#[derive(Clone, Debug)]
pub enum Resolved<'d> {
    /// To this resource.
    Found(Node<'d>),
    /// Nowhere: the caller knows that there is nothing.
    Missing,
    /// It cannot be told with what is at hand. Where the reference names a type (`Patient/1`), that much is known:
    /// `is` and `ofType` are decided by it, what the resource holds is not.
    Undecided(Undecided),
}

/// What FHIR's functions ask of the caller (<https://hl7.org/fhir/R4/fhirpath.html#functions>). Every method has an
/// answer of its own: undecided.
pub trait Host<'d> {
    /// The resource that `reference` names. `from` is the element that holds it, if it stands in a document: the object
    /// of a Reference, or the value of a canonical or uri.
    fn resolve(&self, reference: &str, from: Option<Node<'d>>) -> Resolved<'d> {
        let _ = from;
        Resolved::Undecided(Undecided::new("the target of the reference is not at hand", reference))
    }

    /// Whether the code, Coding or CodeableConcept `item` belongs to the value set with that canonical URL.
    fn member_of(&self, item: &Item<'d>, value_set: &str) -> Answer {
        let _ = item;
        Answer::Undecided(Undecided::new("the value set is not at hand", value_set))
    }

    /// Whether `element` conforms to the profile with that canonical URL.
    fn conforms_to(&self, element: Element<'d>, profile: &str) -> Answer {
        let _ = element;
        Answer::Undecided(Undecided::new("the profile is not at hand", profile))
    }

    /// Whether `general` is `special` or one of its ancestors in their code system.
    fn subsumes(&self, general: &Item<'d>, special: &Item<'d>) -> Answer {
        let _ = (general, special);
        Answer::Undecided(Undecided::new("the code system is not at hand", "subsumes()"))
    }

    /// The definition of an element, as an ElementDefinition.
    fn element_definition(&self, element: Element<'d>) -> Resolved<'d> {
        let _ = element;
        Resolved::Undecided(Undecided::new("definitions are not at hand", "elementDefinition()"))
    }

    /// Whether `element` belongs to the slice `name` of the profile with the canonical URL `structure`.
    fn in_slice(&self, element: Element<'d>, structure: &str, name: &str) -> Answer {
        let _ = (element, name);
        Answer::Undecided(Undecided::new("the profile is not at hand", structure))
    }

    /// The values of a variable that is neither built in nor among the variables of the context; none if it is unknown.
    fn variable(&self, name: &str) -> Option<Result<Vec<Item<'d>>, Stop>> {
        let _ = name;
        None
    }
}

/// The host that knows nothing: whatever depends on it stays undecided.
#[derive(Clone, Copy, Debug, Default)]
pub struct Isolated;

impl Host<'_> for Isolated {}

/// Variables by name, without `%`.
pub type Variables<'d> = BTreeMap<String, Vec<Item<'d>>>;

/// What an evaluation may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most items that are looked at, besides one for each byte of the resource: an invariant may well look at all of a
    /// large code system.
    pub max_steps: u32,
}

impl Default for Limits {
    /// A million steps: a thousand times what the costliest invariant of R4 takes on its own examples.
    fn default() -> Limits {
        Limits { max_steps: 1_000_000 }
    }
}

/// What an expression is evaluated on.
#[derive(Clone, Copy)]
pub struct EvaluationContext<'e, 'd> {
    /// The types. The same model that the expression was compiled with, or one that gives the same places.
    pub model: &'e dyn Model,
    /// The world around.
    pub host: &'e dyn Host<'d>,
    /// `%context`, where the expression starts.
    pub item: Element<'d>,
    /// `%resource`: the resource that holds the item. [`Element::of_resource`] is enough.
    pub resource: Element<'d>,
    /// `%rootResource`: the container, where the resource is a contained one; otherwise the resource itself.
    pub root_resource: Element<'d>,
    /// Variables that the caller supplies.
    pub variables: Option<&'e Variables<'d>>,
    /// What `now()`, `today()` and `timeOfDay()` tell.
    pub now: DateTime,
    /// What the evaluation may cost.
    pub limits: Limits,
}

impl std::fmt::Debug for EvaluationContext<'_, '_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("EvaluationContext")
            .field("item", &self.item)
            .field("resource", &self.resource)
            .field("root_resource", &self.root_resource)
            .field("now", &self.now)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

impl<'e, 'd> EvaluationContext<'e, 'd> {
    /// An evaluation on a whole resource. `now` begins as the first moment of 1970; hand in the time where it matters.
    pub fn new(model: &'e dyn Model, host: &'e dyn Host<'d>, resource: Element<'d>) -> EvaluationContext<'e, 'd> {
        EvaluationContext {
            model,
            host,
            item: resource,
            resource,
            root_resource: resource,
            variables: None,
            now: DateTime::EPOCH,
            limits: Limits::default(),
        }
    }

    /// The same, starting at `item`.
    #[must_use]
    pub fn at(self, item: Element<'d>) -> EvaluationContext<'e, 'd> {
        EvaluationContext { item, ..self }
    }
}
