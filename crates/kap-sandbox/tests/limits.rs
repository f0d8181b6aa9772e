//! How much a vendor's server takes at once, and how it says that it was too much.

use kap_sandbox::Vendor;
use serde_json::{Value, json};

use crate::service::{Service, creating, patient};

fn bundle(kind: &str, entries: usize) -> Value {
    let mut bundle = creating((0..entries).map(|number| patient(&number.to_string())));
    bundle["type"] = json!(kind);
    bundle
}

#[tokio::test]
async fn a_bundle_has_so_many_entries_at_most() {
    for (vendor, limit) in [(Vendor::Azure, 500), (Vendor::HealthLake, 500), (Vendor::Google, 4500)] {
        let service = Service::like(vendor);
        let refused = service.post("/fhir", &bundle("batch", limit + 1)).await;
        assert_eq!(refused.status, 400, "{}", vendor.as_str());
        let words = format!("exceeded the configured limit of {limit}");
        assert!(refused.body.contains(&words), "{}", refused.body);
        assert_eq!(service.sandbox.versions().expect("versions"), 0);
    }
    let service = Service::like(Vendor::Azure);
    assert_eq!(service.post("/fhir", &bundle("transaction", 500)).await.status, 200);
    assert_eq!(service.sandbox.versions().expect("versions"), 500);
}

#[tokio::test]
async fn a_body_has_so_many_bytes_at_most() {
    let service = Service::like(Vendor::Medplum);
    let mut large = patient("1");
    large["language"] = json!("x".repeat(5_000_000));
    assert_eq!(service.post("/fhir/Patient", &large).await.status, 413);
    assert_eq!(service.sandbox.versions().expect("versions"), 0);
}

#[tokio::test]
async fn entries_over_the_rate_are_refused_within_a_200() {
    let service = Service::like(Vendor::Medplum);
    let answered = service.post("/fhir", &bundle("batch", 502)).await;
    assert_eq!(answered.status, 200);
    assert_eq!(answered.headers["ratelimit"], "\"fhirInteractions\";r=0;t=59");
    let answered = answered.json();
    let statuses = |status: &str| {
        let entries = answered["entry"].as_array().expect("entries").iter();
        entries.filter(|entry| entry["response"]["status"] == status).count()
    };
    assert_eq!((statuses("201 Created"), statuses("429 Too Many Requests")), (500, 2));
    let refused = service.post("/fhir/Patient", &patient("x")).await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.headers["retry-after"], "58");
    assert_eq!(service.sandbox.versions().expect("versions"), 500);
}
