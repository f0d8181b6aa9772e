//! Intents before a request, answers after it.

use rusqlite::{Connection, OptionalExtension, params};

use super::items::{self, Change, ItemKey};
use super::state::Event;
use super::{EndpointId, PushId};
use crate::clock::Timestamp;
use crate::{Category, Error};

/// Row id of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AttemptId(i64);

/// Writes down that `written` are about to be sent on behalf of `push`; once this is committed, the request may leave.
pub(crate) fn intend(
    connection: &Connection,
    endpoint: EndpointId,
    holder: &str,
    push: PushId,
    written: &[(ItemKey, PushId)],
    now: Timestamp,
) -> Result<AttemptId, Error> {
    for (item, push) in written {
        let change = Change::new(item.clone(), *push, Event::Send);
        items::apply(connection, endpoint, Some(holder), &change)?;
    }
    connection
        .prepare_cached("INSERT INTO attempt (push, entries, started_at) VALUES (?1, ?2, ?3)")
        .and_then(|mut statement| {
            let entries = i64::try_from(written.len()).unwrap_or(i64::MAX);
            statement.insert(params![push.0, entries, now.0])
        })
        .map(AttemptId)
        .map_err(Error::journal("write down an intent"))
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ending {
    pub(crate) attempt: AttemptId,
    pub(crate) status: Option<u16>,
    /// `None` if all went well.
    pub(crate) category: Option<Category>,
}

/// Writes down what an answer means for each item.
pub(crate) fn record(
    connection: &Connection,
    endpoint: EndpointId,
    holder: &str,
    ending: Ending,
    changes: &[Change],
    now: Timestamp,
) -> Result<(), Error> {
    items::apply_all(connection, endpoint, Some(holder), changes)?;
    connection
        .prepare_cached("UPDATE attempt SET finished_at = ?2, status = ?3, category = ?4 WHERE id = ?1")
        .and_then(|mut statement| {
            let category = ending.category.map_or("done", Category::as_str);
            statement.execute(params![ending.attempt.0, now.0, ending.status, category])
        })
        .map(drop)
        .map_err(Error::journal("write down an answer"))
}

/// When something was last sent on behalf of `push`.
pub(crate) fn last_sent(connection: &Connection, push: PushId) -> Result<Option<Timestamp>, Error> {
    connection
        .prepare_cached("SELECT max(coalesce(finished_at, started_at)) FROM attempt WHERE push = ?1")
        .and_then(|mut statement| {
            statement
                .query_row([push.0], |row| row.get::<_, Option<i64>>(0))
                .optional()
        })
        .map(|time| time.flatten().map(Timestamp))
        .map_err(Error::journal("read when something was sent"))
}
