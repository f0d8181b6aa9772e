//! The compiled form of an expression.

use crate::ast::{Operator, TypeTest};
use crate::function::Function;
use crate::item::Item;
use crate::model::{Place, Shape};
use crate::pattern::Pattern;

/// A node of the compiled expression.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    /// Byte offset in the text.
    pub(crate) at: u32,
    pub(crate) op: Op,
}

#[derive(Clone, Debug)]
pub(crate) enum Op {
    Literal(Item<'static>),
    Empty,
    Variable(Variable),
    This,
    Index,
    Total,
    Path(Box<Code>, Box<[Step]>),
    Negative(Box<Code>),
    Positive(Box<Code>),
    And(Box<[Code]>),
    Or(Box<[Code]>),
    Union(Box<[Code]>),
    Binary(Operator, Box<(Code, Code)>),
    TypeTest(TypeTest, Box<Code>, TypeRef),
}

/// A variable, resolved as far as possible.
#[derive(Clone, Debug)]
pub(crate) enum Variable {
    Context,
    Resource,
    RootResource,
    /// A fixed URL.
    Constant(String),
    Named(String),
}

/// What is invoked on the items before it.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) at: u32,
    pub(crate) kind: StepKind,
    /// Whether it needs to see all items before it can hand on the first one.
    pub(crate) is_barrier: bool,
    /// Whether it is `defineVariable`, which changes what the steps after it see.
    pub(crate) is_definition: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum StepKind {
    Member(MemberStep),
    /// The name of a type at the start of a path: passes items of that type.
    Guard(TypeRef),
    Index(Code),
    Call(Box<Call>),
}

/// Access to a child by name.
#[derive(Clone, Debug)]
pub(crate) struct MemberStep {
    pub(crate) name: Box<str>,
    /// What is known beforehand about the places where the step may start.
    pub(crate) routes: Box<[Route]>,
}

/// How a child appears below one place.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub(crate) from: Place,
    pub(crate) members: Box<[KnownMember]>,
}

/// A [`Member`](crate::Member) kept beyond the model's answer.
#[derive(Clone, Debug)]
pub(crate) struct KnownMember {
    pub(crate) name: Box<str>,
    pub(crate) number: Option<u16>,
    pub(crate) shadow_number: Option<u16>,
    pub(crate) place: Place,
    pub(crate) shape: Shape,
}

/// A function with its arguments.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) function: Function,
    pub(crate) arguments: Box<[Code]>,
    /// The argument of `ofType`, `as` and `is`.
    pub(crate) type_ref: Option<TypeRef>,
    /// The compiled pattern, where it is a literal.
    pub(crate) pattern: Option<Pattern>,
    /// Whether the arguments look at `$index`.
    pub(crate) uses_index: bool,
    /// Whether several items are an error, for `as` and `is`.
    pub(crate) asks_single: bool,
    /// For `sort`: whether each key sorts downwards.
    pub(crate) descending: Box<[bool]>,
}

impl Step {
    pub(crate) fn new(at: u32, kind: StepKind) -> Step {
        let is_definition = matches!(&kind, StepKind::Call(call) if call.function == Function::DefineVariable);
        Step {
            at,
            is_barrier: needs_all(&kind),
            is_definition,
            kind,
        }
    }
}

fn needs_all(kind: &StepKind) -> bool {
    match kind {
        StepKind::Member(_) | StepKind::Guard(_) => false,
        StepKind::Index(_) => true,
        StepKind::Call(call) => match call.function {
            Function::Where | Function::Select => call.uses_index,
            Function::As => call.asks_single,
            Function::OfType
            | Function::Extension
            | Function::Resolve
            | Function::Trace
            | Function::Children
            | Function::Descendants
            | Function::GetValue
            | Function::Slice => false,
            _ => true,
        },
    }
}

/// A type that an expression names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TypeRef {
    pub(crate) namespace: Namespace,
    pub(crate) name: Box<str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Namespace {
    System,
    Fhir,
    /// Not said.
    Either,
}
