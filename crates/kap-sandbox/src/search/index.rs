//! From a resource to its index rows.

use rusqlite::{Connection, params};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::date::Range;
use super::parameter::{Kind, SearchParameter};
use crate::reference::Target;
use crate::supported::ResourceType;

/// Replaces the index rows of the resource in database row `row`; `base` is the service base, so that absolute references to
/// this server are recognised.
pub(crate) fn replace(
    connection: &Connection,
    resource_type: &ResourceType,
    row: i64,
    resource: &Value,
    base: &str,
) -> rusqlite::Result<()> {
    clear(connection, row)?;
    for parameter in resource_type.parameters() {
        for path in parameter.paths {
            for element in elements(resource, path) {
                insert(connection, resource_type.name, row, parameter, element, base)?;
            }
        }
    }
    Ok(())
}

/// Adds the mark of the resource's content, under no parameter's name, so that equal contents are found.
pub(crate) fn add_mark(
    connection: &Connection,
    resource_type: &ResourceType,
    row: i64,
    resource: &Value,
) -> rusqlite::Result<()> {
    let sql =
        "INSERT OR IGNORE INTO token_index (type, parameter, value, system, resource) VALUES (?1, '', ?2, '', ?3)";
    let mark = resource.as_object().map(content_mark).unwrap_or_default();
    connection
        .prepare_cached(sql)?
        .execute((resource_type.name, mark, row))?;
    Ok(())
}

/// The same text for the same content, whatever its id and version.
pub(crate) fn content_mark(resource: &Map<String, Value>) -> String {
    let content = resource
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "resourceType" | "id" | "meta"));
    let text: String = content.map(|(name, member)| format!("{name}:{member},")).collect();
    Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes()).to_string()
}

/// Removes the index rows: a deleted resource is found by no search.
pub(crate) fn clear(connection: &Connection, row: i64) -> rusqlite::Result<()> {
    for statement in [
        "DELETE FROM token_index WHERE resource = ?1",
        "DELETE FROM reference_index WHERE resource = ?1",
        "DELETE FROM date_index WHERE resource = ?1",
    ] {
        connection.prepare_cached(statement)?.execute([row])?;
    }
    Ok(())
}

fn insert(
    connection: &Connection,
    type_name: &str,
    row: i64,
    parameter: &SearchParameter,
    element: &Value,
    base: &str,
) -> rusqlite::Result<()> {
    match parameter.kind {
        Kind::Token | Kind::Uri => {
            let mut statement = connection.prepare_cached(
                "INSERT OR IGNORE INTO token_index (type, parameter, value, system, resource) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for (system, value) in tokens(element) {
                statement.execute(params![type_name, parameter.name, value, system, row])?;
            }
        }
        Kind::Reference | Kind::PatientReference => {
            let Some(target) = element
                .get("reference")
                .and_then(Value::as_str)
                .map(|text| Target::parse(text, base))
            else {
                return Ok(());
            };
            if parameter.kind == Kind::Reference || target.type_name() == Some("Patient") {
                let (target_type, target_id) = target.columns();
                connection
                    .prepare_cached(
                        "INSERT OR IGNORE INTO reference_index (type, parameter, target_id, target_type, resource) \
                         VALUES (?1, ?2, ?3, ?4, ?5)",
                    )?
                    .execute(params![type_name, parameter.name, target_id, target_type, row])?;
            }
        }
        Kind::Date => {
            // Content is not validated here: what is no date is just not found by date.
            if let Some(range) = Range::of_element(element) {
                connection
                    .prepare_cached(
                        "INSERT OR IGNORE INTO date_index (type, parameter, low, high, resource) VALUES (?1, ?2, ?3, ?4, ?5)",
                    )?
                    .execute(params![type_name, parameter.name, range.low, range.high, row])?;
            }
        }
    }
    Ok(())
}

/// All elements at the path, through arrays.
pub(crate) fn elements<'r>(resource: &'r Value, path: &str) -> Vec<&'r Value> {
    let mut found = vec![resource];
    for name in path.split('.') {
        found = found
            .into_iter()
            .filter_map(|element| element.get(name))
            .flat_map(items)
            .collect();
    }
    found
}

pub(crate) fn items(element: &Value) -> std::slice::Iter<'_, Value> {
    match element {
        Value::Array(items) => items.iter(),
        single => std::slice::from_ref(single).iter(),
    }
}

/// System (empty if none) and value of each code or identifier in the element.
fn tokens(element: &Value) -> Vec<(&str, String)> {
    match element {
        Value::String(text) => vec![("", text.clone())],
        Value::Bool(truth) => vec![("", truth.to_string())],
        Value::Object(concept) if concept.contains_key("coding") => concept
            .get("coding")
            .map(items)
            .into_iter()
            .flatten()
            .flat_map(tokens)
            .collect(),
        Value::Object(pair) => system_and_value(pair).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Of a Coding (`system`, `code`) or an Identifier (`system`, `value`).
fn system_and_value(pair: &Map<String, Value>) -> Option<(&str, String)> {
    let text = |name: &str| pair.get(name).and_then(Value::as_str);
    let value = text("code").or_else(|| text("value"))?;
    Some((text("system").unwrap_or_default(), value.to_owned()))
}
