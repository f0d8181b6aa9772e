//! History, after [http.html#history](https://hl7.org/fhir/R4/http.html#history): newest first, in pages.

use axum::http::StatusCode;
use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, Row, params_from_iter};
use serde_json::{Map, Value, json};
use url::form_urlencoded;

use super::read::{moment, parse};
use crate::key::{Key, etag, instant};
use crate::outcome::Refusal;
use crate::page::{self, Page, PageParameter};
use crate::search::date::Range;
use crate::supported::ResourceType;

/// Whose history.
#[derive(Debug)]
pub(crate) enum Scope {
    System,
    Type(&'static ResourceType),
    Resource(Key),
}

/// Answers with one page of the history; `query` may hold `_count` and `_since`.
pub(crate) fn answer(connection: &Connection, scope: &Scope, query: &str, base: &str) -> Result<Value, Refusal> {
    let asked = Asked::parse(query)?;
    let (mut condition, mut values) = scope.condition();
    condition.push_str(" AND v.last_updated >= ?");
    values.push(asked.since.into());
    let total = total(connection, &condition, &values)?;
    if let (Scope::Resource(key), 0) = (scope, total)
        && super::read::current(connection, key)?.is_none()
    {
        return Err(Refusal::not_found(key));
    }
    let (entries, last_row) = entries(connection, condition, values, &asked.page, base)?;
    let path = format!("{base}/{}", scope.path());
    let mut links = vec![json!({ "relation": "self", "url": page::address(&path, &asked.applied) })];
    if let Some(row) = last_row {
        let mut parameters = asked.applied;
        parameters.push(page::cursor(row));
        links.push(json!({ "relation": "next", "url": page::address(&path, &parameters) }));
    }
    let mut bundle = json!({ "resourceType": "Bundle", "type": "history", "total": total, "link": links });
    if !entries.is_empty() {
        bundle["entry"] = Value::Array(entries);
    }
    Ok(bundle)
}

impl Scope {
    fn path(&self) -> String {
        match self {
            Self::System => "_history".to_owned(),
            Self::Type(resource_type) => format!("{}/_history", resource_type.name),
            Self::Resource(key) => format!("{key}/_history"),
        }
    }

    fn condition(&self) -> (String, Vec<SqlValue>) {
        match self {
            Self::System => ("true".to_owned(), Vec::new()),
            Self::Type(resource_type) => ("r.type = ?".to_owned(), vec![resource_type.name.to_owned().into()]),
            Self::Resource(key) => (
                "r.type = ? AND r.id = ?".to_owned(),
                vec![key.resource_type.name.to_owned().into(), key.id.clone().into()],
            ),
        }
    }
}

/// What the query string asks for. Unknown parameters are left out of the self link.
struct Asked {
    page: Page,
    /// Milliseconds since 1970.
    since: i64,
    applied: Vec<(String, String)>,
}

impl Asked {
    fn parse(query: &str) -> Result<Self, Refusal> {
        let mut asked = Self {
            page: Page::default(),
            since: i64::MIN,
            applied: Vec::new(),
        };
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if name == "_since" {
                asked.since = Range::parse(&value).ok_or_else(malformed_since)?.low.div_euclid(1000);
            } else if !matches!(asked.page.apply(&name, &value)?, PageParameter::Size(_)) {
                continue;
            }
            asked.applied.push((name.into_owned(), value.into_owned()));
        }
        Ok(asked)
    }
}

fn malformed_since() -> Refusal {
    Refusal::bad_request(
        "value",
        "the value of `_since` is no instant",
        "Write it as in 2026-01-31T12:00:00Z",
    )
}

fn total(connection: &Connection, condition: &str, values: &[SqlValue]) -> rusqlite::Result<i64> {
    let sql = format!("SELECT count(*) FROM version v JOIN resource r ON r.row = v.resource WHERE {condition}");
    connection
        .prepare(&sql)?
        .query_row(params_from_iter(values), |row| row.get(0))
}

/// The page's entries, and the row of the last one if more follow.
fn entries(
    connection: &Connection,
    mut condition: String,
    mut values: Vec<SqlValue>,
    page: &Page,
    base: &str,
) -> rusqlite::Result<(Vec<Value>, Option<i64>)> {
    if let Some(after) = page.after {
        condition.push_str(" AND v.row < ?");
        values.push(after.into());
    }
    let sql = format!(
        "SELECT v.row, r.type, r.id, v.number, v.method, v.last_updated, v.content \
         FROM version v JOIN resource r ON r.row = v.resource WHERE {condition} ORDER BY v.row DESC LIMIT ?"
    );
    values.push(i64::from(page.size.saturating_add(1)).into());
    let mut statement = connection.prepare(&sql)?;
    let rows = statement.query_map(params_from_iter(values), |row| Ok((row.get(0)?, entry(row, base)?)))?;
    let mut found: Vec<(i64, Value)> = rows.collect::<rusqlite::Result<_>>()?;
    let size = usize::try_from(page.size).unwrap_or(usize::MAX);
    let more = found.len() > size;
    found.truncate(size);
    let last_row = found.last().filter(|_| more).map(|(row, _)| *row);
    Ok((found.into_iter().map(|(_, entry)| entry).collect(), last_row))
}

fn entry(row: &Row<'_>, base: &str) -> rusqlite::Result<Value> {
    let (type_name, id): (String, String) = (row.get(1)?, row.get(2)?);
    let (number, method): (i64, String) = (row.get(3)?, row.get(4)?);
    let last_updated = instant(moment(row.get(5)?));
    let content: Option<String> = row.get(6)?;
    let status = match method.as_str() {
        "POST" => StatusCode::CREATED,
        "PUT" if number == 1 => StatusCode::CREATED,
        "DELETE" => StatusCode::NO_CONTENT,
        _ => StatusCode::OK,
    };
    let url = if method == "POST" {
        type_name.clone()
    } else {
        format!("{type_name}/{id}")
    };
    let mut entry = Map::new();
    entry.insert("fullUrl".to_owned(), json!(format!("{base}/{type_name}/{id}")));
    if let Some(content) = content {
        entry.insert("resource".to_owned(), parse(&content)?);
    }
    entry.insert("request".to_owned(), json!({ "method": method, "url": url }));
    let response = json!({ "status": status.to_string(), "etag": etag(number), "lastModified": last_updated });
    entry.insert("response".to_owned(), response);
    Ok(Value::Object(entry))
}
