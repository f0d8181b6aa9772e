//! What the journal keeps of a server's capabilities: its statement as last seen, and what it taught at run time.

use rusqlite::{Connection, OptionalExtension};

use super::EndpointId;
use crate::Error;
use crate::capability::{Fact, Learned, Subject, Value};
use crate::clock::Timestamp;

/// The statement as last seen.
pub(crate) fn statement(connection: &Connection, endpoint: EndpointId) -> Result<Option<Vec<u8>>, Error> {
    connection
        .prepare_cached("SELECT statement FROM endpoint WHERE id = ?1")
        .and_then(|mut statement| statement.query_row([endpoint.0], |row| row.get(0)).optional())
        .map(Option::flatten)
        .map_err(Error::journal("read the server's statement"))
}

/// Keeps the statement as seen now.
pub(crate) fn keep_statement(
    connection: &Connection,
    endpoint: EndpointId,
    text: &[u8],
    now: Timestamp,
) -> Result<(), Error> {
    connection
        .prepare_cached("UPDATE endpoint SET statement = ?2, statement_at = ?3 WHERE id = ?1")
        .and_then(|mut statement| statement.execute((endpoint.0, text, now.0)))
        .map(drop)
        .map_err(Error::journal("keep the server's statement"))
}

/// All that was learned of the server. What a newer version wrote and this one does not know is left out.
pub(crate) fn learned(connection: &Connection, endpoint: EndpointId) -> Result<Vec<Learned>, Error> {
    let query =
        "SELECT subject, fact, value, reason, learned_at FROM learned WHERE endpoint = ?1 ORDER BY subject, fact";
    let read = || -> rusqlite::Result<Vec<Option<Learned>>> {
        let mut statement = connection.prepare_cached(query)?;
        let rows = statement.query_map([endpoint.0], |row| {
            let (subject, fact): (String, String) = (row.get(0)?, row.get(1)?);
            let (value, reason, at): (i64, String, i64) = (row.get(2)?, row.get(3)?, row.get(4)?);
            Ok(of_row(&subject, &fact, value, reason, at))
        })?;
        rows.collect()
    };
    Ok(read()
        .map_err(Error::journal("read what was learned of the server"))?
        .into_iter()
        .flatten()
        .collect())
}

fn of_row(subject: &str, fact: &str, value: i64, reason: String, at: i64) -> Option<Learned> {
    let fact = Fact::of_name(fact)?;
    Some(Learned {
        subject: Subject::of_name(subject)?,
        fact,
        value: if fact.is_number() {
            Value::Number(u64::try_from(value).ok()?)
        } else {
            Value::Flag(value != 0)
        },
        reason,
        at: Timestamp(at),
    })
}

/// Keeps what was learned; of one fact the last lesson counts.
pub(crate) fn learn(connection: &Connection, endpoint: EndpointId, learned: &[Learned]) -> Result<(), Error> {
    learned
        .iter()
        .try_for_each(|learned| learn_one(connection, endpoint, learned))
}

fn learn_one(connection: &Connection, endpoint: EndpointId, learned: &Learned) -> Result<(), Error> {
    let value = match learned.value {
        Value::Flag(flag) => i64::from(flag),
        Value::Number(number) => i64::try_from(number).unwrap_or(i64::MAX),
    };
    let write =
        "INSERT INTO learned (endpoint, subject, fact, value, reason, learned_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (endpoint, subject, fact)
                 DO UPDATE SET value = excluded.value, reason = excluded.reason, learned_at = excluded.learned_at";
    connection
        .prepare_cached(write)
        .and_then(|mut statement| {
            statement.execute((
                endpoint.0,
                learned.subject.to_string(),
                learned.fact.name(),
                value,
                &learned.reason,
                learned.at.0,
            ))
        })
        .map(drop)
        .map_err(Error::journal("keep what was learned of the server"))
}
