//! Slices: which items belong to which slice, and how many of each there are
//! (<https://hl7.org/fhir/R4/profiling.html#slicing>).

use kap_fhir::Membership;
use kap_json::{Kind, Message, Node};

use super::structure;
use super::value::matches;
use super::walk::{Scope, Visit, Walk};
use crate::codes;
use crate::plan::flags::{expectation, rules};
use crate::plan::rows::{Expectation, Slice, Slicing, UNBOUNDED};
use crate::plan::view::ElementView;

/// A sliced element that describes the present items, with how many items each slice has.
struct Sliced<'c> {
    element: ElementView<'c>,
    slicing: &'c Slicing,
    slices: &'c [Slice],
    counts: Vec<u16>,
}

/// Checks a value that does not repeat.
pub(super) fn one<'c>(
    walk: &mut Walk<'c>,
    plain: Option<Node<'c>>,
    shadow: Option<Node<'c>>,
    from: usize,
    scope: Scope<'c>,
) {
    let mut sliced = sliced(walk, from);
    item(walk, plain, shadow, from, scope, &mut sliced);
    if let Some(node) = plain.or(shadow) {
        counts(walk, node, &sliced);
    }
}

/// Checks the items of a value that repeats. Of a value that should be an array and is not, the one item is checked.
pub(super) fn all<'c>(
    walk: &mut Walk<'c>,
    plain: Option<Node<'c>>,
    shadow: Option<Node<'c>>,
    from: usize,
    scope: Scope<'c>,
) {
    let is_array = |node: &Node<'c>| node.kind() == Kind::Array;
    if !plain.iter().chain(&shadow).all(is_array) {
        return one(
            walk,
            plain.filter(|node| !is_array(node)),
            shadow.filter(|node| !is_array(node)),
            from,
            scope,
        );
    }
    if let (Some(plain), Some(shadow)) = (plain, shadow)
        && plain.len() != shadow.len()
    {
        let element = walk.visits[from].element;
        structure::misaligned(walk, shadow, element);
    }
    let mut sliced = sliced(walk, from);
    let mut values = plain.into_iter().flat_map(Node::items);
    let mut shadows = shadow.into_iter().flat_map(Node::items);
    loop {
        let (value, shadow) = (values.next(), shadows.next());
        if value.is_none() && shadow.is_none() {
            break;
        }
        // "null" holds a place in one array where only the other has something to say.
        let is_null = |node: &Node<'c>| node.kind() == Kind::Null;
        let shadow = shadow.filter(|node| !is_null(node));
        let value = value.filter(|node| !is_null(node) || shadow.is_none());
        item(walk, value, shadow, from, scope, &mut sliced);
    }
    if let Some(node) = plain.or(shadow) {
        counts(walk, node, &sliced);
    }
}

/// The sliced ones among the visits from `from` on. Most values have none, and then nothing is allocated.
fn sliced<'c>(walk: &mut Walk<'c>, from: usize) -> Vec<Sliced<'c>> {
    let mut found = Vec::new();
    for at in from..walk.visits.len() {
        let element = walk.visits[at].element;
        let Some(slicing) = element.slicing() else { continue };
        let slices = slicing.slices.of(element.plan.tables.slices);
        if slices.is_empty() {
            continue;
        }
        if let Some(reason) = open_reason(element, slices) {
            let what = format!("{} ({reason})", element.id());
            walk.findings
                .undecided("slices cannot be told apart in this version", what, 1);
            continue;
        }
        if slicing.ordered.get() != 0 || slicing.rules.get() == rules::OPEN_AT_END {
            walk.findings
                .undecided("the order of slices is not checked in this version", element.id(), 1);
        }
        let counts = vec![0; slices.len()];
        found.push(Sliced {
            element,
            slicing,
            slices,
            counts,
        });
    }
    found
}

/// Why the slices of an element cannot be told apart: one open discriminator is enough, because an item that it would
/// have claimed must not be counted elsewhere.
fn open_reason<'c>(element: ElementView<'c>, slices: &[Slice]) -> Option<&'c str> {
    let tables = &element.plan.tables;
    let expectations = slices.iter().map(|slice| slice.expectations.of(tables.expectations));
    for expectations in expectations {
        if expectations.is_empty() {
            return Some("no discriminator");
        }
        if let Some(open) = expectations.iter().find(|one| one.kind.get() == expectation::OPEN) {
            return Some(tables.text(open.detail));
        }
    }
    None
}

/// Checks one item against the visits from `from` on and the slices that it belongs to.
fn item<'c>(
    walk: &mut Walk<'c>,
    plain: Option<Node<'c>>,
    shadow: Option<Node<'c>>,
    from: usize,
    scope: Scope<'c>,
    sliced: &mut [Sliced<'c>],
) {
    let end = walk.visits.len();
    if let Some(node) = plain.or(shadow) {
        for sliced in &mut *sliced {
            assign(walk, node, from, sliced);
        }
    }
    walk.value(plain, shadow, from, scope);
    walk.visits.truncate(end);
}

/// Adds the slices that an item belongs to to the visits.
fn assign<'c>(walk: &mut Walk<'c>, node: Node<'c>, from: usize, sliced: &mut Sliced<'c>) {
    let plan = sliced.element.plan;
    let mut matched = false;
    for (slice, count) in sliced.slices.iter().zip(&mut sliced.counts) {
        let expectations = slice.expectations.of(plan.tables.expectations);
        let belongs = expectations
            .iter()
            .all(|expected| meets(walk, node, sliced.element, expected, from));
        if let (true, Some(element)) = (belongs, plan.element(slice.element.get())) {
            matched = true;
            *count = count.saturating_add(1);
            let kind = slice_kind(walk.visits[from], element);
            walk.visits.push(Visit { element, kind });
        }
    }
    if !matched && sliced.slicing.rules.get() == rules::CLOSED {
        let names: Vec<&str> = sliced
            .slices
            .iter()
            .filter_map(|slice| slice_name(sliced.element, slice))
            .collect();
        let message = || Message::text(format!("this is none of the slices allowed here: {}", names.join(", ")));
        walk.report(&codes::SLICING_UNMATCHED, node, message, Some(sliced.element));
    }
}

/// Which of the slice's types the value has: the one that the base sees.
fn slice_kind(base: Visit<'_>, slice: ElementView<'_>) -> usize {
    let name = base.kind().map(|kind| base.element.type_name(kind));
    slice
        .types()
        .iter()
        .position(|kind| Some(slice.type_name(kind)) == name)
        .unwrap_or(0)
}

fn slice_name<'c>(sliced: ElementView<'c>, slice: &Slice) -> Option<&'c str> {
    let row = sliced.plan.tables.elements.get(slice.element.get() as usize)?;
    Some(sliced.plan.tables.text(row.slice_name))
}

/// Whether what stands at the discriminator's path is what the slice expects.
fn meets<'c>(walk: &Walk<'c>, node: Node<'c>, element: ElementView<'c>, expected: &Expectation, from: usize) -> bool {
    let plan = element.plan;
    let path: Vec<&str> = expected
        .path
        .of(plan.tables.numbers)
        .iter()
        .map(|step| plan.tables.text(*step))
        .collect();
    let found = at_path(node, &path);
    let operand = expected.operand.get() as usize;
    match expected.kind.get() {
        kind @ (expectation::FIXED | expectation::PATTERN) => plan.tables.values.get(operand).is_some_and(|wanted| {
            found
                .iter()
                .any(|node| matches(plan, wanted, *node, kind == expectation::FIXED))
        }),
        expectation::EXISTS => found.is_empty() == (operand == 0),
        expectation::BINDING => found.iter().any(|node| is_bound(walk, element, operand, *node)),
        expectation::TYPE => {
            let wanted = plan.tables.text(expected.detail);
            match path.as_slice() {
                [] => walk.visits[from]
                    .kind()
                    .is_some_and(|kind| walk.visits[from].element.type_name(kind) == wanted),
                _ => found
                    .iter()
                    .any(|node| node.get("resourceType").and_then(Node::as_str) == Some(wanted)),
            }
        }
        _ => false,
    }
}

fn is_bound(walk: &Walk<'_>, element: ElementView<'_>, binding: usize, node: Node<'_>) -> bool {
    let found = element.plan.tables.bindings.get(binding);
    let Some((plan, value_set)) = found.and_then(|row| walk.set.linked_value_set(element.plan, row.value_set)) else {
        return false;
    };
    let text = |node: Node<'_>, name| node.get(name).and_then(Node::as_str).map(str::to_owned);
    let codings: Vec<Node<'_>> = node
        .get("coding")
        .map_or_else(|| vec![node], |codings| codings.items().collect());
    codings.iter().any(|coding| {
        let (system, code) = match coding.as_str() {
            Some(code) => (None, Some(code.to_owned())),
            None => (text(*coding, "system"), text(*coding, "code")),
        };
        code.is_some_and(|code| walk.set.membership(plan, value_set, system.as_deref(), &code) == Membership::Member)
    })
}

/// The nodes at a path of member names; arrays on the way are passed through, and a choice is found under any of its
/// JSON names.
fn at_path<'c>(node: Node<'c>, path: &[&str]) -> Vec<Node<'c>> {
    let mut found = vec![node];
    for step in path {
        found = found.into_iter().flat_map(|node| members(node, step)).collect();
    }
    found
}

fn members<'c>(node: Node<'c>, name: &str) -> Vec<Node<'c>> {
    let of_choice = |member: &str| {
        member
            .strip_prefix(name)
            .is_some_and(|kind| kind.starts_with(|first: char| first.is_ascii_uppercase()))
    };
    let found = node.get(name).or_else(|| {
        node.members()
            .find(|member| of_choice(member.name))
            .map(|member| member.node)
    });
    match found {
        Some(array) if array.kind() == Kind::Array => array.items().collect(),
        found => found.into_iter().collect(),
    }
}

/// Compares how many items each slice has with its cardinality.
fn counts<'c>(walk: &mut Walk<'c>, node: Node<'c>, sliced: &[Sliced<'c>]) {
    // What is missing is reported on the parent, like a missing element.
    let holder = node.parent().unwrap_or(node);
    for sliced in sliced {
        for (slice, found) in sliced.slices.iter().zip(&sliced.counts) {
            let Some(element) = sliced.element.plan.element(slice.element.get()) else {
                continue;
            };
            let (min, max) = (element.row.min.get(), element.row.max.get());
            if *found < min {
                missing(walk, holder, sliced.element, element);
            } else if *found > max && max != UNBOUNDED {
                let message = || {
                    Message::text(format!(
                        "{found} items belong to slice `{}`, at most {max} are allowed",
                        element.id()
                    ))
                };
                walk.report(&codes::SLICING_MAX, node, message, Some(element));
            }
        }
    }
}

/// A slice without items. Also called where the sliced element is absent altogether.
fn missing<'c>(walk: &mut Walk<'c>, holder: Node<'c>, sliced: ElementView<'c>, slice: ElementView<'c>) {
    let min = slice.row.min.get();
    let message = || {
        let name = slice.plan.tables.text(slice.row.slice_name);
        Message::text(format!("`{}` needs at least {min} of slice `{name}`", sliced.name()))
    };
    walk.report(&codes::SLICING_MIN, holder, message, Some(slice));
}

/// Reports the slices that are required below a sliced element that is absent.
pub(super) fn absent<'c>(walk: &mut Walk<'c>, holder: Node<'c>, sliced: ElementView<'c>) {
    let Some(slicing) = sliced.slicing() else { return };
    for slice in slicing.slices.of(sliced.plan.tables.slices) {
        if let Some(element) = sliced.plan.element(slice.element.get())
            && element.row.min.get() > 0
        {
            missing(walk, holder, sliced, element);
        }
    }
}
