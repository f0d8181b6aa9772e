//! Function calls: arguments, what they start from, and what comes out.

use crate::ast::{Ast, AstKind, Step as AstStep, StepKind as AstStepKind, TypeName, TypeTest};
use crate::code::{Call, Code, Op};
use crate::error::CompileError;
use crate::function::Function;
use crate::item::Item;
use crate::pattern::Pattern;

use super::kinds::{Kind, Kinds, System};
use super::{Around, Compiler, semantic};

impl Compiler<'_> {
    pub(super) fn call(
        &self,
        at: usize,
        name: &str,
        arguments: &[Ast],
        input: Kinds,
        around: Around<'_>,
    ) -> Result<(Call, Kinds), CompileError> {
        let Some((function, least, most)) = Function::find(name) else {
            return Err(semantic(at, format!("there is no function `{name}`")));
        };
        if arguments.len() < least || arguments.len() > most {
            let message = format!("`{name}` takes {least} to {most} arguments, not {}", arguments.len());
            return Err(semantic(at, message));
        }
        let mut call = Call {
            function,
            arguments: Box::default(),
            type_ref: None,
            pattern: None,
            uses_index: arguments.iter().any(mentions_index),
            asks_single: self.is_strict() && matches!(function, Function::As | Function::Is),
            descending: Box::default(),
        };
        if matches!(function, Function::OfType | Function::As | Function::Is) {
            return self.type_call(at, call, &arguments[0], &input);
        }
        let (codes, found) = self.arguments(function, arguments, &input, around)?;
        call.arguments = codes.into_boxed_slice();
        if function == Function::Sort {
            call.descending = arguments
                .iter()
                .map(|argument| matches!(argument.kind, AstKind::Polarity(true, _)))
                .collect();
        }
        if matches!(
            function,
            Function::Matches | Function::MatchesFull | Function::ReplaceMatches
        ) && let Some(text) = literal_text(&call.arguments)
        {
            call.pattern = Some(Pattern::new(text).map_err(|message| semantic(at, message))?);
        }
        self.check_input(at, function, &input)?;
        let kinds = self.result(at, function, input, found)?;
        Ok((call, kinds))
    }

    fn type_call(
        &self,
        at: usize,
        mut call: Call,
        argument: &Ast,
        input: &Kinds,
    ) -> Result<(Call, Kinds), CompileError> {
        let name = type_name(argument).ok_or_else(|| semantic(at, "the name of a type is expected"))?;
        let type_ref = self.type_ref(at, &name)?;
        let test = match call.function {
            Function::Is => TypeTest::Is,
            _ => TypeTest::As,
        };
        let kinds = self.tested(test, input, &type_ref);
        call.type_ref = Some(type_ref);
        Ok((call, kinds))
    }

    fn arguments(
        &self,
        function: Function,
        arguments: &[Ast],
        input: &Kinds,
        around: Around<'_>,
    ) -> Result<(Vec<Code>, Vec<Kinds>), CompileError> {
        let item = input.clone().single();
        let mut codes = Vec::with_capacity(arguments.len());
        let mut kinds: Vec<Kinds> = Vec::with_capacity(arguments.len());
        let start = Kinds::any();
        for (number, argument) in arguments.iter().enumerate() {
            let inside = match function {
                Function::Where | Function::Select | Function::Exists | Function::All | Function::Iif => {
                    around.each(&item)
                }
                Function::Trace | Function::DefineVariable if number == 1 => around.each(&item),
                // What is found is asked again, so it may be of any type that lies below.
                Function::Repeat | Function::RepeatAll => around.each(&start),
                Function::Sort => around.each(&item),
                Function::Aggregate if number == 0 => Around {
                    this: &item,
                    total: Some(&start),
                },
                _ => around,
            };
            let argument = match &argument.kind {
                AstKind::Polarity(true, key) if function == Function::Sort => key,
                _ => argument,
            };
            let (code, found) = self.code(argument, inside)?;
            if function == Function::Iif && number == 0 {
                self.check_criterion(argument.at, &found)?;
            }
            codes.push(code);
            kinds.push(found);
        }
        Ok((codes, kinds))
    }

    /// The criterion of `iif` has to be a boolean.
    fn check_criterion(&self, at: usize, kinds: &Kinds) -> Result<(), CompileError> {
        if kinds.is_none() || kinds.may_be(|kind| kind.system(self.model) == Some(System::Boolean)) {
            return Ok(());
        }
        self.refuse(at, "the criterion of `iif` is a boolean")
    }

    fn check_input(&self, at: usize, function: Function, input: &Kinds) -> Result<(), CompileError> {
        if input.is_none() {
            return Ok(());
        }
        if is_about_text(function) {
            let text = |kind: Kind| match kind.system(self.model) {
                Some(System::String) => true,
                // Dates and numbers are written as strings in FHIR, and published expressions treat them so.
                Some(_) => !self.is_strict() || matches!(kind, Kind::Place(..)),
                None => false,
            };
            if !input.may_be(text) {
                self.refuse(at, format!("`{}` works on strings", function.name()))?;
            }
        }
        if matches!(
            function,
            Function::First | Function::Last | Function::Tail | Function::Skip | Function::Take
        ) {
            self.needs_order(at, input)?;
        }
        Ok(())
    }

    fn result(
        &self,
        at: usize,
        function: Function,
        input: Kinds,
        mut arguments: Vec<Kinds>,
    ) -> Result<Kinds, CompileError> {
        use Function as F;
        let quantities = |kind: Kind| matches!(kind.system(self.model), None | Some(System::Quantity));
        Ok(match function {
            F::Where
            | F::Distinct
            | F::Tail
            | F::Skip
            | F::Take
            | F::Intersect
            | F::Exclude
            | F::Trace
            | F::Slice
            | F::DefineVariable
            | F::GetValue
            | F::Sort => input,
            F::Single | F::First | F::Last => input.single(),
            F::Select => {
                let projected = arguments.pop().unwrap_or_else(Kinds::any);
                Kinds {
                    many: projected.many | input.many,
                    ordered: projected.ordered & input.ordered,
                    ..projected
                }
            }
            F::Union | F::Combine => input.or(arguments.swap_remove(0)).several(),
            F::Iif | F::Coalesce => {
                let from = usize::from(function == F::Iif);
                arguments.into_iter().skip(from).fold(Kinds::none(), Kinds::or)
            }
            F::Children | F::Descendants => Kinds::any().unordered(),
            F::Repeat | F::RepeatAll | F::Resolve | F::ElementDefinition | F::Aggregate => Kinds::any(),
            F::Extension => match self.model.type_place("Extension") {
                Some(place) => Kinds::one(Kind::Place(place, self.model.shape(place))).several(),
                None => Kinds::any(),
            },
            F::Abs | F::LowBoundary | F::HighBoundary | F::Sum | F::Min | F::Max | F::Avg => {
                if input.may_be(quantities) {
                    Kinds::any().single()
                } else {
                    input.single()
                }
            }
            F::Count
            | F::IndexOf
            | F::LastIndexOf
            | F::Length
            | F::Ceiling
            | F::Floor
            | F::Truncate
            | F::ToInteger
            | F::ToLong
            | F::Precision => Kinds::system(System::Integer),
            F::Exp | F::Ln | F::Log | F::Sqrt | F::Round | F::Power | F::ToDecimal => {
                if !input.is_none()
                    && !input.may_be(|kind| super::is_numeric(kind.system(self.model)))
                    && function != F::ToDecimal
                {
                    self.refuse(at, format!("`{}` works on numbers", function.name()))?;
                }
                match function {
                    F::Power | F::Round => Kinds::any().single(),
                    _ => Kinds::system(System::Decimal),
                }
            }
            F::ToString
            | F::Substring
            | F::Upper
            | F::Lower
            | F::Replace
            | F::ReplaceMatches
            | F::Encode
            | F::Decode
            | F::Escape
            | F::Unescape
            | F::Trim
            | F::Join => Kinds::system(System::String),
            F::ToChars | F::Split => Kinds::system(System::String).several(),
            F::ToDate | F::Today => Kinds::system(System::Date),
            F::ToDateTime | F::Now => Kinds::system(System::DateTime),
            F::ToTime | F::TimeOfDay => Kinds::system(System::Time),
            F::ToQuantity => Kinds::system(System::Quantity),
            F::Type => Kinds::one(Kind::TypeInfo),
            _ => Kinds::system(System::Boolean),
        })
    }
}

fn is_about_text(function: Function) -> bool {
    use Function as F;
    matches!(
        function,
        F::IndexOf
            | F::LastIndexOf
            | F::Substring
            | F::StartsWith
            | F::EndsWith
            | F::Contains
            | F::Upper
            | F::Lower
            | F::Replace
            | F::Matches
            | F::MatchesFull
            | F::ReplaceMatches
            | F::Length
            | F::ToChars
            | F::Encode
            | F::Decode
            | F::Escape
            | F::Unescape
            | F::Trim
            | F::Split
    )
}

fn literal_text(arguments: &[Code]) -> Option<&str> {
    match &arguments.first()?.op {
        Op::Literal(Item::String(text)) => Some(text),
        _ => None,
    }
}

/// The name of a type, which the grammar of arguments reads as a path.
fn type_name(argument: &Ast) -> Option<TypeName> {
    let AstKind::Path(None, steps) = &argument.kind else {
        // Published before N1: `ofType('Patient')`.
        return match &argument.kind {
            AstKind::Literal(crate::ast::Literal::String(name)) => Some(TypeName {
                namespace: None,
                name: name.clone(),
            }),
            _ => None,
        };
    };
    let name = |step: &AstStep| match &step.kind {
        AstStepKind::Member(name) => Some(name.clone()),
        _ => None,
    };
    match steps.as_slice() {
        [only] => Some(TypeName {
            namespace: None,
            name: name(only)?,
        }),
        [namespace, only] => Some(TypeName {
            namespace: Some(name(namespace)?),
            name: name(only)?,
        }),
        _ => None,
    }
}

fn mentions_index(tree: &Ast) -> bool {
    match &tree.kind {
        AstKind::Index => true,
        AstKind::Path(head, steps) => {
            head.as_deref().is_some_and(mentions_index)
                || steps.iter().any(|step| match &step.kind {
                    AstStepKind::Member(_) => false,
                    AstStepKind::Index(index) => mentions_index(index),
                    AstStepKind::Call(_, arguments) => arguments.iter().any(mentions_index),
                })
        }
        AstKind::Polarity(_, operand) | AstKind::TypeTest(_, operand, _) => mentions_index(operand),
        AstKind::Binary(_, left, right) => mentions_index(left) || mentions_index(right),
        AstKind::Chain(_, operands) => operands.iter().any(mentions_index),
        _ => false,
    }
}
