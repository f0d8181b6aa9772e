//! The entries of a mapped bundle.

use serde_json::{Map, Value};

use super::{Content, NotMapped};
use crate::bundle::object;

/// A mapped bundle, taken apart.
pub(super) struct Entries {
    /// The members of the bundle before its entries.
    pub(super) head: Vec<(&'static str, Value)>,
    pub(super) entries: Vec<Entry>,
}

/// An entry as it was mapped.
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) resource_type: String,
    pub(super) resource: Value,
    request: Value,
}

impl Entry {
    /// The reference to it within the bundle.
    pub(super) fn urn(&self) -> String {
        format!("urn:uuid:{}", self.key)
    }

    /// What its form is decided on.
    pub(super) fn content(&self) -> Content<'_> {
        Content {
            resource_type: &self.resource_type,
            key: &self.key,
            resource: &self.resource,
        }
    }

    /// The members of its resource.
    pub(super) fn members(&self) -> &Map<String, Value> {
        match &self.resource {
            Value::Object(members) => members,
            other => unreachable!("reading took objects only, not {other}"),
        }
    }

    /// The entry with its resource changed.
    pub(super) fn rewritten(&self, change: impl FnOnce(&mut Value)) -> Value {
        let mut resource = self.resource.clone();
        change(&mut resource);
        object([
            ("fullUrl", self.urn().into()),
            ("resource", resource),
            ("request", self.request.clone()),
        ])
    }
}

/// Takes `bundle` apart.
pub(super) fn read(bundle: &[u8]) -> Result<Entries, NotMapped> {
    let fault = |what| NotMapped { what };
    let mut bundle: Value = serde_json::from_slice(bundle).map_err(|_| fault("it is not JSON"))?;
    if bundle["resourceType"] != "Bundle" || bundle["type"] != "transaction" {
        return Err(fault("its type is another one"));
    }
    let entries = match bundle["entry"].take() {
        Value::Array(entries) => entries,
        Value::Null => Vec::new(),
        _ => return Err(fault("its entries are not a list")),
    };
    let entry = |mut entry: Value| {
        let key = entry["fullUrl"].as_str().and_then(|url| url.strip_prefix("urn:uuid:"));
        let key = key.ok_or(fault("an entry has no urn:uuid as its fullUrl"))?.to_owned();
        let resource = entry["resource"].take();
        let resource_type = resource.get("resourceType").and_then(Value::as_str);
        Ok(Entry {
            key,
            resource_type: resource_type.ok_or(fault("an entry has no resource"))?.to_owned(),
            request: entry["request"].take(),
            resource,
        })
    };
    Ok(Entries {
        entries: entries.into_iter().map(entry).collect::<Result<_, _>>()?,
        head: ["resourceType", "meta", "type"]
            .into_iter()
            .filter_map(|name| Some((name, bundle.get_mut(name)?.take())))
            .collect(),
    })
}
