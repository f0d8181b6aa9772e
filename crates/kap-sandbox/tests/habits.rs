//! What the capability statement of each vendor says is what is done: whatever it offers works, whatever it does not offer is refused.

use axum::body::Body;
use axum::http::{Method, Request};
use kap_sandbox::{Sandbox, Vendor};
use serde_json::{Value, json};

use crate::service::{Answered, Service};

/// One vendor's server, and the same database behind a plain one.
struct Pair {
    like: Service,
    plain: Sandbox,
    name: &'static str,
    count: u32,
}

impl Pair {
    fn new(vendor: Vendor) -> Self {
        let like = Service::like(vendor);
        let plain = like.sandbox.clone().with_habits(Vendor::Plain);
        let name = vendor.as_str();
        Self {
            like,
            plain,
            name,
            count: 0,
        }
    }

    /// A resource of the type, unlike every other one.
    fn resource(&mut self, type_name: &str) -> Value {
        self.count += 1;
        let mut resource = json!({
            "resourceType": type_name,
            "identifier": [{ "system": "urn:test", "value": self.count.to_string() }],
            "language": format!("x-{}", self.count),
            "status": "final",
            "code": { "text": "x" },
        });
        if type_name == "DocumentReference" {
            // Some have wishes about documents.
            resource["docStatus"] = json!("final");
            resource["context"] = json!({ "period": { "end": "2026-01-01T10:00:00Z" } });
            resource["content"] = json!([{ "attachment": {} }]);
        }
        resource
    }

    /// Stores a resource of that id past the vendor's habits.
    async fn store(&mut self, type_name: &str, id: &str) {
        let mut resource = self.resource(type_name);
        resource["id"] = json!(id);
        let put = request(Method::PUT, &format!("/fhir/{type_name}/{id}"), &resource, &[]);
        let service = Service {
            sandbox: self.plain.clone(),
            folder: tempfile::tempdir().expect("a folder"),
        };
        assert_eq!(service.send(put).await.status, 201);
    }

    /// Sends a request, and holds that it succeeds exactly if it is offered, and that a refusal writes nothing.
    async fn hold(&self, offered: bool, what: &str, request: Request<Body>) -> Answered {
        let name = self.name;
        let before = self.plain.versions().expect("versions");
        let answered = self.like.send(request).await;
        if offered {
            assert!(
                answered.status.is_success(),
                "{name}: {what}: {} {}",
                answered.status,
                answered.body
            );
        } else {
            assert!(
                matches!(answered.status.as_u16(), 404 | 405),
                "{name}: {what}: {} {}",
                answered.status,
                answered.body
            );
            assert_eq!(answered.json()["resourceType"], "OperationOutcome");
            assert_eq!(
                self.plain.versions().expect("versions"),
                before,
                "{name}: {what} wrote something"
            );
        }
        answered
    }
}

fn request(method: Method, target: &str, body: &Value, headers: &[(&str, &str)]) -> Request<Body> {
    let media_type = if method == Method::PATCH {
        "application/json-patch+json"
    } else {
        "application/fhir+json"
    };
    let mut builder = Request::builder()
        .method(method)
        .uri(target)
        .header("content-type", media_type);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    let body = if body.is_null() {
        Body::empty()
    } else {
        Body::from(body.to_string())
    };
    builder.body(body).expect("a request")
}

/// The types with what the statement says of them; a type that it does not name has nothing.
fn stated(statement: &Value, type_name: &str) -> Value {
    let resources = statement["rest"][0]["resource"].as_array().expect("types");
    let found = resources.iter().find(|resource| resource["type"] == type_name);
    found.cloned().unwrap_or_default()
}

fn has(stated: &Value, list: &str, member: &str, value: &str) -> bool {
    let items = stated[list].as_array().into_iter().flatten();
    items.into_iter().any(|item| item[member] == value)
}

async fn every_type() -> Vec<Value> {
    let statement = Service::new().get("/fhir/metadata").await;
    statement["rest"][0]["resource"].as_array().expect("types").clone()
}

#[tokio::test]
async fn interactions_are_done_as_stated() {
    let types = every_type().await;
    for vendor in Vendor::ALL {
        let mut pair = Pair::new(*vendor);
        let statement = pair.like.get("/fhir/metadata").await;
        for plain in &types {
            let type_name = plain["type"].as_str().expect("a type");
            hold_type(&mut pair, &stated(&statement, type_name), type_name).await;
        }
    }
}

async fn hold_type(pair: &mut Pair, stated: &Value, type_name: &str) {
    let (at, other) = (format!("/fhir/{type_name}/seed"), format!("/fhir/{type_name}/other"));
    pair.store(type_name, "seed").await;
    pair.store(type_name, "other").await;
    let none = Value::Null;
    let offers = |code: &str| has(stated, "interaction", "code", code);
    let get = |target: String| request(Method::GET, &target, &none, &[]);
    for (code, target) in [
        ("read", at.clone()),
        ("vread", format!("{at}/_history/1")),
        ("history-instance", format!("{at}/_history")),
        ("history-type", format!("/fhir/{type_name}/_history")),
        ("search-type", format!("/fhir/{type_name}?_id=seed")),
    ] {
        pair.hold(offers(code), &format!("{code} of {type_name}"), get(target))
            .await;
    }
    let created = pair.resource(type_name);
    let post = request(Method::POST, &format!("/fhir/{type_name}"), &created, &[]);
    pair.hold(offers("create"), &format!("create of {type_name}"), post)
        .await;
    let mut updated = pair.resource(type_name);
    updated["id"] = json!("seed");
    let put = request(Method::PUT, &at, &updated, &[("if-match", "W/\"1\"")]);
    pair.hold(offers("update"), &format!("update of {type_name}"), put)
        .await;
    let operations = json!([{ "op": "add", "path": "/language", "value": "en" }]);
    let patch = request(Method::PATCH, &other, &operations, &[("if-match", "W/\"1\"")]);
    pair.hold(offers("patch"), &format!("patch of {type_name}"), patch)
        .await;
    let delete = request(Method::DELETE, &other, &none, &[]);
    pair.hold(offers("delete"), &format!("delete of {type_name}"), delete)
        .await;
}

#[tokio::test]
async fn own_ids_and_conditions_are_taken_as_stated() {
    let types = every_type().await;
    for vendor in Vendor::ALL {
        let mut pair = Pair::new(*vendor);
        let statement = pair.like.get("/fhir/metadata").await;
        for plain in &types {
            let type_name = plain["type"].as_str().expect("a type");
            hold_conditions(&mut pair, &stated(&statement, type_name), type_name).await;
        }
    }
}

async fn hold_conditions(pair: &mut Pair, stated: &Value, type_name: &str) {
    let flag = |name: &str| stated[name] == true;
    let mut resource = pair.resource(type_name);
    resource["id"] = json!("own");
    // A server that wants a version with every update gets one; a new resource has none.
    let version = [("if-match", "W/\"1\"")];
    let headers = if flag("updateCreate") { &[][..] } else { &version[..] };
    let put = request(Method::PUT, &format!("/fhir/{type_name}/own"), &resource, headers);
    pair.hold(flag("updateCreate"), &format!("own id of {type_name}"), put)
        .await;
    if !has(stated, "searchParam", "name", "identifier") {
        return;
    }
    let resource = pair.resource(type_name);
    let condition = format!("identifier=urn:test|{}", pair.count);
    let target = format!("/fhir/{type_name}?{}", condition.replace('|', "%7C"));
    let put = request(Method::PUT, &target, &resource, &[]);
    let what = format!("conditional update of {type_name}");
    pair.hold(flag("conditionalUpdate"), &what, put).await;
    if has(stated, "interaction", "code", "create") {
        let resource = pair.resource(type_name);
        let condition = format!("identifier=urn:test|{}", pair.count);
        let post = |resource: &Value| {
            let target = format!("/fhir/{type_name}");
            request(Method::POST, &target, resource, &[("if-none-exist", &condition)])
        };
        let what = format!("conditional create of {type_name}");
        pair.hold(true, &what, post(&resource)).await;
        let mut again = resource;
        again["language"] = json!("en");
        let second = pair.hold(true, &what, post(&again)).await;
        // A header that a server does not know is passed over.
        let expected = if flag("conditionalCreate") { 200 } else { 201 };
        assert_eq!(second.status, expected, "{}: {what}", pair.name);
    }
}

#[tokio::test]
async fn search_parameters_are_known_as_stated() {
    let types = every_type().await;
    for vendor in Vendor::ALL {
        let like = Service::like(*vendor);
        let statement = like.get("/fhir/metadata").await;
        for plain in &types {
            let type_name = plain["type"].as_str().expect("a type");
            let stated = stated(&statement, type_name);
            if !has(&stated, "interaction", "code", "search-type") {
                continue;
            }
            for parameter in plain["searchParam"].as_array().expect("parameters") {
                let name = parameter["name"].as_str().expect("a name");
                let value = if parameter["type"] == "date" { "2026" } else { "x" };
                let target = format!("/fhir/{type_name}?{name}={value}");
                let strict = [("prefer", "handling=strict")];
                let answered = like.send(request(Method::GET, &target, &Value::Null, &strict)).await;
                let offered = has(&stated, "searchParam", "name", name);
                let expected = if offered { 200 } else { 400 };
                assert_eq!(answered.status, expected, "{}: {target}", vendor.as_str());
            }
        }
    }
}

#[tokio::test]
async fn bundles_are_taken_as_stated() {
    for vendor in Vendor::ALL {
        let pair = Pair::new(*vendor);
        let statement = pair.like.get("/fhir/metadata").await;
        for kind in ["transaction", "batch"] {
            let offered = has(&statement["rest"][0], "interaction", "code", kind);
            let bundle = json!({ "resourceType": "Bundle", "type": kind });
            pair.hold(offered, kind, request(Method::POST, "/fhir", &bundle, &[]))
                .await;
        }
        let offered = has(&statement["rest"][0], "interaction", "code", "history-system");
        let history = request(Method::GET, "/fhir/_history", &Value::Null, &[]);
        pair.hold(offered, "history of the system", history).await;
    }
}

#[tokio::test]
async fn what_is_asked_for_in_vain_is_counted() {
    let service = Service::like(Vendor::Epic);
    service
        .post("/fhir/Patient", &json!({ "resourceType": "Patient" }))
        .await;
    for _ in 0..2 {
        service
            .post("/fhir/Encounter", &json!({ "resourceType": "Encounter" }))
            .await;
    }
    service
        .post("/fhir", &json!({ "resourceType": "Bundle", "type": "batch" }))
        .await;
    let told = service.get("/faults").await;
    let expected = json!({
        "this server does not offer create of Encounter": 2,
        "this server does not offer the interaction batch": 1,
    });
    assert_eq!(told["notOffered"], expected);
}

#[test]
fn vendors_are_known_by_their_names() {
    for vendor in Vendor::ALL {
        assert_eq!(Vendor::of_name(vendor.as_str()), Some(*vendor));
    }
    assert_eq!(Vendor::of_name("nobody"), None);
}
