//! The resources of all fixtures' bundles, and short statements about them.

use std::sync::LazyLock;

use serde_json::Value;

use crate::records::{bundle, context, fixture, fixtures, mapped, record};

/// Every resource of every fixture, mapped by a clinic that releases insight themes. Mapped once for all tests.
pub(crate) fn all() -> &'static [Value] {
    static ALL: LazyLock<Vec<Value>> = LazyLock::new(map_all);
    &ALL
}

fn map_all() -> Vec<Value> {
    let open = kap_map::Context {
        policy: kap_map::Policy { insight_themes: true },
        ..context()
    };
    let bundles = fixtures()
        .into_iter()
        .map(|fixture| bundle(&kap_map::map(&fixture.record(), &open)));
    bundles.flat_map(|bundle| of(&bundle)).collect()
}

/// The resources of one fixture, after an edit of its document.
pub(crate) fn edited(name: &str, edit: impl FnOnce(&mut Value)) -> Vec<Value> {
    let mut fixture = fixture(name);
    edit(&mut fixture.document);
    of(&bundle(&mapped(&record(&fixture.document).expect("a record"))))
}

fn of(bundle: &Value) -> Vec<Value> {
    let entries = bundle["entry"].as_array().cloned().unwrap_or_default();
    entries.into_iter().map(|mut entry| entry["resource"].take()).collect()
}

/// The values at a path such as `code.coding.code`: lists are walked through, `[url]` picks extensions by the end of their URL.
pub(crate) fn values<'r>(resource: &'r Value, path: &str) -> Vec<&'r Value> {
    path.split('.').fold(vec![resource], |found, step| {
        found.into_iter().flat_map(|value| follow(value, step)).collect()
    })
}

fn follow<'r>(value: &'r Value, step: &str) -> Vec<&'r Value> {
    let (name, url) = match step.split_once('[') {
        Some((name, url)) => (name, Some(url.trim_end_matches(']'))),
        None => (step, None),
    };
    let items = match &value[name] {
        Value::Null => Vec::new(),
        Value::Array(items) => items.iter().collect(),
        other => vec![other],
    };
    let is_it = |item: &&Value| url.is_none_or(|end| item["url"].as_str().is_some_and(|url| url.ends_with(end)));
    items.into_iter().filter(is_it).collect()
}

/// Whether a statement holds of a resource: `Encounter: class.code = VR & type.coding.code`, a value or mere presence at each path.
pub(crate) fn holds(statement: &str, resource: &Value) -> bool {
    let (resource_type, parts) = statement.split_once(": ").expect("a type and its parts");
    resource["resourceType"] == resource_type
        && parts.split(" & ").all(|part| match part.split_once(" = ") {
            Some((path, expected)) => values(resource, path).iter().any(|value| says(value, expected)),
            None => !values(resource, part).is_empty(),
        })
}

fn says(value: &Value, expected: &str) -> bool {
    match value {
        Value::String(text) => text == expected,
        other => serde_json::from_str::<Value>(expected).is_ok_and(|expected| expected == *other),
    }
}
