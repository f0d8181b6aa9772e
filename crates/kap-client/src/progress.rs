//! What a push or a read-back tells while it runs.

use std::time::Duration;

use crate::Category;

/// One step forward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// Work was counted.
    Planned {
        /// Bundles to push, or pushes to read back.
        bundles: usize,
        /// Resources in them.
        items: usize,
    },
    /// A transaction is about to be sent.
    Sending {
        /// Label of the bundle.
        label: &'a str,
        /// Entries in the transaction.
        entries: usize,
    },
    /// Something failed in a way that may come right.
    Waiting {
        /// Label of the bundle.
        label: &'a str,
        /// Why.
        category: Category,
        /// For how long.
        wait: Duration,
    },
    /// A bundle is through, one way or the other.
    Settled {
        /// Label of the bundle.
        label: &'a str,
        /// Resources in it.
        items: usize,
    },
    /// Resources were read back.
    Compared {
        /// How many.
        items: usize,
    },
}

/// Receives the steps; the command line draws a bar from them.
pub trait Progress: Send + Sync {
    /// Called at each step, from the task that pushes: must not block.
    fn advance(&self, step: Step<'_>);
}

/// Tells nobody.
impl Progress for () {
    fn advance(&self, _step: Step<'_>) {}
}
