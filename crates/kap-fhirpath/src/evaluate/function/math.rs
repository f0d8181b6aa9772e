//! Functions on numbers (<http://hl7.org/fhirpath/N1/#math>). What has no result, such as the logarithm of zero, is
//! empty.

use std::cmp::Ordering;

use kap_fhir::Decimal;

use crate::ast::Operator;
use crate::code::Call;
use crate::error::Stop;
use crate::evaluate::{Evaluator, Few, Scope, value};
use crate::function::Function;
use crate::item::{Item, Quantity};

impl<'d> Evaluator<'_, 'd> {
    pub(super) fn math(&self, call: &'d Call, input: Few<'d>, at: u32, scope: Scope<'_, 'd>) -> Result<Few<'d>, Stop> {
        if matches!(
            call.function,
            Function::Sum | Function::Min | Function::Max | Function::Avg
        ) {
            return self.summary(call.function, input, at);
        }
        let Some(item) = input.single(at)? else {
            return Ok(Few::None);
        };
        let item = match value::system(&item) {
            Some(number @ (Item::Integer(_) | Item::Decimal(_))) => number,
            _ => match value::quantity(&item, self.context.model) {
                Some(quantity) => Item::Quantity(Box::new(quantity)),
                None => return Err(wrong(call, at)),
            },
        };
        match call.function {
            Function::Abs => Ok(absolute(item).into()),
            Function::Round => {
                let digits = match call.arguments.first() {
                    Some(_) => self.integer_argument(call, 0, at, scope)?.unwrap_or(0),
                    None => 0,
                };
                let Ok(digits) = u32::try_from(digits) else {
                    return Err(Stop::wrong_type(at, "numbers are rounded to zero digits or more"));
                };
                rounded(item, digits).map(Few::One).ok_or_else(|| wrong(call, at))
            }
            Function::Ceiling | Function::Floor | Function::Truncate => {
                let number = decimal(&item).ok_or_else(|| wrong(call, at))?;
                let whole = match call.function {
                    Function::Ceiling => number.ceil(),
                    Function::Floor => number.floor(),
                    _ => number.trunc(),
                };
                Ok(whole.to_i64().map(Item::Integer).into())
            }
            Function::Power => {
                let exponent = self.number_argument(call, at, scope)?;
                let base = decimal(&item).ok_or_else(|| wrong(call, at))?;
                Ok(exponent.and_then(|exponent| power(&item, base, &exponent)).into())
            }
            Function::Log => {
                let base = self.number_argument(call, at, scope)?.and_then(|base| decimal(&base));
                let number = decimal(&item).ok_or_else(|| wrong(call, at))?;
                Ok(base.and_then(|base| logarithm(number, base)).map(Item::Decimal).into())
            }
            function => {
                let number = decimal(&item).ok_or_else(|| wrong(call, at))?.to_f64();
                let result = match function {
                    Function::Exp => number.exp(),
                    Function::Ln => number.ln(),
                    _ => number.sqrt(),
                };
                Ok(Decimal::from_f64(result).map(Item::Decimal).into())
            }
        }
    }

    fn number_argument(&self, call: &'d Call, at: u32, scope: Scope<'_, 'd>) -> Result<Option<Item<'d>>, Stop> {
        let Some(argument) = call.arguments.first() else {
            return Ok(None);
        };
        match self.one(argument, scope)?.map(|item| value::system(&item)) {
            None => Ok(None),
            Some(Some(number @ (Item::Integer(_) | Item::Decimal(_)))) => Ok(Some(number)),
            Some(_) => Err(wrong(call, at)),
        }
    }

    fn summary(&self, function: Function, input: Few<'d>, at: u32) -> Result<Few<'d>, Stop> {
        let count = input.len();
        let mut items = input.into_iter();
        let Some(mut total) = items.next() else {
            return Ok(Few::None);
        };
        for item in items {
            match function {
                Function::Sum | Function::Avg => {
                    let sum = self.arithmetic(Operator::Plus, Few::One(total), Few::One(item), at)?;
                    match sum.single(at)? {
                        Some(sum) => total = sum,
                        None => return Ok(Few::None),
                    }
                }
                _ => {
                    let wanted = if function == Function::Min {
                        Ordering::Less
                    } else {
                        Ordering::Greater
                    };
                    match self.compare(&item, &total, at)? {
                        Some(order) if order == wanted => total = item,
                        Some(_) => {}
                        None => return Ok(Few::None),
                    }
                }
            }
        }
        if function == Function::Avg {
            let count = super::integer_item(count);
            return self.arithmetic(Operator::Divide, Few::One(total), count.into(), at);
        }
        Ok(Few::One(total))
    }
}

fn wrong(call: &Call, at: u32) -> Stop {
    Stop::wrong_type(at, format!("`{}` works on numbers", call.function.name()))
}

fn decimal(item: &Item<'_>) -> Option<Decimal> {
    match item {
        Item::Integer(value) => Some(Decimal::from(*value)),
        Item::Decimal(value) => Some(*value),
        _ => None,
    }
}

fn absolute(item: Item<'_>) -> Option<Item<'_>> {
    Some(match item {
        Item::Integer(value) => Item::Integer(value.abs()),
        Item::Decimal(value) => Item::Decimal(value.abs()),
        Item::Quantity(quantity) => Item::Quantity(Box::new(Quantity {
            value: quantity.value.abs(),
            unit: quantity.unit,
        })),
        _ => return None,
    })
}

fn rounded(item: Item<'_>, digits: u32) -> Option<Item<'_>> {
    Some(match item {
        Item::Integer(value) => Item::Integer(value),
        Item::Decimal(value) => Item::Decimal(value.rounded_to(digits)),
        Item::Quantity(quantity) => Item::Quantity(Box::new(Quantity {
            value: quantity.value.rounded_to(digits),
            unit: quantity.unit,
        })),
        _ => return None,
    })
}

/// Exact for whole exponents, as long as the digits fit.
fn power<'d>(item: &Item<'d>, base: Decimal, exponent: &Item<'d>) -> Option<Item<'d>> {
    let exact = match exponent {
        Item::Integer(exponent) => u32::try_from(*exponent).ok().filter(|exponent| *exponent <= 1_000),
        _ => None,
    };
    if let Some(exponent) = exact {
        let product = (0..exponent).try_fold(Decimal::ONE, |product, _| product.checked_mul(base));
        if let Some(product) = product {
            return match item {
                Item::Integer(_) => product.to_i64().map(Item::Integer),
                _ => Some(Item::Decimal(product)),
            };
        }
    }
    let result = base.to_f64().powf(decimal(exponent)?.to_f64());
    Decimal::from_f64(result).map(Item::Decimal)
}

fn logarithm(number: Decimal, base: Decimal) -> Option<Decimal> {
    let value = number.to_f64();
    // The two usual bases have functions of their own, which are exact for whole powers.
    let result = if base == Decimal::from(2) {
        value.log2()
    } else if base == Decimal::from(10) {
        value.log10()
    } else {
        value.ln() / base.to_f64().ln()
    };
    Decimal::from_f64(result)
}
