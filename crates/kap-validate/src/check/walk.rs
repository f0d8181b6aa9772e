//! The one walk over a document, for base definitions and profiles together.
//!
//! At every node the walk holds the elements that describe it: first the one of the base definition, which alone judges
//! shape and names, then those of profiles and slices, which only add demands. They lie on one stack, so that descending
//! allocates nothing.

use std::collections::HashMap;

use kap_fhir::{Primitive, path};
use kap_fhirpath::temporal::DateTime;
use kap_json::{CodeInfo, Issue, Kind, Location, Member, Message, NameTable, Node, NodeId, Severity};

use super::conform::Answers;
use super::identity::Anchors;
use super::part::Part;
use super::resolve::BundleIndex;
use super::{
    binding, bundle, cardinality, choice, coding, contained, datatype, extension, invariant, narrative, primitive,
    profile, reference, slicing, special, structure, value,
};
use crate::Options;
use crate::language::language_ranges;
use crate::plan::flags::{element, type_kind};
use crate::plan::rows;
use crate::plan::set::{PlanSet, UNDERSCORE, index};
use crate::plan::view::{DefinitionView, ElementView};
use crate::report::Findings;

/// The state of a walk.
pub(crate) struct Walk<'c> {
    pub(crate) set: &'c PlanSet<'c>,
    pub(crate) options: &'c Options,
    pub(crate) findings: Findings,
    /// Elements that describe the nodes from the root to the present one.
    pub(crate) visits: Vec<Visit<'c>>,
    /// How often each child of each visit on the way was met.
    counts: Vec<u16>,
    pub(crate) bundles: Vec<BundleIndex<'c>>,
    /// The first element with each id, by the resource it is in. Few elements have an id.
    pub(crate) ids: HashMap<(NodeId, &'c str), NodeId>,
    pub(crate) anchors: Anchors<'c>,
    pub(crate) terminology: coding::Terms<'c>,
    /// [`Options::now`], read once.
    pub(super) now: Option<DateTime>,
    /// [`Options::lang`], read once: the languages wanted, best first.
    pub(super) languages: Option<Vec<&'c str>>,
    pub(crate) conformance: Answers<'c>,
    pub(crate) sources: special::Sources<'c>,
    pub(crate) slicing: slicing::Stack<'c>,
    /// Which entries of the bundle are looked into, if not all.
    pub(crate) part: Option<Part>,
}

/// An element that describes a node, and which of its types the node has.
#[derive(Clone, Copy)]
pub(crate) struct Visit<'c> {
    pub(crate) element: ElementView<'c>,
    pub(crate) kind: usize,
}

impl<'c> Visit<'c> {
    pub(crate) fn new(element: ElementView<'c>) -> Visit<'c> {
        Visit { element, kind: 0 }
    }

    pub(crate) fn kind(self) -> Option<&'c rows::Type> {
        self.element.types().get(self.kind)
    }
}

/// The resource that a node belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope<'c> {
    pub(crate) resource: Node<'c>,
    /// The resource that contains it, if it is contained.
    pub(crate) container: Option<Node<'c>>,
    /// Its `fullUrl`, if it stands in a bundle.
    pub(crate) full_url: Option<&'c str>,
    /// The innermost bundle around it, a number in [`Walk::bundles`].
    pub(crate) bundle: Option<usize>,
}

/// An element's value in JSON: what stands under its name, and under its name with `_`.
#[derive(Clone, Copy)]
struct Value<'c> {
    plain: Option<Node<'c>>,
    shadow: Option<Node<'c>>,
}

impl<'c> Walk<'c> {
    pub(crate) fn new(set: &'c PlanSet<'c>, options: &'c Options, quiet: bool) -> Walk<'c> {
        Walk {
            set,
            options,
            findings: Findings::new(quiet, options.max_issues),
            visits: Vec::new(),
            counts: Vec::new(),
            bundles: Vec::new(),
            terminology: coding::Terms::default(),
            ids: HashMap::new(),
            anchors: Anchors::default(),
            now: options.now.as_deref().and_then(DateTime::parse),
            languages: options.lang.as_deref().and_then(language_ranges),
            conformance: Answers::default(),
            sources: special::Sources::default(),
            slicing: slicing::Stack::default(),
            part: None,
        }
    }

    /// Checks a resource against its type, the profiles it claims and those asked of it.
    pub(crate) fn resource(&mut self, scope: Scope<'c>, asked: &[DefinitionView<'c>]) {
        let node = scope.resource;
        let Some(definition) = structure::resource_type(self, node) else {
            return;
        };
        let Some(root) = definition.root() else { return };
        let from = self.visits.len();
        self.visits.push(Visit::new(root));
        profile::push(self, node, definition, asked, from);
        contained::check(self, scope);
        let scope = bundle::enter(self, scope, definition.type_name());
        self.object(node, from, scope);
        special::check(self, scope, definition.type_name());
        self.visits.truncate(from);
    }

    /// Checks the members of an object against the visits from `from` on, whose children they are.
    pub(crate) fn object(&mut self, node: Node<'c>, from: usize, scope: Scope<'c>) {
        if self.findings.is_settled() {
            return;
        }
        if node.is_empty() {
            return structure::empty_object(self, node, from);
        }
        let to = self.visits.len();
        let counts = self.counts.len();
        for at in from..to {
            let element = self.visits[at].element;
            self.counts.resize(self.counts.len() + element.children().len(), 0);
        }
        let base = self.visits[from].element;
        let is_resource = !base.row.has_parent() && base.definition().is_some_and(is_resource);
        let has_shadows = node.members().any(|member| is_shadow(&member));
        for member in node.members() {
            if !(is_resource && member.name == "resourceType") {
                self.member(node, &member, from..to, counts, has_shadows, scope);
            }
        }
        cardinality::check(self, node, from..to, counts);
        self.counts.truncate(counts);
        invariant::of_content(self, node, from..to, scope);
    }

    /// The number of a member's name. Documents that were parsed without the set's names cost a search each time.
    pub(crate) fn number(&self, member: &Member<'c>) -> Option<u16> {
        member.name_id.or_else(|| self.set.lookup(member.name))
    }

    /// How often the child of that slot was met.
    pub(crate) fn count(&self, slot: usize) -> u16 {
        self.counts.get(slot).copied().unwrap_or(0)
    }

    fn member(
        &mut self,
        holder: Node<'c>,
        member: &Member<'c>,
        visits: std::ops::Range<usize>,
        counts: usize,
        has_shadows: bool,
        scope: Scope<'c>,
    ) {
        let base = self.visits[visits.start].element;
        let name = self.number(member).unwrap_or(u16::MAX) & !UNDERSCORE;
        let Some(base_child) = child(base, name) else {
            return choice::unknown_name(self, member, base);
        };
        let value = if is_shadow(member) {
            if base_child.visit.kind().is_none_or(|kind| kind.primitive().is_none()) {
                return structure::shadow_of_complex(self, member);
            }
            if holder.members().any(|other| self.number(&other) == Some(name)) {
                // It was looked at together with the value that it belongs to.
                return;
            }
            Value {
                plain: None,
                shadow: Some(member.node),
            }
        } else {
            let shadow = has_shadows.then(|| {
                holder
                    .members()
                    .find(|other| self.number(other) == Some(name | UNDERSCORE))
            });
            Value {
                plain: Some(member.node),
                shadow: shadow.flatten().map(|other| other.node),
            }
        };
        let below = self.visits.len();
        let mut offset = counts;
        for at in visits.clone() {
            let element = self.visits[at].element;
            let found = child(element, name);
            let slot = found
                .map(|found| found.at)
                .or_else(|| choice::narrowed(self, member, element, base_child.visit));
            if let Some(slot) = slot.map(|at| offset + at) {
                if at == visits.start && self.counts[slot] > 0 {
                    return choice::again(self, member, base_child.visit.element);
                }
                self.counts[slot] = self.counts[slot].saturating_add(value.count());
            }
            self.visits.extend(found.map(|found| found.visit));
            offset += element.children().len();
        }
        self.property(value, below, scope);
        self.visits.truncate(below);
    }

    /// Checks everything that stands under one name against the visits from `from` on.
    fn property(&mut self, value: Value<'c>, from: usize, scope: Scope<'c>) {
        let base = self.visits[from].element;
        if !base.has(element::ARRAY) {
            let arrays = [value.plain, value.shadow]
                .into_iter()
                .flatten()
                .filter(|node| node.kind() == Kind::Array);
            let mut found = false;
            for node in arrays {
                structure::array_unexpected(self, node, base);
                found = true;
            }
            if !found {
                slicing::one(self, value.plain, value.shadow, from, scope);
            }
            return;
        }
        for node in [value.plain, value.shadow].into_iter().flatten() {
            structure::array(self, node, base);
        }
        slicing::all(self, value.plain, value.shadow, from, scope);
    }

    /// Checks an item, unless it is an entry of a bundle that another part looks into.
    pub(crate) fn item(&mut self, plain: Option<Node<'c>>, shadow: Option<Node<'c>>, from: usize, scope: Scope<'c>) {
        match self.part.zip(plain).and_then(|(part, node)| part.holds(node)) {
            None => self.value(plain, shadow, from, scope),
            Some(false) => {}
            Some(true) => {
                let is_muted = self.findings.mute(false);
                self.value(plain, shadow, from, scope);
                self.findings.mute(is_muted);
            }
        }
    }

    /// Checks one value: an item, or what stands under the name of an element that is not repeated.
    pub(crate) fn value(&mut self, plain: Option<Node<'c>>, shadow: Option<Node<'c>>, from: usize, scope: Scope<'c>) {
        let to = self.visits.len();
        let base = self.visits[from];
        let Some(kind) = base.kind() else { return };
        let Some(node) = plain.or(shadow) else { return };
        if kind.kind.get() == type_kind::PRIMITIVE {
            self.primitive(plain, shadow, from, scope);
        } else if structure::is_object(self, node, base.element) {
            match kind.kind.get() {
                type_kind::RESOURCE => self.nested_resource(node, from, scope),
                _ => self.complex(node, from, scope),
            }
        } else {
            return;
        }
        for at in from..to {
            let visit = self.visits[at];
            value::check(self, plain, shadow, visit.element);
        }
        match (plain, shadow) {
            (Some(node), _) => binding::check(self, node, from..to),
            (None, Some(shadow)) => binding::check_absent(self, shadow, from..to),
            (None, None) => {}
        }
        invariant::of_value(self, (plain, shadow), from..to, scope);
    }

    fn primitive(&mut self, plain: Option<Node<'c>>, shadow: Option<Node<'c>>, from: usize, scope: Scope<'c>) {
        let base = self.visits[from];
        let Some(kind) = base.kind() else { return };
        if let (Some(node), Some(primitive)) = (plain, kind.primitive()) {
            primitive::check(self, node, primitive, base.element, scope);
            if primitive == Primitive::Canonical {
                let to = self.visits.len();
                reference::canonical(self, node, from..to, scope);
            }
        }
        match shadow {
            Some(shadow) if shadow.kind() == Kind::Object => self.complex(shadow, from, scope),
            Some(shadow) => structure::shadow_not_object(self, shadow),
            None => {}
        }
    }

    /// Checks an object of a data type. What describes its members are the children of each element, or else the
    /// definition of its type.
    fn complex(&mut self, node: Node<'c>, from: usize, scope: Scope<'c>) {
        let to = self.visits.len();
        for at in from..to {
            profile::push_content(self, node, self.visits[at], to, scope);
        }
        if to == self.visits.len() {
            return;
        }
        let kind = self.visits[from].kind();
        match kind.map(|kind| kind.kind.get()) {
            Some(type_kind::EXTENSION) => extension::check(self, node, from, to),
            Some(type_kind::REFERENCE) => reference::check(self, node, from..to, scope),
            Some(type_kind::NARRATIVE) => narrative::check(self, node, scope),
            Some(kind) => datatype::check(self, node, kind, self.visits[from].element),
            None => {}
        }
        self.object(node, to, scope);
        self.visits.truncate(to);
    }

    fn nested_resource(&mut self, node: Node<'c>, from: usize, scope: Scope<'c>) {
        let is_contained = self.visits[from].element.name() == "contained";
        let entry = node
            .parent()
            .and_then(|entry| entry.get("fullUrl"))
            .and_then(Node::as_str);
        let nested = Scope {
            resource: node,
            container: is_contained.then_some(scope.resource),
            full_url: if is_contained { scope.full_url } else { entry },
            bundle: scope.bundle,
        };
        let asked = profile::of_types(self, node, from, nested);
        self.resource(nested, &asked);
    }

    /// Adds a finding about `node`.
    pub(crate) fn report(
        &mut self,
        info: &'static CodeInfo,
        node: Node<'c>,
        message: impl FnOnce() -> Message,
        source: Option<ElementView<'c>>,
    ) {
        self.report_as(info, info.severity, node, message, source);
    }

    /// Adds a finding about `node` that is worse, or less bad, than its code usually is.
    pub(crate) fn report_as(
        &mut self,
        info: &'static CodeInfo,
        severity: Severity,
        node: Node<'c>,
        message: impl FnOnce() -> Message,
        source: Option<ElementView<'c>>,
    ) {
        self.report_with(
            severity,
            node,
            || Issue::new(info, Location::default(), message()),
            source,
        );
    }

    /// Adds a finding about `node` that `issue` makes, except for its place and source.
    pub(crate) fn report_with(
        &mut self,
        severity: Severity,
        node: Node<'c>,
        issue: impl FnOnce() -> Issue,
        source: Option<ElementView<'c>>,
    ) {
        if node.is_unread() {
            // The parser has said what is wrong with the text there.
            return;
        }
        let set = self.set;
        self.findings.add(severity, || {
            let issue = Issue {
                location: location(set, node),
                ..issue().with_severity(severity)
            };
            with_source(issue, source)
        });
    }
}

/// The finding, resting on an element of a definition.
pub(super) fn with_source(issue: Issue, source: Option<ElementView<'_>>) -> Issue {
    match source.and_then(|element| Some((element.definition()?, element))) {
        Some((definition, element)) => issue.with_source(definition.canonical(), Some(element.id())),
        None => issue,
    }
}

impl Value<'_> {
    /// How many items it has; an empty array counts as one, because it has a finding of its own.
    fn count(self) -> u16 {
        let count = |node: Node<'_>| {
            if node.kind() == Kind::Array {
                node.len().max(1)
            } else {
                1
            }
        };
        let count = self.plain.map_or(0, count).max(self.shadow.map_or(0, count));
        u16::try_from(count).unwrap_or(u16::MAX)
    }
}

/// A child of an element.
#[derive(Clone, Copy)]
struct Child<'c> {
    /// Its place among the children.
    at: usize,
    visit: Visit<'c>,
}

/// The child of `element` that appears under a name.
fn child(element: ElementView<'_>, name: u16) -> Option<Child<'_>> {
    let property = element.property(name)?;
    let at = index(property.child);
    Some(Child {
        at,
        visit: Visit {
            element: element.child(at)?,
            kind: index(property.kind),
        },
    })
}

fn is_shadow(member: &Member<'_>) -> bool {
    member.name.starts_with('_')
}

pub(crate) fn is_resource(definition: DefinitionView<'_>) -> bool {
    definition.has(crate::plan::flags::definition::RESOURCE)
}

/// Where a node stands, with choices named the FHIRPath way.
pub(crate) fn location(set: &PlanSet<'_>, node: Node<'_>) -> Location {
    let mut holder_element: Option<ElementView<'_>> = None;
    let is_type = |name: &str| set.type_definition(name).is_some();
    let expression = path::expression_with(node, is_type, |holder, name| {
        if let Some(name) = holder.get("resourceType").and_then(Node::as_str) {
            holder_element = set.type_definition(name).and_then(DefinitionView::root);
        }
        let found = holder_element.and_then(|element| child(element, set.lookup(name)?));
        holder_element = found.and_then(|found| profile::content(set, found.visit));
        match found {
            Some(found) if found.visit.element.has(element::CHOICE) => found.visit.element.name().len(),
            _ => name.len(),
        }
    });
    Location::of(node).with_expression(expression)
}
