//! [Batch](https://hl7.org/fhir/R4/http.html#brules): entries that have nothing to do with each other.

use rusqlite::{Connection, TransactionBehavior};
use serde_json::Value;

use super::entry::{self, Entry};
use crate::context::Context;
use crate::faults::Fault;
use crate::habits::allowance::throttled;
use crate::interaction::Answer;
use crate::outcome::Refusal;
use crate::preferences::Preferences;

/// Does one entry after the other, each for itself: what fails says so and the others are stored.
pub(crate) fn process(
    connection: &mut Connection,
    entries: Vec<Value>,
    preferences: Preferences,
    context: &Context,
) -> Vec<Value> {
    let settings = &context.habits.settings;
    // A server that is too busy from here on.
    let busy_from = context.suffers(Fault::ThrottledInside).then_some(entries.len() / 2);
    let respond = |(index, entry)| {
        let done = if busy_from.is_some_and(|first| index >= first) {
            Err(throttled(settings, 1))
        } else {
            process_entry(connection, index, entry, preferences, context)
        };
        match done {
            Ok(answer) => entry::response(answer, preferences.returning, settings),
            Err(refusal) => entry::failure(&refusal, settings),
        }
    };
    entries.into_iter().enumerate().map(respond).collect()
}

fn process_entry(
    connection: &mut Connection,
    index: usize,
    entry: Value,
    preferences: Preferences,
    context: &Context,
) -> Result<Answer, Refusal> {
    let Entry { name, action, .. } = Entry::parse(index, entry, preferences, context)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let answer = action
        .perform(&transaction, context)
        .map_err(|refusal| name.blame(refusal))?;
    transaction.commit()?;
    Ok(answer)
}
