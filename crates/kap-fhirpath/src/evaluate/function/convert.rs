//! Conversions (<http://hl7.org/fhirpath/N1/#conversion>): `toX` is empty where `convertsToX` is false.

use std::borrow::Cow;

use kap_fhir::{Decimal, ucum};

use crate::code::Call;
use crate::error::Stop;
use crate::evaluate::{Evaluator, Few, Scope, value};
use crate::function::Function;
use crate::item::{Item, Quantity, Unit};
use crate::temporal::{Calendar, DateTime, Time};

/// Whether `function` is one of these.
pub(super) fn is_conversion(function: Function) -> bool {
    target(function).is_some()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Boolean,
    Integer,
    Decimal,
    String,
    Date,
    DateTime,
    Time,
    Quantity,
}

/// What it converts to, and whether it only asks.
fn target(function: Function) -> Option<(Target, bool)> {
    use Function as F;
    Some(match function {
        F::ToBoolean => (Target::Boolean, false),
        F::ConvertsToBoolean => (Target::Boolean, true),
        F::ToInteger | F::ToLong => (Target::Integer, false),
        F::ConvertsToInteger | F::ConvertsToLong => (Target::Integer, true),
        F::ToDecimal => (Target::Decimal, false),
        F::ConvertsToDecimal => (Target::Decimal, true),
        F::ToString => (Target::String, false),
        F::ConvertsToString => (Target::String, true),
        F::ToDate => (Target::Date, false),
        F::ConvertsToDate => (Target::Date, true),
        F::ToDateTime => (Target::DateTime, false),
        F::ConvertsToDateTime => (Target::DateTime, true),
        F::ToTime => (Target::Time, false),
        F::ConvertsToTime => (Target::Time, true),
        F::ToQuantity => (Target::Quantity, false),
        F::ConvertsToQuantity => (Target::Quantity, true),
        _ => return None,
    })
}

impl<'d> Evaluator<'_, 'd> {
    pub(super) fn convert(
        &self,
        call: &'d Call,
        input: Few<'d>,
        at: u32,
        scope: Scope<'_, 'd>,
    ) -> Result<Few<'d>, Stop> {
        let (Some((target, only_asks)), Some(item)) = (target(call.function), input.single(at)?) else {
            return Ok(Few::None);
        };
        let system = value::system(&item)
            .or_else(|| value::quantity(&item, self.context.model).map(|quantity| Item::Quantity(Box::new(quantity))));
        let mut converted = system.and_then(|item| to(target, item, call.function));
        if let (Target::Quantity, Some(argument), Some(Item::Quantity(quantity))) =
            (target, call.arguments.first(), &converted)
        {
            converted = match self.text_of(argument, scope)? {
                Some(unit) => in_unit(quantity, &unit).map(|quantity| Item::Quantity(Box::new(quantity))),
                None => None,
            };
        }
        if only_asks {
            return Ok(Few::One(Item::Boolean(converted.is_some())));
        }
        Ok(converted.into())
    }
}

fn to(target: Target, item: Item<'_>, function: Function) -> Option<Item<'_>> {
    match target {
        Target::Boolean => boolean(&item).map(Item::Boolean),
        Target::Integer => {
            let is_long = matches!(function, Function::ToLong | Function::ConvertsToLong);
            integer(&item)
                .filter(|value| is_long || i32::try_from(*value).is_ok())
                .map(Item::Integer)
        }
        Target::Decimal => decimal(&item).map(Item::Decimal),
        Target::String => match item {
            Item::Type(_) | Item::Element(_) => None,
            text @ Item::String(_) => Some(text),
            other => Some(Item::String(Cow::Owned(other.to_string()))),
        },
        Target::Date => match item {
            Item::Date(date) => Some(Item::Date(date)),
            Item::DateTime(date_time) => Some(Item::Date(date_time.date)),
            Item::String(text) => DateTime::parse(&text)
                .filter(|_| !text.ends_with('T'))
                .map(|date_time| Item::Date(date_time.date)),
            _ => None,
        },
        Target::DateTime => match item {
            Item::Date(date) => Some(Item::DateTime(date.into())),
            Item::DateTime(date_time) => Some(Item::DateTime(date_time)),
            Item::String(text) => DateTime::parse(&text)
                .filter(|_| !text.ends_with('T'))
                .map(Item::DateTime),
            _ => None,
        },
        Target::Time => match item {
            Item::Time(time) => Some(Item::Time(time)),
            Item::String(text) => Time::parse(text.strip_prefix('T').unwrap_or(&text)).map(Item::Time),
            _ => None,
        },
        Target::Quantity => match item {
            Item::Quantity(quantity) => Some(Item::Quantity(quantity)),
            Item::Boolean(value) => Some(number(Decimal::from(i64::from(value)))),
            Item::Integer(value) => Some(number(Decimal::from(value))),
            Item::Decimal(value) => Some(number(value)),
            Item::String(text) => quantity(&text).map(|quantity| Item::Quantity(Box::new(quantity))),
            _ => None,
        },
    }
}

fn boolean(item: &Item<'_>) -> Option<bool> {
    match item {
        Item::Boolean(value) => Some(*value),
        Item::Integer(0) => Some(false),
        Item::Integer(1) => Some(true),
        Item::Decimal(value) if value.is_zero() => Some(false),
        Item::Decimal(value) if *value == Decimal::ONE => Some(true),
        Item::String(text) => match text.to_lowercase().as_str() {
            "true" | "t" | "yes" | "y" | "1" | "1.0" => Some(true),
            "false" | "f" | "no" | "n" | "0" | "0.0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

fn integer(item: &Item<'_>) -> Option<i64> {
    match item {
        Item::Boolean(value) => Some(i64::from(*value)),
        Item::Integer(value) => Some(*value),
        // `(+|-)?\d+`
        Item::String(text) => text.parse().ok(),
        _ => None,
    }
}

fn decimal(item: &Item<'_>) -> Option<Decimal> {
    match item {
        Item::Boolean(value) => Some(Decimal::from(i64::from(*value))),
        Item::Integer(value) => Some(Decimal::from(*value)),
        Item::Decimal(value) => Some(*value),
        // `(+|-)?\d+(\.\d+)?`
        Item::String(text) if !text.contains(['e', 'E']) => Decimal::parse(text.strip_prefix('+').unwrap_or(text)),
        _ => None,
    }
}

fn number(value: Decimal) -> Item<'static> {
    Item::Quantity(Box::new(Quantity {
        value,
        unit: Unit::Ucum(Cow::Borrowed("1")),
    }))
}

/// `(+|-)?\d+(\.\d+)?\s*('unit'|calendar word)?`
fn quantity(text: &str) -> Option<Quantity<'static>> {
    let end = text
        .bytes()
        .position(|byte| !(byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.')))
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let value = Decimal::parse(number.strip_prefix('+').unwrap_or(number))?;
    let unit = match unit.trim() {
        "" => Unit::Ucum(Cow::Borrowed("1")),
        unit => match unit.strip_prefix('\'').and_then(|unit| unit.strip_suffix('\'')) {
            Some(code) => Unit::Ucum(Cow::Owned(code.to_owned())),
            None => Unit::Calendar(Calendar::from_word(unit)?.word()),
        },
    };
    Some(Quantity { value, unit })
}

fn in_unit<'d>(quantity: &Quantity<'d>, unit: &str) -> Option<Quantity<'d>> {
    let wanted: Unit<'d> = match Calendar::from_word(unit) {
        Some(calendar) => Unit::Calendar(calendar.word()),
        None => Unit::Ucum(Cow::Owned(unit.to_owned())),
    };
    if quantity.unit == wanted {
        return Some(quantity.clone());
    }
    let code = |unit: &Unit<'_>| match unit {
        Unit::Ucum(code) => code.to_string(),
        Unit::Calendar(word) => Calendar::from_word(word).map_or_else(String::new, |unit| unit.ucum().to_owned()),
    };
    Some(Quantity {
        value: ucum::convert(quantity.value, &code(&quantity.unit), &code(&wanted))?,
        unit: wanted,
    })
}
