//! A collection that allocates only for two items and more.

use crate::error::Stop;
use crate::item::Item;

use super::{CONTINUE, Flow, Sink};

/// The items of a collection.
#[derive(Clone, Debug, Default)]
pub(crate) enum Few<'d> {
    #[default]
    None,
    One(Item<'d>),
    Many(Vec<Item<'d>>),
}

impl<'d> Few<'d> {
    pub(crate) fn push(&mut self, item: Item<'d>) {
        match self {
            Few::Many(items) => items.push(item),
            Few::None => *self = Few::One(item),
            Few::One(_) => {
                let mut items = std::mem::take(self).into_vec();
                items.push(item);
                *self = Few::Many(items);
            }
        }
    }

    pub(crate) fn as_slice(&self) -> &[Item<'d>] {
        match self {
            Few::None => &[],
            Few::One(item) => std::slice::from_ref(item),
            Few::Many(items) => items,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.as_slice().len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }

    pub(crate) fn into_vec(self) -> Vec<Item<'d>> {
        match self {
            Few::None => Vec::new(),
            Few::One(item) => vec![item],
            Few::Many(items) => items,
        }
    }

    /// The only item; an error where there are more
    /// (<http://hl7.org/fhirpath/N1/#singleton-evaluation-of-collections>).
    pub(crate) fn single(self, at: u32) -> Result<Option<Item<'d>>, Stop> {
        match self {
            Few::None => Ok(None),
            Few::One(item) => Ok(Some(item)),
            Few::Many(mut items) if items.len() < 2 => Ok(items.pop()),
            Few::Many(_) => Err(Stop::not_single(at)),
        }
    }

    pub(crate) fn give(self, sink: Sink<'_, 'd>) -> Flow {
        for item in self {
            if sink(item)?.is_break() {
                return super::BREAK;
            }
        }
        CONTINUE
    }
}

impl<'d> From<Vec<Item<'d>>> for Few<'d> {
    fn from(mut items: Vec<Item<'d>>) -> Few<'d> {
        match items.len() {
            0 => Few::None,
            1 => items.pop().map_or(Few::None, Few::One),
            _ => Few::Many(items),
        }
    }
}

impl<'d> From<Option<Item<'d>>> for Few<'d> {
    fn from(item: Option<Item<'d>>) -> Few<'d> {
        item.map_or(Few::None, Few::One)
    }
}

impl<'d> IntoIterator for Few<'d> {
    type Item = Item<'d>;
    type IntoIter = std::iter::Chain<std::option::IntoIter<Item<'d>>, std::vec::IntoIter<Item<'d>>>;

    fn into_iter(self) -> Self::IntoIter {
        let (one, many) = match self {
            Few::None => (None, Vec::new()),
            Few::One(item) => (Some(item), Vec::new()),
            Few::Many(items) => (None, items),
        };
        one.into_iter().chain(many)
    }
}
