//! Whatever is sent, the answer is FHIR and the sandbox goes on.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use kap_sandbox::Vendor;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

use crate::service::{Answered, Service};

thread_local! {
    /// One for all cases of a property, for each has a thread of its own.
    static SERVICE: (Runtime, Service) = (Builder::new_current_thread().build().expect("a runtime"), Service::new());
}

fn send(request: Request<Body>) -> Answered {
    SERVICE.with(|(runtime, service)| runtime.block_on(service.send(request)))
}

/// Member names that the index, the links and the bundles look at, among others.
fn name() -> impl Strategy<Value = String> {
    const KNOWN: &[&str] = &[
        "identifier",
        "system",
        "value",
        "coding",
        "code",
        "subject",
        "reference",
        "start",
        "end",
        "effectiveDateTime",
        "effectivePeriod",
        "text",
        "div",
        "url",
        "valueUri",
        "entry",
        "request",
        "method",
        "resource",
        "fullUrl",
        "ifNoneExist",
        "ifMatch",
        "type",
        "extension",
    ];
    prop_oneof![4 => proptest::sample::select(KNOWN).prop_map(str::to_owned), 1 => "[a-z_]{5,8}"]
}

fn text() -> impl Strategy<Value = String> {
    const KNOWN: &[&str] = &[
        "Patient",
        "Observation",
        "Patient/1",
        "Patient?identifier=1",
        "Observation?date=2026",
        "POST",
        "PUT",
        "GET",
        "DELETE",
        "transaction",
        "batch",
        "2026-02-30",
        "2026-03",
        "2026-03-10T12:00:00+14:00",
        "9999-12-31",
        "0001",
        "urn:uuid:x",
        "identifier=urn:mrn|1",
        "http://a.test/Patient/1",
        "<div><a href=\"urn:uuid:x\">é</a>",
        "W/\"1\"",
        "_history",
    ];
    prop_oneof![3 => proptest::sample::select(KNOWN).prop_map(str::to_owned), 1 => "\\PC{0,12}", 1 => any::<String>()]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            object(inner).prop_map(Value::from),
        ]
    })
}

fn object(member: impl Strategy<Value = Value>) -> impl Strategy<Value = Map<String, Value>> {
    proptest::collection::vec((name(), member), 0..6).prop_map(|members| members.into_iter().collect())
}

fn with(mut object: Map<String, Value>, members: &[(&str, Value)]) -> Value {
    object.extend(members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    Value::Object(object)
}

/// The answer is a resource, or an OperationOutcome that says what and what to do; the fault is never the sandbox's.
fn assert_fhir(answer: &Answered) {
    assert!(answer.status.as_u16() < 500, "{} {}", answer.status, answer.body);
    if answer.status.is_client_error() {
        let outcome = answer.json();
        assert_eq!(outcome["resourceType"], "OperationOutcome", "{outcome}");
        let issue = &outcome["issue"][0];
        assert!(
            !issue["details"]["text"].as_str().unwrap_or_default().is_empty(),
            "{outcome}"
        );
        assert!(
            !issue["diagnostics"].as_str().unwrap_or_default().is_empty(),
            "{outcome}"
        );
    } else if !answer.body.is_empty() {
        assert!(answer.json()["resourceType"].is_string(), "{}", answer.body);
    }
}

fn request(method: Method, target: &str, body: String) -> Request<Body> {
    let builder = Request::builder()
        .method(method)
        .uri(target)
        .header("content-type", "application/fhir+json");
    builder.body(Body::from(body)).expect("a request")
}

/// The statuses of the patch, and of a read after it.
async fn patched(service: &Service, patch: &Value) -> (StatusCode, StatusCode) {
    let body = json!({ "resourceType": "Patient", "id": "patched", "a": {}, "b": [[], {}] });
    let target = "/fhir/Patient/patched";
    service.send(request(Method::PUT, target, body.to_string())).await;
    let sandbox = service.sandbox.clone().with_habits(Vendor::Hapi);
    let patch = Request::patch(target)
        .header("content-type", "application/json-patch+json")
        .body(Body::from(patch.to_string()));
    let answered = sandbox.router().oneshot(patch.expect("a request")).await;
    let read = service.send(request(Method::GET, target, String::new())).await;
    (answered.expect("an answer").status(), read.status)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn what_is_stored_comes_back(content in object(value())) {
        let sent = with(content, &[("resourceType", json!("Observation"))]);
        let created = send(request(Method::POST, "/fhir/Observation", sent.to_string()));
        prop_assert_eq!(created.status, 201, "{}", created.body);
        let mut stored = created.json();
        let read = send(request(Method::GET, &format!("/fhir/Observation/{}", stored["id"].as_str().unwrap_or_default()), String::new()));
        prop_assert_eq!(&read.json(), &stored);
        let members = stored.as_object_mut().expect("an object");
        members.remove("id");
        members.remove("meta");
        prop_assert_eq!(stored, sent);
    }

    #[test]
    fn any_bundle_is_answered(entries in proptest::collection::vec(value(), 0..4), transaction: bool) {
        let kind = if transaction { "transaction" } else { "batch" };
        let bundle = json!({ "resourceType": "Bundle", "type": kind, "entry": entries });
        assert_fhir(&send(request(Method::POST, "/fhir", bundle.to_string())));
    }

    #[test]
    fn any_request_of_an_entry_is_answered(requests in proptest::collection::vec((object(value()), text(), text(), object(value())), 1..4)) {
        let entry = |(request, method, url, resource): (Map<String, Value>, String, String, Map<String, Value>)| {
            let request = with(request, &[("method", json!(method)), ("url", json!(url))]);
            let type_name = url.split(['/', '?']).next().unwrap_or_default();
            json!({ "request": request, "resource": with(resource, &[("resourceType", json!(type_name))]) })
        };
        let entries: Vec<_> = requests.into_iter().map(entry).collect();
        let bundle = json!({ "resourceType": "Bundle", "type": "transaction", "entry": entries });
        assert_fhir(&send(request(Method::POST, "/fhir", bundle.to_string())));
    }

    #[test]
    fn any_body_is_answered(body in any::<Vec<u8>>(), method in proptest::sample::select(vec![Method::POST, Method::PUT])) {
        let builder = Request::builder().method(method).uri("/fhir/Patient").header("content-type", "application/fhir+json");
        assert_fhir(&send(builder.body(Body::from(body)).expect("a request")));
    }

    #[test]
    fn any_address_is_answered(
        path in "(/(Patient|Observation|_history|_search|metadata|[a-zA-Z0-9.-]{1,70})){0,5}/?",
        query in "((_count|_cursor|_since|_summary|_id|date|identifier|patient|code|_format|[a-z]{1,4})(:Patient)?=[a-zA-Z0-9|,:.%/-]{0,30}&?){0,4}",
        method in proptest::sample::select(vec![Method::GET, Method::DELETE, Method::POST, Method::PATCH]),
    ) {
        assert_fhir(&send(request(method, &format!("/fhir{path}?{query}"), String::new())));
    }

    #[test]
    fn any_patch_is_answered(
        operations in proptest::collection::vec((
            proptest::sample::select(vec!["add", "remove", "replace", "move", "copy", "test", "x"]),
            "(/(a|b|0|1|-|~0|~1)){0,4}", "(/(a|b|0|1|-)){0,4}", value(),
        ), 0..60),
    ) {
        let operation = |(op, path, from, value): (&str, String, String, Value)| json!({ "op": op, "path": path, "from": from, "value": value });
        let patch: Vec<_> = operations.into_iter().map(operation).collect();
        let (patched, read) = SERVICE.with(|(runtime, service)| runtime.block_on(patched(service, &Value::from(patch))));
        prop_assert!(patched == 200 || patched == 422, "{}", patched);
        prop_assert_eq!(read, 200);
    }

    #[test]
    fn any_date_is_searched_or_refused(date in "(eq|ne|gt|lt|ge|le|sa|eb|ap)?[0-9]{1,5}(-[0-9]{1,3}){0,3}(T[0-9:.]{0,14}(Z|[+-][0-9:]{1,6})?)?") {
        let target = format!("/fhir/Observation?date={}&_summary=count", date.replace('+', "%2B"));
        let answer = send(request(Method::GET, &target, String::new()));
        prop_assert!(answer.status == 200 || answer.status == 400, "{}", answer.status);
    }
}

#[test]
fn copies_of_copies_come_to_an_end() {
    let copy = json!({ "op": "copy", "from": "/a", "path": "/a/-" });
    let mut operations = vec![json!({ "op": "replace", "path": "/a", "value": [] })];
    operations.resize(60, copy);
    let operations = Value::from(operations);
    let (patched, read) = SERVICE.with(|(runtime, service)| runtime.block_on(patched(service, &operations)));
    assert_eq!((patched.as_u16(), read.as_u16()), (422, 200));
}
