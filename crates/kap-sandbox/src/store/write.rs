//! Storing new versions.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Map, Value, json};

use crate::context::Context;
use crate::key::{Key, Version, instant};
use crate::search::index;

/// What storing did.
#[derive(Debug)]
pub(crate) struct Stored {
    pub(crate) version: Version,
    /// As stored: with its id and version.
    pub(crate) resource: Value,
    /// Whether there was nothing, or only a deletion, before.
    pub(crate) created: bool,
}

/// Stores the next version of the resource, the first one if there is none; `method` is what history will say.
pub(crate) fn put(
    connection: &Connection,
    key: &Key,
    resource: Map<String, Value>,
    method: &str,
    context: &Context,
) -> rusqlite::Result<Stored> {
    let (row, number, created) = next_version(connection, key, false)?;
    let version = Version {
        key: key.clone(),
        number,
        last_updated: context.now,
    };
    let resource = stamp(resource, &version);
    insert_version(connection, row, &version, method, Some(&resource.to_string()))?;
    index::replace(connection, key.resource_type, row, &resource, &context.base)?;
    if context.habits.settings.duplicate_code.is_some() {
        index::add_mark(connection, key.resource_type, row, &resource)?;
    }
    Ok(Stored {
        version,
        resource,
        created,
    })
}

/// Stores the deletion as the next version.
pub(crate) fn delete(connection: &Connection, key: &Key, context: &Context) -> rusqlite::Result<Version> {
    let (row, number, _) = next_version(connection, key, true)?;
    let version = Version {
        key: key.clone(),
        number,
        last_updated: context.now,
    };
    insert_version(connection, row, &version, "DELETE", None)?;
    index::clear(connection, row)?;
    Ok(version)
}

/// Moves the resource on: its row, its new version number and whether it was absent before.
fn next_version(connection: &Connection, key: &Key, deleted: bool) -> rusqlite::Result<(i64, i64, bool)> {
    let type_name = key.resource_type.name;
    let found: Option<(i64, i64, bool)> = connection
        .prepare_cached("SELECT row, version, deleted FROM resource WHERE type = ?1 AND id = ?2")?
        .query_row((type_name, &key.id), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    if let Some((row, version, was_deleted)) = found {
        connection
            .prepare_cached("UPDATE resource SET version = ?2, deleted = ?3 WHERE row = ?1")?
            .execute((row, version + 1, deleted))?;
        return Ok((row, version + 1, was_deleted));
    }
    connection
        .prepare_cached("INSERT INTO resource (type, id, version, deleted) VALUES (?1, ?2, 1, ?3)")?
        .execute((type_name, &key.id, deleted))?;
    Ok((connection.last_insert_rowid(), 1, true))
}

fn insert_version(
    connection: &Connection,
    row: i64,
    version: &Version,
    method: &str,
    content: Option<&str>,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO version (resource, number, method, last_updated, content) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            row,
            version.number,
            method,
            version.last_updated.as_millisecond(),
            content
        ])?;
    Ok(())
}

/// The resource with the server's id and version, type first, then `id` and `meta`, then the rest in its order.
fn stamp(mut resource: Map<String, Value>, version: &Version) -> Value {
    let mut meta = Map::new();
    meta.insert("versionId".to_owned(), json!(version.number.to_string()));
    meta.insert("lastUpdated".to_owned(), json!(instant(version.last_updated)));
    if let Some(Value::Object(given)) = resource.shift_remove("meta") {
        let kept = given
            .into_iter()
            .filter(|(name, _)| name != "versionId" && name != "lastUpdated");
        meta.extend(kept);
    }
    let mut stamped = Map::new();
    stamped.insert("resourceType".to_owned(), json!(version.key.resource_type.name));
    stamped.insert("id".to_owned(), json!(version.key.id));
    stamped.insert("meta".to_owned(), Value::Object(meta));
    stamped.extend(
        resource
            .into_iter()
            .filter(|(name, _)| name != "resourceType" && name != "id"),
    );
    Value::Object(stamped)
}
