//! What the journal says, without asking any server.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::Error;
use crate::clock::Timestamp;
use crate::journal::Journal;
use crate::journal::state::State;

/// What the journal holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// One for each server, by name.
    pub endpoints: Vec<EndpointStatus>,
}

/// What the journal holds about one server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointStatus {
    /// Its configured name.
    pub name: String,
    /// How many resources are in each state; states without any are left out.
    pub items: BTreeMap<State, u32>,
    /// How many items documents carry that have no resource of their own, and how many documents that are.
    pub carried: Carriage,
    /// How many pushes are not finished.
    pub open_pushes: usize,
    /// The oldest of them.
    pub oldest_open: Option<OpenPush>,
}

/// What is told in documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carriage {
    /// So many items.
    pub items: u32,
    /// So many documents.
    pub documents: u32,
}

/// A push that is not finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenPush {
    /// The label of its bundle.
    pub label: String,
    /// When it was taken in.
    pub since: Timestamp,
}

/// Counts what the journal holds.
pub fn status(journal: &Journal) -> Result<Status, Error> {
    journal.run_blocking(|connection| read(connection).map_err(Error::journal("count its items")))
}

/// The AuditEvents of every push that something was sent for, oldest first, as FHIR JSON.
pub fn audit_events(journal: &Journal) -> Result<Vec<Vec<u8>>, Error> {
    let query = "SELECT audit_event FROM push
                 WHERE audit_event IS NOT NULL AND EXISTS (SELECT 1 FROM attempt WHERE attempt.push = push.id) ORDER BY id";
    journal.run_blocking(move |connection| {
        let read = || -> rusqlite::Result<Vec<Vec<u8>>> {
            let mut statement = connection.prepare_cached(query)?;
            statement.query_map([], |row| row.get(0))?.collect()
        };
        read().map_err(Error::journal("read its audit events"))
    })
}

fn read(connection: &Connection) -> rusqlite::Result<Status> {
    let mut statement = connection.prepare_cached("SELECT id, name FROM endpoint ORDER BY name")?;
    let endpoints = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
    let mut status = Status::default();
    for endpoint in endpoints {
        let (id, name) = endpoint?;
        let open = open_pushes(connection, id)?;
        status.endpoints.push(EndpointStatus {
            name,
            items: items(connection, id)?,
            carried: carried(connection, id)?,
            open_pushes: open.len(),
            oldest_open: open.into_iter().next(),
        });
    }
    Ok(status)
}

fn items(connection: &Connection, endpoint: i64) -> rusqlite::Result<BTreeMap<State, u32>> {
    let mut counts = BTreeMap::new();
    let mut statement =
        connection.prepare_cached("SELECT state, count(*) FROM item WHERE endpoint = ?1 GROUP BY state")?;
    let rows = statement.query_map([endpoint], |row| Ok((row.get::<_, String>(0)?, row.get::<_, u32>(1)?)))?;
    for row in rows {
        let (state, count) = row?;
        *counts
            .entry(State::from_name(&state).unwrap_or(State::Unknown))
            .or_default() += count;
    }
    Ok(counts)
}

fn carried(connection: &Connection, endpoint: i64) -> rusqlite::Result<Carriage> {
    let query = "SELECT count(*), count(DISTINCT document) FROM carried WHERE endpoint = ?1";
    connection.prepare_cached(query)?.query_row([endpoint], |row| {
        Ok(Carriage {
            items: row.get(0)?,
            documents: row.get(1)?,
        })
    })
}

fn open_pushes(connection: &Connection, endpoint: i64) -> rusqlite::Result<Vec<OpenPush>> {
    let query = "SELECT label, created_at FROM push WHERE endpoint = ?1 AND state = 'open' ORDER BY id";
    let mut statement = connection.prepare_cached(query)?;
    let rows = statement.query_map([endpoint], |row| {
        Ok(OpenPush {
            label: row.get(0)?,
            since: Timestamp(row.get(1)?),
        })
    })?;
    rows.collect()
}
