//! Contexts of extensions in FHIRPath, and the invariants that the element around an extension must meet
//! (<https://hl7.org/fhir/R4/defining-extensions.html#context>).

use kap_fhirpath::{Element, EvaluationContext, Expression, Isolated, Item, Mode, Model, Outcome, Place, Variables};
use kap_json::Node;

use super::discriminate::Answer;
use super::walk::Walk;

/// The element that carries an extension, as FHIRPath sees it.
#[derive(Clone, Copy)]
pub(super) struct Holder<'c> {
    element: Element<'c>,
    resource: Element<'c>,
    extension: Node<'c>,
    place: Place,
}

impl<'c> Holder<'c> {
    pub(super) fn new(walk: &Walk<'c>, extension: Node<'c>) -> Option<Holder<'c>> {
        let node = extension.parent()?.parent()?;
        let mut members = Vec::new();
        let mut outer = node;
        while outer.get("resourceType").is_none() {
            members.extend(outer.name());
            outer = outer.parent()?;
        }
        let set = walk.set;
        let mut place = set.type_place(outer.get("resourceType")?.as_str()?)?;
        let resource = Element::resource(outer, set, place);
        let mut element = resource;
        for member in members.iter().rev() {
            let found = set.member(place, member.strip_prefix('_').unwrap_or(member), None)?;
            place = found.place;
            element = Element::new(node, place, found.shape);
        }
        let is_shadow = members.first().is_some_and(|name| name.starts_with('_'));
        if is_shadow {
            element.node = None;
            element.shadow = Some(node);
        }
        Some(Holder {
            element,
            resource,
            extension,
            place,
        })
    }

    /// Whether an invariant holds for the element; `%extension` is the extension.
    pub(super) fn meets(self, walk: &Walk<'c>, expression: &str) -> Answer {
        let Ok(compiled) = Expression::compile(expression, Some(self.place), walk.set, Mode::Lenient) else {
            return Answer::Unknown;
        };
        let mut variables = Variables::new();
        let extension = walk.set.member(self.place, "extension", None);
        if let Some(member) = extension {
            let element = Element::new(self.extension, member.place, member.shape);
            variables.insert("extension".to_owned(), vec![Item::Element(element)]);
        }
        let mut context = EvaluationContext::new(walk.set, &Isolated, self.resource).at(self.element);
        context.variables = Some(&variables);
        if let Some(now) = walk.now {
            context.now = now;
        }
        match compiled.test(&context) {
            Outcome::True | Outcome::Empty => Answer::Yes,
            Outcome::False => Answer::No,
            Outcome::Undecided(_) | Outcome::Error(_) => Answer::Unknown,
        }
    }

    /// Whether a context selects the element: what it selects on the resource has the element in it, or it is a condition
    /// that holds on the element.
    pub(super) fn is_selected(self, walk: &Walk<'c>, expression: &str) -> Answer {
        let compile = |place| Expression::compile(expression, place, walk.set, Mode::Lenient);
        let node = self.element.any_node();
        if let Ok(compiled) = compile(None) {
            let context = EvaluationContext::new(walk.set, &Isolated, self.resource);
            // What carries an extension of a primitive is the member with the leading `_`.
            let shadow = self.element.shadow;
            let is_same =
                |found: &Element<'_>| found.any_node() == node || (shadow.is_some() && found.shadow == shadow);
            let is_node = |item: &Item<'_>| item.element().is_some_and(is_same);
            match compiled.evaluate(&context) {
                Ok(items) if items.iter().any(is_node) => return Answer::Yes,
                _ => {}
            }
        }
        let Ok(compiled) = compile(Some(self.place)) else {
            return Answer::Unknown;
        };
        let context = EvaluationContext::new(walk.set, &Isolated, self.resource).at(self.element);
        match compiled.test(&context) {
            Outcome::True => Answer::Yes,
            Outcome::False | Outcome::Empty => Answer::No,
            Outcome::Undecided(_) | Outcome::Error(_) => Answer::Unknown,
        }
    }
}
