//! Making and opening the file.

use std::fs::OpenOptions;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use crate::Error;

const APPLICATION_ID: i64 = 0x6B61_7001;
const VERSION: i64 = 2;

const TABLES: &str = "
CREATE TABLE endpoint (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    statement BLOB,
    statement_at INTEGER
) STRICT;
CREATE TABLE learned (
    endpoint INTEGER NOT NULL REFERENCES endpoint (id),
    subject TEXT NOT NULL,
    fact TEXT NOT NULL,
    value INTEGER NOT NULL,
    reason TEXT NOT NULL,
    learned_at INTEGER NOT NULL,
    PRIMARY KEY (endpoint, subject, fact)
) STRICT, WITHOUT ROWID;
CREATE TABLE push (
    id INTEGER PRIMARY KEY,
    endpoint INTEGER NOT NULL REFERENCES endpoint (id),
    label TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    verdict TEXT NOT NULL,
    packages TEXT NOT NULL,
    bundle BLOB NOT NULL,
    audit_event BLOB,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    finished_at INTEGER
) STRICT;
CREATE INDEX push_by_state ON push (endpoint, state);
CREATE INDEX push_by_hash ON push (endpoint, sha256);
CREATE TABLE item (
    endpoint INTEGER NOT NULL REFERENCES endpoint (id),
    key TEXT NOT NULL,
    edition INTEGER NOT NULL,
    resource_type TEXT NOT NULL,
    state TEXT NOT NULL,
    acknowledged BLOB,
    server_id TEXT,
    etag TEXT,
    push INTEGER NOT NULL REFERENCES push (id),
    lease_owner TEXT,
    lease_expires INTEGER,
    PRIMARY KEY (endpoint, key, edition)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_by_push ON item (push);
CREATE INDEX item_by_state ON item (endpoint, state);
CREATE INDEX item_by_lease ON item (lease_owner) WHERE lease_owner IS NOT NULL;
CREATE TABLE attempt (
    id INTEGER PRIMARY KEY,
    push INTEGER NOT NULL REFERENCES push (id),
    entries INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    status INTEGER,
    category TEXT
) STRICT;
CREATE INDEX attempt_by_push ON attempt (push);
CREATE TABLE carried (
    endpoint INTEGER NOT NULL REFERENCES endpoint (id),
    document TEXT NOT NULL,
    key TEXT NOT NULL,
    resource_type TEXT NOT NULL,
    PRIMARY KEY (endpoint, document, key)
) STRICT, WITHOUT ROWID;
";

/// What leads from the version before to the one at the same place, beginning with version 2.
const UPGRADES: &[&str] = &["
ALTER TABLE endpoint ADD COLUMN statement BLOB;
ALTER TABLE endpoint ADD COLUMN statement_at INTEGER;
CREATE TABLE learned (
    endpoint INTEGER NOT NULL REFERENCES endpoint (id),
    subject TEXT NOT NULL,
    fact TEXT NOT NULL,
    value INTEGER NOT NULL,
    reason TEXT NOT NULL,
    learned_at INTEGER NOT NULL,
    PRIMARY KEY (endpoint, subject, fact)
) STRICT, WITHOUT ROWID;
CREATE TABLE carried (
    endpoint INTEGER NOT NULL REFERENCES endpoint (id),
    document TEXT NOT NULL,
    key TEXT NOT NULL,
    resource_type TEXT NOT NULL,
    PRIMARY KEY (endpoint, document, key)
) STRICT, WITHOUT ROWID;
"];

/// Opens the file at `path`, or makes it, and checks that it is ours.
pub(crate) fn open(path: &Path) -> Result<Connection, Error> {
    restrict(path).map_err(|source| Error::JournalFile {
        path: path.to_owned(),
        source,
    })?;
    let mut connection = Connection::open(path).map_err(Error::journal("open its file"))?;
    configure(&connection).map_err(|source| match source.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => Error::JournalForeign { path: path.to_owned() },
        _ => Error::journal("set up its file")(source),
    })?;
    stamp(&mut connection, path)?;
    Ok(connection)
}

/// Makes the file if need be, readable by its owner alone: SQLite gives its companions the same mode.
fn restrict(path: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
        let file = options.mode(0o600).open(path)?;
        file.set_permissions(std::fs::Permissions::from_mode(0o600))
    }
    #[cfg(not(unix))]
    options.open(path).map(drop)
}

fn configure(connection: &Connection) -> rusqlite::Result<()> {
    // Another process commits within milliseconds; ten seconds cover a slow disk.
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.set_prepared_statement_cache_capacity(64);
    // The first statement that reads the file: fails if it is no database.
    connection.pragma_query_value(None, "user_version", |_| Ok(()))
}

/// Brings the tables of version `found` to ours.
fn upgrade(connection: &Connection, found: i64) -> rusqlite::Result<()> {
    let done = usize::try_from(found - 1).unwrap_or_default();
    for step in UPGRADES.iter().skip(done) {
        connection.execute_batch(step)?;
    }
    connection.pragma_update(None, "user_version", VERSION)
}

/// Stamps a new file, accepts our own, refuses any other.
fn stamp(connection: &mut Connection, path: &Path) -> Result<(), Error> {
    let failed = "check its format";
    // One transaction, so that two processes that open a new file at once make its tables once.
    let transaction = connection
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .map_err(Error::journal(failed))?;
    let pragma = |name| {
        transaction
            .pragma_query_value(None, name, |row| row.get::<_, i64>(0))
            .map_err(Error::journal(failed))
    };
    let tables: i64 = transaction
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(Error::journal(failed))?;
    match (pragma("application_id")?, pragma("user_version")?) {
        (0, 0) if tables == 0 => transaction
            .execute_batch(TABLES)
            .and_then(|()| transaction.pragma_update(None, "application_id", APPLICATION_ID))
            .and_then(|()| transaction.pragma_update(None, "user_version", VERSION))
            .map_err(Error::journal("make its tables"))?,
        (APPLICATION_ID, VERSION) => {}
        (APPLICATION_ID, found @ 1..VERSION) => {
            upgrade(&transaction, found).map_err(Error::journal("bring its tables up to date"))?;
        }
        (APPLICATION_ID, found) if found > VERSION => {
            return Err(Error::JournalNewer {
                path: path.to_owned(),
                found,
                known: VERSION,
            });
        }
        _ => return Err(Error::JournalForeign { path: path.to_owned() }),
    }
    transaction.commit().map_err(Error::journal(failed))?;
    // Only now, so that a foreign file keeps its own mode.
    connection
        .pragma_update(None, "journal_mode", "WAL")
        .and_then(|()| connection.pragma_update(None, "synchronous", "FULL"))
        .map_err(Error::journal("switch to write-ahead logging"))
}
