//! Whether an item has what the discriminators of a slice look for
//! (<https://hl7.org/fhir/R4/profiling.html#discriminator>).

use kap_fhir::{Membership, Reference};
use kap_json::{Kind, Member, Message, Node};

use super::conform::{self, Conformance};
use super::resolve::{self, Resolved};
use super::walk::{Scope, Visit, Walk};
use super::{binding, structure, value};
use crate::plan::division::{Discriminator, Given, MemberName, SliceTests, Step, Test};
use crate::plan::set::{PlanSet, UNDERSCORE};
use crate::plan::view::{DefinitionView, ElementView};

/// What is known of a question, worst first: an answer to "all of these" is the least, to "any of these" the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Answer {
    No,
    /// What would tell is not at hand.
    Unknown,
    Yes,
}

impl From<bool> for Answer {
    fn from(holds: bool) -> Answer {
        if holds { Answer::Yes } else { Answer::No }
    }
}

/// An item of a sliced element.
#[derive(Clone, Copy)]
pub(super) struct Item<'c> {
    pub(super) plain: Option<Node<'c>>,
    pub(super) shadow: Option<Node<'c>>,
    /// The first of the visits that describe it.
    pub(super) from: usize,
    pub(super) scope: Scope<'c>,
    /// Its place among the items.
    pub(super) position: usize,
}

/// A node on a discriminator's path.
#[derive(Clone, Copy)]
struct Place<'c> {
    node: Node<'c>,
    scope: Scope<'c>,
    /// Its type where the path tells it, or empty.
    type_name: &'c str,
    /// It is a reference to something that is not at hand.
    is_remote: bool,
}

impl<'c> Place<'c> {
    fn type_name(self) -> &'c str {
        let stated = self.node.get("resourceType").and_then(Node::as_str);
        stated.filter(|_| !self.is_remote).unwrap_or(self.type_name)
    }
}

/// Whether an item belongs to a slice.
pub(super) fn belongs<'c>(
    walk: &mut Walk<'c>,
    item: Item<'c>,
    slice: &'c SliceTests,
    element: ElementView<'c>,
) -> Answer {
    let mut answer = Answer::Yes;
    for discriminator in &slice.tests {
        answer = answer.min(meets(walk, item, discriminator, element));
        if answer == Answer::No {
            break;
        }
    }
    answer
}

/// Whether an item has what one discriminator looks for.
pub(super) fn meets<'c>(
    walk: &mut Walk<'c>,
    item: Item<'c>,
    discriminator: &'c Discriminator,
    element: ElementView<'c>,
) -> Answer {
    match discriminator.test {
        Test::Position(position) => Answer::from(item.position == position),
        Test::Fits => fits(walk, item, element),
        _ => match start(walk, item) {
            Some(place) => holds(walk, place, &discriminator.steps, &discriminator.test),
            None => Answer::No,
        },
    }
}

fn start<'c>(walk: &Walk<'c>, item: Item<'c>) -> Option<Place<'c>> {
    let base = walk.visits.get(item.from)?;
    Some(Place {
        node: item.plain.or(item.shadow)?,
        scope: item.scope,
        type_name: base.kind().map_or("", |kind| base.element.type_name(kind)),
        is_remote: false,
    })
}

/// Without discriminators an item belongs to the slices that it conforms to.
fn fits<'c>(walk: &mut Walk<'c>, item: Item<'c>, element: ElementView<'c>) -> Answer {
    let Some(base) = walk.visits.get(item.from).copied() else {
        return Answer::No;
    };
    let errors = conform::errors(walk, |walk, from| {
        let kind = slice_kind(base, element);
        walk.visits.extend([base, Visit { element, kind }]);
        walk.value(item.plain, item.shadow, from, item.scope);
    });
    Answer::from(errors == 0)
}

/// Which of the slice's types the value has: the one that the base sees.
pub(super) fn slice_kind(base: Visit<'_>, slice: ElementView<'_>) -> usize {
    let name = base.kind().map(|kind| base.element.type_name(kind));
    slice
        .types()
        .iter()
        .position(|kind| Some(slice.type_name(kind)) == name)
        .unwrap_or(0)
}

fn holds<'c>(walk: &mut Walk<'c>, place: Place<'c>, steps: &'c [Step], test: &'c Test) -> Answer {
    match test {
        Test::Anything => Answer::Yes,
        Test::All(tests) => {
            let answers = tests.iter().map(|test| holds(walk, place, steps, test));
            answers.min().unwrap_or(Answer::Yes)
        }
        Test::Any(tests) => {
            let answers = tests.iter().map(|test| holds(walk, place, steps, test));
            answers.max().unwrap_or(Answer::No)
        }
        Test::Below(more, inner) => any(walk, place, steps, &mut |walk, place| holds(walk, place, more, inner)),
        Test::Exists(wanted) => {
            let found = any(walk, place, steps, &mut |_, place| {
                if place.is_remote { Answer::Unknown } else { Answer::Yes }
            });
            match found {
                Answer::Unknown => Answer::Unknown,
                found => Answer::from((found == Answer::Yes) == *wanted),
            }
        }
        _ => any(walk, place, steps, &mut |walk, place| leaf(walk, place, test)),
    }
}

/// What a test says of one node.
fn leaf<'c>(walk: &mut Walk<'c>, place: Place<'c>, test: &'c Test) -> Answer {
    let node = place.node;
    match test {
        Test::Type(names) => match place.type_name() {
            "" => Answer::Unknown,
            found => Answer::from(names.iter().any(|name| name == found)),
        },
        Test::Profile { plan, row } => match definition(walk.set, *plan, *row) {
            Some(definition) => conforms(walk, place, definition),
            None => Answer::Unknown,
        },
        _ if place.is_remote => Answer::Unknown,
        Test::Is(Given::Url(url)) => Answer::from(node.as_str() == Some(url)),
        Test::Is(Given::Value { plan, row, exact }) => {
            let plan = walk.set.plans.get(*plan);
            let wanted = plan.and_then(|plan| Some((plan, plan.tables.values.get(*row as usize)?)));
            Answer::from(wanted.is_some_and(|(plan, wanted)| value::matches(plan, wanted, node, *exact)))
        }
        Test::Bound { plan, binding } => bound(walk, node, *plan, *binding),
        _ => Answer::Unknown,
    }
}

fn definition<'c>(set: &'c PlanSet<'c>, plan: usize, row: u32) -> Option<DefinitionView<'c>> {
    DefinitionView::new(set.plans.get(plan)?, row)
}

fn conforms<'c>(walk: &mut Walk<'c>, place: Place<'c>, definition: DefinitionView<'c>) -> Answer {
    if place.is_remote {
        let is_other = !place.type_name.is_empty() && place.type_name != definition.type_name();
        return if is_other { Answer::No } else { Answer::Unknown };
    }
    match conform::conforms(walk, place.node, place.scope, definition) {
        // What is open there is open in the walk of the slice, too, which counts it.
        Conformance::Conforms | Conformance::Undecided(_) => Answer::Yes,
        Conformance::Fails(_) => Answer::No,
    }
}

/// Whether one of the codes of a value belongs to a binding's value set.
fn bound(walk: &Walk<'_>, node: Node<'_>, plan: usize, binding: u32) -> Answer {
    let plan = walk.set.plans.get(plan);
    let row = plan.and_then(|plan| Some((plan, plan.tables.bindings.get(binding as usize)?)));
    let Some((plan, row)) = row else { return Answer::Unknown };
    let one = |coding: Node<'_>| {
        let text = |name| coding.get(name).and_then(Node::as_str);
        let (system, code) = match coding.as_str() {
            Some(code) => (None, Some(code)),
            None => (text("system"), text("code")),
        };
        let Some(code) = code else { return Answer::No };
        match binding::membership(walk, plan, row.value_set, system, code) {
            Membership::Member => Answer::Yes,
            Membership::NotMember => Answer::No,
            Membership::Unknown(_) => Answer::Unknown,
        }
    };
    match node.get("coding") {
        Some(codings) => codings.items().map(one).max().unwrap_or(Answer::No),
        None => one(node),
    }
}

/// The best answer that `check` gives for the nodes at the end of the steps.
fn any<'c>(
    walk: &mut Walk<'c>,
    place: Place<'c>,
    steps: &'c [Step],
    check: &mut dyn FnMut(&mut Walk<'c>, Place<'c>) -> Answer,
) -> Answer {
    let Some((step, rest)) = steps.split_first() else {
        return check(walk, place);
    };
    match step {
        Step::OfType(name) => match place.type_name() {
            found if found == name => any(walk, place, rest, check),
            "" => Answer::Unknown,
            _ => Answer::No,
        },
        _ if place.is_remote => Answer::Unknown,
        Step::Member { names, .. } => {
            let mut answer = Answer::No;
            for member in place.node.members() {
                let Some(type_name) = named(walk, &member, names) else {
                    continue;
                };
                answer = answer.max(items(walk, place, member.node, type_name, rest, check));
                if answer == Answer::Yes {
                    break;
                }
            }
            answer
        }
        Step::Extension(url) => {
            let mut answer = Answer::No;
            for extension in place.node.get("extension").into_iter().flat_map(Node::items) {
                if extension.get("url").and_then(Node::as_str) == Some(url) {
                    answer = answer.max(any(
                        walk,
                        Place {
                            node: extension,
                            ..place
                        },
                        rest,
                        check,
                    ));
                }
            }
            answer
        }
        Step::Resolve => resolved(walk, place, rest, check),
    }
}

/// The type that a member has under its name, if the name is one of those. `_name` counts: an element that has nothing
/// but extensions is there.
fn named<'c>(walk: &Walk<'c>, member: &Member<'c>, names: &'c [MemberName]) -> Option<&'c str> {
    let number = walk.number(member)? & !UNDERSCORE;
    let found = names.iter().find(|name| name.number == number)?;
    Some(&found.type_name)
}

fn items<'c>(
    walk: &mut Walk<'c>,
    holder: Place<'c>,
    node: Node<'c>,
    type_name: &'c str,
    rest: &'c [Step],
    check: &mut dyn FnMut(&mut Walk<'c>, Place<'c>) -> Answer,
) -> Answer {
    let mut go_on = |walk: &mut Walk<'c>, node: Node<'c>| {
        let scope = resolve::enter(holder.scope, node);
        let place = Place {
            node,
            scope,
            type_name,
            is_remote: false,
        };
        any(walk, place, rest, check)
    };
    match node.kind() {
        Kind::Null => Answer::No,
        Kind::Array => {
            let mut answer = Answer::No;
            for item in node.items().filter(|item| item.kind() != Kind::Null) {
                answer = answer.max(go_on(walk, item));
            }
            answer
        }
        _ => go_on(walk, node),
    }
}

fn resolved<'c>(
    walk: &mut Walk<'c>,
    place: Place<'c>,
    rest: &'c [Step],
    check: &mut dyn FnMut(&mut Walk<'c>, Place<'c>) -> Answer,
) -> Answer {
    let literal = place.node.get("reference").unwrap_or(place.node).as_str();
    let stated = place.node.get("type").and_then(Node::as_str);
    let found = literal.map_or(Resolved::Elsewhere, |text| resolve::resolve(walk, place.scope, text));
    match found {
        Resolved::Found(scope) => {
            let target = Place {
                node: scope.resource,
                scope,
                type_name: "",
                is_remote: false,
            };
            any(walk, target, rest, check)
        }
        Resolved::Missing => Answer::No,
        // A reference that has neither a literal form nor a type says nothing of its target.
        Resolved::Elsewhere => {
            let named = literal.and_then(|text| Reference::parse(text).resource_type());
            let type_name = named.or(stated).unwrap_or_default();
            let remote = Place {
                type_name,
                is_remote: true,
                ..place
            };
            any(walk, remote, rest, check)
        }
    }
}

/// The first discriminator of a slice that an item does not meet, and how many it meets before.
pub(super) fn difference<'c>(
    walk: &mut Walk<'c>,
    item: Item<'c>,
    slice: &'c SliceTests,
    element: ElementView<'c>,
) -> Option<(usize, &'c Discriminator)> {
    let mut tests = slice.tests.iter().enumerate();
    tests.find(|(_, discriminator)| meets(walk, item, discriminator, element) == Answer::No)
}

/// Says what an item has at a discriminator's path, and what the slice wants there.
pub(super) fn explain<'c>(
    walk: &mut Walk<'c>,
    item: Item<'c>,
    discriminator: &'c Discriminator,
    message: Message,
) -> Message {
    let path = match discriminator.path.as_str() {
        "$this" | "" => "the item".to_owned(),
        path => format!("`{path}`"),
    };
    let wanted = describe(walk.set, &discriminator.test);
    let mut found = None;
    if let Some(place) = start(walk, item) {
        any(walk, place, &discriminator.steps, &mut |_, place| {
            found.get_or_insert(place);
            Answer::No
        });
    }
    let Some(place) = found else {
        return message.and(format!("{path} is missing, wanted is {wanted}"));
    };
    match (&discriminator.test, scalar(place.node)) {
        (Test::Type(_), _) => {
            let message = message.and(format!("{path} has type "));
            structure::type_word(walk.set, message, place.type_name()).and(format!(", wanted is {wanted}"))
        }
        (Test::Profile { plan, row }, _) => {
            let message = message.and(format!("{path} is not {wanted}"));
            match definition(walk.set, *plan, *row)
                .map(|definition| conform::conforms(walk, place.node, place.scope, definition))
            {
                Some(Conformance::Fails(reason)) => message.and(": ").join(reason.message.clone()),
                _ => message,
            }
        }
        (_, Some(text)) => message
            .and(format!("{path} is "))
            .value(text)
            .and(format!(", wanted is {wanted}")),
        (_, None) => message.and(format!("{path} is not {wanted}")),
    }
}

/// A value as short text: a scalar, or the code of something coded.
fn scalar(node: Node<'_>) -> Option<&str> {
    match node.kind() {
        Kind::Object => {
            let coding = node.get("coding").and_then(|codings| codings.at(0)).unwrap_or(node);
            coding
                .get("code")
                .or_else(|| coding.get("value"))
                .and_then(Node::as_str)
        }
        Kind::Array | Kind::Null => None,
        _ => node.as_str().or_else(|| Some(node.raw())),
    }
}

/// What a test asks, for people.
fn describe(set: &PlanSet<'_>, test: &Test) -> String {
    let list = |tests: &[Test], word: &str| {
        let texts: Vec<String> = tests.iter().map(|test| describe(set, test)).collect();
        texts.join(word)
    };
    match test {
        Test::Is(Given::Url(url)) => format!("`{url}`"),
        Test::Is(Given::Value { plan, row, .. }) => {
            let plan = set.plans.get(*plan);
            let value = plan.and_then(|plan| Some(plan.tables.values.get(*row as usize)?.json(plan)));
            value.unwrap_or_default()
        }
        Test::Bound { plan, binding } => {
            let plan = set.plans.get(*plan);
            let canonical =
                plan.and_then(|plan| Some(plan.canonical(plan.tables.bindings.get(*binding as usize)?.value_set)));
            format!("a code of {}", canonical.unwrap_or_default())
        }
        Test::Exists(true) => "something".to_owned(),
        Test::Exists(false) => "nothing".to_owned(),
        Test::Type(names) => format!("type {}", names.join(" or ")),
        Test::Profile { plan, row } => {
            let canonical = definition(set, *plan, *row).map(DefinitionView::canonical);
            format!("what conforms to {}", canonical.unwrap_or_default())
        }
        Test::NotAtHand(canonical) => format!("what conforms to {canonical}"),
        Test::Position(position) => format!("item {position}"),
        Test::Below(steps, test) => {
            let names = steps.iter().filter_map(|step| match step {
                Step::Member { name, .. } => Some(name.as_str()),
                _ => None,
            });
            format!("{} {}", names.collect::<Vec<_>>().join("."), describe(set, test))
        }
        Test::All(tests) => list(tests, " and "),
        Test::Any(tests) => list(tests, " or "),
        Test::Fits | Test::Anything => "what the slice describes".to_owned(),
    }
}
