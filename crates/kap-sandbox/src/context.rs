//! What every interaction needs to know beside its own content.

use std::sync::Arc;

use jiff::Timestamp;

use crate::environment::Environment;

/// One HTTP request's surroundings. A transaction has one moment: all its entries share `now`.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    /// The service base as the client addresses it, without a slash at the end.
    pub(crate) base: String,
    /// Cut to the milliseconds that `meta.lastUpdated` shows.
    pub(crate) now: Timestamp,
    environment: Arc<dyn Environment>,
}

impl Context {
    pub(crate) fn new(base: String, environment: Arc<dyn Environment>) -> Self {
        let now = environment.now();
        let now = Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now);
        Self { base, now, environment }
    }

    pub(crate) fn new_id(&self) -> String {
        self.environment.new_id()
    }
}
