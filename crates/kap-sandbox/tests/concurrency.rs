//! Many clients at once.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::service::{Answered, Service, creating, patient, post};

const CLIENTS: usize = 48;

/// Sends all requests at the same time.
async fn at_once(service: &Arc<Service>, requests: Vec<Request<Body>>) -> Vec<Answered> {
    let mut clients = JoinSet::new();
    for request in requests {
        let service = Arc::clone(service);
        clients.spawn(async move { service.send(request).await });
    }
    clients.join_all().await
}

fn how_many(answers: &[Answered], status: StatusCode) -> usize {
    answers.iter().filter(|answer| answer.status == status).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn equal_conditional_creates_in_transactions_store_one() {
    let service = Arc::new(Service::new());
    let mut bundle = creating([patient("1"), json!({ "resourceType": "Observation" })]);
    bundle["entry"][0]["request"]["ifNoneExist"] = json!("identifier=urn:mrn|1");
    bundle["entry"][0]["fullUrl"] = json!("urn:uuid:00000000-0000-4000-8000-000000000001");
    bundle["entry"][1]["resource"]["subject"] = json!({ "reference": "urn:uuid:00000000-0000-4000-8000-000000000001" });
    let answers = at_once(&service, (0..CLIENTS).map(|_| post("/fhir", &bundle)).collect()).await;
    assert_eq!(how_many(&answers, StatusCode::OK), CLIENTS);
    let statuses: Vec<Value> = answers
        .iter()
        .map(|answer| answer.json()["entry"][0]["response"]["status"].clone())
        .collect();
    assert_eq!(statuses.iter().filter(|status| **status == "201 Created").count(), 1);
    assert_eq!(
        service.sandbox.counts().expect("counts"),
        [("Observation".into(), CLIENTS as u64), ("Patient".into(), 1)].into()
    );
    let patient = service.get("/fhir/Patient").await["entry"][0]["resource"]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let linked = service
        .get(&format!("/fhir/Observation?patient={patient}&_summary=count"))
        .await;
    assert_eq!(linked["total"], CLIENTS);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn equal_conditional_creates_by_header_store_one() {
    let service = Arc::new(Service::new());
    let request = || {
        let mut request = post("/fhir/Patient", &patient("1"));
        request
            .headers_mut()
            .insert("if-none-exist", "identifier=urn:mrn|1".parse().expect("a header"));
        request
    };
    let answers = at_once(&service, (0..CLIENTS).map(|_| request()).collect()).await;
    assert_eq!(how_many(&answers, StatusCode::CREATED), 1);
    assert_eq!(how_many(&answers, StatusCode::OK), CLIENTS - 1);
    assert_eq!(service.sandbox.counts().expect("counts")["Patient"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_updates_to_one_version_one_wins() {
    let service = Arc::new(Service::new());
    let request = |version: &str| {
        Request::put("/fhir/Patient/a")
            .header("content-type", "application/fhir+json")
            .header("if-match", version)
            .body(Body::from(json!({ "resourceType": "Patient", "id": "a" }).to_string()))
            .expect("a request")
    };
    let mut first = request("");
    first.headers_mut().remove("if-match");
    assert_eq!(service.send(first).await.status, StatusCode::CREATED);
    let answers = at_once(&service, (0..CLIENTS).map(|_| request("W/\"1\"")).collect()).await;
    assert_eq!(how_many(&answers, StatusCode::OK), 1);
    assert_eq!(how_many(&answers, StatusCode::PRECONDITION_FAILED), CLIENTS - 1);
    assert_eq!(service.sandbox.versions().expect("versions"), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn readers_see_all_of_a_transaction_or_nothing() {
    let service = Arc::new(Service::new());
    let bundle = creating((0..100).map(|number| patient(&number.to_string())));
    let mut requests = Vec::new();
    for _ in 0..6 {
        requests.push(post("/fhir", &bundle));
        requests.extend((0..10).map(|_| {
            Request::get("/fhir/Patient?_summary=count")
                .body(Body::empty())
                .expect("a request")
        }));
    }
    for answer in at_once(&service, requests).await {
        assert_eq!(answer.status, StatusCode::OK);
        if let Some(total) = answer.json()["total"].as_u64() {
            assert_eq!(total % 100, 0, "a reader saw {total}");
        }
    }
    assert_eq!(service.get("/fhir/Patient?_summary=count").await["total"], 600);
}
