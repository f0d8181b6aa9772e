//! Units of measure (<https://ucum.org/ucum>): whether a code is a unit, whether two units measure the same kind of
//! quantity, and exact conversion between them.
//!
//! The table of units and the arithmetic on their factors come from the crate `octofhir-ucum`, without its features.

use std::cmp::Ordering;

use octofhir_ucum::{EvalResult, Number, evaluate, parse_expression};

use crate::Decimal;

/// Longest code that is looked at: the longest units in use have about thirty characters.
const MAX_LENGTH: usize = 256;

/// A unit of UCUM.
#[derive(Clone, Debug)]
pub struct Unit {
    meaning: EvalResult,
}

impl Unit {
    /// The unit of that case-sensitive code, for example `mg/dL` or `mL/min/{1.73_m2}`.
    pub fn parse(code: &str) -> Option<Unit> {
        if code.len() > MAX_LENGTH {
            return None;
        }
        let tree = parse_expression(code).ok()?;
        let meaning = evaluate(&tree).ok()?;
        Some(Unit { meaning })
    }

    /// Whether both measure the same kind of quantity, so that one converts to the other.
    pub fn is_comparable(&self, other: &Unit) -> bool {
        self.meaning.is_commensurable(&other.meaning)
    }

    /// How many base units `value` of this unit is; `None` on scales that are not linear, such as pH and decibel.
    fn in_base_units(&self, value: Decimal) -> Option<Number> {
        let value = Number::parse(&value.to_string())?;
        let factor = self.meaning.factor;
        let Some(special) = &self.meaning.special else {
            return value.checked_mul(factor);
        };
        let degrees = value.checked_mul(special.scale)?;
        degrees.checked_add(zero_point(special.unit.code)?)?.checked_mul(factor)
    }

    /// The value of this unit that is `base` base units.
    fn of_base_units(&self, base: Number) -> Option<Number> {
        let degrees = base.checked_div(self.meaning.factor)?;
        let Some(special) = &self.meaning.special else {
            return Some(degrees);
        };
        degrees
            .checked_sub(zero_point(special.unit.code)?)?
            .checked_div(special.scale)
    }

    /// `value` of this unit in `other`, exact to 28 digits; `None` where they do not compare, or where a scale is not
    /// linear.
    pub fn convert(&self, value: Decimal, other: &Unit) -> Option<Decimal> {
        if !self.is_comparable(other) {
            return None;
        }
        to_decimal(other.of_base_units(self.in_base_units(value)?)?)
    }

    /// Which is more, `value` of this unit or `other_value` of `other`; `None` where they do not compare.
    pub fn compare(&self, value: Decimal, other: &Unit, other_value: Decimal) -> Option<Ordering> {
        if !self.is_comparable(other) {
            return None;
        }
        Some(self.in_base_units(value)?.cmp(&other.in_base_units(other_value)?))
    }
}

/// Whether `code` is a unit.
pub fn is_unit(code: &str) -> bool {
    Unit::parse(code).is_some()
}

/// `value` of the unit `from` in the unit `to`.
pub fn convert(value: Decimal, from: &str, to: &str) -> Option<Decimal> {
    if from == to {
        return Unit::parse(from).map(|_| value);
    }
    Unit::parse(from)?.convert(value, &Unit::parse(to)?)
}

/// Which is more; `None` where one is no unit or they do not compare.
pub fn compare(value: Decimal, unit: &str, other_value: Decimal, other_unit: &str) -> Option<Ordering> {
    if unit == other_unit {
        return Unit::parse(unit).map(|_| value.cmp(&other_value));
    }
    Unit::parse(unit)?.compare(value, &Unit::parse(other_unit)?, other_value)
}

/// What has to be added to a temperature to count from absolute zero.
fn zero_point(code: &str) -> Option<Number> {
    Number::parse(match code {
        "Cel" => "273.15",
        "[degF]" => "459.67",
        "[degRe]" => "218.52",
        _ => return None,
    })
}

fn to_decimal(number: Number) -> Option<Decimal> {
    let (digits, exponent) = number.to_integer_and_exponent();
    match u32::try_from(-i64::from(exponent)) {
        Ok(scale) => Decimal::new(digits, scale),
        Err(_) => Decimal::new(
            digits.checked_mul(10_i128.checked_pow(u32::try_from(exponent).ok()?)?)?,
            0,
        ),
    }
}
