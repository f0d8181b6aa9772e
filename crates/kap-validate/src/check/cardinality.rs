//! How often an element occurs (<https://hl7.org/fhir/R4/conformance-rules.html#cardinality>).

use std::ops::Range;

use kap_json::{Message, Node};

use super::slicing;
use super::walk::Walk;
use crate::codes;
use crate::plan::flags;
use crate::plan::rows::UNBOUNDED;
use crate::plan::view::ElementView;

/// Compares the counts of all children with what each visit demands. What is missing is reported on its parent.
pub(super) fn check<'c>(walk: &mut Walk<'c>, holder: Node<'c>, visits: Range<usize>, counts: usize) {
    let first = visits.start;
    let mut slot = counts;
    for at in visits {
        let Some(visit) = walk.visits.get(at).copied() else {
            return;
        };
        for offset in 0..visit.element.children().len() {
            let Some(child) = visit.element.child(offset) else {
                return;
            };
            let found = walk.count(slot);
            slot += 1;
            if found < child.row.min.get() {
                if !is_demanded_before(walk, first..at, counts, child) {
                    too_few(walk, holder, child, found);
                }
            } else if found > child.row.max.get() && child.row.max.get() != UNBOUNDED {
                too_many(walk, holder, child, found);
            }
            if found == 0 && child.row.min.get() == 0 && at > first {
                slicing::absent(walk, holder, child);
            }
        }
    }
}

/// Whether an earlier visit has the same to say: what base and profile both demand is missing once.
fn is_demanded_before(walk: &Walk<'_>, earlier: Range<usize>, counts: usize, child: ElementView<'_>) -> bool {
    let mut slot = counts;
    for at in earlier {
        let element = walk.visits[at].element;
        for offset in 0..element.children().len() {
            let found = walk.count(slot);
            slot += 1;
            let same = element.child(offset).filter(|other| other.name() == child.name());
            let min = same.map_or(0, |same| same.row.min.get());
            if min > found && (found == 0 || min >= child.row.min.get()) {
                return true;
            }
        }
    }
    false
}

fn too_few<'c>(walk: &mut Walk<'c>, holder: Node<'c>, child: ElementView<'c>, found: u16) {
    let min = child.row.min.get();
    let message = || {
        let name = json_name(child);
        let who = child.demander();
        Message::text(if found == 0 {
            format!("`{name}` is missing{who}{}", required_slices(child))
        } else {
            format!("`{name}` occurs {found} times, at least {min} are required{who}")
        })
    };
    walk.report(&codes::CARDINALITY_MIN, holder, message, Some(child));
}

/// What an element that is absent would have to hold.
fn required_slices(sliced: ElementView<'_>) -> String {
    let required = sliced.slices().filter(|slice| slice.row.min.get() > 0);
    let names: Vec<String> = required.map(|slice| format!("`{}`", slice.slice_name())).collect();
    match names.len() {
        0 => String::new(),
        1 => format!(", with slice {}", names[0]),
        _ => format!(", with slices {}", names.join(", ")),
    }
}

fn too_many<'c>(walk: &mut Walk<'c>, holder: Node<'c>, child: ElementView<'c>, found: u16) {
    let max = child.row.max.get();
    // A base element that does not repeat is judged by its shape.
    if max == 1 && !child.has(flags::element::ARRAY) {
        return;
    }
    let message = || {
        let name = json_name(child);
        Message::text(if max == 0 {
            format!("`{name}` is not allowed here")
        } else {
            format!("`{name}` occurs {found} times, at most {max} are allowed")
        })
    };
    let node = holder.get(child.name()).unwrap_or(holder);
    walk.report(&codes::CARDINALITY_MAX, node, message, Some(child));
}

fn json_name(element: ElementView<'_>) -> String {
    let choice = if element.has(flags::element::CHOICE) { "[x]" } else { "" };
    format!("{}{choice}", element.name())
}
