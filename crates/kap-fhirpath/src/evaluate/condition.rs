//! Conditions: decided with as little as they need.

use crate::ast::{Operator, TypeTest};
use crate::code::Namespace;
use crate::code::{Call, Code, Op, Step, StepKind, TypeRef};
use crate::compile::kinds::{System, is_type};
use crate::error::Stop;
use crate::function::Function;
use crate::item::Item;

use super::path::{Source, is_condition};
use super::{BREAK, CONTINUE, Evaluator, Few, Scope};

/// The answer of a condition: none where it is empty.
pub(crate) type Truth = Option<bool>;

impl<'d> Evaluator<'_, 'd> {
    /// The value of `code` as a condition (<http://hl7.org/fhirpath/N1/#boolean-logic>).
    pub(crate) fn condition(&self, code: &'d Code, scope: Scope<'_, 'd>) -> Result<Truth, Stop> {
        self.deeper(code.at, || match &code.op {
            Op::And(operands) => self.and_or(operands, false, scope),
            Op::Or(operands) => self.and_or(operands, true, scope),
            Op::Binary(operator, operands) => self.binary(code, *operator, &operands.0, &operands.1, scope),
            Op::TypeTest(TypeTest::Is, operand, type_ref) => {
                Ok(self.one(operand, scope)?.map(|item| self.is_of(&item, type_ref)))
            }
            Op::Path(head, steps) => self.path_condition(head, steps, code.at, scope),
            Op::Literal(Item::Boolean(value)) => Ok(Some(*value)),
            _ => truth(self.few(code, scope)?, code.at),
        })
    }

    fn path_condition(&self, head: &'d Code, steps: &'d [Step], at: u32, scope: Scope<'_, 'd>) -> Result<Truth, Stop> {
        if let Some((last, before)) = steps.split_last()
            && let StepKind::Call(call) = &last.kind
            && is_condition(call.function)
            && !before.iter().any(|step| step.is_definition)
        {
            self.count(last.at)?;
            return self.condition_of(Source::Code(head), before, call, last.at, scope);
        }
        truth(self.collect(|sink| self.path(head, steps, scope, sink))?, at)
    }

    fn binary(
        &self,
        code: &'d Code,
        operator: Operator,
        left: &'d Code,
        right: &'d Code,
        scope: Scope<'_, 'd>,
    ) -> Result<Truth, Stop> {
        let at = code.at;
        match operator {
            Operator::Implies => self.implies(left, right, scope),
            Operator::Xor => {
                let (left, right) = (self.condition(left, scope)?, self.condition(right, scope)?);
                Ok(left.zip(right).map(|(left, right)| left != right))
            }
            Operator::In => self.is_in(left, right, at, scope),
            Operator::Contains => self.is_in(right, left, at, scope),
            Operator::Equal | Operator::NotEqual => {
                let (left, right) = (self.few(left, scope)?, self.few(right, scope)?);
                let equal = self.equal_collections(&left, &right, at)?;
                Ok(equal.map(|equal| equal == (operator == Operator::Equal)))
            }
            Operator::Equivalent | Operator::NotEquivalent => {
                let (left, right) = (self.few(left, scope)?, self.few(right, scope)?);
                let equivalent = self.equivalent_collections(&left, &right, at)?;
                Ok(Some(equivalent == (operator == Operator::Equivalent)))
            }
            Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
                let (left, right) = (self.one(left, scope)?, self.one(right, scope)?);
                let (Some(left), Some(right)) = (left, right) else {
                    return Ok(None);
                };
                let order = self.compare(&left, &right, at)?;
                Ok(order.map(|order| match operator {
                    Operator::Less => order.is_lt(),
                    Operator::LessOrEqual => order.is_le(),
                    Operator::Greater => order.is_gt(),
                    _ => order.is_ge(),
                }))
            }
            _ => truth(self.few(code, scope)?, at),
        }
    }

    /// `and` where `decides` is false, `or` where it is true: one operand with that value decides, and one that is
    /// undecided matters only if none decides.
    fn and_or(&self, operands: &'d [Code], decides: bool, scope: Scope<'_, 'd>) -> Result<Truth, Stop> {
        let mut is_empty = false;
        let mut open = None;
        for operand in operands {
            match self.condition(operand, scope) {
                Ok(Some(value)) if value == decides => return Ok(Some(decides)),
                Ok(Some(_)) => {}
                Ok(None) => is_empty = true,
                Err(Stop::Undecided(undecided)) => open = open.or(Some(undecided)),
                Err(error) => return Err(error),
            }
        }
        match open {
            Some(undecided) => Err(Stop::Undecided(undecided)),
            None if is_empty => Ok(None),
            None => Ok(Some(!decides)),
        }
    }

    fn implies(&self, left: &'d Code, right: &'d Code, scope: Scope<'_, 'd>) -> Result<Truth, Stop> {
        match self.condition(left, scope) {
            Ok(Some(false)) => Ok(Some(true)),
            Ok(Some(true)) => self.condition(right, scope),
            Ok(None) => Ok(self.condition(right, scope)?.filter(|holds| *holds)),
            Err(Stop::Undecided(undecided)) => match self.condition(right, scope) {
                Ok(Some(true)) => Ok(Some(true)),
                Ok(_) => Err(Stop::Undecided(undecided)),
                Err(error) => Err(error),
            },
            Err(error) => Err(error),
        }
    }

    fn is_in(&self, item: &'d Code, list: &'d Code, at: u32, scope: Scope<'_, 'd>) -> Result<Truth, Stop> {
        let Some(item) = self.one(item, scope)? else {
            return Ok(None);
        };
        if let Op::Union(operands) = &list.op
            && operands.iter().all(|operand| matches!(operand.op, Op::Literal(_)))
        {
            for operand in operands {
                if let Op::Literal(literal) = &operand.op
                    && self.equal(&item, &literal.borrowed(), at)? == Some(true)
                {
                    return Ok(Some(true));
                }
            }
            return Ok(Some(false));
        }
        let found = self.settled(false, || {
            self.give(list, scope, &mut |other| {
                if self.equal(&item, &other, at)? == Some(true) {
                    BREAK
                } else {
                    CONTINUE
                }
            })
        })?;
        Ok(Some(found))
    }

    /// The answer of a function that needs no collection.
    pub(super) fn condition_of(
        &self,
        source: Source<'_, 'd>,
        before: &'d [Step],
        call: &'d Call,
        at: u32,
        scope: Scope<'_, 'd>,
    ) -> Result<Truth, Stop> {
        let boolean = |item: &Item<'d>| {
            super::value::boolean(item).ok_or_else(|| Stop::wrong_type(at, "the items have to be booleans"))
        };
        match call.function {
            Function::Exists => match call.arguments.first() {
                Some(_) if call.uses_index => {
                    let input = self.collect(|sink| self.run(source, before, scope, sink))?;
                    self.function(call, input, at, scope).and_then(|few| truth(few, at))
                }
                Some(criterion) => self
                    .any(source, before, scope, |item| {
                        self.condition(criterion, scope.each(item))
                    })
                    .map(Some),
                None => self.any(source, before, scope, |_| Ok(Some(true))).map(Some),
            },
            Function::Empty => Ok(Some(!self.any(source, before, scope, |_| Ok(Some(true)))?)),
            Function::All => {
                let Some(criterion) = call.arguments.first().filter(|_| !call.uses_index) else {
                    let input = self.collect(|sink| self.run(source, before, scope, sink))?;
                    return self.function(call, input, at, scope).and_then(|few| truth(few, at));
                };
                let fails = self.any(source, before, scope, |item| {
                    Ok(Some(self.condition(criterion, scope.each(item))? != Some(true)))
                })?;
                Ok(Some(!fails))
            }
            Function::AllTrue => Ok(Some(
                !self.any(source, before, scope, |item| Ok(Some(!boolean(item)?)))?,
            )),
            Function::AllFalse => Ok(Some(!self.any(source, before, scope, |item| Ok(Some(boolean(item)?)))?)),
            Function::AnyTrue => Ok(Some(self.any(source, before, scope, |item| Ok(Some(boolean(item)?)))?)),
            Function::AnyFalse => Ok(Some(self.any(source, before, scope, |item| Ok(Some(!boolean(item)?)))?)),
            // Not in the specification, but published in HL7's own packages.
            Function::HasExtension => self
                .any(source, before, scope, |item| {
                    let flow = self.extension(call, at, item, scope, &mut |_| BREAK)?;
                    Ok(Some(flow.is_break()))
                })
                .map(Some),
            Function::Not => Ok(self.truth_of(source, before, at, scope)?.map(|holds| !holds)),
            _ => {
                let input = self.collect(|sink| self.run(source, before, scope, sink))?;
                self.condition_on(call, input, at, scope)
            }
        }
    }

    fn truth_of(
        &self,
        source: Source<'_, 'd>,
        before: &'d [Step],
        at: u32,
        scope: Scope<'_, 'd>,
    ) -> Result<Truth, Stop> {
        match (source, before) {
            (Source::Code(code), []) => self.condition(code, scope),
            (Source::Code(code), _) => self.path_condition(code, before, at, scope),
            _ => truth(self.collect(|sink| self.run(source, before, scope, sink))?, at),
        }
    }

    /// Conditions on a single item.
    fn condition_on(&self, call: &'d Call, input: Few<'d>, at: u32, scope: Scope<'_, 'd>) -> Result<Truth, Stop> {
        match call.function {
            Function::HasValue => Ok(Some(match input {
                Few::One(Item::Element(element)) => element.primitive().is_some() && element.node.is_some(),
                Few::One(Item::Type(_)) | Few::None | Few::Many(_) => false,
                Few::One(_) => true,
            })),
            Function::Is => {
                if input.len() > 1 && call.asks_single {
                    return Err(Stop::not_single(at));
                }
                let wanted = call.type_ref.as_ref();
                let fits = |item: &Item<'d>| wanted.is_some_and(|wanted| self.is_of(item, wanted));
                // Published invariants ask `is` of several items: all have to be of the type.
                Ok(if input.is_empty() {
                    None
                } else {
                    Some(input.as_slice().iter().all(fits))
                })
            }
            _ => self.text_condition(call, input, at, scope),
        }
    }

    /// Whether `item` is of the type or one derived from it.
    pub(super) fn is_of(&self, item: &Item<'d>, wanted: &TypeRef) -> bool {
        let system = match item {
            Item::Element(element) => {
                let model = self.context.model;
                return wanted.namespace != Namespace::System
                    && is_type(model, model.type_name(element.place), &wanted.name);
            }
            Item::Boolean(_) => System::Boolean,
            Item::Integer(_) => System::Integer,
            Item::Decimal(_) => System::Decimal,
            Item::String(_) => System::String,
            Item::Date(_) => System::Date,
            Item::DateTime(_) => System::DateTime,
            Item::Time(_) => System::Time,
            Item::Quantity(_) => System::Quantity,
            Item::Type(_) => return false,
        };
        wanted.namespace != Namespace::Fhir
            && (System::from_name(&wanted.name) == Some(system) || &*wanted.name == "Any")
    }

    /// Turns an answer of the host into one of ours.
    pub(super) fn answer(answer: crate::Answer) -> Result<bool, Stop> {
        match answer {
            crate::Answer::Yes => Ok(true),
            crate::Answer::No => Ok(false),
            crate::Answer::Undecided(undecided) => Err(undecided.into()),
        }
    }
}

/// The value of a collection as a condition: a single item that is no boolean counts as true.
pub(super) fn truth(few: Few<'_>, at: u32) -> Result<Truth, Stop> {
    Ok(few.single(at)?.map(|item| match super::value::system(&item) {
        Some(Item::Boolean(value)) => value,
        _ => true,
    }))
}
