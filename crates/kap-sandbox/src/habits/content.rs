//! What of a resource a server keeps, and what it wants of it.

use axum::http::StatusCode;
use serde_json::{Map, Value};

use super::Settings;
use crate::outcome::Refusal;
use crate::search::index::{elements, items};
use crate::supported::ResourceType;

/// Refuses a resource that this server has other wishes for.
pub(super) fn check(
    settings: &Settings,
    resource_type: &ResourceType,
    resource: &Map<String, Value>,
) -> Result<(), Refusal> {
    for name in &settings.refuses_elements {
        if resource
            .iter()
            .any(|(member, value)| member == name || holds(value, name))
        {
            return Err(unprocessable("not-supported", format!("`{name}` is not supported")));
        }
    }
    for path in of_type(&settings.needs_time, resource_type) {
        let is_day = |date: &&Value| date.as_str().is_some_and(|date| !date.contains('T'));
        if below(resource, path).iter().any(is_day) {
            let text = format!("{}.{path} needs a time with its date", resource_type.name);
            return Err(unprocessable("value", text));
        }
    }
    for path in of_type(&settings.single, resource_type) {
        if below(resource, path).len() != 1 {
            let text = format!("{}.{path} has to be there exactly once", resource_type.name);
            return Err(unprocessable("structure", text));
        }
    }
    for path in of_type(&settings.requires, resource_type) {
        if below(resource, path).is_empty() {
            let text = format!("{}.{path} has to be there", resource_type.name);
            return Err(unprocessable("required", text));
        }
    }
    Ok(())
}

/// Fails to read a stored resource that lacks what this server cannot do without.
pub(crate) fn check_stored(settings: &Settings, resource_type: &ResourceType, resource: &Value) -> Result<(), Refusal> {
    for path in of_type(&settings.fails_without, resource_type) {
        if elements(resource, path).is_empty() {
            let text = "the resource cannot be shown";
            let diagnostics = "Something that it needs is missing in the chart";
            return Err(Refusal::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "exception",
                text,
                diagnostics,
            ));
        }
    }
    Ok(())
}

/// Takes away what this server does not keep.
pub(super) fn drop_unkept(settings: &Settings, resource_type: &ResourceType, resource: &mut Map<String, Value>) {
    if settings.drops_identifier.iter().any(|name| name == resource_type.name) {
        resource.shift_remove("identifier");
        resource.shift_remove("masterIdentifier");
    }
    if settings.drops_labels
        && let Some(Value::Object(meta)) = resource.get_mut("meta")
    {
        meta.shift_remove("security");
    }
}

/// The paths of that type, without its name.
fn of_type<'s>(paths: &'s [String], resource_type: &'s ResourceType) -> impl Iterator<Item = &'s str> {
    paths
        .iter()
        .filter_map(|path| path.strip_prefix(resource_type.name)?.strip_prefix('.'))
}

/// All elements at the path, through arrays.
pub(super) fn below<'r>(resource: &'r Map<String, Value>, path: &str) -> Vec<&'r Value> {
    let (first, rest) = path
        .split_once('.')
        .map_or((path, None), |(first, rest)| (first, Some(rest)));
    let found = resource.get(first).into_iter().flat_map(items);
    match rest {
        None => found.collect(),
        Some(rest) => found.flat_map(|element| elements(element, rest)).collect(),
    }
}

fn holds(value: &Value, name: &str) -> bool {
    match value {
        Value::Object(members) => members
            .iter()
            .any(|(member, value)| member == name || holds(value, name)),
        Value::Array(items) => items.iter().any(|item| holds(item, name)),
        _ => false,
    }
}

fn unprocessable(code: &'static str, text: String) -> Refusal {
    let diagnostics = "Send it otherwise; nothing was written";
    Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, code, text, diagnostics)
}
