//! Functions that need their whole input.

mod boundary;
mod convert;
mod fhir;
mod math;
mod set;
mod sort;
mod text;

use std::borrow::Cow;

use crate::code::{Call, Code};
use crate::error::Stop;
use crate::function::Function;
use crate::item::{Item, TypeInfo};

use super::{Evaluator, Few, Scope, value};

impl<'d> Evaluator<'_, 'd> {
    /// Applies a function to its input.
    pub(super) fn function(
        &self,
        call: &'d Call,
        input: Few<'d>,
        at: u32,
        scope: Scope<'_, 'd>,
    ) -> Result<Few<'d>, Stop> {
        use Function as F;
        match call.function {
            F::Count => Ok(integer_item(input.len()).into()),
            F::Exists | F::All => self.indexed_condition(call, &input, scope),
            F::Where | F::Select => self.indexed(call, &input, scope),
            F::Single => Ok(input.single(at)?.into()),
            F::Last => Ok(input.into_vec().pop().into()),
            F::Tail => Ok(input.into_iter().skip(1).collect::<Vec<_>>().into()),
            F::Skip | F::Take => self.part(call, input, at, scope),
            F::As => match input.single(at)? {
                Some(item) if call.type_ref.as_ref().is_some_and(|wanted| self.is_as(&item, wanted)) => {
                    Ok(Few::One(item))
                }
                _ => Ok(Few::None),
            },
            F::SubsetOf
            | F::SupersetOf
            | F::Distinct
            | F::IsDistinct
            | F::Intersect
            | F::Exclude
            | F::Union
            | F::Combine
            | F::Coalesce => self.set(call, input, at, scope),
            F::Repeat | F::RepeatAll => self.repeat(call, input, at, scope),
            F::Iif => self.iif(call, input, at, scope),
            F::Aggregate => self.aggregate(call, &input, scope),
            F::Sort => self.sort(call, input, at, scope),
            F::Type => Ok(self.types(input)),
            F::Now => Ok(Few::One(Item::DateTime(self.context.now))),
            F::Today => Ok(Few::One(Item::Date(self.context.now.to_date()))),
            F::TimeOfDay => Ok(self.context.now.time.map(Item::Time).into()),
            F::LowBoundary | F::HighBoundary | F::Precision | F::Comparable => self.boundary(call, input, at, scope),
            F::Abs
            | F::Ceiling
            | F::Exp
            | F::Floor
            | F::Ln
            | F::Log
            | F::Power
            | F::Round
            | F::Sqrt
            | F::Truncate
            | F::Sum
            | F::Min
            | F::Max
            | F::Avg => self.math(call, input, at, scope),
            F::ElementDefinition
            | F::CheckModifiers
            | F::ConformsTo
            | F::MemberOf
            | F::Subsumes
            | F::SubsumedBy
            | F::HtmlChecks
            | F::HtmlChecks1
            | F::HtmlChecks2 => self.fhir(call, input, at, scope),
            function if convert::is_conversion(function) => self.convert(call, input, at, scope),
            _ => self.text(call, input, at, scope),
        }
    }

    /// `where` and `select` whose argument looks at `$index`.
    fn indexed(&self, call: &'d Call, input: &Few<'d>, scope: Scope<'_, 'd>) -> Result<Few<'d>, Stop> {
        let Some(argument) = call.arguments.first() else {
            return Ok(Few::None);
        };
        self.collect(|sink| {
            for (index, item) in input.as_slice().iter().enumerate() {
                let inside = Scope {
                    index: Some(index),
                    ..scope.each(item)
                };
                let flow = if call.function == Function::Select {
                    self.give(argument, inside, sink)?
                } else if self.criterion(argument, inside)? {
                    sink(item.clone())?
                } else {
                    continue;
                };
                if flow.is_break() {
                    return super::BREAK;
                }
            }
            super::CONTINUE
        })
    }

    /// `exists` and `all` whose argument looks at `$index`.
    fn indexed_condition(&self, call: &'d Call, input: &Few<'d>, scope: Scope<'_, 'd>) -> Result<Few<'d>, Stop> {
        let Some(argument) = call.arguments.first() else {
            return Ok(Few::One(Item::Boolean(!input.is_empty())));
        };
        let all = call.function == Function::All;
        let mut open = None;
        for (index, item) in input.as_slice().iter().enumerate() {
            let inside = Scope {
                index: Some(index),
                ..scope.each(item)
            };
            match self.condition(argument, inside) {
                Ok(holds) if (holds == Some(true)) != all => return Ok(Few::One(Item::Boolean(!all))),
                Ok(_) => {}
                Err(Stop::Undecided(undecided)) => open = open.or(Some(undecided)),
                Err(error) => return Err(error),
            }
        }
        match open {
            Some(undecided) => Err(Stop::Undecided(undecided)),
            None => Ok(Few::One(Item::Boolean(all))),
        }
    }

    fn part(&self, call: &'d Call, input: Few<'d>, at: u32, scope: Scope<'_, 'd>) -> Result<Few<'d>, Stop> {
        let Some(number) = self.integer_argument(call, 0, at, scope)? else {
            return Ok(Few::None);
        };
        let number = usize::try_from(number.max(0)).unwrap_or(usize::MAX);
        let items = input.into_iter();
        let items: Vec<Item<'d>> = match call.function {
            Function::Skip => items.skip(number).collect(),
            _ => items.take(number).collect(),
        };
        Ok(items.into())
    }

    fn repeat(&self, call: &'d Call, input: Few<'d>, at: u32, scope: Scope<'_, 'd>) -> Result<Few<'d>, Stop> {
        let Some(projection) = call.arguments.first() else {
            return Ok(Few::None);
        };
        let unique = call.function == Function::Repeat;
        let mut found: Vec<Item<'d>> = Vec::new();
        let mut next = input.into_vec();
        while !next.is_empty() {
            let mut fresh = Vec::new();
            for item in &next {
                for child in self.few(projection, scope.each(item))? {
                    self.count(at)?;
                    // Items of different places are different, so only values could come around again.
                    let known = unique && self.is_known(&found, &fresh, &child, at)?;
                    if !known {
                        fresh.push(child);
                    }
                }
            }
            found.extend(fresh.iter().cloned());
            next = fresh;
        }
        Ok(found.into())
    }

    fn is_known(&self, found: &[Item<'d>], fresh: &[Item<'d>], child: &Item<'d>, at: u32) -> Result<bool, Stop> {
        if let Item::Element(element) = child {
            let node = element.any_node();
            self.charge((found.len() + fresh.len()) / 16, at)?;
            return Ok(found
                .iter()
                .chain(fresh)
                .any(|other| matches!(other, Item::Element(other) if other.any_node() == node)));
        }
        Ok(self.holds(found, child, at)? || self.holds(fresh, child, at)?)
    }

    fn iif(&self, call: &'d Call, input: Few<'d>, at: u32, scope: Scope<'_, 'd>) -> Result<Few<'d>, Stop> {
        let item = input.single(at)?;
        let inside = Scope {
            this: item.as_ref(),
            ..scope
        };
        let [criterion, then, rest @ ..] = &call.arguments[..] else {
            return Ok(Few::None);
        };
        let holds = self.condition(criterion, inside)? == Some(true);
        match rest.first() {
            _ if holds => self.few(then, inside),
            Some(otherwise) => self.few(otherwise, inside),
            None => Ok(Few::None),
        }
    }

    fn aggregate(&self, call: &'d Call, input: &Few<'d>, scope: Scope<'_, 'd>) -> Result<Few<'d>, Stop> {
        let Some(step) = call.arguments.first() else {
            return Ok(Few::None);
        };
        let mut total = match call.arguments.get(1) {
            Some(start) => self.few(start, scope)?,
            None => Few::None,
        };
        for (index, item) in input.as_slice().iter().enumerate() {
            let inside = Scope {
                this: Some(item),
                index: Some(index),
                total: Some(total.as_slice()),
                defined: scope.defined,
            };
            total = self.few(step, inside)?;
        }
        Ok(total)
    }

    fn types(&self, input: Few<'d>) -> Few<'d> {
        let model = self.context.model;
        let items: Vec<Item<'d>> = input
            .into_iter()
            .map(|item| {
                let (namespace, name) = match &item {
                    Item::Element(element) => ("FHIR", model.type_name(element.place).to_owned()),
                    other => ("System", system_name(other).to_owned()),
                };
                Item::Type(Box::new(TypeInfo { namespace, name }))
            })
            .collect();
        items.into()
    }

    /// An argument that is an integer; none where it is empty.
    fn integer_argument(
        &self,
        call: &'d Call,
        number: usize,
        at: u32,
        scope: Scope<'_, 'd>,
    ) -> Result<Option<i64>, Stop> {
        let Some(argument) = call.arguments.get(number) else {
            return Ok(None);
        };
        match self.one(argument, scope)?.map(|item| value::system(&item)) {
            None => Ok(None),
            Some(Some(Item::Integer(value))) => Ok(Some(value)),
            Some(_) => Err(Stop::wrong_type(
                at,
                format!("an argument of `{}` is an integer", call.function.name()),
            )),
        }
    }

    /// The text of an argument; none where it is empty.
    pub(super) fn text_of(&self, code: &'d Code, scope: Scope<'_, 'd>) -> Result<Option<Cow<'d, str>>, Stop> {
        let Some(item) = self.one(code, scope)? else {
            return Ok(None);
        };
        match value::text(&item) {
            Some(text) => Ok(Some(text)),
            None if matches!(&item, Item::Element(element) if element.primitive().is_some()) => Ok(None),
            None => Err(Stop::wrong_type(code.at, "a string is expected here")),
        }
    }
}

fn system_name(item: &Item<'_>) -> &'static str {
    match item {
        Item::Boolean(_) => "Boolean",
        Item::Integer(_) => "Integer",
        Item::Decimal(_) => "Decimal",
        Item::String(_) => "String",
        Item::Date(_) => "Date",
        Item::DateTime(_) => "DateTime",
        Item::Time(_) => "Time",
        Item::Quantity(_) => "Quantity",
        Item::Element(_) | Item::Type(_) => "SimpleTypeInfo",
    }
}

fn integer_item<'d>(number: usize) -> Option<Item<'d>> {
    i64::try_from(number).ok().map(Item::Integer)
}
