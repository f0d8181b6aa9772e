//! How a StructureDefinition slices (<https://hl7.org/fhir/R4/profiling.html#slicing>): by paths that lead somewhere, and
//! within what the base leaves open.

use kap_json::{Message, Node};

use super::Check;
use crate::check::special::elements::{self, Found};
use crate::check::special::extension::{is_true, text};
use crate::codes::special as codes;
use crate::plan::flags::rules;
use crate::plan::view::ElementView;

/// Every discriminator leads to an element below the one that is sliced.
pub(super) fn discriminators<'c>(check: &mut Check<'_, 'c>, node: Node<'c>, base: &[ElementView<'c>]) {
    let discriminators = node.get("slicing").and_then(|slicing| slicing.get("discriminator"));
    for discriminator in discriminators.into_iter().flat_map(Node::items) {
        let Some(path) = text(discriminator, "path") else {
            continue;
        };
        let leads =
            |base: &ElementView<'c>| !matches!(elements::find(check.walk.set, *base, steps(path)), Found::Missing);
        if !base.is_empty() && !base.iter().any(leads) {
            let message = || Message::text("the element that is sliced has nothing at ").value(path);
            check.report(&codes::DEFINITION_DISCRIMINATOR, discriminator, message);
        }
    }
}

/// The names of elements in the path of a discriminator up to the first function: what is behind one is of another
/// resource, or of an extension.
fn steps(path: &str) -> impl Iterator<Item = &str> {
    let end = path.find('(').unwrap_or(path.len());
    let plain = path.get(..end).unwrap_or_default();
    // The last name is that of the function.
    let plain = if end < path.len() {
        plain.rsplit_once('.').map_or("", |(before, _)| before)
    } else {
        plain
    };
    plain.split('.').filter(|step| !step.is_empty() && *step != "$this")
}

/// A differential against the slicing of its base.
pub(super) fn within_base<'c>(check: &mut Check<'_, 'c>, node: Node<'c>, base: ElementView<'c>) {
    let Some(known) = base.slicing() else { return };
    let is_closed = known.rules.get() == rules::CLOSED;
    if let Some(slicing) = node.get("slicing") {
        let is_opened = is_closed && text(slicing, "rules").is_some_and(|rules| rules != "closed");
        let is_unordered = known.ordered.get() != 0 && slicing.get("ordered").is_some() && !is_true(slicing, "ordered");
        if is_opened || is_unordered {
            let message = || "the base closes or orders the slices, which cannot be undone".into();
            check.report_whole(&codes::DEFINITION_SLICES, slicing, message);
        }
        let tables = &base.plan.tables;
        let paths = known
            .discriminators
            .of(tables.numbers)
            .iter()
            .map(|path| tables.text(*path));
        let mut stated = slicing
            .get("discriminator")
            .into_iter()
            .flat_map(Node::items)
            .peekable();
        let is_stated = stated.peek().is_some();
        let stated: Vec<_> = stated.filter_map(|discriminator| text(discriminator, "path")).collect();
        if is_stated && !paths.enumerate().all(|(at, path)| stated.get(at) == Some(&path)) {
            let message = || "the base tells its slices apart by other discriminators, which come first".into();
            check.report_whole(&codes::DEFINITION_SLICES, slicing, message);
        }
    }
    // A slice of a slice has a `/` in its name.
    let name = text(node, "sliceName").filter(|name| is_closed && !name.contains('/'));
    if let Some(name) = name.filter(|name| base.slices().all(|slice| slice.slice_name() != *name)) {
        let message = || Message::text("the base closes the slices, and has none called ").value(name);
        check.report_whole(&codes::DEFINITION_SLICES, node, message);
    }
}
