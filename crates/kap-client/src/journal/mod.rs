//! The journal: what we mean to do on a server, what we did, and what came of it, on disk before and after each request.
//!
//! # File format, version 2
//!
//! An SQLite 3 database with `application_id` `0x6B617001` and `user_version` 2, in WAL mode with `synchronous = FULL`, file
//! mode 0600 (its `-wal` and `-shm` companions take the same mode). A file with another `application_id` or a newer
//! `user_version` is refused and left as it is; an older one is brought up to date. Servers appear under their configured names, never by URL. The only place
//! that holds patients' data is `push.bundle`; keys are opaque UUIDs. Times are milliseconds since 1970 (UTC).
//!
//! | table | one row is | columns |
//! |---|---|---|
//! | `endpoint` | a server | `id`, `name` (unique), `statement` (its CapabilityStatement as last seen), `statement_at` |
//! | `learned` | what the server taught at run time | `endpoint`, `subject` (`server` or a type), `fact`, `value` (0 or 1 for a flag), `reason`, `learned_at` |
//! | `push` | a bundle that was handed over | `id`, `endpoint`, `label`, `sha256` of `bundle`, `verdict`, `packages` (one a line), `bundle` (the checked bytes), `audit_event` (FHIR JSON of the disclosure, never sent), `state` (`open`, `done`, `failed`), `created_at`, `finished_at` |
//! | `item` | a resource on a server, by our key | `endpoint`, `key`, `edition`, `resource_type`, `state`, `acknowledged` (content hash of what the server last acknowledged), `server_id`, `etag`, `push` (that wrote it last, or means to), `lease_owner`, `lease_expires` |
//! | `carried` | an item that no resource of its own stands for, told in a document | `endpoint`, `document` (key of the document's item), `key`, `resource_type` |
//! | `attempt` | a transaction that was sent | `id`, `push`, `entries`, `started_at`, `finished_at`, `status` (HTTP), `category` (`done` or a failure) |
//!
//! The primary key of `item` is (`endpoint`, `key`, `edition`): a lasting resource has edition 0, one that is made once per
//! push (Provenance) has the push's id. The content hash is defined in `canonical.rs`. `location` in an answer is kept as
//! (`resource_type`, `server_id`, `etag`) without its base.
//!
//! # States of an item
//!
//! | state | means |
//! |---|---|
//! | `planned` | to be written; nothing about its content is under way |
//! | `leased` | the holder of the lease works on it; nothing was sent |
//! | `sending` | the intent is on disk; the request may have left |
//! | `throttled` | the server asked to wait |
//! | `unknown` | a request may have been executed; to be looked for before anything is sent again |
//! | `applied` | stored: the server said so, or it was found there with our content |
//! | `rejected` | refused; content or server must change first |
//! | `needs_review` | a person must decide: several claim its identity, or someone else changed it |
//! | `verified` | applied, and read back equal |
//! | `diverged` | on the server with another content than ours |
//!
//! `state.rs` has every transition in one table; nothing else changes a state.
//!
//! # The order of commits
//!
//! 1. *Intake*: the bundle's bytes and its items, `planned`.
//! 2. *Claim*: the lease on every item of the bundle that is not settled, or on none of them.
//! 3. *Intent*: `sending` and the attempt, committed before the first byte of the request leaves.
//! 4. *Answer*: the state that the answer gives each item, committed before its lease is freed.
//! 5. *Release* and *finish*.
//!
//! Each step is one SQLite transaction, or shares one with the steps of other senders: the writer thread (`writer.rs`) takes
//! all requests that wait, runs each in a savepoint of one transaction, commits once, and then answers them all.
//!
//! # Leases and recovery
//!
//! A lease is `lease_owner` and `lease_expires`; the holder renews it at a third of its length. A lease that expired, or
//! whose owner was a process of this machine that is no more, can be claimed by anyone. Whoever claims an item in state
//! `sending` makes it `unknown`: a request that may have left is looked for, never blindly sent again. An item in state
//! `leased` had sent nothing and is simply taken over. An answer or an intent of a holder that lost its lease is refused,
//! so that two processes never write one key at the same time.
//!
//! A push in state `open` is picked up by the next push to its endpoint, from the bytes in the journal; their hash is
//! checked again before anything is sent.
//!
//! A journal that is lost can be begun anew for all that a server finds by identifier. What it cannot find so (AdverseEvent,
//! Provenance) would be sent once more: keep the file.

pub(crate) mod answers;
pub(crate) mod capabilities;
pub(crate) mod items;
pub(crate) mod leases;
pub(crate) mod pushes;
mod schema;
pub(crate) mod state;
mod writer;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension};

use crate::clock::{Clock, Timestamp};
use crate::{Error, Owner};

/// Row id of an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EndpointId(pub(crate) i64);

/// Row id of a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PushId(pub(crate) i64);

/// An open journal. Cheap to clone; the file is closed when the last clone is dropped.
#[derive(Clone)]
pub struct Journal {
    writer: writer::Writer,
    clock: Arc<dyn Clock>,
    owner: Arc<Owner>,
    runs: Arc<AtomicU64>,
    lease: Duration,
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Journal")
            .field("owner", &self.owner)
            .finish_non_exhaustive()
    }
}

impl Journal {
    /// Opens the journal at `path`, or makes it. `owner` names this process in leases.
    pub fn open(path: &Path, owner: Owner, clock: Arc<dyn Clock>) -> Result<Journal, Error> {
        let connection = schema::open(path)?;
        Ok(Journal {
            writer: writer::Writer::start(connection),
            clock,
            owner: Arc::new(owner),
            runs: Arc::default(),
            lease: Duration::from_secs(5),
        })
    }

    /// The same journal with leases of another length (default 5 s): how long a key stays untouched after its
    /// holder's machine died.
    #[must_use]
    pub fn with_lease(mut self, lease: Duration) -> Journal {
        self.lease = lease;
        self
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn lease(&self) -> Duration {
        self.lease
    }

    pub(crate) fn owner(&self) -> &Owner {
        &self.owner
    }

    /// The text that marks the leases of one run of this process.
    pub(crate) fn next_holder(&self) -> String {
        format!("{}#{}", self.owner, self.runs.fetch_add(1, Ordering::Relaxed))
    }

    /// Runs `task` in the next group's transaction; the answer comes once that is on disk.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        task: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.writer.run(task).await
    }

    /// As [`Journal::run`], for callers outside async code.
    pub(crate) fn run_blocking<T: Send + 'static>(
        &self,
        task: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.writer.run_blocking(task)
    }
}

/// The row of the endpoint called `name`, if anything was ever pushed to it.
pub(crate) fn endpoint(connection: &Connection, name: &str) -> Result<Option<EndpointId>, Error> {
    connection
        .prepare_cached("SELECT id FROM endpoint WHERE name = ?1")
        .and_then(|mut statement| statement.query_row([name], |row| row.get(0).map(EndpointId)).optional())
        .map_err(Error::journal("read the endpoint"))
}

/// The row of the endpoint called `name`, made if there is none.
pub(crate) fn endpoint_or_new(connection: &Connection, name: &str) -> Result<EndpointId, Error> {
    if let Some(known) = endpoint(connection, name)? {
        return Ok(known);
    }
    connection
        .execute("INSERT INTO endpoint (name) VALUES (?1)", [name])
        .map_err(Error::journal("add the endpoint"))?;
    Ok(EndpointId(connection.last_insert_rowid()))
}
