//! FHIRPath that resources carry: expressions that read, and those that decide whether an item of a form is enabled.

use kap_fhirpath::{CompileErrorKind, Expression, Mode};
use kap_json::{Message, Node};

use super::extension::text;
use crate::check::walk::Walk;
use crate::codes::special as codes;

/// How much of an expression is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// Its grammar: it may use functions and variables that its surroundings supply.
    Grammar,
    /// Its functions and types, too.
    Meaning,
}

/// Reports an expression that cannot be read, at `place`.
pub(super) fn check<'c>(walk: &mut Walk<'c>, expression: Node<'c>, place: Node<'c>, depth: Depth) {
    let Some(text) = expression.as_str() else { return };
    let Err(error) = Expression::compile(text, None, walk.set, Mode::Lenient) else {
        return;
    };
    if depth == Depth::Grammar && error.kind == CompileErrorKind::Semantic {
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
