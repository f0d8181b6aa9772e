//! Bundles that were handed over.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::items::{self, ItemKey};
use super::{EndpointId, PushId};
use crate::Error;
use crate::canonical::ContentHash;
use crate::clock::Timestamp;
use crate::identity::Identity;
use crate::push::Carried;

/// A bundle as it is handed over.
#[derive(Debug)]
pub(crate) struct Handed {
    pub(crate) label: String,
    pub(crate) sha256: [u8; 32],
    pub(crate) verdict: &'static str,
    pub(crate) packages: String,
    pub(crate) bundle: Vec<u8>,
    pub(crate) audit_event: Option<Vec<u8>>,
    pub(crate) outline: Vec<Outline>,
    pub(crate) carries: Vec<Carried>,
}

/// What must be known of an entry to plan: everything but its content.
#[derive(Clone, Debug)]
pub(crate) struct Outline {
    pub(crate) key: String,
    pub(crate) resource_type: String,
    pub(crate) identity: Identity,
    pub(crate) hash: ContentHash,
    pub(crate) references: HashSet<String>,
}

/// A push and its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Labelled {
    pub(crate) push: PushId,
    pub(crate) label: String,
}

/// Takes a bundle in, with its items. `None` if the server is known to hold all of it: then nothing is written.
pub(crate) fn take_in(
    connection: &Connection,
    endpoint: EndpointId,
    now: Timestamp,
    handed: &Handed,
) -> Result<Option<PushId>, Error> {
    let push = match unfinished(connection, endpoint, handed)? {
        Some(push) => push,
        None if is_settled(connection, endpoint, handed)? => return Ok(None),
        None => insert(connection, endpoint, now, handed)?,
    };
    let insert =
        "INSERT INTO item (endpoint, key, edition, resource_type, state, push) VALUES (?1, ?2, ?3, ?4, 'planned', ?5)
                  ON CONFLICT DO NOTHING";
    for outline in &handed.outline {
        let item = ItemKey::of(&outline.key, outline.identity, push);
        connection
            .prepare_cached(insert)
            .and_then(|mut statement| {
                statement.execute(params![
                    endpoint.0,
                    item.key,
                    item.edition,
                    outline.resource_type,
                    push.0
                ])
            })
            .map_err(Error::journal("add an item"))?;
    }
    keep_carried(connection, endpoint, &handed.carries).map_err(Error::journal("keep what documents carry"))?;
    Ok(Some(push))
}

/// Keeps what documents carry now; what they carried before is forgotten.
fn keep_carried(connection: &Connection, endpoint: EndpointId, carries: &[Carried]) -> rusqlite::Result<()> {
    let documents: HashSet<&str> = carries.iter().map(|carried| carried.document.as_str()).collect();
    let mut forget = connection.prepare_cached("DELETE FROM carried WHERE endpoint = ?1 AND document = ?2")?;
    for document in documents {
        forget.execute(params![endpoint.0, document])?;
    }
    let insert = "INSERT INTO carried (endpoint, document, key, resource_type) VALUES (?1, ?2, ?3, ?4)";
    let mut insert = connection.prepare_cached(insert)?;
    for carried in carries {
        insert.execute(params![
            endpoint.0,
            carried.document,
            carried.key,
            carried.resource_type
        ])?;
    }
    Ok(())
}

/// A push of the same bytes that did not come to a good end goes on, instead of beginning anew.
fn unfinished(connection: &Connection, endpoint: EndpointId, handed: &Handed) -> Result<Option<PushId>, Error> {
    let query = "UPDATE push SET state = 'open', finished_at = NULL, label = ?3
                 WHERE id = (SELECT max(id) FROM push WHERE endpoint = ?1 AND sha256 = ?2 AND state <> 'done')
                 RETURNING id";
    connection
        .prepare_cached(query)
        .and_then(|mut statement| {
            let known = params![endpoint.0, handed.sha256, handed.label];
            statement.query_row(known, |row| row.get(0).map(PushId)).optional()
        })
        .map_err(Error::journal("look for an unfinished push"))
}

fn is_settled(connection: &Connection, endpoint: EndpointId, handed: &Handed) -> Result<bool, Error> {
    for outline in &handed.outline {
        if outline.identity == Identity::OncePerPush {
            continue;
        }
        let item = ItemKey {
            key: outline.key.clone(),
            edition: 0,
        };
        let row = items::load(connection, endpoint, &item)?;
        if !row.is_some_and(|row| row.is_settled(outline.identity, outline.hash)) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn insert(connection: &Connection, endpoint: EndpointId, now: Timestamp, handed: &Handed) -> Result<PushId, Error> {
    let insert = "INSERT INTO push (endpoint, label, sha256, verdict, packages, bundle, state, created_at, audit_event)
                  VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'open', ?7, ?8)";
    connection
        .prepare_cached(insert)
        .and_then(|mut statement| {
            statement.insert(params![
                endpoint.0,
                handed.label,
                handed.sha256,
                handed.verdict,
                handed.packages,
                handed.bundle,
                now.0,
                handed.audit_event,
            ])
        })
        .map(PushId)
        .map_err(Error::journal("take in a bundle"))
}

/// The unfinished pushes of `endpoint`, oldest first.
pub(crate) fn open(connection: &Connection, endpoint: EndpointId) -> Result<Vec<Labelled>, Error> {
    list(connection, endpoint, "state = 'open'")
}

/// The pushes of `endpoint` that wrote an item last, oldest first.
pub(crate) fn with_items(connection: &Connection, endpoint: EndpointId) -> Result<Vec<Labelled>, Error> {
    list(
        connection,
        endpoint,
        "EXISTS (SELECT 1 FROM item WHERE item.push = push.id)",
    )
}

fn list(connection: &Connection, endpoint: EndpointId, condition: &str) -> Result<Vec<Labelled>, Error> {
    let query = format!("SELECT id, label FROM push WHERE endpoint = ?1 AND {condition} ORDER BY id");
    let read = || -> rusqlite::Result<Vec<Labelled>> {
        let mut statement = connection.prepare_cached(&query)?;
        let rows = statement.query_map([endpoint.0], |row| {
            Ok(Labelled {
                push: PushId(row.get(0)?),
                label: row.get(1)?,
            })
        })?;
        rows.collect()
    };
    read().map_err(Error::journal("list pushes"))
}

/// The bundle of a push, its hash checked against the one that was written when it was taken in.
pub(crate) fn bundle(connection: &Connection, push: PushId) -> Result<Vec<u8>, Error> {
    let (bundle, sha256): (Vec<u8>, [u8; 32]) = connection
        .prepare_cached("SELECT bundle, sha256 FROM push WHERE id = ?1")
        .and_then(|mut statement| statement.query_row([push.0], |row| Ok((row.get(0)?, row.get(1)?))))
        .map_err(Error::journal("read a bundle"))?;
    if <[u8; 32]>::from(Sha256::digest(&bundle)) == sha256 {
        Ok(bundle)
    } else {
        Err(Error::JournalDamaged {
            what: format!("the bundle of push {} is not the one that was checked", push.0),
        })
    }
}

/// Ends a push. What it would have made once, had it written anything, is no longer planned.
pub(crate) fn finish(connection: &Connection, push: PushId, now: Timestamp, complete: bool) -> Result<(), Error> {
    let failed = "finish a push";
    let state = if complete { "done" } else { "failed" };
    connection
        .execute(
            "UPDATE push SET state = ?2, finished_at = ?3 WHERE id = ?1",
            params![push.0, state, now.0],
        )
        .map_err(Error::journal(failed))?;
    connection
        .execute(
            "DELETE FROM item WHERE push = ?1 AND edition = ?1 AND state = 'planned'",
            [push.0],
        )
        .map_err(Error::journal(failed))?;
    Ok(())
}
