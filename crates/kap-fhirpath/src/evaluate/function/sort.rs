//! `sort`: by the items themselves or by keys, each upwards or, with a minus, downwards.

use std::cmp::Ordering;

use crate::code::Call;
use crate::error::Stop;
use crate::evaluate::{Evaluator, Few, Scope};
use crate::item::Item;

/// What an item is sorted by; `None` where it has no such value.
type Keys<'d> = Vec<Option<Item<'d>>>;

impl<'d> Evaluator<'_, 'd> {
    pub(super) fn sort(&self, call: &'d Call, input: Few<'d>, at: u32, scope: Scope<'_, 'd>) -> Result<Few<'d>, Stop> {
        let mut rows: Vec<(Keys<'d>, Item<'d>)> = Vec::with_capacity(input.len());
        for item in input {
            let mut keys = Vec::with_capacity(call.arguments.len().max(1));
            for argument in &call.arguments {
                keys.push(self.one(argument, scope.each(&item))?);
            }
            if call.arguments.is_empty() {
                keys.push(Some(item.clone()));
            }
            rows.push((keys, item));
        }
        let rounds = usize::try_from(rows.len().max(2).ilog2()).unwrap_or(1);
        self.charge(rows.len() * rounds, at)?;
        let rows = sorted(rows, &|(left, _), (right, _)| self.order(call, left, right, at))?;
        Ok(rows.into_iter().map(|(_, item)| item).collect::<Vec<_>>().into())
    }

    /// Which of two lists of keys comes first. Keys of which that cannot be told, such as `2020` and `2020-05`, count as equal.
    fn order(&self, call: &Call, left: &Keys<'d>, right: &Keys<'d>, at: u32) -> Result<Ordering, Stop> {
        for (number, (left, right)) in left.iter().zip(right).enumerate() {
            let order = match (left, right) {
                (None, None) => Ordering::Equal,
                // What has no key comes first in either direction.
                (None, Some(_)) => return Ok(Ordering::Less),
                (Some(_), None) => return Ok(Ordering::Greater),
                (Some(left), Some(right)) => self.compare(left, right, at)?.unwrap_or(Ordering::Equal),
            };
            if order != Ordering::Equal {
                let descending = call.descending.get(number).copied().unwrap_or(false);
                return Ok(if descending { order.reverse() } else { order });
            }
        }
        Ok(Ordering::Equal)
    }
}

/// Merges sorted halves. The standard library's sort may panic where an order is not total, and that of FHIRPath is not:
/// `2020` counts as equal to `2020-01` and to `2020-05`.
fn sorted<T>(mut rows: Vec<T>, order: &impl Fn(&T, &T) -> Result<Ordering, Stop>) -> Result<Vec<T>, Stop> {
    if rows.len() < 2 {
        return Ok(rows);
    }
    let mut merged = Vec::with_capacity(rows.len());
    let right = rows.split_off(rows.len() / 2);
    let mut left = sorted(rows, order)?.into_iter().peekable();
    let mut right = sorted(right, order)?.into_iter().peekable();
    while let (Some(first), Some(second)) = (left.peek(), right.peek()) {
        let is_first = order(first, second)? != Ordering::Greater;
        merged.extend(if is_first { left.next() } else { right.next() });
    }
    merged.extend(left);
    merged.extend(right);
    Ok(merged)
}
