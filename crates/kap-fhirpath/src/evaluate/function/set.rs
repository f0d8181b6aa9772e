//! Subsets, intersections and unions (<http://hl7.org/fhirpath/N1/#subsetting>).

use crate::code::Call;
use crate::error::Stop;
use crate::evaluate::operator::plain_text;
use crate::evaluate::{Evaluator, Few, Scope};
use crate::function::Function;
use crate::item::Item;

use std::collections::HashSet;

impl<'d> Evaluator<'_, 'd> {
    pub(super) fn set(&self, call: &'d Call, input: Few<'d>, at: u32, scope: Scope<'_, 'd>) -> Result<Few<'d>, Stop> {
        if call.function == Function::Coalesce {
            return self.coalesce(call, input, scope);
        }
        let other = match call.arguments.first() {
            Some(argument) => self.few(argument, scope)?,
            None => Few::None,
        };
        let condition = |holds: bool| Ok(Few::One(Item::Boolean(holds)));
        match call.function {
            Function::SubsetOf => condition(self.is_subset(&input, &other, at)?),
            Function::SupersetOf => condition(self.is_subset(&other, &input, at)?),
            Function::Distinct => Ok(self.distinct(input.into_vec(), at)?.into()),
            Function::IsDistinct => {
                let count = input.len();
                condition(self.distinct(input.into_vec(), at)?.len() == count)
            }
            Function::Intersect => {
                let kept = self.split_by(input, &other, true, at)?;
                Ok(self.distinct(kept, at)?.into())
            }
            Function::Exclude => Ok(self.split_by(input, &other, false, at)?.into()),
            _ => {
                let mut items = input.into_vec();
                items.extend(other);
                if call.function == Function::Union {
                    items = self.distinct(items, at)?;
                }
                Ok(items.into())
            }
        }
    }

    fn coalesce(&self, call: &'d Call, input: Few<'d>, scope: Scope<'_, 'd>) -> Result<Few<'d>, Stop> {
        drop(input);
        for argument in &call.arguments {
            let found = self.few(argument, scope)?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Few::None)
    }

    fn is_subset(&self, small: &Few<'d>, large: &Few<'d>, at: u32) -> Result<bool, Stop> {
        for item in small.as_slice() {
            if !self.holds(large.as_slice(), item, at)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Those items of `input` that `other` has (or has not).
    fn split_by(&self, input: Few<'d>, other: &Few<'d>, wanted: bool, at: u32) -> Result<Vec<Item<'d>>, Stop> {
        let texts: Option<HashSet<_>> = other.as_slice().iter().map(plain_text).collect();
        let mut kept = Vec::new();
        for item in input {
            let found = match (&texts, plain_text(&item)) {
                (Some(texts), Some(text)) => {
                    self.count(at)?;
                    texts.contains(&text)
                }
                _ => self.holds(other.as_slice(), &item, at)?,
            };
            if found == wanted {
                kept.push(item);
            }
        }
        Ok(kept)
    }
}
