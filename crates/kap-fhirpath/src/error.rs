//! What can go wrong: an expression that does not compile, and one that has no answer.

use std::fmt;

/// An expression that cannot be compiled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} (at character {at} of the expression)")]
pub struct CompileError {
    /// Byte offset in the expression's text.
    pub at: usize,
    /// What is wrong.
    pub message: String,
    /// Which rule it breaks.
    pub kind: CompileErrorKind,
}

/// Which rule an expression breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CompileErrorKind {
    /// The grammar (<http://hl7.org/fhirpath/N1/#grammar>).
    Syntax,
    /// It reads well, but cannot mean anything: an unknown function or type, a wrong number of arguments; in
    /// [`Mode::Strict`](crate::Mode::Strict) also an unknown element or an operand of the wrong type.
    Semantic,
    /// It is larger or nested deeper than allowed.
    TooComplex,
}

/// Why an evaluation stopped without values.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// The expression is wrong for these data: several items where one is asked for, operands that do not fit.
    #[error(transparent)]
    Error(Box<EvaluationError>),
    /// What the answer depends on is not at hand.
    #[error("undecided: {0}")]
    Undecided(Box<Undecided>),
}

/// An evaluation that failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct EvaluationError {
    /// Which rule the evaluation broke.
    pub kind: EvaluationErrorKind,
    /// Byte offset in the expression's text of the operator or function that failed.
    pub at: u32,
    /// What is wrong. Never holds a value of the document.
    pub message: String,
}

/// Which rule an evaluation broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EvaluationErrorKind {
    /// Several items where at most one is allowed
    /// (<http://hl7.org/fhirpath/N1/#singleton-evaluation-of-collections>).
    NotSingle,
    /// An operand or argument of a type that the operator or function does not take.
    WrongType,
    /// A variable that nobody supplied.
    UnknownVariable,
    /// More steps, items or depth than [`Limits`](crate::Limits) allow.
    TooComplex,
    /// An argument that is no regular expression, or one that is too large.
    Pattern,
    /// Anything else that the specification calls an error.
    Other,
}

/// Something that could not be decided with what is at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecided {
    /// Why, for example `the value set is not at hand`.
    pub reason: String,
    /// What it is about: a canonical URL, a code, a reference; never another value of the document.
    pub what: String,
}

impl fmt::Display for Undecided {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.reason, self.what)
    }
}

impl Undecided {
    /// `reason` about `what`.
    pub fn new(reason: impl Into<String>, what: impl Into<String>) -> Undecided {
        Undecided {
            reason: reason.into(),
            what: what.into(),
        }
    }
}

impl From<Undecided> for Stop {
    fn from(undecided: Undecided) -> Stop {
        Stop::Undecided(Box::new(undecided))
    }
}

impl Stop {
    pub(crate) fn error(kind: EvaluationErrorKind, at: u32, message: impl Into<String>) -> Stop {
        Stop::Error(Box::new(EvaluationError {
            kind,
            at,
            message: message.into(),
        }))
    }

    pub(crate) fn wrong_type(at: u32, message: impl Into<String>) -> Stop {
        Stop::error(EvaluationErrorKind::WrongType, at, message)
    }

    pub(crate) fn not_single(at: u32) -> Stop {
        Stop::error(
            EvaluationErrorKind::NotSingle,
            at,
            "there are several items where at most one is allowed",
        )
    }

    pub(crate) fn too_complex(at: u32) -> Stop {
        Stop::error(
            EvaluationErrorKind::TooComplex,
            at,
            "the evaluation takes more steps than allowed",
        )
    }
}
