//! Whether a failed request is repeated: decided here, and by its category alone.

use crate::Category;

/// What follows a failed request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// It was not executed: wait, then send it again.
    Again,
    /// It may have been executed, or the server holds something we do not know of: wait, then look before anything is
    /// sent again.
    Reconcile,
    /// Sending it again would change nothing.
    Never,
    /// Nothing else will be answered either: the run ends, and what it was about stays open.
    Stop,
}

/// The policy.
///
/// [`Category::Busy`] is looked at before it is repeated, because an intermediary may answer 429 or 503 after the server
/// has executed the request.
pub fn policy(category: Category) -> Retry {
    match category {
        Category::Unavailable | Category::Interrupted => Retry::Again,
        Category::Busy | Category::Conflict | Category::UnknownOutcome => Retry::Reconcile,
        Category::SignIn => Retry::Stop,
        Category::Incorrect | Category::Unsupported | Category::NotFound | Category::Forbidden | Category::Fault => {
            Retry::Never
        }
    }
}
