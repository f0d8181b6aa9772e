//! [Transaction](https://hl7.org/fhir/R4/http.html#trules): all entries or none, in one SQLite transaction.
//!
//! The order is R4's: deletions, creates, updates, reads. Conditions and conditional references are asked after the deletions and
//! before the first write, so that they see what was there and not what the transaction itself brings.

use std::collections::{BTreeMap, HashSet};

use axum::http::StatusCode;
use rusqlite::{Connection, TransactionBehavior};
use serde_json::Value;

use super::entry::{self, Entry};
use super::links::Links;
use crate::context::Context;
use crate::interaction::write::{Place, Write};
use crate::interaction::{Answer, Interaction};
use crate::key::Key;
use crate::outcome::Refusal;
use crate::preferences::Preferences;
use crate::search::query::{self, Match};
use crate::supported::ResourceType;

/// Does all entries, or none.
pub(crate) fn process(
    connection: &mut Connection,
    entries: Vec<Value>,
    preferences: Preferences,
    context: &Context,
) -> Result<Vec<Value>, Refusal> {
    let parse = |(index, entry)| Entry::parse(index, entry, preferences, &context.base);
    let entries = entries
        .into_iter()
        .enumerate()
        .map(parse)
        .collect::<Result<Vec<_>, _>>()?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let answers = perform(&transaction, entries, context)?;
    transaction.commit()?;
    Ok(answers
        .into_values()
        .map(|answer| entry::response(answer, preferences.returning))
        .collect())
}

/// A write whose place is known.
type Located = Entry<(Write, Place)>;

/// The answers by the index of their entry.
fn perform(
    connection: &Connection,
    entries: Vec<Entry>,
    context: &Context,
) -> Result<BTreeMap<usize, Answer>, Refusal> {
    let mut answers = BTreeMap::new();
    let (mut deletions, mut writes, mut reads) = (Vec::new(), Vec::new(), Vec::new());
    for Entry {
        index,
        label,
        full_url,
        action,
    } in entries
    {
        match action {
            Interaction::Write(action) => writes.push(Entry {
                index,
                label,
                full_url,
                action,
            }),
            Interaction::Delete { .. } => deletions.push(Entry {
                index,
                label,
                full_url,
                action,
            }),
            _ => reads.push(Entry {
                index,
                label,
                full_url,
                action,
            }),
        }
    }
    let mut touched = Touched::default();
    for Entry {
        index, label, action, ..
    } in deletions
    {
        let name = |refusal: Refusal| refusal.at_entry(index, &label);
        if let Interaction::Delete { key, .. } = &action {
            touched.add(key).map_err(name)?;
        }
        answers.insert(index, action.perform(connection, context).map_err(name)?);
    }
    let mut writes = locate(connection, writes, &mut touched, context)?;
    link(connection, &mut writes, context)?;
    let conditions = conditions(&writes);
    // The sort is stable: within creates and within updates the order stays that of the entries.
    writes.sort_by_key(|entry| entry.action.0.is_update());
    for Entry {
        index,
        label,
        action: (write, place),
        ..
    } in writes
    {
        let answer = write
            .store(connection, place, context)
            .map_err(|refusal| refusal.at_entry(index, &label))?;
        answers.insert(index, answer);
    }
    ask_again(connection, &conditions, context)?;
    for Entry {
        index, label, action, ..
    } in reads
    {
        let answer = action
            .perform(connection, context)
            .map_err(|refusal| refusal.at_entry(index, &label))?;
        answers.insert(index, answer);
    }
    Ok(answers)
}

/// The resources that the transaction changes: [each once at most](https://hl7.org/fhir/R4/http.html#trules).
#[derive(Default)]
struct Touched(HashSet<Key>);

impl Touched {
    fn add(&mut self, key: &Key) -> Result<(), Refusal> {
        if self.0.insert(key.clone()) {
            return Ok(());
        }
        let text = format!("another entry changes {key} too");
        Err(Refusal::bad_request(
            "duplicate",
            text,
            "Let a transaction touch each resource once; nothing was written",
        ))
    }
}

fn locate(
    connection: &Connection,
    writes: Vec<Entry<Write>>,
    touched: &mut Touched,
    context: &Context,
) -> Result<Vec<Located>, Refusal> {
    let mut located = Vec::with_capacity(writes.len());
    for entry in writes {
        let place = entry
            .action
            .locate(connection, context)
            .map_err(|refusal| entry.name(refusal))?;
        if let Place::At(key) = &place {
            touched.add(key).map_err(|refusal| entry.name(refusal))?;
        }
        let Entry {
            index,
            label,
            full_url,
            action,
        } = entry;
        located.push(Entry {
            index,
            label,
            full_url,
            action: (action, place),
        });
    }
    Ok(located)
}

/// Puts the places into the references between the entries.
fn link(connection: &Connection, writes: &mut [Located], context: &Context) -> Result<(), Refusal> {
    let mut links = Links::new(connection, &context.base);
    for entry in &*writes {
        if let Some(full_url) = &entry.full_url {
            links
                .add(full_url, entry.action.1.key())
                .map_err(|refusal| entry.name(refusal))?;
        }
    }
    for entry in writes {
        let Entry {
            index,
            label,
            full_url,
            action: (write, _),
        } = entry;
        let name = |refusal: Refusal| refusal.at_entry(*index, label);
        links.rewrite(&mut write.resource, full_url.as_deref()).map_err(name)?;
    }
    Ok(())
}

/// A condition with the type it is asked of.
type Condition = (&'static ResourceType, String);

fn conditions(writes: &[Located]) -> Vec<Entry<Condition>> {
    let condition = |entry: &Located| {
        let (write, _) = &entry.action;
        Some(entry.with((write.resource_type, write.condition()?.to_owned())))
    };
    writes.iter().filter_map(condition).collect()
}

/// Refuses the transaction if it makes a condition ambiguous, as two equal conditional creates would: no later request with
/// that condition could succeed.
fn ask_again(connection: &Connection, conditions: &[Entry<Condition>], context: &Context) -> Result<(), Refusal> {
    for entry in conditions {
        let (resource_type, condition) = &entry.action;
        if let Match::Several = query::find(connection, resource_type, condition, &context.base)? {
            let text = "after this transaction its condition would match more than one resource";
            let diagnostics = "Let one entry create what the condition names; nothing was written";
            let refusal = Refusal::new(StatusCode::PRECONDITION_FAILED, "multiple-matches", text, diagnostics);
            return Err(entry.name(refusal));
        }
    }
    Ok(())
}
