//! The [CapabilityStatement](https://hl7.org/fhir/R4/capabilitystatement.html), made from the table of supported types.

use serde_json::{Value, json};

use crate::supported::{ResourceType, TYPES};

/// When what the statement says last changed.
const DATE: &str = "2026-11-23";

/// What the sandbox at this service base can do.
pub(crate) fn statement(base: &str) -> Value {
    json!({
        "resourceType": "CapabilityStatement",
        "status": "active",
        "experimental": true,
        "date": DATE,
        "kind": "instance",
        "software": { "name": "kap-sandbox", "version": env!("CARGO_PKG_VERSION") },
        "implementation": {
            "description": "An EHR to try things on; it does not validate content and is no production server",
            "url": base,
        },
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json", "json"],
        "rest": [{
            "mode": "server",
            "resource": TYPES.iter().map(resource).collect::<Vec<_>>(),
            "interaction": codes(&["transaction", "batch", "history-system"]),
        }],
    })
}

fn resource(resource_type: &ResourceType) -> Value {
    let parameters: Vec<_> = resource_type
        .parameters()
        .map(|parameter| json!({ "name": parameter.name, "type": parameter.kind.code() }))
        .collect();
    json!({
        "type": resource_type.name,
        "interaction": codes(&[
            "read", "vread", "update", "delete", "history-instance", "history-type", "create", "search-type",
        ]),
        "versioning": "versioned",
        "readHistory": true,
        "updateCreate": true,
        "conditionalCreate": true,
        "conditionalRead": "not-match",
        "conditionalUpdate": true,
        "conditionalDelete": "not-supported",
        "referencePolicy": ["literal", "logical"],
        "searchParam": parameters,
    })
}

fn codes(codes: &[&str]) -> Vec<Value> {
    codes.iter().map(|code| json!({ "code": code })).collect()
}
