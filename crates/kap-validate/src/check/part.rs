//! One of several parts of the check of a large bundle, each done by another thread. Every part walks the bundle itself,
//! because slices and references need to see all entries; only the first one speaks about it. What is in an entry is
//! looked at by one part alone.

use kap_json::{Document, Node, NodeId};

/// Which entries are looked into.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    number: usize,
    of: usize,
    /// The array of entries, and where it lies in the text.
    entries: NodeId,
    start: u32,
    length: u32,
}

impl Part {
    /// The part of that number; none if there is nothing to divide.
    pub(super) fn new(document: &Document<'_>, number: usize, of: usize) -> Option<Part> {
        let root = document.root();
        let is_bundle = root.get("resourceType").and_then(Node::as_str) == Some("Bundle");
        let entries = root.get("entry").filter(|_| is_bundle && of > 1)?;
        let span = entries.span();
        Some(Part {
            number,
            of,
            entries: entries.id(),
            start: span.start,
            length: span.end.saturating_sub(span.start).max(1),
        })
    }

    /// Whether `node` is an entry, and if it is one, whether it belongs to this part. Entries are divided by their place
    /// in the text, so that the parts are about equally long.
    pub(super) fn holds(&self, node: Node<'_>) -> Option<bool> {
        if node.parent()?.id() != self.entries {
            return None;
        }
        let offset = u64::from(node.span().start.saturating_sub(self.start));
        let share = offset * self.of as u64 / u64::from(self.length);
        Some(share == self.number as u64)
    }

    /// Whether it speaks about the bundle itself.
    pub(super) fn is_first(&self) -> bool {
        self.number == 0
    }
}
