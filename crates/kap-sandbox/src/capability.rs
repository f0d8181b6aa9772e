//! The [CapabilityStatement](https://hl7.org/fhir/R4/capabilitystatement.html), made from what the habits offer.

use serde_json::{Value, json};

use crate::habits::{Habits, Offer};
use crate::supported::ResourceType;

/// When what the statement says last changed.
const DATE: &str = "2026-12-01";

/// What the sandbox at this service base can do.
pub(crate) fn statement(base: &str, habits: &Habits) -> Value {
    let names = &habits.names;
    let description = "An EHR to try things on; it does not validate content and is no production server";
    let description = match &names.implementation {
        Some(implementation) => format!("{implementation}. {description}"),
        None => description.to_owned(),
    };
    let mut statement = json!({
        "resourceType": "CapabilityStatement",
        "status": "active",
        "experimental": true,
        "date": DATE,
        "kind": "instance",
        "implementation": { "description": description, "url": base },
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json", "json"],
        "rest": [{
            "mode": "server",
            "resource": habits.offers().map(|(name, offer)| resource(habits, name, offer)).collect::<Vec<_>>(),
        }],
    });
    if let Some(publisher) = &names.publisher {
        statement["publisher"] = json!(publisher);
    }
    if let Some(software) = &names.software {
        let version = names.version.as_deref().unwrap_or(env!("CARGO_PKG_VERSION"));
        statement["software"] = json!({ "name": software, "version": version });
    }
    if habits.offers().any(|(_, offer)| offer.has("patch")) {
        statement["patchFormat"] = json!(["application/json-patch+json"]);
    }
    // An empty array is not FHIR.
    if !habits.settings.system.is_empty() {
        statement["rest"][0]["interaction"] = codes(&habits.settings.system);
    }
    statement
}

fn resource(habits: &Habits, resource_type: &'static ResourceType, offer: &Offer) -> Value {
    let settings = &habits.settings;
    let creates = offer.has("create");
    let updates = offer.has("update");
    let mut resource = json!({
        "type": resource_type.name,
        "versioning": "versioned",
        "readHistory": offer.has("vread"),
        "updateCreate": updates && settings.update_create,
        "conditionalCreate": creates && settings.conditional_create,
        "conditionalRead": "not-match",
        "conditionalUpdate": updates && settings.conditional_update,
        "conditionalDelete": "not-supported",
        "referencePolicy": ["literal", "logical"],
    });
    if !offer.interactions.is_empty() {
        resource["interaction"] = codes(&offer.interactions);
    }
    let parameters: Vec<_> = habits
        .parameters(resource_type)
        .map(|parameter| json!({ "name": parameter.name, "type": parameter.kind.code() }))
        .collect();
    if !parameters.is_empty() {
        resource["searchParam"] = Value::Array(parameters);
    }
    resource
}

fn codes(codes: &[String]) -> Value {
    codes.iter().map(|code| json!({ "code": code })).collect()
}
