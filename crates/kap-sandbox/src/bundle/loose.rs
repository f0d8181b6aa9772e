//! A transaction where a server does it as a batch: references between entries are resolved, but each entry stands for itself.

use rusqlite::{Connection, TransactionBehavior};
use serde_json::Value;

use super::entry::{self, Entry};
use super::links::Links;
use crate::context::Context;
use crate::faults::Fault;
use crate::habits::allowance::throttled;
use crate::interaction::write::{Place, Write};
use crate::interaction::{Answer, Interaction};
use crate::outcome::Refusal;
use crate::preferences::Preferences;

/// Does the entries in their order; what fails says so and the others are stored.
pub(super) fn process(
    connection: &mut Connection,
    entries: Vec<Value>,
    preferences: Preferences,
    context: &Context,
) -> Result<Vec<Value>, Refusal> {
    let settings = &context.habits.settings;
    let busy_from = if context.suffers(Fault::ThrottledInside) {
        entries.len() / 2
    } else {
        usize::MAX
    };
    let parse = |(index, entry)| {
        if index >= busy_from {
            return Err(throttled(settings, 1));
        }
        let entry = Entry::parse(index, entry, preferences, context)?;
        locate(connection, entry, context)
    };
    let mut entries: Vec<_> = entries.into_iter().enumerate().map(parse).collect();
    let mut answers = Vec::new();
    link(connection, &mut entries, context)?;
    for entry in entries {
        answers.push(match entry.and_then(|entry| perform(connection, entry, context)) {
            Ok(answer) => entry::response(answer, preferences.returning, settings),
            Err(refusal) => entry::failure(&refusal, settings),
        });
    }
    Ok(answers)
}

/// An interaction, or a write whose place is known.
enum Step {
    Write(Write, Place),
    Other(Interaction),
}

fn locate(connection: &Connection, entry: Entry, context: &Context) -> Result<Entry<Step>, Refusal> {
    let Entry { name, full_url, action } = entry;
    let action = match action {
        Interaction::Write(write) => {
            let place = write
                .locate(connection, context)
                .map_err(|refusal| name.blame(refusal))?;
            Step::Write(write, place)
        }
        other => Step::Other(other),
    };
    Ok(Entry { name, full_url, action })
}

/// Puts the places into the references between the entries that were understood.
fn link(
    connection: &Connection,
    entries: &mut [Result<Entry<Step>, Refusal>],
    context: &Context,
) -> Result<(), Refusal> {
    let mut links = Links::new(connection, context);
    for Entry { name, full_url, action } in entries.iter().flatten() {
        if let (Some(full_url), Step::Write(_, place)) = (full_url, action) {
            links
                .add(full_url, place.key())
                .map_err(|refusal| name.blame(refusal))?;
        }
    }
    for entry in entries {
        let linked = match entry {
            Ok(Entry {
                name,
                full_url,
                action: Step::Write(write, _),
            }) => links
                .rewrite(&mut write.resource, full_url.as_deref())
                .map_err(|refusal| name.blame(refusal)),
            _ => Ok(()),
        };
        if let Err(refusal) = linked {
            *entry = Err(refusal);
        }
    }
    Ok(())
}

fn perform(connection: &mut Connection, entry: Entry<Step>, context: &Context) -> Result<Answer, Refusal> {
    let Entry { name, action, .. } = entry;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let answer = match action {
        Step::Write(write, place) => write.store(&transaction, place, context),
        Step::Other(interaction) => interaction.perform(&transaction, context),
    };
    let answer = answer.map_err(|refusal| name.blame(refusal))?;
    transaction.commit()?;
    Ok(answer)
}
