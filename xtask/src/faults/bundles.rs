//! Faults of bundles. The bundles are put together from valid resources of the sources.

use serde_json::{Value, json};

use super::schema::text;
use super::{Draw, Fault, Source};

type Change = fn(&mut Value) -> Option<&'static str>;

/// A change that makes the transaction wrong, with the place where it is.
const TRANSACTION: &[(&str, Change)] = &[
    ("bundle-dangling-urn", |bundle| {
        bundle["entry"][1]["resource"]["subject"]["reference"] = json!("urn:uuid:00000000-0000-4000-8000-00000000dead");
        Some("Bundle.entry[1].resource.subject")
    }),
    ("bundle-duplicate-full-url", |bundle| {
        bundle["entry"][1]["fullUrl"] = bundle["entry"][0]["fullUrl"].clone();
        Some("Bundle.entry[1].fullUrl")
    }),
    ("bundle-missing-request", |bundle| {
        bundle["entry"][1].as_object_mut()?.shift_remove("request");
        Some("Bundle.entry[1].request")
    }),
    ("bundle-missing-method", |bundle| {
        bundle["entry"][1]["request"].as_object_mut()?.shift_remove("method");
        Some("Bundle.entry[1].request.method")
    }),
    ("bundle-missing-url", |bundle| {
        bundle["entry"][0]["request"].as_object_mut()?.shift_remove("url");
        Some("Bundle.entry[0].request.url")
    }),
    ("bundle-response-in-transaction", |bundle| {
        bundle["entry"][1]["response"] = json!({"status": "201"});
        bundle["entry"][1].as_object_mut()?.shift_remove("request");
        Some("Bundle.entry[1].response")
    }),
    ("bundle-total", |bundle| {
        bundle["total"] = json!(2);
        Some("Bundle.total")
    }),
    ("bundle-search-in-transaction", |bundle| {
        bundle["entry"][1]["search"] = json!({"mode": "match"});
        Some("Bundle.entry[1].search")
    }),
    ("bundle-empty-entry", |bundle| {
        bundle["entry"][1] = json!({"fullUrl": "urn:uuid:00000000-0000-4000-8000-000000000009"});
        Some("Bundle.entry[1]")
    }),
];

const COLLECTION: &[(&str, Change)] = &[
    ("bundle-id-against-full-url", |bundle| {
        bundle["entry"][1]["resource"]["id"] = json!("another-id");
        Some("Bundle.entry[1].fullUrl")
    }),
    ("bundle-type-against-full-url", |bundle| {
        let url = text(&bundle["entry"][1], "fullUrl").replace("Observation", "Condition");
        bundle["entry"][1]["fullUrl"] = json!(url);
        Some("Bundle.entry[1].fullUrl")
    }),
    ("bundle-request-in-collection", |bundle| {
        bundle["entry"][1]["request"] = json!({"method": "POST", "url": "Observation"});
        Some("Bundle.entry[1].request")
    }),
    ("bundle-full-url-with-version", |bundle| {
        let url = format!("{}/_history/1", text(&bundle["entry"][1], "fullUrl"));
        bundle["entry"][1]["fullUrl"] = json!(url);
        Some("Bundle.entry[1].fullUrl")
    }),
];

const DOCUMENT: &[(&str, Change)] = &[
    ("bundle-composition-not-first", |bundle| {
        bundle["entry"].as_array_mut()?.swap(0, 1);
        Some("Bundle.entry")
    }),
    ("bundle-document-without-identifier", |bundle| {
        bundle.as_object_mut()?.shift_remove("identifier");
        Some("Bundle.identifier")
    }),
    ("bundle-document-without-timestamp", |bundle| {
        bundle.as_object_mut()?.shift_remove("timestamp");
        Some("Bundle.timestamp")
    }),
    ("bundle-document-dangling", |bundle| {
        bundle["entry"][0]["resource"]["section"][0]["entry"][0]["reference"] =
            json!("urn:uuid:00000000-0000-4000-8000-00000000dead");
        Some("Bundle.entry[0].resource.section[0].entry[0]")
    }),
];

/// Up to `each` faults of every kind, each bundle with its control.
pub(crate) fn faults(sources: &[Source<'_>], draw: &mut Draw, each: usize) -> Vec<Fault> {
    let mut faults = Vec::new();
    let patients: Vec<&Value> = of_type(sources, "Patient").collect();
    let observations: Vec<&Value> = of_type(sources, "Observation").filter(|one| is_simple(one)).collect();
    for (make, changes) in [
        (transaction as fn(&Value, &Value) -> Value, TRANSACTION),
        (collection, COLLECTION),
        (document, DOCUMENT),
    ] {
        for _ in 0..each {
            let (Some(patient), Some(observation)) = (draw.pick(&patients), draw.pick(&observations)) else {
                continue;
            };
            let bundle = make(patient, observation);
            for (kind, change) in changes {
                let mut broken = bundle.clone();
                if let Some(place) = change(&mut broken) {
                    faults.push(Fault::new(kind, broken, place));
                }
            }
            faults.push(Fault {
                expected: None,
                ..Fault::new("bundle", bundle, "")
            });
        }
    }
    faults
}

fn of_type<'v>(sources: &'v [Source<'_>], kind: &'v str) -> impl Iterator<Item = &'v Value> {
    sources
        .iter()
        .map(|source| &source.resource)
        .filter(move |resource| text(resource, "resourceType") == kind)
}

/// Refers to nothing but its subject.
fn is_simple(observation: &Value) -> bool {
    let others = [
        "performer",
        "hasMember",
        "derivedFrom",
        "encounter",
        "specimen",
        "device",
        "basedOn",
        "partOf",
        "focus",
        "contained",
    ];
    observation["subject"]["reference"].is_string() && others.iter().all(|name| observation.get(*name).is_none())
}

fn plain(resource: &Value, id: &str) -> Value {
    let mut resource = resource.clone();
    for name in [
        "generalPractitioner",
        "managingOrganization",
        "link",
        "contained",
        "text",
        "meta",
    ] {
        if let Some(object) = resource.as_object_mut() {
            object.shift_remove(name);
        }
    }
    resource["id"] = json!(id);
    resource
}

const PATIENT: &str = "urn:uuid:00000000-0000-4000-8000-000000000001";
const OBSERVATION: &str = "urn:uuid:00000000-0000-4000-8000-000000000002";

fn transaction(patient: &Value, observation: &Value) -> Value {
    let mut observation = plain(observation, "o1");
    observation["subject"] = json!({"reference": PATIENT});
    json!({
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [
            {"fullUrl": PATIENT, "resource": plain(patient, "p1"), "request": {"method": "POST", "url": "Patient"}},
            {"fullUrl": OBSERVATION, "resource": observation, "request": {"method": "POST", "url": "Observation"}},
        ],
    })
}

fn collection(patient: &Value, observation: &Value) -> Value {
    let mut observation = plain(observation, "o1");
    observation["subject"] = json!({"reference": "Patient/p1"});
    json!({
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            {"fullUrl": "http://clinic.test/fhir/Patient/p1", "resource": plain(patient, "p1")},
            {"fullUrl": "http://clinic.test/fhir/Observation/o1", "resource": observation},
        ],
    })
}

fn document(patient: &Value, observation: &Value) -> Value {
    let mut observation = plain(observation, "o1");
    observation["subject"] = json!({"reference": PATIENT});
    let composition = json!({
        "resourceType": "Composition",
        "id": "c1",
        "status": "final",
        "type": {"coding": [{"system": "http://loinc.org", "code": "11488-4"}]},
        "subject": {"reference": PATIENT},
        "date": "2020-01-01",
        "author": [{"display": "nobody"}],
        "title": "Document",
        "section": [{"title": "Part", "entry": [{"reference": OBSERVATION}]}],
    });
    json!({
        "resourceType": "Bundle",
        "type": "document",
        "identifier": {"system": "http://clinic.test/documents", "value": "1"},
        "timestamp": "2020-01-01T10:00:00Z",
        "entry": [
            {"fullUrl": "urn:uuid:00000000-0000-4000-8000-000000000003", "resource": composition},
            {"fullUrl": PATIENT, "resource": plain(patient, "p1")},
            {"fullUrl": OBSERVATION, "resource": observation},
        ],
    })
}
