//! An object of the record together with its place there.

use std::ops::Deref;

/// An object of the record and the JSON Pointer that leads to it ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)).
pub(crate) struct Placed<'r, T> {
    object: &'r T,
    pointer: String,
}

impl<'r, T> Placed<'r, T> {
    /// The object at `pointer`.
    pub(crate) fn new(object: &'r T, pointer: impl Into<String>) -> Self {
        Self {
            object,
            pointer: pointer.into(),
        }
    }

    /// The object, borrowed for as long as the record.
    pub(crate) fn object(&self) -> &'r T {
        self.object
    }

    /// Where the object is.
    pub(crate) fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Where its member `name` is. Names of the record need no escaping.
    pub(crate) fn member(&self, name: &str) -> String {
        format!("{}/{name}", self.pointer)
    }

    /// A member that is there.
    pub(crate) fn child<C>(&self, name: &str, child: &'r C) -> Placed<'r, C> {
        Placed::new(child, self.member(name))
    }

    /// The items of a member that is an array.
    pub(crate) fn each<C>(&self, name: &str, items: &'r [C]) -> impl Iterator<Item = Placed<'r, C>> + use<'r, C, T> {
        each(self.member(name), items)
    }
}

impl<T> Deref for Placed<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.object
    }
}

/// The items of the array at `pointer`.
pub(crate) fn each<T>(pointer: String, items: &[T]) -> impl Iterator<Item = Placed<'_, T>> {
    items
        .iter()
        .enumerate()
        .map(move |(index, item)| Placed::new(item, format!("{pointer}/{index}")))
}
