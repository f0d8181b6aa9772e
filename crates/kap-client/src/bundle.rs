//! Reading a mapped transaction bundle into its entries.

use std::collections::HashSet;

use kap_json::{Issue, Location};
use serde_json::Value;

use crate::canonical::{self, ContentHash};
use crate::codes;
use crate::identity::{Identifier, Identity};
use crate::reference;

/// One entry of a mapped transaction bundle.
pub(crate) struct Entry {
    /// Place in the bundle, from 0.
    pub(crate) index: usize,
    /// The UUID of its `fullUrl`.
    pub(crate) key: String,
    pub(crate) resource_type: String,
    pub(crate) identity: Identity,
    /// What it is recognised by on a server.
    pub(crate) identifier: Identifier,
    /// The conditional create's query, as mapped.
    pub(crate) if_none_exist: Option<String>,
    /// The resource as mapped.
    pub(crate) resource: Value,
    /// Keys that it refers to.
    pub(crate) references: HashSet<String>,
    pub(crate) hash: ContentHash,
}

impl Entry {
    /// Where the entry stands, for findings.
    pub(crate) fn location(&self) -> Location {
        location(self.index)
    }
}

/// A mapped transaction bundle.
pub(crate) struct Transaction {
    /// The security labels of the whole; they go with every part of it.
    pub(crate) labels: Vec<Value>,
    pub(crate) entries: Vec<Entry>,
}

/// Where entry `index` stands, for findings.
pub(crate) fn location(index: usize) -> Location {
    Location {
        offset: None,
        pointer: format!("/entry/{index}"),
        expression: Some(format!("Bundle.entry[{index}]")),
    }
}

/// Reads `bytes`, or says why it is not a bundle of the kind we push: a transaction whose entries each have a
/// `urn:uuid` fullUrl, a resource, `POST` of its type, and something to recognise it by.
pub(crate) fn read(bytes: &[u8]) -> Result<Transaction, Box<Issue>> {
    let refuse = |location, text: &'static str| Box::new(Issue::new(&codes::BUNDLE_NOT_PUSHABLE, location, text));
    let Ok(mut bundle) = serde_json::from_slice::<Value>(bytes) else {
        return Err(refuse(Location::default(), "the bundle is not JSON"));
    };
    if bundle["resourceType"] != "Bundle" || bundle["type"] != "transaction" {
        return Err(refuse(
            Location::default(),
            "the document is not a Bundle of type transaction",
        ));
    }
    let listed = match bundle["entry"].take() {
        Value::Array(listed) => listed,
        // Nothing was left to send.
        Value::Null => Vec::new(),
        _ => return Err(refuse(Location::default(), "the bundle's entries are not a list")),
    };
    let mut seen = HashSet::new();
    let mut entries = Vec::with_capacity(listed.len());
    for (index, value) in listed.into_iter().enumerate() {
        let entry = entry(index, value).map_err(|text| refuse(location(index), text))?;
        if !seen.insert(entry.key.clone()) {
            return Err(refuse(location(index), "another entry has the same fullUrl"));
        }
        entries.push(entry);
    }
    Ok(Transaction {
        labels: match bundle["meta"]["security"].take() {
            Value::Array(labels) => labels,
            _ => Vec::new(),
        },
        entries,
    })
}

fn entry(index: usize, mut value: Value) -> Result<Entry, &'static str> {
    let key = value["fullUrl"].as_str().and_then(reference::key_of);
    let key = key.ok_or("the entry has no urn:uuid as its fullUrl")?.to_owned();
    let resource = value["resource"].take();
    let resource_type = resource["resourceType"]
        .as_str()
        .ok_or("the entry has no resource")?
        .to_owned();
    if value["request"]["method"] != "POST" || value["request"]["url"] != resource_type.as_str() {
        return Err("the entry does not ask for POST of its resource's type");
    }
    let identity = Identity::of(&resource_type);
    let if_none_exist = value["request"]["ifNoneExist"].as_str().map(str::to_owned);
    let identifier = match &if_none_exist {
        Some(query) => {
            Identifier::of_query(query).ok_or("ifNoneExist does not ask for an identifier with its system")?
        }
        None if identity.is_enforced_by_server() => return Err("the entry has no ifNoneExist"),
        None => identity
            .identifiers(&resource)
            .into_iter()
            .next()
            .ok_or("the resource carries no identifier of ours")?,
    };
    let mut references = HashSet::new();
    reference::each(&resource, &mut |text| {
        references.extend(reference::key_of(text).map(str::to_owned));
    });
    references.remove(&key);
    Ok(Entry {
        index,
        key,
        identity,
        identifier,
        if_none_exist,
        hash: canonical::hash(&resource),
        resource_type,
        resource,
        references,
    })
}
