//! Where an extension may stand: the contexts that its definition lists
//! (<https://hl7.org/fhir/R4/defining-extensions.html#context>).

use kap_json::{Message, NameTable, Node};

use super::context_expression::Holder;
use super::discriminate::Answer;
use super::profile;
use super::walk::{Visit, Walk};
use crate::codes;
use crate::plan::flags::{context, definition};
use crate::plan::rows::ExtensionContext;
use crate::plan::set::{PlanSet, index};
use crate::plan::view::{DefinitionView, ElementView};

/// Contexts that R4's own definitions forget, though the definitions that R4 publishes use the extensions there; HL7's
/// extensions pack has corrected the first two.
const FORGOTTEN: [(&str, &[&str]); 5] = [
    (
        "http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type",
        &["ElementDefinition.type"],
    ),
    (
        "http://hl7.org/fhir/StructureDefinition/structuredefinition-normative-version",
        &["CanonicalResource", "ElementDefinition"],
    ),
    (
        "http://hl7.org/fhir/StructureDefinition/regex",
        &["ElementDefinition.type"],
    ),
    (
        "http://hl7.org/fhir/StructureDefinition/translation",
        &["ValueSet.expansion.contains"],
    ),
    (
        "http://hl7.org/fhir/StructureDefinition/valueset-concept-comments",
        &["CodeSystem.concept"],
    ),
];

/// How far a type is followed up to those it derives from; FHIR's own go five steps.
const MAX_ANCESTORS: usize = 16;

/// Whether an extension may stand where it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Allowed,
    NotAllowed,
    /// Only FHIRPath could tell, and it cannot be evaluated.
    Open,
}

/// Compares the element that carries an extension with the contexts of the extension's definition.
pub(super) fn place<'c>(walk: &Walk<'c>, extension: Node<'c>, found: DefinitionView<'c>) -> Place {
    let contexts = found.row.contexts.of(found.plan.tables.contexts);
    let Some(holder) = extension.parent().and_then(Node::parent) else {
        return Place::Open;
    };
    let text = |context: &ExtensionContext| found.plan.tables.text(context.expression);
    if contexts.is_empty()
        || contexts
            .iter()
            .any(|context| is_obvious(context.kind.get(), text(context), holder))
    {
        return Place::Allowed;
    }
    let of_kind = |kind: u16| contexts.iter().filter(move |context| context.kind.get() == kind);
    let route = Route::new(walk.set, holder);
    let forgotten = FORGOTTEN.iter().filter(|(url, _)| *url == found.url());
    let mut forgotten = forgotten.flat_map(|(_, expressions)| expressions.iter());
    if of_kind(context::ELEMENT).any(|context| route.is(walk.set, text(context)))
        || forgotten.any(|expression| route.is(walk.set, expression))
    {
        Place::Allowed
    } else {
        let expressions = of_kind(context::FHIRPATH).map(text);
        let answers = expressions.map(|expression| match Holder::new(walk, extension) {
            Some(holder) => holder.is_selected(walk, expression),
            None => Answer::Unknown,
        });
        match answers.max() {
            Some(Answer::Yes) => Place::Allowed,
            Some(Answer::Unknown) => Place::Open,
            Some(Answer::No) | None => Place::NotAllowed,
        }
    }
}

/// Checks the invariants that the definition of an extension states of the element that carries it.
pub(super) fn invariants<'c>(walk: &mut Walk<'c>, extension: Node<'c>, found: DefinitionView<'c>) {
    let tables = &found.plan.tables;
    for text in found.row.context_invariants.of(tables.numbers) {
        let expression = tables.text(*text);
        let answer = match Holder::new(walk, extension) {
            Some(holder) => holder.meets(walk, expression),
            None => Answer::Unknown,
        };
        match answer {
            Answer::Yes => {}
            Answer::No => {
                let message = || {
                    let url = found.url();
                    Message::text(format!("extension {url} stands only where this holds: `{expression}`"))
                };
                walk.report(&codes::EXTENSION_CONTEXT_INVARIANT, extension, message, found.root());
            }
            Answer::Unknown => {
                let reason = "what the definition of an extension states of its context cannot be evaluated";
                walk.findings.undecided(reason, found.canonical(), 1);
            }
        }
    }
}

/// Contexts that need no look at definitions; most extensions stand in such a place.
fn is_obvious(kind: u16, expression: &str, carrier: Node<'_>) -> bool {
    let member = |name| carrier.get(name).and_then(Node::as_str);
    match kind {
        context::ELEMENT => {
            matches!(expression, "Element" | "Base") || member("resourceType").is_some_and(|name| name == expression)
        }
        context::EXTENSION => {
            // `url#code` means the extension `code` within a complex one.
            let (url, nested) = expression.split_once('#').unwrap_or((expression, ""));
            // The value of an extension counts as the extension: `_valueCode` is where more is said of a code.
            let is_value = carrier
                .name()
                .is_some_and(|name| name.trim_start_matches('_').starts_with("value"));
            let holder = carrier.parent().filter(|outer| is_value && outer.get("url").is_some());
            let holder = holder.unwrap_or(carrier);
            let own = holder.get("url").and_then(Node::as_str);
            let outer = holder.parent().and_then(Node::parent);
            match nested {
                "" => own == Some(url),
                nested => own == Some(nested) && outer.and_then(|outer| outer.get("url")?.as_str()) == Some(url),
            }
        }
        _ => false,
    }
}

/// What the contexts for an extension on `holder` are called, for messages.
pub(super) fn list(found: DefinitionView<'_>) -> String {
    let contexts = found.row.contexts.of(found.plan.tables.contexts);
    let texts: Vec<&str> = contexts
        .iter()
        .map(|context| found.plan.tables.text(context.expression))
        .collect();
    texts.join(", ")
}

/// How an element is reached from its resource, as names of elements (a choice without its type), with the types that
/// begin on the way.
struct Route<'c> {
    names: Vec<&'c str>,
    /// Types with the number of names before them. The last ones are the type of the element itself.
    types: Vec<(&'c str, usize)>,
    /// The element itself.
    element: Option<ElementView<'c>>,
    is_resource: bool,
}

impl<'c> Route<'c> {
    fn new(set: &'c PlanSet<'c>, holder: Node<'c>) -> Route<'c> {
        let mut members = Vec::new();
        let mut node = holder;
        while node.get("resourceType").is_none() {
            members.extend(node.name());
            match node.parent() {
                Some(parent) => node = parent,
                None => break,
            }
        }
        let resource = node.get("resourceType").and_then(Node::as_str).unwrap_or_default();
        let mut route = Route {
            names: Vec::new(),
            types: vec![(resource, 0)],
            element: None,
            is_resource: members.is_empty(),
        };
        let mut element = set.type_definition(resource).and_then(DefinitionView::root);
        for member in members.iter().rev() {
            let name = member.strip_prefix('_').unwrap_or(member);
            let visit = element.and_then(|element| child(set, element, name));
            let Some(visit) = visit else { return route };
            route.push(visit);
            element = profile::content(set, visit);
        }
        route
    }

    fn push(&mut self, visit: Visit<'c>) {
        let element = visit.element;
        self.names.push(element.name());
        self.element = Some(element);
        if let Some(kind) = visit.kind() {
            self.types.push((element.type_name(kind), self.names.len()));
        }
    }

    /// Whether an expression such as `HumanName.family` or `Patient.contact` means the element.
    fn is(&self, set: &PlanSet<'_>, expression: &str) -> bool {
        let expression = expression.rsplit('#').next().unwrap_or(expression);
        let mut steps = plain(expression);
        let first = steps.next().unwrap_or_default();
        let is_reached = self.types.iter().any(|(name, start)| {
            let rest = self.names.get(*start..).unwrap_or_default();
            rest.iter().copied().eq(steps.clone()) && self.is_type(set, name, first, rest.is_empty())
        });
        is_reached || self.has_id(expression)
    }

    /// Whether the element has that id in its definition, or borrows the content of the one that has.
    fn has_id(&self, expression: &str) -> bool {
        let target = |element: ElementView<'c>| element.plan.element(element.row.content_reference.get());
        let elements = [self.element, self.element.and_then(target)];
        let mut elements = elements.into_iter().flatten();
        elements.any(|element| plain(&element.id()).eq(plain(expression)))
    }

    /// Whether a type is the one that an expression names, or derives from it.
    fn is_type(&self, set: &PlanSet<'_>, name: &str, wanted: &str, is_whole: bool) -> bool {
        if name == wanted || ancestors(set, name).any(|ancestor| ancestor.type_name() == wanted) {
            return true;
        }
        // Interfaces of later versions that R4 has no types for.
        let has_url = || {
            let root = set.type_definition(name).and_then(DefinitionView::root);
            root.is_some_and(|root| child(set, root, "url").is_some())
        };
        match wanted {
            "CanonicalResource" | "MetadataResource" => is_whole && self.is_resource && has_url(),
            "DataType" => is_whole && !self.is_resource && name != "BackboneElement",
            _ => false,
        }
    }
}

/// The definitions from which a type derives, itself first.
fn ancestors<'s>(set: &'s PlanSet<'_>, name: &str) -> impl Iterator<Item = DefinitionView<'s>> {
    let first = set
        .type_definition(name)
        .filter(|found| !found.has(definition::PROFILE));
    let next = |found: &DefinitionView<'s>| set.linked_definition(found.plan, found.row.base);
    std::iter::successors(first, next).take(MAX_ANCESTORS)
}

/// The steps of an element's id without slices and `[x]`.
fn plain(id: &str) -> impl Iterator<Item = &str> + Clone {
    id.split('.').map(|step| {
        let step = step.split(':').next().unwrap_or(step);
        step.strip_suffix("[x]").unwrap_or(step)
    })
}

fn child<'s>(set: &PlanSet<'_>, element: ElementView<'s>, name: &str) -> Option<Visit<'s>> {
    let property = element.property(set.lookup(name)?)?;
    Some(Visit {
        element: element.child(index(property.child))?,
        kind: index(property.kind),
    })
}
