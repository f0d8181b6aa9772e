//! Slices: which items belong to which slice, in which order, and how many of each there are
//! (<https://hl7.org/fhir/R4/profiling.html#slicing>).

use kap_json::{Kind, Message, Node};

use super::discriminate::{self, Answer, Item};
use super::structure;
use super::walk::{Scope, Visit, Walk};
use crate::codes;
use crate::plan::division::{Division, SliceTests};
use crate::plan::flags::rules;
use crate::plan::rows::UNBOUNDED;
use crate::plan::view::ElementView;

/// How deep slices may be sliced again.
const MAX_DEPTH: usize = 8;

/// The sliced elements whose items are being looked at, from the outermost on. They lie on one stack, as visits do, so
/// that nothing is allocated for an item.
#[derive(Debug, Default)]
pub(crate) struct Stack<'c> {
    sliced: Vec<Sliced<'c>>,
    counts: Vec<Count>,
}

/// A sliced element that describes the present items.
#[derive(Clone, Copy, Debug)]
struct Sliced<'c> {
    element: ElementView<'c>,
    division: &'c Division,
    rules: u16,
    is_ordered: bool,
    /// Where the counts of its slices begin.
    counts: usize,
    /// The count of the slice that it divides again.
    within: Option<usize>,
    /// The last slice that an item belonged to.
    last: usize,
    /// An item belonged to no slice.
    has_unmatched: bool,
}

/// The items of one slice.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    sure: u16,
    /// Items that may belong to it.
    possible: u16,
    /// The present item belongs to it.
    has_item: bool,
}

/// Checks a value that does not repeat.
pub(super) fn one<'c>(
    walk: &mut Walk<'c>,
    plain: Option<Node<'c>>,
    shadow: Option<Node<'c>>,
    from: usize,
    scope: Scope<'c>,
) {
    let first = open(walk, from);
    let item = Item {
        plain,
        shadow,
        from,
        scope,
        position: 0,
    };
    check_item(walk, item, first);
    close(walk, plain.or(shadow), first, scope);
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
        let plain = plain.filter(|node| !is_array(node));
        let shadow = shadow.filter(|node| !is_array(node));
        return one(walk, plain, shadow, from, scope);
    }
    if let (Some(plain), Some(shadow)) = (plain, shadow)
        && plain.len() != shadow.len()
    {
        let element = walk.visits[from].element;
        structure::misaligned(walk, shadow, element);
    }
    let first = open(walk, from);
    let mut position = 0;
    each(plain, shadow, |plain, shadow| {
        let item = Item {
            plain,
            shadow,
            from,
            scope,
            position,
        };
        check_item(walk, item, first);
        position += 1;
    });
    close(walk, plain.or(shadow), first, scope);
}

/// The items of two arrays that belong together.
fn each<'c>(
    plain: Option<Node<'c>>,
    shadow: Option<Node<'c>>,
    mut item: impl FnMut(Option<Node<'c>>, Option<Node<'c>>),
) {
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
        item(value, shadow);
    }
}

/// Puts the sliced ones among the visits from `from` on onto the stack; answers where they begin.
fn open(walk: &mut Walk<'_>, from: usize) -> usize {
    let first = walk.slicing.sliced.len();
    for at in from..walk.visits.len() {
        let element = walk.visits[at].element;
        push(walk, element, None, 0);
    }
    first
}

fn push<'c>(walk: &mut Walk<'c>, element: ElementView<'c>, within: Option<usize>, depth: usize) {
    let Some(slicing) = element.slicing() else { return };
    let rules = slicing.rules.get();
    if slicing.slices.length.get() == 0 && rules != rules::CLOSED {
        return;
    }
    let Some(division) = walk.set.division(element) else {
        return;
    };
    let counts = walk.slicing.counts.len();
    walk.slicing
        .counts
        .resize(counts + division.slices.len(), Count::default());
    walk.slicing.sliced.push(Sliced {
        element,
        division,
        rules,
        is_ordered: slicing.ordered.get() != 0,
        counts,
        within,
        last: 0,
        has_unmatched: false,
    });
    if depth < MAX_DEPTH {
        for (offset, slice) in element.slices().enumerate() {
            push(walk, slice, Some(counts + offset), depth + 1);
        }
    }
}

/// Checks one item against the visits and the slices that it belongs to.
fn check_item<'c>(walk: &mut Walk<'c>, item: Item<'c>, first: usize) {
    let to = walk.visits.len();
    for at in first..walk.slicing.sliced.len() {
        assign(walk, item, at);
    }
    walk.item(item.plain, item.shadow, item.from, item.scope);
    walk.visits.truncate(to);
}

/// Adds the slice of one sliced element that an item belongs to to the visits.
fn assign<'c>(walk: &mut Walk<'c>, item: Item<'c>, at: usize) {
    let sliced = walk.slicing.sliced[at];
    let counts = sliced.counts;
    for count in walk
        .slicing
        .counts
        .iter_mut()
        .skip(counts)
        .take(sliced.division.slices.len())
    {
        count.has_item = false;
    }
    let is_outside = |within: usize| walk.slicing.counts.get(within).is_none_or(|count| !count.has_item);
    let Some(node) = item.plain.or(item.shadow) else { return };
    if sliced.within.is_some_and(is_outside) {
        return;
    }
    let mut found: Option<usize> = None;
    let mut is_open = false;
    for (offset, slice) in sliced
        .division
        .slices
        .iter()
        .enumerate()
        .filter(|(_, slice)| !slice.is_rest)
    {
        let Some(element) = sliced.element.plan.element(slice.element) else {
            continue;
        };
        match discriminate::belongs(walk, item, slice, element) {
            Answer::No => {}
            Answer::Unknown => {
                is_open = true;
                add(&mut walk.slicing.counts[counts + offset].possible);
                let reason = "whether an item belongs to a slice depends on what is not at hand";
                walk.findings.undecided(reason, element.id(), 1);
            }
            Answer::Yes => match found {
                Some(other) => ambiguous(walk, node, &sliced, other, offset),
                None => found = Some(offset),
            },
        }
    }
    if found.is_none() && !is_open {
        found = sliced.division.slices.iter().position(|slice| slice.is_rest);
    }
    match found {
        Some(offset) => {
            order(walk, node, at, offset);
            take(walk, item, &sliced, offset);
        }
        None if !is_open => unmatched(walk, item, node, at),
        None => {}
    }
}

fn add(count: &mut u16) {
    *count = count.saturating_add(1);
}

/// An item belongs to a slice.
fn take<'c>(walk: &mut Walk<'c>, item: Item<'c>, sliced: &Sliced<'c>, offset: usize) {
    let count = &mut walk.slicing.counts[sliced.counts + offset];
    add(&mut count.sure);
    count.has_item = true;
    if let Some(element) = slice(sliced, offset) {
        let kind = discriminate::slice_kind(walk.visits[item.from], element);
        walk.visits.push(Visit { element, kind });
    }
}

fn slice<'c>(sliced: &Sliced<'c>, offset: usize) -> Option<ElementView<'c>> {
    let tests = sliced.division.slices.get(offset)?;
    sliced.element.plan.element(tests.element)
}

fn slice_name<'c>(sliced: &Sliced<'c>, offset: usize) -> &'c str {
    slice(sliced, offset).map_or("", ElementView::slice_name)
}

/// `ordered`: slices come in the order in which the profile lists them; `openAtEnd`: what belongs to no slice comes last.
fn order<'c>(walk: &mut Walk<'c>, node: Node<'c>, at: usize, offset: usize) {
    let sliced = walk.slicing.sliced[at];
    if sliced.is_ordered && offset < sliced.last {
        let message = || {
            Message::text(format!(
                "items of slice `{}` stand before those of slice `{}`",
                slice_name(&sliced, offset),
                slice_name(&sliced, sliced.last)
            ))
        };
        walk.report(&codes::SLICING_ORDER, node, message, Some(sliced.element));
    } else if sliced.rules == rules::OPEN_AT_END && sliced.has_unmatched {
        let message = || {
            Message::text(format!(
                "an item of slice `{}` stands behind items of no slice, which come last",
                slice_name(&sliced, offset)
            ))
        };
        walk.report(&codes::SLICING_ORDER, node, message, Some(sliced.element));
    }
    let sliced = &mut walk.slicing.sliced[at];
    sliced.last = sliced.last.max(offset);
}

fn ambiguous<'c>(walk: &mut Walk<'c>, node: Node<'c>, sliced: &Sliced<'c>, first: usize, second: usize) {
    let message = || {
        Message::text(format!(
            "the item belongs to more than one slice: `{}` and `{}`",
            slice_name(sliced, first),
            slice_name(sliced, second)
        ))
    };
    walk.report(&codes::SLICING_AMBIGUOUS, node, message, Some(sliced.element));
}

/// An item of no slice.
fn unmatched<'c>(walk: &mut Walk<'c>, item: Item<'c>, node: Node<'c>, at: usize) {
    let sliced = walk.slicing.sliced[at];
    walk.slicing.sliced[at].has_unmatched = true;
    if sliced.rules != rules::CLOSED {
        return;
    }
    let mut message = Message::text("this belongs to none of the slices, and no other items are allowed");
    if walk.findings.are_read() {
        message = nearest_slice(walk, item, &sliced, message);
    }
    walk.report(&codes::SLICING_UNMATCHED, node, || message, Some(sliced.element));
}

/// Names the slice that an item misses by least, and by what.
fn nearest_slice<'c>(walk: &mut Walk<'c>, item: Item<'c>, sliced: &Sliced<'c>, message: Message) -> Message {
    let mut best: Option<(usize, usize)> = None;
    for offset in 0..sliced.division.slices.len() {
        let met = missed(walk, item, sliced, offset).map(|(met, _)| met);
        if let Some(met) = met
            && best.is_none_or(|(most, _)| met > most)
        {
            best = Some((met, offset));
        }
    }
    let Some((_, offset)) = best else { return message };
    let message = message.and(format!("; nearest is slice `{}`: ", slice_name(sliced, offset)));
    match missed(walk, item, sliced, offset) {
        Some((_, discriminator)) => discriminate::explain(walk, item, discriminator, message),
        None => message,
    }
}

fn missed<'c>(
    walk: &mut Walk<'c>,
    item: Item<'c>,
    sliced: &Sliced<'c>,
    offset: usize,
) -> Option<(usize, &'c crate::plan::division::Discriminator)> {
    let tests: &'c SliceTests = sliced.division.slices.get(offset)?;
    let element = slice(sliced, offset)?;
    discriminate::difference(walk, item, tests, element)
}

/// Compares how many items each slice has with its cardinality, and takes the sliced elements off the stack.
fn close<'c>(walk: &mut Walk<'c>, node: Option<Node<'c>>, first: usize, scope: Scope<'c>) {
    let Some(counts) = walk.slicing.sliced.get(first).map(|sliced| sliced.counts) else {
        return;
    };
    for at in first..walk.slicing.sliced.len() {
        let sliced = walk.slicing.sliced[at];
        let Some(node) = node else { continue };
        let within = sliced.within.and_then(|within| walk.slicing.counts.get(within));
        if within.is_some_and(|count| count.sure == 0) {
            continue;
        }
        for offset in 0..sliced.division.slices.len() {
            let count = walk.slicing.counts[sliced.counts + offset];
            let Some(element) = slice(&sliced, offset) else {
                continue;
            };
            let (min, max) = (element.row.min.get(), element.row.max.get());
            if count.sure.saturating_add(count.possible) < min {
                // What is missing is reported on the parent, like a missing element.
                let holder = node.parent().unwrap_or(node);
                let nearest = (walk.findings.are_read())
                    .then(|| nearest_item(walk, node, &sliced, offset, scope))
                    .flatten();
                missing(walk, holder, sliced.element, element, count.sure, nearest);
            } else if count.sure > max && max != UNBOUNDED {
                too_many(walk, node, element, count.sure);
            }
        }
    }
    walk.slicing.counts.truncate(counts);
    walk.slicing.sliced.truncate(first);
}

fn too_many<'c>(walk: &mut Walk<'c>, node: Node<'c>, element: ElementView<'c>, found: u16) {
    let max = element.row.max.get();
    let message = || {
        let id = element.id();
        Message::text(match max {
            0 => format!("slice `{id}` is not allowed here"),
            _ => format!("{found} items belong to slice `{id}`, at most {max} are allowed"),
        })
    };
    walk.report(&codes::SLICING_MAX, node, message, Some(element));
}

/// A slice with too few items. Also called where the sliced element is absent altogether.
fn missing<'c>(
    walk: &mut Walk<'c>,
    holder: Node<'c>,
    sliced: ElementView<'c>,
    slice: ElementView<'c>,
    found: u16,
    nearest: Option<Message>,
) {
    let min = slice.row.min.get();
    let message = || {
        let name = slice.slice_name();
        let found = if found == 0 {
            String::new()
        } else {
            format!(", found {found}")
        };
        let who = slice.demander();
        let message = Message::text(format!(
            "`{}` needs at least {min} of slice `{name}`{found}{who}",
            sliced.name()
        ));
        match nearest {
            Some(nearest) => message.join(nearest),
            None => message,
        }
    };
    walk.report(&codes::SLICING_MIN, holder, message, Some(slice));
}

/// Names the item that misses a slice by least, and by what.
fn nearest_item<'c>(
    walk: &mut Walk<'c>,
    node: Node<'c>,
    sliced: &Sliced<'c>,
    offset: usize,
    scope: Scope<'c>,
) -> Option<Message> {
    // The base of the items is described by the first of the visits that remain.
    let base = walk.visits.iter().rposition(|visit| visit.element == sliced.element)?;
    let mut best: Option<(usize, Item<'c>)> = None;
    let is_array = node.kind() == Kind::Array;
    let items = node.items().chain((!is_array).then_some(node));
    for (position, plain) in items.enumerate() {
        let item = Item {
            plain: Some(plain),
            shadow: None,
            from: base,
            scope,
            position,
        };
        if let Some((met, _)) = missed(walk, item, sliced, offset)
            && best.is_none_or(|(most, _)| met > most)
        {
            best = Some((met, item));
        }
    }
    let (_, item) = best?;
    let (_, discriminator) = missed(walk, item, sliced, offset)?;
    let place = if is_array {
        format!("; nearest is item {}: ", item.position)
    } else {
        "; ".to_owned()
    };
    Some(discriminate::explain(walk, item, discriminator, Message::text(place)))
}

/// Reports the slices that are required below a sliced element that is absent.
pub(super) fn absent<'c>(walk: &mut Walk<'c>, holder: Node<'c>, sliced: ElementView<'c>) {
    for slice in sliced.slices() {
        if slice.row.min.get() > 0 {
            missing(walk, holder, sliced, slice, 0, None);
        }
    }
}
