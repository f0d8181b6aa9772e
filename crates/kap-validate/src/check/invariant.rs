//! Invariants: FHIRPath expressions that hold for a node (<https://hl7.org/fhir/R4/conformance-rules.html#constraints>).
//!
//! Base and profiles repeat each other's invariants; a node is judged once by each. What the element's definition says
//! beforehand (whether there is anything to evaluate) is a flag of its row, so most nodes cost one look at it.

use std::ops::Range;

use kap_fhirpath::{Element, EvaluationContext, Expression, Model, Outcome, Place, Shape};
use kap_json::{CodeInfo, Issue, Location, Message, Node, Severity};

use super::host::WalkHost;
use super::walk::{Scope, Walk, with_source};
use crate::codes;
use crate::invariant::{Prepared, is_evaluated};
use crate::options::BestPractice;
use crate::plan::flags::element as element_flag;
use crate::plan::model::place;
use crate::plan::rows::Constraint;
use crate::plan::view::ElementView;

/// The value that invariants are about.
#[derive(Clone, Copy)]
struct Subject<'c> {
    plain: Option<Node<'c>>,
    shadow: Option<Node<'c>>,
    place: Place,
    shape: Shape,
}

/// Evaluates the invariants of the elements at `visits`, whose children describe the members of an object.
pub(super) fn of_content<'c>(walk: &mut Walk<'c>, node: Node<'c>, visits: Range<usize>, scope: Scope<'c>) {
    if !has_any(walk, visits.clone()) {
        return;
    }
    let Some(base) = walk.visits.get(visits.start).map(|visit| visit.element) else {
        return;
    };
    let subject = Subject {
        plain: Some(node),
        shadow: None,
        place: place(base),
        shape: walk.set.shape(place(base)),
    };
    check(walk, subject, visits, scope, |_| true);
}

/// Evaluates the invariants of the elements at `visits`, all of which describe one value. Those of elements whose own
/// children describe an object were evaluated with its content.
pub(super) fn of_value<'c>(
    walk: &mut Walk<'c>,
    (plain, shadow): (Option<Node<'c>>, Option<Node<'c>>),
    visits: Range<usize>,
    scope: Scope<'c>,
) {
    if !has_any(walk, visits.clone()) {
        return;
    }
    let Some(base) = walk.visits.get(visits.start).copied() else {
        return;
    };
    let (mut place, shape) = walk.set.value_place(base.element, base.kind);
    if let (Shape::Resource, Some(node)) = (shape, plain) {
        // What the resource is, it says itself.
        place = Element::resource(node, walk.set, place).place;
    }
    let subject = Subject {
        plain,
        shadow,
        place,
        shape,
    };
    let is_content = shape == Shape::Complex;
    check(walk, subject, visits, scope, |element| {
        !is_content || element.children().is_empty()
    });
}

/// Whether one of the elements has something to evaluate, and somebody wants to know.
fn has_any(walk: &Walk<'_>, visits: Range<usize>) -> bool {
    if walk.findings.is_muted() {
        return false;
    }
    let native = walk.options.native_invariants;
    let mut visits = walk.visits.get(visits).into_iter().flatten();
    visits.any(|visit| !native || visit.element.has(element_flag::INVARIANTS))
}

fn check<'c>(
    walk: &mut Walk<'c>,
    subject: Subject<'c>,
    visits: Range<usize>,
    scope: Scope<'c>,
    counts: impl Fn(ElementView<'c>) -> bool,
) {
    let native = walk.options.native_invariants;
    for at in visits.clone() {
        let Some(element) = walk.visits.get(at).map(|visit| visit.element) else {
            return;
        };
        if !counts(element) {
            continue;
        }
        let tables = &element.plan.tables;
        for number in element.row.constraints.of(tables.numbers) {
            let number = number.get() as usize;
            let Some(row) = tables.constraints.get(number) else {
                continue;
            };
            let ignored = row.best_practice.get() != 0 && walk.options.best_practice == BestPractice::Ignore;
            if ignored || !is_evaluated(element.plan, row, native) || is_repeated(walk, element, row, visits.start..at)
            {
                continue;
            }
            evaluate(walk, subject, element, number, row, scope);
        }
    }
}

/// Whether an earlier visit has the same invariant: a profile's snapshot lists those of its base again.
fn is_repeated(walk: &Walk<'_>, element: ElementView<'_>, row: &Constraint, earlier: Range<usize>) -> bool {
    let tables = &element.plan.tables;
    walk.visits.get(earlier).into_iter().flatten().any(|visit| {
        let others = &visit.element.plan.tables;
        let numbers = visit.element.row.constraints.of(others.numbers).iter();
        numbers
            .filter_map(|number| others.constraints.get(number.get() as usize))
            .any(|known| {
                known.error == row.error
                    && others.bytes(known.key) == tables.bytes(row.key)
                    && others.bytes(known.expression) == tables.bytes(row.expression)
            })
    })
}

fn evaluate<'c>(
    walk: &mut Walk<'c>,
    subject: Subject<'c>,
    element: ElementView<'c>,
    number: usize,
    row: &'c Constraint,
    scope: Scope<'c>,
) {
    let set = walk.set;
    let Some(prepared) = element.plan.invariants.get(number) else {
        return;
    };
    match &**prepared.get_or_init(|| Box::new(Prepared::new(set, element.plan, row))) {
        Prepared::Expression(expression) => match test(walk, subject, expression, scope) {
            Outcome::True | Outcome::Empty => {}
            Outcome::False => violated(walk, subject, element, row),
            Outcome::Undecided(left_open) => walk.findings.undecided(&left_open.reason, left_open.what, 1),
            Outcome::Error(error) => not_evaluated(walk, subject, element, row, &error.to_string()),
        },
        Prepared::Unreadable(reason) => {
            let what = format!("{} of {}: {reason}", key(element, row), source(element, row));
            walk.findings
                .undecided("the expression of an invariant cannot be read", what, 1);
        }
    }
}

fn test<'c>(walk: &mut Walk<'c>, subject: Subject<'c>, expression: &'c Expression, scope: Scope<'c>) -> Outcome {
    let set = walk.set;
    let item = Element {
        node: subject.plain,
        shadow: subject.shadow,
        place: subject.place,
        shape: subject.shape,
    };
    let resource = Element::of_resource(scope.resource);
    let root_resource = scope.container.map(Element::of_resource);
    let now = walk.now;
    let host = WalkHost::new(walk, scope);
    let mut context = EvaluationContext::new(set, &host, resource).at(item);
    if let Some(container) = root_resource {
        context.root_resource = container;
    }
    if let Some(now) = now {
        context.now = now;
    }
    expression.test(&context)
}

fn key<'c>(element: ElementView<'c>, row: &Constraint) -> &'c str {
    element.plan.tables.text(row.key)
}

fn source<'c>(element: ElementView<'c>, row: &Constraint) -> &'c str {
    element.plan.tables.text(row.source)
}

/// How bad it is that the invariant is not met; `None` where nobody wants to know.
fn severity(walk: &Walk<'_>, row: &Constraint) -> Option<Severity> {
    if row.best_practice.get() != 0 {
        return match walk.options.best_practice {
            BestPractice::Ignore => None,
            BestPractice::Hint => Some(Severity::Information),
            BestPractice::Warning => Some(Severity::Warning),
            BestPractice::Error => Some(Severity::Error),
        };
    }
    Some(if row.error.get() != 0 {
        Severity::Error
    } else {
        Severity::Warning
    })
}

fn violated<'c>(walk: &mut Walk<'c>, subject: Subject<'c>, element: ElementView<'c>, row: &'c Constraint) {
    let message = || {
        let human = element.plan.tables.text(row.human);
        Message::text(format!("{}: {human}", key(element, row)))
    };
    add(walk, &codes::INVARIANT_VIOLATED, subject, element, row, message);
}

/// The data make the expression fail, for example because there are several values where it can look at one.
fn not_evaluated<'c>(
    walk: &mut Walk<'c>,
    subject: Subject<'c>,
    element: ElementView<'c>,
    row: &'c Constraint,
    reason: &str,
) {
    let message = || Message::text(format!("{} cannot hold: {reason}", key(element, row)));
    add(walk, &codes::INVARIANT_FAILED, subject, element, row, message);
}

fn add<'c>(
    walk: &mut Walk<'c>,
    info: &'static CodeInfo,
    subject: Subject<'c>,
    element: ElementView<'c>,
    row: &'c Constraint,
    message: impl FnOnce() -> Message,
) {
    let (Some(severity), Some(node)) = (severity(walk, row), subject.plain.or(subject.shadow)) else {
        return;
    };
    let issue = || {
        let hint = format!("the data must meet `{}`", element.plan.tables.text(row.expression));
        let issue = Issue::new(info, Location::default(), message()).with_hint(hint);
        with_source(issue, Some(element)).with_constraint(key(element, row))
    };
    walk.report_with(severity, node, issue, None);
}
