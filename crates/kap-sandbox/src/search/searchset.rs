//! From a search to its Bundle of type [searchset](https://hl7.org/fhir/R4/bundle.html#searchset).

use rusqlite::Connection;
use serde_json::{Map, Value, json};

use super::parse::Search;
use super::query;
use crate::context::Context;
use crate::outcome::{Refusal, notice};
use crate::page;

/// Answers the search with one page.
pub(crate) fn answer(connection: &Connection, search: &Search, context: &Context) -> Result<Value, Refusal> {
    let base = &context.base;
    let path = format!("{base}/{}", search.resource_type.name);
    let mut bundle = Map::new();
    bundle.insert("resourceType".to_owned(), json!("Bundle"));
    bundle.insert("type".to_owned(), json!("searchset"));
    if search.total || search.count_only {
        bundle.insert("total".to_owned(), json!(query::total(connection, search)?));
    }
    let mut links = vec![json!({ "relation": "self", "url": page::address(&path, &search.applied) })];
    let mut entries = Vec::new();
    if !search.count_only {
        let (found, more) = query::page(connection, search)?;
        if let Some((row, _)) = found.last().filter(|_| more) {
            let mut parameters = search.applied.clone();
            parameters.push(page::cursor(*row));
            links.push(json!({ "relation": "next", "url": page::address(&path, &parameters) }));
        }
        for (_, current) in found {
            let full_url = format!("{base}/{}", current.version.key);
            entries.push(json!({ "fullUrl": full_url, "resource": current.resource, "search": { "mode": "match" } }));
        }
    }
    if !search.ignored.is_empty() {
        entries.push(json!({ "resource": ignored(&search.ignored), "search": { "mode": "outcome" } }));
    }
    bundle.insert("link".to_owned(), Value::Array(links));
    // An empty array is not FHIR.
    if !entries.is_empty() {
        bundle.insert("entry".to_owned(), Value::Array(entries));
    }
    Ok(Value::Object(bundle))
}

fn ignored(names: &[String]) -> Value {
    let text = format!("ignored because not supported: {}", names.join(", "));
    notice(
        "warning",
        "not-supported",
        &text,
        "Send `Prefer: handling=strict` to have such searches refused",
    )
}
