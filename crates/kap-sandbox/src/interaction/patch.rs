//! [Patch](https://hl7.org/fhir/R4/http.html#patch) with a JSON Patch, as [RFC 6902](https://www.rfc-editor.org/rfc/rfc6902) has it.

use axum::http::StatusCode;
use rusqlite::Connection;
use serde_json::Value;

use super::{Answer, Current};
use crate::context::Context;
use crate::key::Key;
use crate::outcome::Refusal;
use crate::store::write;

/// The levels that a resource may have: what is stored is read again, and the reader stops at 128.
const DEEPEST: usize = 100;

/// The values that a resource may have.
const LARGEST: usize = 1_000_000;

/// Applies all operations to the current version, or none.
pub(super) fn apply(
    connection: &Connection,
    key: &Key,
    current: Option<Current>,
    operations: &Value,
    context: &Context,
) -> Result<Answer, Refusal> {
    let current = current.ok_or_else(|| Refusal::not_found(key))?;
    let mut resource = current.resource.ok_or_else(|| Refusal::gone(key))?;
    let Some(operations) = operations.as_array() else {
        let text = "the patch is no list of operations";
        let diagnostics = "Send a JSON Patch as application/json-patch+json; nothing was written";
        return Err(Refusal::bad_request("structure", text, diagnostics));
    };
    for (index, operation) in operations.iter().enumerate() {
        let applied = apply_one(&mut resource, operation);
        applied.map_err(|text| refuse(index, text))?;
        if !fits(&resource, DEEPEST, &mut { LARGEST }) {
            return Err(refuse(index, "it makes the resource too large or too deep"));
        }
    }
    let same = |name: &str, value: &str| resource.get(name).and_then(Value::as_str) == Some(value);
    if !same("resourceType", key.resource_type.name) || !same("id", &key.id) {
        return Err(refuse(operations.len(), "the patch changes type or id"));
    }
    let Value::Object(resource) = resource else {
        return Err(refuse(operations.len(), "the patch leaves no resource"));
    };
    let stored = write::put(connection, key, resource, "PATCH", context)?;
    Ok(Answer {
        status: StatusCode::OK,
        version: Some(stored.version),
        resource: Some(stored.resource),
        wrote: true,
    })
}

fn refuse(index: usize, text: &str) -> Refusal {
    let text = format!("operation {index}: {text}");
    let diagnostics = "Read the resource again and make the patch for what is there; nothing was written";
    Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "processing", text, diagnostics)
}

/// Whether the value has no more levels and no more parts than so many: copies of copies grow without end.
fn fits(value: &Value, levels: usize, parts: &mut usize) -> bool {
    let Some(rest) = parts.checked_sub(1) else {
        return false;
    };
    *parts = rest;
    let Some(below) = levels.checked_sub(1) else {
        return false;
    };
    match value {
        Value::Array(items) => items.iter().all(|item| fits(item, below, parts)),
        Value::Object(members) => members.values().all(|member| fits(member, below, parts)),
        _ => true,
    }
}

fn apply_one(resource: &mut Value, operation: &Value) -> Result<(), &'static str> {
    let text = |name: &str| operation.get(name).and_then(Value::as_str);
    let path = text("path").ok_or("it has no `path`")?;
    let value = || operation.get("value").cloned().ok_or("it has no `value`");
    let from = || text("from").ok_or("it has no `from`");
    match text("op") {
        Some("add") => add(resource, path, value()?),
        Some("remove") => remove(resource, path).map(drop),
        Some("replace") => {
            *resource.pointer_mut(path).ok_or("its path leads nowhere")? = value()?;
            Ok(())
        }
        Some("move") => {
            let moved = remove(resource, from()?)?;
            add(resource, path, moved)
        }
        Some("copy") => {
            let copied = resource.pointer(from()?).cloned().ok_or("its `from` leads nowhere")?;
            add(resource, path, copied)
        }
        Some("test") if resource.pointer(path) == Some(&value()?) => Ok(()),
        Some("test") => Err("its test fails"),
        _ => Err("its `op` is not known"),
    }
}

fn add(resource: &mut Value, path: &str, value: Value) -> Result<(), &'static str> {
    let (parent, last) = parent(resource, path)?;
    match parent {
        Value::Object(members) => {
            members.insert(last, value);
            Ok(())
        }
        Value::Array(items) => {
            let place = if last == "-" {
                Some(items.len())
            } else {
                last.parse().ok()
            };
            let place = place.filter(|place| *place <= items.len());
            items.insert(place.ok_or("its path leads nowhere")?, value);
            Ok(())
        }
        _ => Err("its path leads nowhere"),
    }
}

fn remove(resource: &mut Value, path: &str) -> Result<Value, &'static str> {
    let (parent, last) = parent(resource, path)?;
    let removed = match parent {
        Value::Object(members) => members.shift_remove(&last),
        Value::Array(items) => {
            let place = last.parse().ok().filter(|place: &usize| *place < items.len());
            place.map(|place| items.remove(place))
        }
        _ => None,
    };
    removed.ok_or("its path leads nowhere")
}

/// What holds the place that the pointer names, and the place's name in it.
fn parent<'r>(resource: &'r mut Value, path: &str) -> Result<(&'r mut Value, String), &'static str> {
    let (parent, last) = path.rsplit_once('/').ok_or("its path is the whole resource, or none")?;
    let parent = resource.pointer_mut(parent).ok_or("its path leads nowhere")?;
    Ok((parent, last.replace("~1", "/").replace("~0", "~")))
}
