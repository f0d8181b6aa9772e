//! The audit event of a disclosure. It stays in the clinic: the journal keeps it with the push. <https://hl7.org/fhir/R4/auditevent.html>

use std::collections::BTreeMap;

use kap_record::model::consent::Purpose;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::code::hl7;
use crate::identity::KEY_SYSTEM;

/// The AuditEvent of disclosing `bundle`, the bytes that [`map`](crate::map()) made, for `purpose`.
///
/// It names the course by its opaque key, counts the resources of each type and seals the bytes with their SHA-256. `recorded` is the time of the
/// disclosure as a FHIR instant, `system` the name of the system that discloses; both come from whoever sends.
pub fn audit(bundle: &[u8], purpose: Purpose, recorded: &str, system: &str) -> Value {
    let document: Value = serde_json::from_slice(bundle).unwrap_or_default();
    let entries = document["entry"].as_array().into_iter().flatten();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut course = None;
    for resource in entries.map(|entry| &entry["resource"]) {
        let resource_type = resource["resourceType"].as_str().unwrap_or_default();
        *counts.entry(resource_type).or_default() += 1;
        if resource_type == "EpisodeOfCare" {
            course = key(resource);
        }
    }
    let counts = counts
        .iter()
        .map(|(resource_type, count)| detail(resource_type, &count.to_string()));
    let details: Vec<Value> = counts
        .chain([detail("sha256", &hex::encode(Sha256::digest(bundle)))])
        .collect();
    let mut entity = json!({
        "type": { "system": "http://terminology.hl7.org/CodeSystem/audit-entity-type", "code": "2", "display": "System Object" },
        "detail": details,
    });
    if let Some(course) = course {
        entity["what"] = json!({ "identifier": { "system": KEY_SYSTEM, "value": course } });
    }
    let purpose = hl7::purpose(purpose);
    json!({
        "resourceType": "AuditEvent",
        "type": { "system": "http://dicom.nema.org/resources/ontology/DCM", "code": "110106", "display": "Export" },
        "action": "R",
        "recorded": recorded,
        "outcome": "0",
        "purposeOfEvent": [{ "coding": [{ "system": purpose.system, "code": purpose.value }] }],
        "agent": [{ "name": system, "requestor": true }],
        "source": { "observer": { "display": system } },
        "entity": [entity],
    })
}

fn detail(name: &str, value: &str) -> Value {
    json!({ "type": name, "valueString": value })
}

/// The opaque key that a resource carries.
fn key(resource: &Value) -> Option<&str> {
    let identifiers = resource["identifier"].as_array()?;
    identifiers
        .iter()
        .find(|identifier| identifier["system"] == KEY_SYSTEM)?["value"]
        .as_str()
}
