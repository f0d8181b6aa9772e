//! `+ - * / div mod &` (<http://hl7.org/fhirpath/N1/#math>). Sums that leave the range of their type are empty.

use std::borrow::Cow;

use kap_fhir::{Decimal, ucum};

use crate::ast::Operator;
use crate::error::Stop;
use crate::evaluate::{Evaluator, Few, value};
use crate::item::{Item, Quantity, Unit};
use crate::temporal::{AddError, Calendar};

impl<'d> Evaluator<'_, 'd> {
    pub(in crate::evaluate) fn arithmetic(
        &self,
        operator: Operator,
        left: Few<'d>,
        right: Few<'d>,
        at: u32,
    ) -> Result<Few<'d>, Stop> {
        self.count(at)?;
        let (left, right) = (left.single(at)?, right.single(at)?);
        if operator == Operator::Concatenate {
            return self.concatenate(left.as_ref(), right.as_ref(), at);
        }
        let (Some(left), Some(right)) = (left, right) else {
            return Ok(Few::None);
        };
        let operand = |item: &Item<'d>| {
            value::system(item).or_else(|| {
                value::quantity(item, self.context.model).map(|quantity| Item::Quantity(Box::new(quantity)))
            })
        };
        let (Some(left), Some(right)) = (operand(&left), operand(&right)) else {
            return Err(wrong(at));
        };
        Ok(calculate(operator, left, right, at)?.into())
    }

    fn concatenate(&self, left: Option<&Item<'d>>, right: Option<&Item<'d>>, at: u32) -> Result<Few<'d>, Stop> {
        let text = |item: Option<&Item<'d>>| match item {
            None => Ok(Cow::Borrowed("")),
            Some(item) => match value::text(item) {
                Some(text) => Ok(text),
                None => match value::system(item) {
                    Some(value) => Ok(Cow::Owned(value.to_string())),
                    None if matches!(item, Item::Element(element) if element.primitive().is_some()) => {
                        Ok(Cow::Borrowed(""))
                    }
                    None => Err(wrong(at)),
                },
            },
        };
        let (left, right) = (text(left)?, text(right)?);
        self.charge((left.len() + right.len()) / 64, at)?;
        Ok(Few::One(Item::String(left + right)))
    }

    pub(in crate::evaluate) fn negative(&self, operand: Few<'d>, at: u32) -> Result<Few<'d>, Stop> {
        let Some(item) = operand.single(at)? else {
            return Ok(Few::None);
        };
        let negative = match value::system(&item) {
            Some(Item::Integer(number)) => Item::Integer(-number),
            Some(Item::Decimal(number)) => Item::Decimal(number.negated()),
            Some(Item::Quantity(mut quantity)) => {
                quantity.value = quantity.value.negated();
                Item::Quantity(quantity)
            }
            _ => match value::quantity(&item, self.context.model) {
                Some(mut quantity) => {
                    quantity.value = quantity.value.negated();
                    Item::Quantity(Box::new(quantity))
                }
                None => return Err(Stop::wrong_type(at, "only numbers and quantities have a sign")),
            },
        };
        Ok(Few::One(negative))
    }
}

fn wrong(at: u32) -> Stop {
    Stop::wrong_type(at, "this operator does not take operands of these types")
}

fn calculate<'d>(operator: Operator, left: Item<'d>, right: Item<'d>, at: u32) -> Result<Option<Item<'d>>, Stop> {
    match (left, right) {
        (Item::Integer(left), Item::Integer(right)) => Ok(integers(operator, left, right)),
        (Item::String(left), Item::String(right)) if operator == Operator::Plus => Ok(Some(Item::String(left + right))),
        (Item::Quantity(left), Item::Quantity(right)) => Ok(quantities(operator, *left, &right)),
        (Item::Quantity(left), right @ (Item::Integer(_) | Item::Decimal(_))) => {
            Ok(super::number(&right).and_then(|number| quantities(operator, *left, &plain(number))))
        }
        (left @ (Item::Integer(_) | Item::Decimal(_)), Item::Quantity(right)) => {
            Ok(super::number(&left).and_then(|number| quantities(operator, plain(number), &right)))
        }
        (left @ (Item::Date(_) | Item::DateTime(_) | Item::Time(_)), Item::Quantity(right)) => {
            moments(operator, &left, &right, at)
        }
        (left, right) => match (super::number(&left), super::number(&right)) {
            (Some(left), Some(right)) => Ok(decimals(operator, left, right)),
            _ => Err(wrong(at)),
        },
    }
}

fn plain(value: Decimal) -> Quantity<'static> {
    Quantity {
        value,
        unit: Unit::Ucum(Cow::Borrowed("1")),
    }
}

/// An integer of 32 bits, as the specification has them.
pub(in crate::evaluate) fn integer(value: i64) -> Option<Item<'static>> {
    i32::try_from(value).ok().map(|_| Item::Integer(value))
}

fn integers(operator: Operator, left: i64, right: i64) -> Option<Item<'static>> {
    match operator {
        Operator::Plus => left.checked_add(right).and_then(integer),
        Operator::Minus => left.checked_sub(right).and_then(integer),
        Operator::Times => left.checked_mul(right).and_then(integer),
        Operator::Div => left.checked_div(right).and_then(integer),
        Operator::Mod => left.checked_rem(right).and_then(integer),
        _ => decimals(operator, Decimal::from(left), Decimal::from(right)),
    }
}

fn decimals(operator: Operator, left: Decimal, right: Decimal) -> Option<Item<'static>> {
    let value = match operator {
        Operator::Plus => left.checked_add(right),
        Operator::Minus => left.checked_sub(right),
        Operator::Times => left.checked_mul(right),
        Operator::Divide => left.checked_div(right),
        Operator::Mod => left.checked_rem(right),
        Operator::Div => return left.checked_div(right)?.trunc().to_i64().and_then(integer),
        _ => None,
    };
    value.map(Item::Decimal)
}

fn quantities<'d>(operator: Operator, left: Quantity<'d>, right: &Quantity<'d>) -> Option<Item<'d>> {
    let quantity = |value: Decimal, unit: Unit<'d>| Some(Item::Quantity(Box::new(Quantity { value, unit })));
    match operator {
        Operator::Plus | Operator::Minus => {
            let other = in_unit(right, &left.unit)?;
            let value = match operator {
                Operator::Plus => left.value.checked_add(other)?,
                _ => left.value.checked_sub(other)?,
            };
            quantity(value, left.unit)
        }
        Operator::Times => {
            let unit = combined(super::unit_code(&left.unit), super::unit_code(&right.unit), '.');
            quantity(left.value.checked_mul(right.value)?, unit)
        }
        Operator::Divide => {
            let unit = combined(super::unit_code(&left.unit), super::unit_code(&right.unit), '/');
            quantity(left.value.checked_div(right.value)?, unit)
        }
        _ => None,
    }
}

fn in_unit(quantity: &Quantity<'_>, unit: &Unit<'_>) -> Option<Decimal> {
    if quantity.unit == *unit {
        return Some(quantity.value);
    }
    if super::is_calendar_mixed(&quantity.unit, unit) {
        return None;
    }
    ucum::convert(quantity.value, super::unit_code(&quantity.unit), super::unit_code(unit))
}

fn combined<'u>(left: &str, right: &str, operator: char) -> Unit<'u> {
    let grouped = |code: &str| {
        if code.contains(['.', '/']) {
            format!("({code})")
        } else {
            code.to_owned()
        }
    };
    let code = match (left, right, operator) {
        (left, "1", _) => left.to_owned(),
        ("1", right, '.') => right.to_owned(),
        (left, right, '/') if left == right => "1".to_owned(),
        _ => format!("{}{operator}{}", grouped(left), grouped(right)),
    };
    Unit::Ucum(Cow::Owned(code))
}

fn moments(operator: Operator, left: &Item<'_>, right: &Quantity<'_>, at: u32) -> Result<Option<Item<'static>>, Stop> {
    let calendar = match &right.unit {
        Unit::Calendar(word) => Calendar::from_word(word),
        Unit::Ucum(code) => Calendar::from_ucum(code),
    };
    let Some(unit) = calendar else {
        return Err(Stop::wrong_type(
            at,
            "only durations are added to dates and times; years and months as `1 year`, not as UCUM's mean year",
        ));
    };
    let amount = match operator {
        Operator::Plus => right.value,
        Operator::Minus => right.value.negated(),
        _ => return Err(wrong(at)),
    };
    let sum = match left {
        Item::Date(date) => date.add(amount, unit).map(Item::Date),
        Item::DateTime(date_time) => date_time.add(amount, unit).map(Item::DateTime),
        Item::Time(time) => time.add(amount, unit).map(Item::Time),
        _ => return Err(wrong(at)),
    };
    match sum {
        Ok(item) => Ok(Some(item)),
        // Beyond the years 1 to 9999 there is no value.
        Err(AddError::OutOfRange) => Ok(None),
    }
}
