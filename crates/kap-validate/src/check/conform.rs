//! Whether a node conforms to a definition, asked aside: a walk of that node alone whose findings do not count. Slices
//! by profile, targets of references, types with several profiles and FHIRPath's `conformsTo` ask this
//! (<https://hl7.org/fhir/R4/profiling.html>).

use std::collections::HashMap;
use std::rc::Rc;

use kap_fhir::Undecided;
use kap_json::{Issue, Node};

use super::walk::{Scope, Visit, Walk, is_resource};
use super::{bundle, profile, resolve, structure};
use crate::plan::flags::definition as flag;
use crate::plan::view::DefinitionView;
use crate::report::{Findings, Report};

/// How far conformance is followed from one resource to the next.
const MAX_DEPTH: usize = 12;

/// The answer.
#[derive(Clone, Debug)]
pub(crate) enum Conformance {
    Conforms,
    /// It does not; the first reason found.
    Fails(Rc<Issue>),
    /// No error was found, but not everything could be decided.
    Undecided(Rc<[Undecided]>),
}

/// What was answered so far: a node is asked about once for each definition.
#[derive(Debug, Default)]
pub(crate) struct Answers<'c> {
    known: HashMap<(Node<'c>, usize), Conformance>,
    depth: usize,
}

/// Whether `node`, which stands in the resource of `scope` (or is that resource), conforms to a definition.
///
/// A question that comes up again while it is being answered counts as answered with yes: a circle of references is no
/// fault of any of its members.
pub(crate) fn conforms<'c>(
    walk: &mut Walk<'c>,
    node: Node<'c>,
    scope: Scope<'c>,
    definition: DefinitionView<'c>,
) -> Conformance {
    let key = (node, std::ptr::from_ref(definition.row).addr());
    if let Some(known) = walk.conformance.known.get(&key) {
        return known.clone();
    }
    if walk.conformance.depth >= MAX_DEPTH {
        return undecided("the chain of references is too long to follow", definition.canonical());
    }
    walk.conformance.known.insert(key, Conformance::Conforms);
    walk.conformance.depth += 1;
    let answer = ask(walk, node, scope, definition);
    walk.conformance.depth -= 1;
    walk.conformance.known.insert(key, answer.clone());
    answer
}

/// As [`conforms`], for a canonical URL. `None` if no such definition is loaded.
pub(crate) fn conforms_to<'c>(
    walk: &mut Walk<'c>,
    node: Node<'c>,
    scope: Scope<'c>,
    canonical: &str,
) -> Option<Conformance> {
    let definition = walk.set.definition(canonical)?;
    Some(conforms(walk, node, scope, definition))
}

/// Whether a node conforms to one of several definitions, or to none of them.
pub(crate) enum OneOf<'c> {
    /// It conforms to this one.
    Met(DefinitionView<'c>),
    /// It may conform to this one: no error was found, but something was left open.
    Open(DefinitionView<'c>),
    /// It conforms to none; the definition with the fewest errors, and the first of them.
    NoneMet(DefinitionView<'c>, Box<Issue>),
}

/// Looks for a definition that a node conforms to. `None` if there are no definitions.
pub(crate) fn one_of<'c>(
    walk: &mut Walk<'c>,
    node: Node<'c>,
    scope: Scope<'c>,
    definitions: &[DefinitionView<'c>],
) -> Option<OneOf<'c>> {
    let mut open = None;
    for definition in definitions {
        match conforms(walk, node, scope, *definition) {
            Conformance::Conforms => return Some(OneOf::Met(*definition)),
            Conformance::Undecided(_) => open = open.or(Some(OneOf::Open(*definition))),
            Conformance::Fails(_) => {}
        }
    }
    open.or_else(|| nearest(walk, node, scope, definitions))
}

/// The definition that a node misses by the fewest errors, with the first of them.
fn nearest<'c>(
    walk: &mut Walk<'c>,
    node: Node<'c>,
    scope: Scope<'c>,
    definitions: &[DefinitionView<'c>],
) -> Option<OneOf<'c>> {
    let mut best: Option<(usize, DefinitionView<'c>, Issue)> = None;
    for definition in definitions {
        let report = aside(walk, node, scope, *definition, Findings::new(false, usize::MAX));
        let errors = report.errors;
        let first = report.issues.into_iter().find(|issue| issue.severity.is_error());
        if let Some(first) = first
            && best.as_ref().is_none_or(|(fewest, ..)| errors < *fewest)
        {
            best = Some((errors, *definition, first));
        }
    }
    best.map(|(_, definition, first)| OneOf::NoneMet(definition, Box::new(first)))
}

fn undecided(reason: &str, what: String) -> Conformance {
    let reason = reason.to_owned();
    Conformance::Undecided(Rc::from([Undecided { reason, what, count: 1 }]))
}

fn ask<'c>(walk: &mut Walk<'c>, node: Node<'c>, scope: Scope<'c>, definition: DefinitionView<'c>) -> Conformance {
    let report = aside(walk, node, scope, definition, Findings::first_error());
    match report.issues.into_iter().next() {
        Some(first) => Conformance::Fails(Rc::new(first)),
        None if report.undecided.is_empty() => Conformance::Conforms,
        None => Conformance::Undecided(report.undecided.into()),
    }
}

/// Checks a node against a definition into findings of its own.
fn aside<'c>(
    walk: &mut Walk<'c>,
    node: Node<'c>,
    scope: Scope<'c>,
    definition: DefinitionView<'c>,
    findings: Findings,
) -> Report {
    let scope = resolve::enter(scope, node);
    probe(walk, findings, |walk, from| {
        if is_resource(definition) {
            resource(walk, node, scope, definition, from);
        } else {
            value(walk, node, scope, definition, from);
        }
    })
}

/// Whether a walk that is made aside finds errors: `check` pushes its visits, which begin at the number it is given, and
/// walks.
pub(crate) fn errors<'c>(walk: &mut Walk<'c>, check: impl FnOnce(&mut Walk<'c>, usize)) -> usize {
    probe(walk, Findings::first_error(), check).errors
}

fn probe<'c>(walk: &mut Walk<'c>, findings: Findings, check: impl FnOnce(&mut Walk<'c>, usize)) -> Report {
    let outer = std::mem::replace(&mut walk.findings, findings);
    let from = walk.visits.len();
    check(walk, from);
    walk.visits.truncate(from);
    std::mem::replace(&mut walk.findings, outer).finish()
}

fn resource<'c>(walk: &mut Walk<'c>, node: Node<'c>, scope: Scope<'c>, definition: DefinitionView<'c>, from: usize) {
    let Some(base) = structure::resource_type(walk, node) else {
        return;
    };
    let is_above = matches!(definition.type_name(), "Resource" | "DomainResource");
    if !is_above && base.type_name() != definition.type_name() {
        return profile::wrong_type(walk, node, definition);
    }
    if !definition.has(flag::PROFILE) {
        // The type is all that a base definition adds: the resource is checked against it where it stands.
        return;
    }
    walk.visits.extend(base.root().map(Visit::new));
    profile::push_root(walk, definition, from);
    if walk.visits.len() > from {
        let scope = bundle::enter(walk, scope, base.type_name());
        walk.object(node, from, scope);
    }
}

/// A value of a data type. What JSON type it has is checked where it stands.
fn value<'c>(walk: &mut Walk<'c>, node: Node<'c>, scope: Scope<'c>, definition: DefinitionView<'c>, from: usize) {
    let base = walk.set.type_definition(definition.type_name());
    walk.visits.extend(base.and_then(DefinitionView::root).map(Visit::new));
    profile::push_root(walk, definition, from);
    for at in from..walk.visits.len() {
        let visit = walk.visits[at];
        super::value::check(walk, Some(node), None, visit.element);
    }
    super::binding::check(walk, node, from..walk.visits.len());
    if walk.visits.len() > from && node.kind() == kap_json::Kind::Object {
        walk.object(node, from, scope);
    }
}
