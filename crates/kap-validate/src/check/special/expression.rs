//! FHIRPath that resources carry: expressions that read, and those that decide whether an item of a form is enabled.

use kap_fhirpath::{CompileErrorKind, Expression, Mode, Model as _, Place};
use kap_json::{Message, Node};

use super::extension::text;
use crate::check::walk::Walk;
use crate::codes::special as codes;

/// How much of an expression is looked at.
#[derive(Clone, Copy)]
pub(super) enum Depth {
    /// Its grammar: it may use functions and variables that its surroundings supply.
    Grammar,
    /// Its functions and types, too.
    Meaning,
    /// The elements that it names, too, evaluated on an element of a type.
    Elements(Place),
}

/// Reports an expression that cannot be read, at `place`.
pub(super) fn check<'c>(walk: &mut Walk<'c>, expression: Node<'c>, place: Node<'c>, depth: Depth) {
    let Some(text) = expression.as_str() else { return };
    let (on, mode) = match depth {
        Depth::Elements(on) => (Some(on), Mode::Strict),
        Depth::Grammar | Depth::Meaning => (None, Mode::Lenient),
    };
    let Err(error) = Expression::compile(text, on, walk.set, mode) else {
        return;
    };
    if matches!(depth, Depth::Grammar) && error.kind == CompileErrorKind::Semantic {
        return;
    }
    let message = || {
        let at = error.at;
        Message::text(format!("this is no FHIRPath expression, from character {at} on: ")).value(text)
    };
    walk.report(&codes::EXPRESSION_UNREADABLE, place, message, None);
}

/// Checks the data type Expression, if it is FHIRPath.
pub(super) fn check_value<'c>(walk: &mut Walk<'c>, value: Node<'c>) {
    if let (Some("text/fhirpath"), Some(expression)) = (text(value, "language"), value.get("expression")) {
        check(walk, expression, value, Depth::Grammar);
    }
}

/// Checks the Expressions in the extensions of a node, and in extensions inside them.
pub(super) fn check_extensions<'c>(walk: &mut Walk<'c>, holder: Node<'c>) {
    let mut open = vec![holder];
    while let Some(holder) = open.pop() {
        for extension in holder.get("extension").into_iter().flat_map(Node::items) {
            if let Some(value) = extension.get("valueExpression") {
                check_value(walk, value);
            }
            open.push(extension);
        }
    }
}

/// Where an expression on the element of a path is evaluated, as `Type.element.element`; none for slices and for elements
/// that are not one element of one type.
pub(super) fn place_of(walk: &Walk<'_>, path: &str) -> Option<Place> {
    let mut steps = path.split('.');
    let first = walk.set.type_place(steps.next()?)?;
    steps.try_fold(first, |place, step| Some(walk.set.member(place, step, None)?.place))
}
