//! A StructureDefinition against its base (<https://hl7.org/fhir/R4/profiling.html>): a profile constrains elements that
//! are there, narrows their cardinality and types, and extensions say where they belong.

mod constraint;
mod context;
mod element;
mod obligation;
mod slicing;

use std::collections::HashSet;

use kap_json::{CodeInfo, Issue, Message, Node};

use super::extension::{CORE, text};
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
    type_name(walk, structure);
    // Logical models describe other things than FHIR's types.
    if text(structure, "kind") == Some("logical") {
        return logical_paths(walk, structure);
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
    obligation::check(&mut check);
    for (view, is_snapshot) in [("differential", false), ("snapshot", true)] {
        let elements = structure.get(view).and_then(|view| view.get("element"));
        let mut constraints = constraint::Met::default();
        let mut ids = HashSet::new();
        for node in elements.into_iter().flat_map(Node::items) {
            if let Some(id) = text(node, "id").filter(|id| !ids.insert(*id)) {
                let message = || Message::text("another element of the same view has the id ").value(id);
                check.report(&crate::codes::STRUCTURE_ID_DUPLICATE, node, message);
            }
            element::check(&mut check, node, is_snapshot);
            constraint::check(&mut check, node, &mut constraints, is_snapshot);
        }
    }
}

/// "References are URLs that are relative to http://hl7.org/fhir/StructureDefinition", and "absolute URLs are only allowed
/// in logical models" (<https://hl7.org/fhir/R4/structuredefinition-definitions.html#StructureDefinition.type>).
fn type_name<'c>(walk: &mut Walk<'c>, structure: Node<'c>) {
    let (Some(place), Some(name)) = (structure.get("type"), text(structure, "type")) else {
        return;
    };
    let is_core = |url: Option<&str>| url.is_some_and(|url| url.starts_with(CORE));
    if is_core(text(structure, "url")) || is_core(Some(name)) || name.is_empty() {
        return;
    }
    let message = if name.contains(':') {
        (text(structure, "kind") != Some("logical")).then_some("only a logical model has a type of its own, with a URL")
    } else if walk.set.type_definition(name).is_none() {
        Some("FHIR has no type of this name; a type of one's own has a URL")
    } else {
        None
    };
    if let Some(message) = message {
        walk.report(&codes::DEFINITION_TYPE_NAME, place, || message.into(), None);
    }
}

/// The paths of a logical model begin with the last part of the URL that is its type.
fn logical_paths<'c>(walk: &mut Walk<'c>, structure: Node<'c>) {
    // A model without a URL of its own describes one element of another type, as the data elements of R4 do.
    let Some((_, name)) = text(structure, "type").and_then(|name| name.rsplit_once('/')) else {
        return;
    };
    for view in ["differential", "snapshot"] {
        let elements = structure.get(view).and_then(|view| view.get("element"));
        for element in elements.into_iter().flat_map(Node::items) {
            let path = text(element, "path").unwrap_or_default();
            if !path.is_empty() && path.split('.').next() != Some(name) {
                let message = || Message::text("the path does not begin with the type: ").value(path);
                walk.report(&codes::DEFINITION_PATH, element, message, None);
            }
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

    /// Reports a fault where it is, and once that the definition as a whole cannot be used for such faults.
    fn report_twice(&mut self, info: &'static CodeInfo, node: Node<'c>, message: impl FnOnce() -> Message) {
        self.report(info, node, message);
        let message = || "no snapshot can be made of this definition".into();
        self.report(info, self.definition, message);
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
