//! `lowBoundary`, `highBoundary`, `precision` and `comparable` (<https://hl7.org/fhirpath/#boundary-functions>).

use kap_fhir::{Decimal, ucum};

use crate::code::Call;
use crate::error::Stop;
use crate::evaluate::{Evaluator, Few, Scope, value};
use crate::function::Function;
use crate::item::{Item, Quantity, Unit};
use crate::temporal::Edge;

/// Digits after the point unless the caller asks for others.
const DEFAULT_DIGITS: i64 = 8;
/// Most digits after the point.
const MAX_DIGITS: u32 = 31;

impl<'d> Evaluator<'_, 'd> {
    pub(super) fn boundary(
        &self,
        call: &'d Call,
        input: Few<'d>,
        at: u32,
        scope: Scope<'_, 'd>,
    ) -> Result<Few<'d>, Stop> {
        let Some(item) = input.single(at)? else {
            return Ok(Few::None);
        };
        if call.function == Function::Comparable {
            return self.comparable(call, &item, scope);
        }
        let wrong = || {
            Stop::wrong_type(
                at,
                format!("`{}` works on numbers, dates and times", call.function.name()),
            )
        };
        let system = value::system(&item)
            .or_else(|| value::quantity(&item, self.context.model).map(|quantity| Item::Quantity(Box::new(quantity))));
        let Some(system) = system else {
            return match &item {
                Item::Element(element) if element.primitive().is_some() => Ok(Few::None),
                _ => Err(wrong()),
            };
        };
        if call.function == Function::Precision {
            let digits = match &system {
                Item::Integer(value) => Decimal::from(*value).to_string().trim_start_matches('-').len(),
                Item::Decimal(value) => usize::try_from(value.scale()).unwrap_or(0),
                Item::Date(date) => usize::from(date.precision()),
                Item::DateTime(date_time) => usize::from(date_time.precision()),
                Item::Time(time) => usize::from(time.precision()),
                _ => return Err(wrong()),
            };
            return Ok(super::integer_item(digits).into());
        }
        let digits = match call.arguments.first() {
            Some(_) => match self.integer_argument(call, 0, at, scope)? {
                Some(digits) => Some(digits),
                None => return Ok(Few::None),
            },
            None => None,
        };
        let edge = if call.function == Function::LowBoundary {
            Edge::Low
        } else {
            Edge::High
        };
        edge_of(system, edge, digits).ok_or_else(wrong)
    }

    fn comparable(&self, call: &'d Call, item: &Item<'d>, scope: Scope<'_, 'd>) -> Result<Few<'d>, Stop> {
        let other = match call.arguments.first() {
            Some(argument) => self.one(argument, scope)?,
            None => None,
        };
        let Some(other) = other else {
            return Ok(Few::None);
        };
        let model = self.context.model;
        let holds = match (value::quantity(item, model), value::quantity(&other, model)) {
            (Some(left), Some(right)) => left.unit == right.unit || are_comparable(&left.unit, &right.unit),
            _ => false,
        };
        Ok(Few::One(Item::Boolean(holds)))
    }
}

fn are_comparable(left: &Unit<'_>, right: &Unit<'_>) -> bool {
    let parsed = |unit: &Unit<'_>| match unit {
        Unit::Ucum(code) => ucum::Unit::parse(code),
        Unit::Calendar(word) => {
            crate::temporal::Calendar::from_word(word).and_then(|unit| ucum::Unit::parse(unit.ucum()))
        }
    };
    parsed(left)
        .zip(parsed(right))
        .is_some_and(|(left, right)| left.is_comparable(&right))
}

/// The boundary, empty where the precision asked for does not exist; none where the type has no boundary.
fn edge_of(item: Item<'_>, edge: Edge, digits: Option<i64>) -> Option<Few<'_>> {
    let precision = |default: u8| u8::try_from(digits.unwrap_or(i64::from(default))).unwrap_or(u8::MAX);
    let found = match item {
        Item::Integer(value) => decimal_edge(Decimal::from(value), edge, digits).map(Item::Decimal),
        Item::Decimal(value) => decimal_edge(value, edge, digits).map(Item::Decimal),
        Item::Quantity(quantity) => decimal_edge(quantity.value, edge, digits).map(|value| {
            Item::Quantity(Box::new(Quantity {
                value,
                unit: quantity.unit,
            }))
        }),
        Item::Date(date) => date.boundary(edge, precision(8)).map(Item::Date),
        Item::DateTime(date_time) => date_time.boundary(edge, precision(17)).map(Item::DateTime),
        Item::Time(time) => time.boundary(edge, precision(9)).map(Item::Time),
        _ => return None,
    };
    Some(found.into())
}

/// Half a unit of the last digit below or above; what has to be left out then is cut off towards zero on the inner side
/// and rounded on the outer one.
fn decimal_edge(value: Decimal, edge: Edge, digits: Option<i64>) -> Option<Decimal> {
    let digits = u32::try_from(digits.unwrap_or(DEFAULT_DIGITS))
        .ok()
        .filter(|digits| *digits <= MAX_DIGITS)?;
    let half = Decimal::new(5, value.scale() + 1)?;
    let moved = match edge {
        Edge::Low => value.checked_sub(half)?,
        Edge::High => value.checked_add(half)?,
    };
    let outwards = (edge == Edge::High) != value.is_negative();
    let cut = if outwards {
        moved.rounded_to(digits)
    } else {
        moved.truncated_to(digits)
    };
    cut.with_scale(digits)
}
