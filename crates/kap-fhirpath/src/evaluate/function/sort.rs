//! `sort`: by the items themselves or by keys, each upwards or, with a minus, downwards.

use std::cmp::Ordering;

use crate::code::Call;
use crate::error::Stop;
use crate::evaluate::{Evaluator, Few, Scope};
use crate::item::Item;

impl<'d> Evaluator<'_, 'd> {
    pub(super) fn sort(&self, call: &'d Call, input: Few<'d>, at: u32, scope: Scope<'_, 'd>) -> Result<Few<'d>, Stop> {
        let mut rows: Vec<(Vec<Option<Item<'d>>>, Item<'d>)> = Vec::with_capacity(input.len());
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
        let mut failure = None;
        let rounds = usize::try_from(rows.len().max(2).ilog2()).unwrap_or(1);
        self.charge(rows.len() * rounds, at)?;
        rows.sort_by(|(left, _), (right, _)| {
            for (number, (left, right)) in left.iter().zip(right).enumerate() {
                let order = match (left, right) {
                    (None, None) => Ordering::Equal,
                    // What has no key comes first in either direction.
                    (None, Some(_)) => return Ordering::Less,
                    (Some(_), None) => return Ordering::Greater,
                    (Some(left), Some(right)) => match self.compare(left, right, at) {
                        Ok(order) => order.unwrap_or(Ordering::Equal),
                        Err(stop) => {
                            failure.get_or_insert(stop);
                            Ordering::Equal
                        }
                    },
                };
                if order != Ordering::Equal {
                    let descending = call.descending.get(number).copied().unwrap_or(false);
                    return if descending { order.reverse() } else { order };
                }
            }
            Ordering::Equal
        });
        match failure {
            Some(stop) => Err(stop),
            None => Ok(rows.into_iter().map(|(_, item)| item).collect::<Vec<_>>().into()),
        }
    }
}
