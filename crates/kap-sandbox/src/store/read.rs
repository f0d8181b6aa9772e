//! Reading current and earlier versions.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::Value;

use crate::key::{Key, Version};

/// The newest version of a resource.
#[derive(Debug)]
pub(crate) struct Current {
    pub(crate) version: Version,
    /// `None` if that version is a deletion.
    pub(crate) resource: Option<Value>,
}

/// The newest version, if the resource was ever stored.
pub(crate) fn current(connection: &Connection, key: &Key) -> rusqlite::Result<Option<Current>> {
    let sql = "SELECT v.number, v.last_updated, v.content FROM resource r \
               JOIN version v ON v.resource = r.row AND v.number = r.version WHERE r.type = ?1 AND r.id = ?2";
    connection
        .prepare_cached(sql)?
        .query_row((key.resource_type.name, &key.id), |row| from_row(key, row))
        .optional()
}

/// That version, if it is there.
pub(crate) fn version(connection: &Connection, key: &Key, number: i64) -> rusqlite::Result<Option<Current>> {
    let sql = "SELECT v.number, v.last_updated, v.content FROM resource r \
               JOIN version v ON v.resource = r.row WHERE r.type = ?1 AND r.id = ?2 AND v.number = ?3";
    connection
        .prepare_cached(sql)?
        .query_row((key.resource_type.name, &key.id, number), |row| from_row(key, row))
        .optional()
}

fn from_row(key: &Key, row: &Row<'_>) -> rusqlite::Result<Current> {
    let last_updated = moment(row.get(1)?);
    let content: Option<String> = row.get(2)?;
    Ok(Current {
        version: Version {
            key: key.clone(),
            number: row.get(0)?,
            last_updated,
        },
        resource: content.map(|text| parse(&text)).transpose()?,
    })
}

/// Stored text is JSON that the sandbox wrote, so that only a damaged file fails here.
pub(crate) fn parse(content: &str) -> rusqlite::Result<Value> {
    serde_json::from_str(content)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error)))
}

pub(crate) fn moment(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH)
}
