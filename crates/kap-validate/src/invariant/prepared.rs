//! An invariant made ready: its expression is compiled when it is met for the first time, once for all threads.

use kap_fhirpath::{Expression, Mode};

use super::corrected;
use crate::plan::rows::{Constraint, NONE};
use crate::plan::set::{LoadedPlan, PlanSet};

/// What has to be done for an invariant.
#[derive(Debug)]
pub(crate) enum Prepared {
    /// Evaluate this.
    Expression(Box<Expression>),
    /// Nothing can be done: the expression is none. The text says why.
    Unreadable(String),
}

impl Prepared {
    /// Compiles the expression of a constraint, in its corrected form where the published one is wrong.
    pub(crate) fn new(set: &PlanSet<'_>, plan: &LoadedPlan<'_>, row: &Constraint) -> Prepared {
        let (key, published) = (plan.tables.text(row.key), plan.tables.text(row.expression));
        let text = corrected(key, published).unwrap_or(published);
        let context = plan
            .element(row.context.get())
            .and_then(|element| set.context_place(element));
        match Expression::compile(text, context, set, Mode::Lenient) {
            Ok(expression) => Prepared::Expression(Box::new(expression)),
            Err(error) => Prepared::Unreadable(error.to_string()),
        }
    }
}

/// Whether an invariant is evaluated: those that other facets decide are only where the caller wants to compare.
pub(crate) fn is_evaluated(plan: &LoadedPlan<'_>, row: &Constraint, native: bool) -> bool {
    if native {
        row.context.get() != NONE
    } else {
        !plan.tables.bytes(row.expression).is_empty()
    }
}
