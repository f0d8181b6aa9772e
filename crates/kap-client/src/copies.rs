//! Whether the server holds more than one resource under a key of ours: an interposed proxy may have delivered a request
//! twice, or a conditional create raced with another.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::Client;
use crate::bundle::Entry;
use crate::identity::{Identifier, Identity};
use crate::rest::{Failure, Query};

/// So many keys are looked for with one request.
const AT_ONCE: usize = 40;

/// The keys among those of `entries`, all of one type, that several resources on the server carry.
pub(crate) async fn doubled<'e>(client: &Client, entries: &[&'e Entry]) -> Result<HashSet<&'e str>, Failure> {
    let mut doubled = HashSet::new();
    for chunk in entries.chunks(AT_ONCE) {
        let Some(first) = chunk.first() else { continue };
        let tokens: Vec<String> = chunk.iter().map(|entry| entry.identifier.token()).collect();
        // A comma means or (<https://hl7.org/fhir/R4/search.html#combining>).
        let value = tokens.join(",");
        let query = Query {
            resource_type: &first.resource_type,
            parameter: "identifier",
            value: &value,
        };
        let found = client.search(&query).await?;
        let holders = holders(first.identity, &found);
        let is_doubled = |entry: &&&Entry| {
            let own = (entry.identifier.system.clone(), entry.identifier.value.clone());
            holders.get(&own).is_some_and(|ids| ids.len() > 1)
        };
        doubled.extend(chunk.iter().filter(is_doubled).map(|entry| entry.key.as_str()));
    }
    Ok(doubled)
}

/// The ids of the resources that carry each identifier.
fn holders(identity: Identity, found: &[Value]) -> HashMap<(String, String), HashSet<&str>> {
    let mut holders: HashMap<_, HashSet<&str>> = HashMap::new();
    for resource in found {
        let Some(id) = resource["id"].as_str() else { continue };
        for Identifier { system, value } in identity.identifiers(resource) {
            holders.entry((system, value)).or_default().insert(id);
        }
    }
    holders
}
