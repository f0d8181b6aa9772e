//! The audit event of a disclosure. It is written beside the receipt and stays in the clinic. <https://hl7.org/fhir/R4/auditevent.html>

use serde_json::{Value, json};

use crate::identity::KEY_SYSTEM;
use crate::receipt::Receipt;

const ACT_REASON: &str = "http://terminology.hl7.org/CodeSystem/v3-ActReason";

/// The AuditEvent of the disclosure that `receipt` describes.
///
/// `recorded` is the time of the disclosure as a FHIR instant, `system` the name of the system that discloses; both come from whoever sends.
pub fn audit(receipt: &Receipt, recorded: &str, system: &str) -> Value {
    let counts = receipt
        .kept
        .iter()
        .map(|(resource_type, count)| json!({ "type": resource_type, "valueString": count.to_string() }));
    let hash = json!({ "type": "sha256", "valueString": receipt.bundle_sha256 });
    let details: Vec<Value> = counts.chain([hash]).collect();
    json!({
        "resourceType": "AuditEvent",
        "type": { "system": "http://dicom.nema.org/resources/ontology/DCM", "code": "110106", "display": "Export" },
        "action": "R",
        "recorded": recorded,
        "outcome": "0",
        "purposeOfEvent": [{ "coding": [{ "system": ACT_REASON, "code": receipt.purpose }] }],
        "agent": [{ "name": system, "requestor": true }],
        "source": { "observer": { "display": system } },
        "entity": [{
            "what": { "identifier": { "system": KEY_SYSTEM, "value": receipt.record_key } },
            "type": { "system": "http://terminology.hl7.org/CodeSystem/audit-entity-type", "code": "2", "display": "System Object" },
            "detail": details,
        }],
    })
}
