//! What a server asks of its own data before, or after, it stores something.

use axum::http::StatusCode;
use rusqlite::{Connection, OptionalExtension};
use serde_json::{Map, Value};

use super::content::below;
use crate::context::Context;
use crate::key::Key;
use crate::outcome::Refusal;
use crate::reference::Target;
use crate::search::index::{content_mark, elements};
use crate::store::read::{self, Current};
use crate::supported::{self, ResourceType};

/// The tag of a patient whose record only a person may open.
const RESTRICTED: &str = "break-the-glass";

/// Refuses a create whose content is stored already, where a server looks for that.
pub(crate) fn check_duplicate(
    connection: &Connection,
    resource_type: &ResourceType,
    resource: &Map<String, Value>,
    context: &Context,
) -> Result<(), Refusal> {
    let settings = &context.habits.settings;
    let Some(code) = &settings.duplicate_code else {
        return Ok(());
    };
    let same: Option<i64> = connection
        .prepare_cached("SELECT resource FROM token_index WHERE type = ?1 AND parameter = '' AND value = ?2")?
        .query_row((resource_type.name, content_mark(resource)), |row| row.get(0))
        .optional()?;
    if same.is_none() {
        return Ok(());
    }
    let text = "a resource with this content is there already";
    let refusal = Refusal::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "duplicate",
        text,
        "Search for it; nothing was written",
    );
    let mut refusal = refusal.with_status(settings.duplicate_status);
    refusal.vendor_code = Some(code.as_str().into());
    Err(refusal)
}

/// Refuses what is about a patient whose record is protected, where a server protects some.
pub(crate) fn check_restricted(
    connection: &Connection,
    resource: &Map<String, Value>,
    context: &Context,
) -> Result<(), Refusal> {
    let settings = &context.habits.settings;
    let Some(code) = &settings.restricted_code else {
        return Ok(());
    };
    for path in ["subject.reference", "patient.reference"] {
        for reference in below(resource, path).into_iter().filter_map(Value::as_str) {
            let Some(patient) = existing(connection, reference, context)? else {
                continue;
            };
            let tags = elements(&patient, "meta.tag.code");
            if tags.into_iter().filter_map(Value::as_str).any(|tag| tag == RESTRICTED) {
                let text = "the patient's record is protected";
                let diagnostics = "A person has to ask for access there; nothing was written";
                let refusal = Refusal::new(StatusCode::FORBIDDEN, "forbidden", text, diagnostics);
                let mut refusal = refusal.with_status(settings.restricted_status);
                refusal.vendor_code = Some(code.as_str().into());
                return Err(refusal);
            }
        }
    }
    Ok(())
}

/// Refuses references to what is not there, where a server keeps whole what it stores.
pub(crate) fn check_references(connection: &Connection, resource: &Value, context: &Context) -> Result<(), Refusal> {
    if !context.habits.settings.checks_references {
        return Ok(());
    }
    let mut references = Vec::new();
    collect_references(resource, &mut references);
    for reference in references {
        if let Target::Local { type_name, .. } = Target::parse(reference, &context.base)
            && existing(connection, reference, context)?.is_none()
        {
            let text = format!("a reference to a {type_name} names none that is there");
            return Err(Refusal::bad_request(
                "not-found",
                text,
                "Store it first; nothing was written",
            ));
        }
    }
    Ok(())
}

/// The resource of this server that the reference names, if there is one now.
fn existing(connection: &Connection, reference: &str, context: &Context) -> rusqlite::Result<Option<Value>> {
    let Target::Local { type_name, id } = Target::parse(reference, &context.base) else {
        return Ok(None);
    };
    let Some(resource_type) = supported::resource_type(&type_name) else {
        return Ok(None);
    };
    let current = read::current(connection, &Key { resource_type, id })?;
    Ok(current.and_then(|Current { resource, .. }| resource))
}

fn collect_references<'r>(value: &'r Value, found: &mut Vec<&'r str>) {
    match value {
        Value::Object(members) => {
            found.extend(members.get("reference").and_then(Value::as_str));
            members.values().for_each(|value| collect_references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| collect_references(item, found)),
        _ => {}
    }
}
