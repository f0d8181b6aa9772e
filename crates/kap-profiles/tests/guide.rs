//! The guide as the tests read it.

use serde_json::Value;

/// Base of every canonical URL of the guide.
pub(crate) const BASE: &str = "https://kap-fhir.org/fhir";

/// All definitions, in the guide's order.
pub(crate) fn definitions() -> Vec<Value> {
    let text = std::str::from_utf8(kap_profiles::guide()).expect("the guide is UTF-8");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("each line of the guide is JSON"))
        .collect()
}

/// The definitions of one type.
pub(crate) fn of_type(resource_type: &str) -> Vec<Value> {
    definitions()
        .into_iter()
        .filter(|definition| definition["resourceType"] == resource_type)
        .collect()
}

/// The definition with this URL, whatever version may follow it.
pub(crate) fn by_url<'d>(definitions: &'d [Value], canonical: &str) -> Option<&'d Value> {
    let url = canonical.split('|').next();
    definitions.iter().find(|definition| definition["url"].as_str() == url)
}

/// The entries of a list that may be absent.
pub(crate) fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

/// A text that must be there.
pub(crate) fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name]
        .as_str()
        .unwrap_or_else(|| panic!("`{name}` is missing in {}", value["id"]))
}

/// The codes of a code system, in its order.
pub(crate) fn codes(code_system: &Value) -> Vec<&str> {
    list(code_system, "concept")
        .iter()
        .map(|concept| text(concept, "code"))
        .collect()
}
