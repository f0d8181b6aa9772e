//! Reading and changing items.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};

use super::state::{Event, State};
use super::{EndpointId, PushId};
use crate::Error;
use crate::canonical::ContentHash;
use crate::clock::Timestamp;
use crate::identity::Identity;

/// What names an item at an endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ItemKey {
    pub(crate) key: String,
    /// 0, or the push's id for what is made once per push.
    pub(crate) edition: i64,
}

impl ItemKey {
    pub(crate) fn of(key: &str, identity: Identity, push: PushId) -> ItemKey {
        ItemKey {
            key: key.to_owned(),
            edition: if identity == Identity::OncePerPush { push.0 } else { 0 },
        }
    }
}

/// An item's row.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) resource_type: String,
    pub(crate) state: State,
    pub(crate) acknowledged: Option<ContentHash>,
    pub(crate) server_id: Option<String>,
    pub(crate) etag: Option<String>,
    pub(crate) push: PushId,
    pub(crate) lease: Option<(String, Timestamp)>,
}

impl Row {
    /// A row of which nothing is known yet.
    pub(crate) fn new(resource_type: &str, push: PushId) -> Row {
        Row {
            resource_type: resource_type.to_owned(),
            state: State::Planned,
            acknowledged: None,
            server_id: None,
            etag: None,
            push,
            lease: None,
        }
    }

    /// Whether nothing is left to do for this content: what is matched is there, what is ours is there as mapped.
    pub(crate) fn is_settled(&self, identity: Identity, hash: ContentHash) -> bool {
        let same = match identity {
            Identity::Matched => self.server_id.is_some(),
            _ => self.acknowledged == Some(hash),
        };
        self.state.is_stored() && same
    }

    /// Whether the server acknowledged content of ours under an id that is known: what follows is an update.
    pub(crate) fn is_acknowledged(&self) -> bool {
        self.acknowledged.is_some() && self.server_id.is_some()
    }

    /// `Type/id`, if the server's id is known.
    pub(crate) fn server_reference(&self) -> Option<String> {
        self.server_id.as_ref().map(|id| format!("{}/{id}", self.resource_type))
    }
}

const COLUMNS: &str = "resource_type, state, acknowledged, server_id, etag, push, lease_owner, lease_expires";

fn row(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    let state: String = row.get("state")?;
    let owner: Option<String> = row.get("lease_owner")?;
    let expires: Option<i64> = row.get("lease_expires")?;
    Ok(Row {
        resource_type: row.get("resource_type")?,
        // A word that no version wrote: taken as the state in which nothing is sent before it is looked for.
        state: State::from_name(&state).unwrap_or(State::Unknown),
        acknowledged: row.get::<_, Option<[u8; 32]>>("acknowledged")?.map(ContentHash),
        server_id: row.get("server_id")?,
        etag: row.get("etag")?,
        push: PushId(row.get("push")?),
        lease: owner.zip(expires.map(Timestamp)),
    })
}

/// The row of one item.
pub(crate) fn load(connection: &Connection, endpoint: EndpointId, item: &ItemKey) -> Result<Option<Row>, Error> {
    let query = format!("SELECT {COLUMNS} FROM item WHERE endpoint = ?1 AND key = ?2 AND edition = ?3");
    connection
        .prepare_cached(&query)
        .and_then(|mut statement| {
            statement
                .query_row(params![endpoint.0, item.key, item.edition], row)
                .optional()
        })
        .map_err(Error::journal("read an item"))
}

/// The rows of `items`, as far as there are any.
pub(crate) fn load_all(
    connection: &Connection,
    endpoint: EndpointId,
    items: &[ItemKey],
) -> Result<HashMap<ItemKey, Row>, Error> {
    let mut rows = HashMap::with_capacity(items.len());
    for item in items {
        if let Some(row) = load(connection, endpoint, item)? {
            rows.insert(item.clone(), row);
        }
    }
    Ok(rows)
}

/// Items of a push that the server holds, to be read back.
pub(crate) fn stored_of_push(connection: &Connection, push: PushId) -> Result<Vec<(ItemKey, Row)>, Error> {
    let query = format!("SELECT key, edition, {COLUMNS} FROM item WHERE push = ?1 ORDER BY key, edition");
    let read = |connection: &Connection| -> rusqlite::Result<Vec<(ItemKey, Row)>> {
        let mut statement = connection.prepare_cached(&query)?;
        let rows = statement.query_map([push.0], |sql| {
            let item = ItemKey {
                key: sql.get("key")?,
                edition: sql.get("edition")?,
            };
            Ok((item, row(sql)?))
        })?;
        rows.collect()
    };
    let mut items = read(connection).map_err(Error::journal("list the items of a push"))?;
    items.retain(|(_, row)| row.state.is_stored() && row.server_id.is_some());
    Ok(items)
}

/// Server ids of once-per-push resources with this key, written by other pushes.
pub(crate) fn other_editions(
    connection: &Connection,
    endpoint: EndpointId,
    item: &ItemKey,
) -> Result<Vec<String>, Error> {
    let query =
        "SELECT server_id FROM item WHERE endpoint = ?1 AND key = ?2 AND edition <> ?3 AND server_id IS NOT NULL";
    connection
        .prepare_cached(query)
        .and_then(|mut statement| {
            let ids = statement.query_map(params![endpoint.0, item.key, item.edition], |row| row.get(0))?;
            ids.collect()
        })
        .map_err(Error::journal("list what other pushes made"))
}

/// A change of one item.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) item: ItemKey,
    pub(crate) push: PushId,
    pub(crate) event: Event,
    /// Where the server keeps it, if the event tells.
    pub(crate) server_id: Option<String>,
    /// The version that goes with `acknowledged`.
    pub(crate) etag: Option<String>,
    /// The content that the server is now known to hold.
    pub(crate) acknowledged: Option<ContentHash>,
}

impl Change {
    /// A change that tells nothing about the server's copy.
    pub(crate) fn new(item: ItemKey, push: PushId, event: Event) -> Change {
        Change {
            item,
            push,
            event,
            server_id: None,
            etag: None,
            acknowledged: None,
        }
    }
}

/// Applies `change`. With a `holder`, the item must be leased to it.
pub(crate) fn apply(
    connection: &Connection,
    endpoint: EndpointId,
    holder: Option<&str>,
    change: &Change,
) -> Result<State, Error> {
    let damaged = |what: String| Error::JournalDamaged { what };
    let row = load(connection, endpoint, &change.item)?
        .ok_or_else(|| damaged(format!("item {} is gone", change.item.key)))?;
    if holder.is_some() && row.lease.as_ref().map(|(owner, _)| owner.as_str()) != holder {
        return Err(Error::LeaseLost);
    }
    let (from, event) = (row.state, change.event);
    let state = from.after(event).ok_or_else(|| {
        damaged(format!(
            "item {} is {from}, which {event:?} cannot follow",
            change.item.key
        ))
    })?;
    let written_by = match event {
        Event::Send | Event::Found | Event::FoundDifferent => change.push,
        _ => row.push,
    };
    let etag = if change.acknowledged.is_some() {
        &change.etag
    } else {
        &row.etag
    };
    let update = "UPDATE item SET state = ?4, push = ?5, acknowledged = ?6, server_id = ?7, etag = ?8
                  WHERE endpoint = ?1 AND key = ?2 AND edition = ?3";
    connection
        .prepare_cached(update)
        .and_then(|mut statement| {
            statement.execute(params![
                endpoint.0,
                change.item.key,
                change.item.edition,
                state.as_str(),
                written_by.0,
                change.acknowledged.or(row.acknowledged).map(|hash| hash.0),
                change.server_id.as_ref().or(row.server_id.as_ref()),
                etag,
            ])
        })
        .map_err(Error::journal("change an item"))?;
    Ok(state)
}

/// Applies all `changes`, or none.
pub(crate) fn apply_all(
    connection: &Connection,
    endpoint: EndpointId,
    holder: Option<&str>,
    changes: &[Change],
) -> Result<(), Error> {
    changes
        .iter()
        .try_for_each(|change| apply(connection, endpoint, holder, change).map(drop))
}
