//! The compiled expression.

use crate::code::Code;
use crate::compile::compile;
use crate::error::{CompileError, EvaluationError, Stop, Undecided};
use crate::evaluate::{Evaluator, Scope};
use crate::host::EvaluationContext;
use crate::item::Item;
use crate::model::{Model, Place};
use crate::parse::parse;

/// How much the compiler asks of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Mode {
    /// Elements that the type does not have are empty, and `as` takes several items: for published invariants.
    #[default]
    Lenient,
    /// Elements, operands and cardinalities are checked against the types.
    Strict,
}

/// The answer of an expression that is asked as a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    True,
    /// It does not hold.
    False,
    /// It has no value, so that an invariant passes.
    Empty,
    /// What the answer depends on is not at hand.
    Undecided(Box<Undecided>),
    /// The expression is wrong for these data.
    Error(Box<EvaluationError>),
}

/// An expression, compiled once and evaluated any number of times, from any thread.
#[derive(Clone, Debug)]
pub struct Expression {
    text: Box<str>,
    code: Code,
}

impl Expression {
    /// Compiles `text` for evaluation on elements at `place`; without a place nothing is known about them.
    pub fn compile(
        text: &str,
        place: Option<Place>,
        model: &dyn Model,
        mode: Mode,
    ) -> Result<Expression, CompileError> {
        let tree = parse(text)?;
        Ok(Expression {
            text: text.into(),
            code: compile(&tree, place, model, mode)?,
        })
    }

    /// The text it was compiled from.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All values.
    pub fn evaluate<'d>(&'d self, context: &EvaluationContext<'_, 'd>) -> Result<Vec<Item<'d>>, Stop> {
        let evaluator = Evaluator::new(context);
        let this = Item::Element(context.item);
        Ok(evaluator.few(&self.code, start(&this))?.into_vec())
    }

    /// The answer as a condition (<http://hl7.org/fhirpath/N1/#singleton-evaluation-of-collections>): a single item that
    /// is no boolean counts as true.
    pub fn test<'d>(&'d self, context: &EvaluationContext<'_, 'd>) -> Outcome {
        let evaluator = Evaluator::new(context);
        let this = Item::Element(context.item);
        match evaluator.condition(&self.code, start(&this)) {
            Ok(Some(true)) => Outcome::True,
            Ok(Some(false)) => Outcome::False,
            Ok(None) => Outcome::Empty,
            Err(Stop::Error(error)) => Outcome::Error(error),
            Err(Stop::Undecided(undecided)) => Outcome::Undecided(undecided),
        }
    }
}

fn start<'s, 'd>(this: &'s Item<'d>) -> Scope<'s, 'd> {
    Scope {
        this: Some(this),
        index: None,
        total: None,
        defined: None,
    }
}
