//! Equality, equivalence, order and arithmetic (<http://hl7.org/fhirpath/N1/#operations>).

mod arithmetic;
mod deep;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashSet;

use kap_fhir::{Decimal, ucum};

use crate::error::Stop;
use crate::item::{Item, Quantity, Unit};
use crate::temporal::{Calendar, DateTime};

use super::{Evaluator, Few, value};

impl<'d> Evaluator<'_, 'd> {
    /// `=` of collections: none where it is empty.
    pub(super) fn equal_collections(&self, left: &Few<'d>, right: &Few<'d>, at: u32) -> Result<Option<bool>, Stop> {
        let (left, right) = (left.as_slice(), right.as_slice());
        if left.is_empty() || right.is_empty() {
            return Ok(None);
        }
        if left.len() != right.len() {
            return Ok(Some(false));
        }
        let mut is_open = false;
        for (left, right) in left.iter().zip(right) {
            match self.equal(left, right, at)? {
                Some(true) => {}
                Some(false) => return Ok(Some(false)),
                None => is_open = true,
            }
        }
        Ok((!is_open).then_some(true))
    }

    /// `=` of two items: none where it depends on a precision that one of them lacks.
    pub(super) fn equal(&self, left: &Item<'d>, right: &Item<'d>, at: u32) -> Result<Option<bool>, Stop> {
        self.count(at)?;
        if let (Item::Element(left), Item::Element(right)) = (left, right)
            && left.any_node() == right.any_node()
        {
            return Ok(Some(true));
        }
        if let (Some(left), Some(right)) = (plain_text(left), plain_text(right)) {
            return Ok(Some(left == right));
        }
        let model = self.context.model;
        if (value::is_quantity(left, model) || value::is_quantity(right, model))
            && let (Some(left), Some(right)) = (value::quantity(left, model), value::quantity(right, model))
        {
            return Ok(equal_quantities(&left, &right));
        }
        match (value::system(left), value::system(right)) {
            (Some(left), Some(right)) => Ok(equal_values(&left, &right)),
            (None, None) => match (left, right) {
                (Item::Element(left), Item::Element(right)) => self.equal_elements(left, right, at).map(Some),
                (Item::Type(left), Item::Type(right)) => Ok(Some(left == right)),
                _ => Ok(Some(false)),
            },
            _ => Ok(Some(false)),
        }
    }

    /// `~` of collections: order does not matter.
    pub(super) fn equivalent_collections(&self, left: &Few<'d>, right: &Few<'d>, at: u32) -> Result<bool, Stop> {
        let (left, right) = (left.as_slice(), right.as_slice());
        if left.len() != right.len() {
            return Ok(false);
        }
        let mut free: Vec<&Item<'d>> = right.iter().collect();
        for item in left {
            let mut found = None;
            for (number, other) in free.iter().enumerate() {
                if self.equivalent(item, other, at)? {
                    found = Some(number);
                    break;
                }
            }
            match found {
                Some(number) => free.swap_remove(number),
                None => return Ok(false),
            };
        }
        Ok(true)
    }

    /// `~` of two items.
    pub(super) fn equivalent(&self, left: &Item<'d>, right: &Item<'d>, at: u32) -> Result<bool, Stop> {
        self.count(at)?;
        let model = self.context.model;
        if (value::is_quantity(left, model) || value::is_quantity(right, model))
            && let (Some(left), Some(right)) = (value::quantity(left, model), value::quantity(right, model))
        {
            return Ok(equivalent_quantities(&left, &right));
        }
        match (value::system(left), value::system(right)) {
            (Some(left), Some(right)) => Ok(equivalent_values(&left, &right)),
            (None, None) => match (left, right) {
                (Item::Element(left), Item::Element(right)) => self.equivalent_elements(left, right, at),
                (Item::Type(left), Item::Type(right)) => Ok(left == right),
                _ => Ok(false),
            },
            _ => Ok(false),
        }
    }

    /// The order of two items: none where it depends on a precision that one of them lacks, or on a unit.
    pub(super) fn compare(&self, left: &Item<'d>, right: &Item<'d>, at: u32) -> Result<Option<Ordering>, Stop> {
        let model = self.context.model;
        if value::is_quantity(left, model) || value::is_quantity(right, model) {
            return match (value::quantity(left, model), value::quantity(right, model)) {
                (Some(left), Some(right)) => Ok(compare_quantities(&left, &right)),
                _ if value::is_quantity(left, model) && value::is_quantity(right, model) => Ok(None),
                _ => Err(Stop::wrong_type(at, "these do not compare with each other")),
            };
        }
        let (Some(left_value), Some(right_value)) = (value::system(left), value::system(right)) else {
            let is_valueless = |item: &Item<'d>| matches!(item, Item::Element(element) if element.primitive().is_some() && element.node.is_none());
            if is_valueless(left) || is_valueless(right) {
                return Ok(None);
            }
            return Err(Stop::wrong_type(at, "these do not compare with each other"));
        };
        Ok(match (&left_value, &right_value) {
            (Item::String(left), Item::String(right)) => Some(left.cmp(right)),
            (Item::Time(left), Item::Time(right)) => left.compare(*right),
            (left, right) => match (number(left).zip(number(right)), moment(left).zip(moment(right))) {
                (Some((left, right)), _) => Some(left.cmp(&right)),
                (_, Some((left, right))) => left.compare(right),
                _ => return Err(Stop::wrong_type(at, "these do not compare with each other")),
            },
        })
    }

    /// Each item once, the first of those that are equal.
    pub(super) fn distinct(&self, items: Vec<Item<'d>>, at: u32) -> Result<Vec<Item<'d>>, Stop> {
        if items.len() < 2 {
            return Ok(items);
        }
        let mut texts: HashSet<Cow<'d, str>> = HashSet::new();
        let mut others: Vec<Item<'d>> = Vec::new();
        let mut kept = Vec::with_capacity(items.len());
        for item in items {
            // Texts are equal only to texts, so one look-up decides.
            if let Some(text) = plain_text(&item) {
                self.count(at)?;
                if texts.insert(text) {
                    kept.push(item);
                }
            } else if !self.holds(&others, &item, at)? {
                others.push(item.clone());
                kept.push(item);
            }
        }
        Ok(kept)
    }

    /// Whether some of `items` equals `item`.
    pub(super) fn holds(&self, items: &[Item<'d>], item: &Item<'d>, at: u32) -> Result<bool, Stop> {
        for other in items {
            if self.equal(other, item, at)? == Some(true) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The text of items whose equality is that of texts.
pub(super) fn plain_text<'d>(item: &Item<'d>) -> Option<Cow<'d, str>> {
    use kap_fhir::Primitive as P;
    match item {
        Item::String(text) => Some(text.clone()),
        Item::Element(element) => match element.primitive()? {
            P::Boolean
            | P::Integer
            | P::PositiveInt
            | P::UnsignedInt
            | P::Decimal
            | P::Date
            | P::DateTime
            | P::Instant
            | P::Time => None,
            _ => element.text().map(Cow::Borrowed),
        },
        _ => None,
    }
}

fn number(item: &Item<'_>) -> Option<Decimal> {
    match item {
        Item::Integer(value) => Some(Decimal::from(*value)),
        Item::Decimal(value) => Some(*value),
        _ => None,
    }
}

fn moment(item: &Item<'_>) -> Option<DateTime> {
    match item {
        Item::Date(date) => Some(DateTime::from(*date)),
        Item::DateTime(date_time) => Some(*date_time),
        _ => None,
    }
}

fn equal_values(left: &Item<'_>, right: &Item<'_>) -> Option<bool> {
    match (left, right) {
        (Item::String(left), Item::String(right)) => Some(left == right),
        (Item::Boolean(left), Item::Boolean(right)) => Some(left == right),
        (Item::Time(left), Item::Time(right)) => left.compare(*right).map(Ordering::is_eq),
        (left, right) => {
            if let Some((left, right)) = number(left).zip(number(right)) {
                return Some(left == right);
            }
            match moment(left).zip(moment(right)) {
                Some((left, right)) => left.compare(right).map(Ordering::is_eq),
                None => Some(false),
            }
        }
    }
}

fn equivalent_values(left: &Item<'_>, right: &Item<'_>) -> bool {
    match (left, right) {
        (Item::String(left), Item::String(right)) => equivalent_texts(left, right),
        (Item::Boolean(left), Item::Boolean(right)) => left == right,
        (Item::Time(left), Item::Time(right)) => left.compare(*right) == Some(Ordering::Equal),
        (left, right) => {
            if let Some((left, right)) = number(left).zip(number(right)) {
                return equivalent_numbers(left, right);
            }
            moment(left)
                .zip(moment(right))
                .is_some_and(|(left, right)| left.is_equivalent(right))
        }
    }
}

/// Case and the kind and amount of white space do not matter.
pub(super) fn equivalent_texts(left: &str, right: &str) -> bool {
    let normalized = |text: &str| {
        text.split_whitespace()
            .map(str::to_lowercase)
            .collect::<Vec<_>>()
            .join(" ")
    };
    left == right || normalized(left) == normalized(right)
}

/// Rounded to the precision of the less precise one.
fn equivalent_numbers(left: Decimal, right: Decimal) -> bool {
    let digits = left.normalized().scale().min(right.normalized().scale());
    left.rounded_to(digits) == right.rounded_to(digits)
}

fn unit_code<'u>(unit: &'u Unit<'_>) -> &'u str {
    match unit {
        Unit::Ucum(code) => code,
        Unit::Calendar(word) => Calendar::from_word(word).map_or(*word, Calendar::ucum),
    }
}

/// Whether one is a calendar duration of years or months and the other a definite duration, so that they do not compare.
fn is_calendar_mixed(left: &Unit<'_>, right: &Unit<'_>) -> bool {
    let indefinite = |unit: &Unit<'_>| match unit {
        Unit::Calendar(word) => Calendar::from_word(word).is_some_and(|unit| !unit.is_definite()),
        Unit::Ucum(_) => false,
    };
    indefinite(left) != indefinite(right)
}

fn compare_quantities(left: &Quantity<'_>, right: &Quantity<'_>) -> Option<Ordering> {
    if left.unit == right.unit {
        return Some(left.value.cmp(&right.value));
    }
    if is_calendar_mixed(&left.unit, &right.unit) {
        return None;
    }
    if let (Unit::Calendar("year" | "month"), Unit::Calendar("year" | "month")) = (&left.unit, &right.unit) {
        let months = |quantity: &Quantity<'_>| {
            let factor = if quantity.unit == Unit::Calendar("year") { 12 } else { 1 };
            quantity.value.checked_mul(Decimal::from(factor))
        };
        return Some(months(left)?.cmp(&months(right)?));
    }
    ucum::compare(left.value, unit_code(&left.unit), right.value, unit_code(&right.unit))
}

fn equal_quantities(left: &Quantity<'_>, right: &Quantity<'_>) -> Option<bool> {
    if left.unit == right.unit {
        return Some(left.value == right.value);
    }
    if is_calendar_mixed(&left.unit, &right.unit) {
        return None;
    }
    match compare_quantities(left, right) {
        Some(order) => Some(order.is_eq()),
        None => Some(false),
    }
}

fn equivalent_quantities(left: &Quantity<'_>, right: &Quantity<'_>) -> bool {
    if left.unit == right.unit {
        return equivalent_numbers(left.value, right.value);
    }
    let (from, to) = (unit_code(&right.unit), unit_code(&left.unit));
    // The one with the larger unit sets the precision.
    let converted = match (
        ucum::convert(right.value, from, to),
        ucum::convert(left.value, to, from),
    ) {
        (Some(right), Some(left)) => (right, left),
        _ => return false,
    };
    equivalent_numbers(left.value, converted.0) || equivalent_numbers(converted.1, right.value)
}
