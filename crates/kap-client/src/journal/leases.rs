//! Who may work on an item, and until when.

use std::time::Duration;

use rusqlite::{Connection, params};

use super::items::{self, Change, ItemKey, Row};
use super::state::Event;
use super::{EndpointId, PushId};
use crate::canonical::ContentHash;
use crate::clock::Timestamp;
use crate::identity::Identity;
use crate::{Error, Owner};

/// An item that somebody wants to settle.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) item: ItemKey,
    pub(crate) push: PushId,
    pub(crate) identity: Identity,
    pub(crate) hash: ContentHash,
}

/// A claim's terms.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    pub(crate) endpoint: EndpointId,
    /// Marks the leases of this run.
    pub(crate) holder: String,
    pub(crate) owner: Owner,
    pub(crate) now: Timestamp,
    pub(crate) length: Duration,
}

/// What came of a claim.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    /// All that is not settled is ours.
    Taken,
    /// Somebody else holds at least one item until then, and nothing was taken.
    HeldElsewhere(Timestamp),
}

/// Takes the lease on everything in `wanted` that is not settled, or on nothing.
pub(crate) fn claim(connection: &Connection, terms: &Terms, wanted: &[Wanted]) -> Result<Claim, Error> {
    let mut open = Vec::new();
    for want in wanted {
        let Some(row) = items::load(connection, terms.endpoint, &want.item)? else {
            return Err(Error::JournalDamaged {
                what: format!("item {} is gone", want.item.key),
            });
        };
        if row.is_settled(want.identity, want.hash) {
            continue;
        }
        if let Some(until) = held_elsewhere(&row, terms) {
            return Ok(Claim::HeldElsewhere(until));
        }
        open.push(want);
    }
    for want in open {
        let change = Change::new(want.item.clone(), want.push, Event::Claim);
        items::apply(connection, terms.endpoint, None, &change)?;
        hold(connection, terms, &want.item)?;
    }
    Ok(Claim::Taken)
}

fn held_elsewhere(row: &Row, terms: &Terms) -> Option<Timestamp> {
    let (owner, expires) = row.lease.as_ref()?;
    let live = *owner != terms.holder && *expires > terms.now && !terms.owner.sees_dead(owner);
    live.then_some(*expires)
}

fn hold(connection: &Connection, terms: &Terms, item: &ItemKey) -> Result<(), Error> {
    let update =
        "UPDATE item SET lease_owner = ?4, lease_expires = ?5 WHERE endpoint = ?1 AND key = ?2 AND edition = ?3";
    connection
        .prepare_cached(update)
        .and_then(|mut statement| {
            let expires = terms.now.after(terms.length).0;
            statement.execute(params![terms.endpoint.0, item.key, item.edition, terms.holder, expires])
        })
        .map(drop)
        .map_err(Error::journal("take a lease"))
}

/// Renews every lease of `holder`.
pub(crate) fn renew(connection: &Connection, holder: &str, expires: Timestamp) -> Result<(), Error> {
    connection
        .prepare_cached("UPDATE item SET lease_expires = ?2 WHERE lease_owner = ?1")
        .and_then(|mut statement| statement.execute(params![holder, expires.0]))
        .map(drop)
        .map_err(Error::journal("renew its leases"))
}

/// Gives back those of `items` that are `holder`'s.
pub(crate) fn release(
    connection: &Connection,
    endpoint: EndpointId,
    holder: &str,
    released: &[ItemKey],
) -> Result<(), Error> {
    let update = "UPDATE item SET state = ?4, lease_owner = NULL, lease_expires = NULL
                  WHERE endpoint = ?1 AND key = ?2 AND edition = ?3";
    for item in released {
        let Some(row) = items::load(connection, endpoint, item)? else {
            continue;
        };
        if row.lease.is_none_or(|(owner, _)| owner != holder) {
            continue;
        }
        let state = row.state.after(Event::Release).unwrap_or(row.state);
        connection
            .prepare_cached(update)
            .and_then(|mut statement| statement.execute(params![endpoint.0, item.key, item.edition, state.as_str()]))
            .map_err(Error::journal("give back a lease"))?;
    }
    Ok(())
}
