//! [Transaction](https://hl7.org/fhir/R4/http.html#trules): all entries or none, in one SQLite transaction.
//!
//! The order is R4's: deletions, creates, updates, reads. Conditions and conditional references are asked after the deletions and
//! before the first write, so that they see what was there and not what the transaction itself brings. A server may have the habit
//! of doing the entries in their own order instead.

use std::collections::{BTreeMap, HashSet};

use axum::http::StatusCode;
use rusqlite::{Connection, TransactionBehavior};
use serde_json::Value;

use super::entry::{self, Entry, Name};
use super::links::Links;
use crate::context::Context;
use crate::faults::Fault;
use crate::habits::standing;
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
    let parse = |(index, entry)| Entry::parse(index, entry, preferences, context);
    let entries = entries
        .into_iter()
        .enumerate()
        .map(parse)
        .collect::<Result<Vec<_>, _>>()?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let answers = perform(&transaction, entries, context)?;
    transaction.commit()?;
    let respond = |answer| entry::response(answer, preferences.returning, &context.habits.settings);
    Ok(answers.into_values().map(respond).collect())
}

/// Answers by the index of their entry.
type Answers = BTreeMap<usize, Answer>;

/// A write whose place is known.
type Located = Entry<(Write, Place)>;

fn perform(connection: &Connection, entries: Vec<Entry>, context: &Context) -> Result<Answers, Refusal> {
    let (mut deletions, mut writes, mut reads) = (Vec::new(), Vec::new(), Vec::new());
    for entry in entries {
        match entry.action {
            Interaction::Write(action) => {
                writes.push(Entry {
                    name: entry.name,
                    full_url: entry.full_url,
                    action,
                });
            }
            Interaction::Delete { .. } => deletions.push(entry),
            _ => reads.push(entry),
        }
    }
    let in_order = context.habits.settings.transaction_in_order;
    let mut answers = Answers::new();
    let mut touched = Touched::default();
    touched.add_deletions(&deletions)?;
    if in_order {
        // Conditions are still asked first: of what the entries themselves bring nothing is found.
        reads.append(&mut deletions);
    }
    perform_each(connection, deletions, context, &mut answers)?;
    let mut writes = locate(connection, writes, &mut touched, context)?;
    link(connection, &mut writes, context)?;
    let conditions = conditions(&writes);
    if in_order {
        perform_in_order(connection, writes, reads, context, &mut answers)?;
    } else {
        // The sort is stable: within creates and within updates the order stays that of the entries.
        writes.sort_by_key(|entry| entry.action.0.is_update());
        store_each(connection, writes, context, &mut answers)?;
        perform_each(connection, reads, context, &mut answers)?;
    }
    if !context.suffers(Fault::RacingCreate) {
        ask_again(connection, &conditions, context)?;
    }
    for resource in answers.values().filter_map(|answer| answer.resource.as_ref()) {
        standing::check_references(connection, resource, context)?;
    }
    Ok(answers)
}

fn store_each(
    connection: &Connection,
    writes: Vec<Located>,
    context: &Context,
    answers: &mut Answers,
) -> Result<(), Refusal> {
    for Entry {
        name,
        action: (write, place),
        ..
    } in writes
    {
        let answer = write
            .store(connection, place, context)
            .map_err(|refusal| name.blame(refusal))?;
        answers.insert(name.index, answer);
    }
    Ok(())
}

/// Does writes and everything else in the order of the entries.
fn perform_in_order(
    connection: &Connection,
    writes: Vec<Located>,
    others: Vec<Entry>,
    context: &Context,
    answers: &mut Answers,
) -> Result<(), Refusal> {
    let mut others = others;
    others.sort_by_key(|entry| entry.name.index);
    let mut others = others.into_iter().peekable();
    for write in writes {
        let before = std::iter::from_fn(|| others.next_if(|other| other.name.index < write.name.index)).collect();
        perform_each(connection, before, context, answers)?;
        store_each(connection, vec![write], context, answers)?;
    }
    perform_each(connection, others.collect(), context, answers)
}

fn perform_each(
    connection: &Connection,
    entries: Vec<Entry>,
    context: &Context,
    answers: &mut Answers,
) -> Result<(), Refusal> {
    for Entry { name, action, .. } in entries {
        let answer = action
            .perform(connection, context)
            .map_err(|refusal| name.blame(refusal))?;
        answers.insert(name.index, answer);
    }
    Ok(())
}

/// The resources that the transaction changes: [each once at most](https://hl7.org/fhir/R4/http.html#trules).
#[derive(Default)]
struct Touched(HashSet<Key>);

impl Touched {
    fn add(&mut self, key: &Key, name: &Name) -> Result<(), Refusal> {
        if self.0.insert(key.clone()) {
            return Ok(());
        }
        let text = format!("another entry changes {key} too");
        let diagnostics = "Let a transaction touch each resource once; nothing was written";
        Err(name.blame(Refusal::bad_request("duplicate", text, diagnostics)))
    }

    fn add_deletions(&mut self, deletions: &[Entry]) -> Result<(), Refusal> {
        for entry in deletions {
            if let Interaction::Delete { key, .. } = &entry.action {
                self.add(key, &entry.name)?;
            }
        }
        Ok(())
    }
}

fn locate(
    connection: &Connection,
    writes: Vec<Entry<Write>>,
    touched: &mut Touched,
    context: &Context,
) -> Result<Vec<Located>, Refusal> {
    let mut located = Vec::with_capacity(writes.len());
    for Entry { name, full_url, action } in writes {
        let place = action
            .locate(connection, context)
            .map_err(|refusal| name.blame(refusal))?;
        if let Place::At(key) = &place {
            touched.add(key, &name)?;
        }
        located.push(Entry {
            name,
            full_url,
            action: (action, place),
        });
    }
    Ok(located)
}

/// Puts the places into the references between the entries.
fn link(connection: &Connection, writes: &mut [Located], context: &Context) -> Result<(), Refusal> {
    let mut links = Links::new(connection, context);
    for Entry {
        name,
        full_url,
        action: (_, place),
    } in &*writes
    {
        if let Some(full_url) = full_url {
            links
                .add(full_url, place.key())
                .map_err(|refusal| name.blame(refusal))?;
        }
    }
    for Entry {
        name,
        full_url,
        action: (write, _),
    } in writes
    {
        links
            .rewrite(&mut write.resource, full_url.as_deref())
            .map_err(|refusal| name.blame(refusal))?;
    }
    Ok(())
}

/// A condition, the type it is asked of and the entry that has it.
type Condition = (Name, &'static ResourceType, String);

fn conditions(writes: &[Located]) -> Vec<Condition> {
    let condition =
        |Entry {
             name,
             action: (write, _),
             ..
         }: &Located| { Some((name.clone(), write.resource_type, write.condition()?.to_owned())) };
    writes.iter().filter_map(condition).collect()
}

/// Refuses the transaction if it makes a condition ambiguous, as two equal conditional creates would: no later request with
/// that condition could succeed.
fn ask_again(connection: &Connection, conditions: &[Condition], context: &Context) -> Result<(), Refusal> {
    for (name, resource_type, condition) in conditions {
        if let Match::Several = query::find(connection, resource_type, condition, context)? {
            let text = "after this transaction its condition would match more than one resource";
            let diagnostics = "Let one entry create what the condition names; nothing was written";
            let refusal = Refusal::new(StatusCode::PRECONDITION_FAILED, "multiple-matches", text, diagnostics);
            return Err(name.blame(refusal));
        }
    }
    Ok(())
}
