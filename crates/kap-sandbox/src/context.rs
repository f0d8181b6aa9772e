//! What every interaction needs to know beside its own content.

use std::sync::Arc;

use jiff::Timestamp;

use crate::environment::Environment;
use crate::faults::{Drawn, Fault, Mark};
use crate::habits::Habits;
use crate::habits::admit::admit;
use crate::habits::allowance::Allowance;
use crate::habits::strays::Strays;
use crate::interaction::Interaction;
use crate::outcome::Refusal;
use crate::sandbox::Sandbox;

/// One HTTP request's surroundings. A transaction has one moment: all its entries share `now`.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    /// The service base as the client addresses it, without a slash at the end.
    pub(crate) base: String,
    /// Cut to the milliseconds that `meta.lastUpdated` shows.
    pub(crate) now: Timestamp,
    pub(crate) habits: Arc<Habits>,
    pub(crate) allowance: Arc<Allowance>,
    pub(crate) strays: Arc<Strays>,
    /// What goes wrong while the request is done.
    pub(crate) mishap: Option<Fault>,
    /// The last row that was there when the sandbox was opened.
    pub(crate) opened_at: i64,
    environment: Arc<dyn Environment>,
    /// What new ids follow from, if they are not to be random.
    mark: Option<Mark>,
}

impl Context {
    pub(crate) fn new(base: String, sandbox: &Sandbox, drawn: Option<Drawn>) -> Self {
        let environment = sandbox.environment();
        let now = environment.now();
        let (mishap, mark) = drawn.map_or((None, None), |drawn| (drawn.fault, Some(drawn.mark)));
        Self {
            base,
            now: Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now),
            habits: sandbox.habits(),
            allowance: sandbox.allowance(),
            strays: sandbox.strays(),
            mishap,
            opened_at: sandbox.store().opened_at(),
            environment,
            mark,
        }
    }

    /// An id that no resource of this database has, if `is_taken` says so truly.
    pub(crate) fn new_id(&self, is_taken: impl Fn(&str) -> rusqlite::Result<bool>) -> rusqlite::Result<String> {
        let Some(mark) = &self.mark else {
            return Ok(self.environment.new_id());
        };
        loop {
            let id = mark.next_id();
            if !is_taken(&id)? {
                return Ok(id);
            }
        }
    }

    /// Whether this goes wrong.
    pub(crate) fn suffers(&self, fault: Fault) -> bool {
        self.mishap == Some(fault)
    }

    /// The interaction as this server understands it, if it offers it and the client has something left of its allowance.
    pub(crate) fn admit(&self, interaction: Interaction) -> Result<Interaction, Refusal> {
        let interaction = admit(&self.habits, interaction).inspect_err(|refusal| self.strays.note(refusal))?;
        self.allowance.spend(&self.habits.settings, &interaction, self.now)?;
        Ok(interaction)
    }
}
