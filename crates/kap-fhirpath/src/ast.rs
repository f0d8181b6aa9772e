//! The expression as it was written, before anything is known about types.

use crate::temporal::{Calendar, Date, DateTime, Time};
use kap_fhir::Decimal;

/// A node of the syntax tree.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ast {
    /// Byte offset in the text.
    pub(crate) at: usize,
    pub(crate) kind: AstKind,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum AstKind {
    Literal(Literal),
    /// `{}`
    Empty,
    /// `%name`
    Variable(String),
    This,
    Index,
    Total,
    /// A head and what is invoked on it, one after the other. Without a head the first step starts at `$this`.
    Path(Option<Box<Ast>>, Vec<Step>),
    /// `-x` and `+x`
    Polarity(bool, Box<Ast>),
    Binary(Operator, Box<Ast>, Box<Ast>),
    /// `and`, `or` and `|` in a row.
    Chain(Operator, Vec<Ast>),
    /// `is` and `as`
    TypeTest(TypeTest, Box<Ast>, TypeName),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Step {
    pub(crate) at: usize,
    pub(crate) kind: StepKind,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum StepKind {
    Member(String),
    Call(String, Vec<Ast>),
    Index(Ast),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Literal {
    Boolean(bool),
    Integer(i64),
    Decimal(Decimal),
    String(String),
    Date(Date),
    DateTime(DateTime),
    Time(Time),
    CalendarQuantity(Decimal, Calendar),
    UcumQuantity(Decimal, String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TypeTest {
    Is,
    As,
}

/// A type as it was written, `FHIR.Patient` or `Patient`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TypeName {
    pub(crate) namespace: Option<String>,
    pub(crate) name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Times,
    Divide,
    Div,
    Mod,
    Plus,
    Minus,
    Concatenate,
    Union,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    Equivalent,
    NotEquivalent,
    In,
    Contains,
    And,
    Or,
    Xor,
    Implies,
}

impl Operator {
    /// The operator of that word or symbol, and how strongly it binds.
    pub(crate) fn from_text(text: &str) -> Option<(Operator, u8)> {
        Some(match text {
            "*" => (Operator::Times, 10),
            "/" => (Operator::Divide, 10),
            "div" => (Operator::Div, 10),
            "mod" => (Operator::Mod, 10),
            "+" => (Operator::Plus, 9),
            "-" => (Operator::Minus, 9),
            "&" => (Operator::Concatenate, 9),
            // `is` and `as` bind with 8.
            "|" => (Operator::Union, 7),
            "<" => (Operator::Less, 6),
            "<=" => (Operator::LessOrEqual, 6),
            ">" => (Operator::Greater, 6),
            ">=" => (Operator::GreaterOrEqual, 6),
            "=" => (Operator::Equal, 5),
            "!=" => (Operator::NotEqual, 5),
            "~" => (Operator::Equivalent, 5),
            "!~" => (Operator::NotEquivalent, 5),
            "in" => (Operator::In, 4),
            "contains" => (Operator::Contains, 4),
            "and" => (Operator::And, 3),
            "or" => (Operator::Or, 2),
            "xor" => (Operator::Xor, 2),
            "implies" => (Operator::Implies, 1),
            _ => return None,
        })
    }
}
