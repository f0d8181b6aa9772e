//! A StructureDefinition against its base (<https://hl7.org/fhir/R4/profiling.html>): a profile constrains elements that
//! are there, narrows their cardinality and types, and extensions say where they belong.

mod context;
mod element;

use kap_json::{CodeInfo, Issue, Message, Node};

use super::expression::{self, Depth};
use super::extension::text;
use crate::check::walk::{Scope, Walk, location};
use crate::codes::special as codes;
use crate::plan::flags::definition;
use crate::plan::view::{DefinitionView, ElementView};

/// A definition while it is checked.
struct Check<'w, 'c> {
    walk: &'w mut Walk<'c>,
    definition: Node<'c>,
    /// `StructureDefinition.type`
    type_name: &'c str,
    /// Whether it constrains a type rather than define one.
    is_profile: bool,
    /// The root of what it derives from, with a snapshot.
    base: Option<ElementView<'c>>,
}

pub(super) fn check<'c>(walk: &mut Walk<'c>, scope: Scope<'c>) {
    let structure = scope.resource;
    // Logical models describe other things than FHIR's types.
    if text(structure, "kind") == Some("logical") {
        return;
    }
    let base = base(walk, structure);
    let is_profile = text(structure, "derivation") == Some("constraint");
    let mut check = Check {
        walk,
        definition: structure,
        type_name: text(structure, "type").unwrap_or_default(),
        is_profile,
        base: base.and_then(DefinitionView::root),
    };
    if let Some(base) = base {
        check.derivation(base);
    }
    context::check(&mut check);
    for (view, is_snapshot) in [("differential", false), ("snapshot", true)] {
        let elements = structure.get(view).and_then(|view| view.get("element"));
        for node in elements.into_iter().flat_map(Node::items) {
            element::check(&mut check, node, is_snapshot);
            // A snapshot repeats what the differential says.
            if is_snapshot || structure.get("snapshot").is_none() {
                invariants(&mut check, node);
            }
        }
    }
}

/// The expressions of an element's invariants, those of other definitions excepted.
fn invariants<'c>(check: &mut Check<'_, 'c>, element: Node<'c>) {
    for constraint in element.get("constraint").into_iter().flat_map(Node::items) {
        let source = text(constraint, "source");
        let is_own = source.is_none() || source == text(check.definition, "url");
        if let Some(expression) = constraint.get("expression").filter(|_| is_own) {
            expression::check(check.walk, expression, constraint, Depth::Meaning);
        }
    }
}

/// The definition that this one derives from.
fn base<'c>(walk: &mut Walk<'c>, structure: Node<'c>) -> Option<DefinitionView<'c>> {
    let canonical = text(structure, "baseDefinition")?;
    if Some(canonical) == text(structure, "url") {
        let message = || "the definition derives from itself".into();
        let place = structure.get("baseDefinition").unwrap_or(structure);
        walk.report(&codes::DEFINITION_CIRCULAR, place, message, None);
        return None;
    }
    let found = walk.set.definition(canonical);
    if found.is_none_or(|found| found.root().is_none()) {
        let reason = "the definition that another one derives from is not loaded";
        walk.findings.undecided(reason, canonical, 1);
    }
    found
}

impl<'c> Check<'_, 'c> {
    /// Kind and type are those of the base, or of a new type.
    fn derivation(&mut self, base: DefinitionView<'c>) {
        let is_resource = text(self.definition, "kind") == Some("resource");
        if is_resource != base.has(definition::RESOURCE) && !base.has(definition::ABSTRACT) {
            let message =
                || "the base is of another kind: a resource cannot derive from a data type, or the reverse".into();
            self.report(&codes::DEFINITION_DERIVATION, self.definition, message);
        }
        if text(self.definition, "derivation").is_none() {
            let message =
                || "a definition with a base says in `derivation` whether it constrains or specializes it".into();
            self.report(&codes::DEFINITION_DERIVATION, self.definition, message);
        }
        let same = self.type_name == base.type_name();
        if self.type_name.is_empty() || text(self.definition, "derivation").is_none() || same == self.is_profile {
            return;
        }
        let message = || {
            Message::text(if self.is_profile {
                format!("a profile of {} has that type", base.type_name())
            } else {
                format!("a new type is not called {}, as its base is", base.type_name())
            })
        };
        let (definition, message) = (self.definition, message());
        self.report(&codes::DEFINITION_DERIVATION, definition, || message);
    }

    fn report(&mut self, info: &'static CodeInfo, node: Node<'c>, message: impl FnOnce() -> Message) {
        self.walk.report(info, node, message, None);
    }

    /// Reports a fault that keeps the definition as a whole from being used: it stands on the definition, at the line of
    /// the node that is wrong.
    fn report_whole(&mut self, info: &'static CodeInfo, node: Node<'c>, message: impl FnOnce() -> Message) {
        let set = self.walk.set;
        let definition = self.definition;
        self.walk.findings.add(info.severity, || {
            let mut place = location(set, node);
            place.expression = location(set, definition).expression;
            Issue::new(info, place, message())
        });
    }
}
