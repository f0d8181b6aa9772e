//! Tables, and opening the file that holds them.

use std::fs::OpenOptions;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::error::Error;

/// `KAPS`: marks the file as a sandbox's.
const APPLICATION_ID: i64 = 0x4B41_5053;
/// Raised when the tables change; an older file is refused, for a sandbox holds nothing worth migrating.
const SCHEMA_VERSION: i64 = 1;

/// How long to wait for another process that has the same file open.
const PATIENCE: Duration = Duration::from_secs(10);

const TABLES: &str = "
-- One row a resource, never removed: `row` is the order of creation and the position of a page.
CREATE TABLE resource (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    type TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    UNIQUE (type, id)
) STRICT;
-- Holds the rows of each type in their order, for pages and for the rows that a search found: else each search reads the type.
CREATE INDEX resource_of_type ON resource (type);
-- One row a version, the current one included. A deletion is a version without content.
CREATE TABLE version (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    resource INTEGER NOT NULL REFERENCES resource (row),
    number INTEGER NOT NULL,
    method TEXT NOT NULL,
    last_updated INTEGER NOT NULL, -- milliseconds since 1970
    content TEXT,
    UNIQUE (resource, number)
) STRICT;
-- The search index, of current versions only. A missing system is the empty text, as in a search for `|value`.
CREATE TABLE token_index (
    type TEXT NOT NULL, parameter TEXT NOT NULL, value TEXT NOT NULL, system TEXT NOT NULL, resource INTEGER NOT NULL,
    PRIMARY KEY (type, parameter, value, system, resource)
) STRICT, WITHOUT ROWID;
CREATE INDEX token_of_resource ON token_index (resource);
CREATE TABLE reference_index (
    type TEXT NOT NULL, parameter TEXT NOT NULL, target_id TEXT NOT NULL, target_type TEXT NOT NULL, resource INTEGER NOT NULL,
    PRIMARY KEY (type, parameter, target_id, target_type, resource)
) STRICT, WITHOUT ROWID;
CREATE INDEX reference_of_resource ON reference_index (resource);
-- From `low` up to but not including `high`, in microseconds since 1970.
CREATE TABLE date_index (
    type TEXT NOT NULL, parameter TEXT NOT NULL, low INTEGER NOT NULL, high INTEGER NOT NULL, resource INTEGER NOT NULL,
    PRIMARY KEY (type, parameter, low, high, resource)
) STRICT, WITHOUT ROWID;
CREATE INDEX date_of_resource ON date_index (resource);
";

/// Opens the file for writing; makes it, readable by its owner only, if it is not there. Says what its last resource is.
pub(crate) fn open(path: &Path) -> Result<(Connection, i64), Error> {
    create_file(path).map_err(|source| Error::Create {
        path: path.to_owned(),
        source,
    })?;
    let opening = |source| Error::Open {
        path: path.to_owned(),
        source,
    };
    let mut connection =
        Connection::open_with_flags(path, flags(OpenFlags::SQLITE_OPEN_READ_WRITE)).map_err(opening)?;
    connection.busy_timeout(PATIENCE).map_err(opening)?;
    if prepare(&mut connection).map_err(opening)? {
        let sql = "SELECT coalesce(max(row), 0) FROM resource";
        let last = connection.query_row(sql, [], |row| row.get(0)).map_err(opening)?;
        Ok((connection, last))
    } else {
        Err(Error::Foreign { path: path.to_owned() })
    }
}

pub(crate) fn open_reader(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, flags(OpenFlags::SQLITE_OPEN_READ_ONLY))?;
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

/// Each connection is used by one thread at a time, so that SQLite's own locks are not needed.
fn flags(access: OpenFlags) -> OpenFlags {
    access | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

fn create_file(path: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// Makes the tables in a new file; false if the file belongs to something else.
fn prepare(connection: &mut Connection) -> rusqlite::Result<bool> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let number = |sql: &str| transaction.query_row(sql, [], |row| row.get::<_, i64>(0));
    let marks = (number("PRAGMA application_id")?, number("PRAGMA user_version")?);
    let is_new = marks == (0, 0) && number("SELECT count(*) FROM sqlite_schema")? == 0;
    if is_new {
        transaction.execute_batch(TABLES)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    }
    transaction.commit()?;
    if !is_new && marks != (APPLICATION_ID, SCHEMA_VERSION) {
        return Ok(false);
    }
    // Readers go on while one writes. NORMAL: what was answered survives the death of this process, though not always that of
    // the machine, which is enough for a sandbox.
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    Ok(true)
}
