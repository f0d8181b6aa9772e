//! Every fault does what its name says, to the requests that the seed chooses, and tells of it.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Method, Request};
use kap_sandbox::{Fault, Faults, Injected, Sandbox, Vendor, serve};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tower::ServiceExt;

use crate::service::{Service, creating, patient, post};

/// A service where the fault strikes the first two times that a request comes.
fn suffering(fault: Fault) -> Service {
    Service::new().with_fault(fault)
}

fn conditional(number: &str) -> Request<Body> {
    let body = patient(number).to_string();
    let builder = Request::post("/fhir/Patient").header("content-type", "application/fhir+json");
    let builder = builder.header("if-none-exist", format!("identifier=urn:mrn|{number}"));
    builder.body(Body::from(body)).expect("a request")
}

fn stored(service: &Service) -> u64 {
    service.sandbox.counts().expect("counts").values().sum()
}

/// Sends the text over a connection of its own; what came before the end, and how it ended.
async fn talk(sandbox: Sandbox, request: impl FnOnce(SocketAddr) -> String) -> (String, Option<ErrorKind>, Duration) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let serving = tokio::spawn(serve(sandbox, listener, std::future::pending()));
    let request = request(address);
    let talk = move || {
        let begin = Instant::now();
        let mut stream = TcpStream::connect(address).expect("a connection");
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .expect("a timeout");
        stream.write_all(request.as_bytes()).expect("the server reads");
        let mut answer = Vec::new();
        let ended = stream.read_to_end(&mut answer).err().map(|error| error.kind());
        (String::from_utf8_lossy(&answer).into_owned(), ended, begin.elapsed())
    };
    let told = tokio::task::spawn_blocking(talk).await.expect("no panic");
    serving.abort();
    told
}

fn create(address: SocketAddr) -> String {
    let body = patient("1").to_string();
    let length = body.len();
    format!(
        "POST /fhir/Patient HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
         Content-Type: application/fhir+json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_is_lost_after_the_commit() {
    let service = suffering(Fault::AnswerLost);
    let (answer, _, _) = talk(service.sandbox.clone(), create).await;
    assert_eq!(answer, "");
    assert_eq!(stored(&service), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_is_reset_before_anything_is_done() {
    let service = suffering(Fault::ConnectionReset);
    let (answer, ended, _) = talk(service.sandbox.clone(), create).await;
    assert_eq!((answer.as_str(), ended), ("", Some(ErrorKind::ConnectionReset)));
    assert_eq!(stored(&service), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_comes_in_drops() {
    let service = suffering(Fault::SlowDrip);
    let (answer, ended, time) = talk(service.sandbox.clone(), create).await;
    assert!(answer.starts_with("HTTP/1.1 201 ") && answer.ends_with('}'), "{answer}");
    assert_eq!(ended, None);
    assert!(time >= Duration::from_millis(200), "{time:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_breaks_off() {
    let service = suffering(Fault::TruncatedBody);
    let (answer, _, _) = talk(service.sandbox.clone(), create).await;
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.expect("a length").parse().expect("a number");
    assert!(head.starts_with("HTTP/1.1 201 "), "{head}");
    assert_eq!(body.len(), length / 2);
    assert_eq!(stored(&service), 1);
}

#[tokio::test]
async fn an_answer_is_delayed() {
    let service = suffering(Fault::AnswerDelayed);
    let begin = Instant::now();
    assert_eq!(service.post("/fhir/Patient", &patient("1")).await.status, 201);
    assert!(begin.elapsed() >= Duration::from_millis(250));
}

#[tokio::test]
async fn a_gateway_gives_up_after_the_commit() {
    let service = suffering(Fault::GatewayTimeout);
    let answered = service.post("/fhir/Patient", &patient("1")).await;
    assert_eq!(answered.status, 504);
    assert_eq!(answered.headers["content-type"], "text/html");
    assert_eq!(stored(&service), 1);
}

#[tokio::test]
async fn throttling_has_the_form_of_the_vendor() {
    let like = |vendor| Service::like(vendor).with_fault(Fault::Throttled);
    let response = json!({ "resourceType": "QuestionnaireResponse" });
    let target = "/fhir/QuestionnaireResponse";
    let azure = like(Vendor::Azure).post(target, &response).await;
    assert_eq!(azure.status, 429);
    assert_eq!(azure.headers["retry-after"], "1");
    assert_eq!(azure.headers["x-ms-retry-after-ms"], "1000");
    let google = like(Vendor::Google).post(target, &response).await;
    assert_eq!(google.status, 429);
    assert!(!google.headers.contains_key("retry-after"));
    let epic = like(Vendor::Epic);
    let refused = epic.post(target, &response).await;
    assert_eq!(refused.status, 403);
    assert_eq!(refused.json()["issue"][0]["details"]["coding"][0]["code"], "4135");
    assert_eq!(stored(&epic), 0);
}

#[tokio::test]
async fn a_server_is_down_for_a_moment() {
    let service = suffering(Fault::Unavailable);
    let answered = service.post("/fhir/Patient", &patient("1")).await;
    assert_eq!(answered.status, 503);
    assert_eq!(answered.headers["retry-after"], "Thu, 01 Jan 2026 00:00:02 GMT");
    assert_eq!(stored(&service), 0);
}

#[tokio::test]
async fn a_write_is_held_for_review() {
    let service = suffering(Fault::Accepted);
    let answered = service.post("/fhir/Patient", &patient("1")).await;
    assert_eq!((answered.status.as_u16(), answered.body.as_str()), (202, ""));
    assert!(!answered.headers.contains_key("location"));
    assert_eq!(stored(&service), 1);
}

#[tokio::test]
async fn throttling_hides_in_a_batch() {
    let statuses = |bundle: &Value| -> Vec<String> {
        let entries = bundle["entry"].as_array().expect("entries").iter();
        entries
            .map(|entry| entry["response"]["status"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    let service = suffering(Fault::ThrottledInside);
    let mut batch = creating(["1", "2", "3", "4"].map(patient));
    let refused = service.post("/fhir", &batch).await;
    assert_eq!(refused.status, 200);
    assert!(
        statuses(&refused.json())
            .iter()
            .all(|status| status == "429 Too Many Requests")
    );
    assert_eq!(stored(&service), 0, "a transaction is done as a whole or not at all");
    batch["type"] = json!("batch");
    let half = service.post("/fhir", &batch).await;
    assert_eq!(half.status, 200);
    let statuses = statuses(&half.json());
    assert_eq!(
        statuses.iter().filter(|status| *status == "201 Created").count(),
        2,
        "{statuses:?}"
    );
    assert_eq!(stored(&service), 2);
}

#[tokio::test]
async fn an_answer_has_an_entry_too_few() {
    let service = suffering(Fault::WrongEntryCount);
    let answered = service.post("/fhir", &creating(["1", "2"].map(patient))).await;
    assert_eq!(answered.json()["entry"].as_array().map(Vec::len), Some(1));
    assert_eq!(stored(&service), 2);
}

#[tokio::test]
async fn a_request_is_delivered_twice() {
    let service = suffering(Fault::DeliveredTwice);
    let answered = service.post("/fhir/Patient", &patient("1")).await;
    assert_eq!(answered.status, 201);
    assert_eq!(stored(&service), 2);
    // The second delivery of a conditional create finds the first.
    let answered = service.send(conditional("2")).await;
    assert_eq!(answered.status, 200);
    assert_eq!(stored(&service), 3);
}

#[tokio::test]
async fn a_rival_creates_at_the_same_time() {
    let service = suffering(Fault::RacingCreate);
    assert_eq!(service.send(conditional("1")).await.status, 201);
    assert_eq!(stored(&service), 2);
    assert_eq!(service.send(conditional("1")).await.status, 412, "there are two now");
    let mut bundle = creating([patient("2")]);
    bundle["entry"][0]["request"]["ifNoneExist"] = json!("identifier=urn:mrn|2");
    assert_eq!(service.post("/fhir", &bundle).await.status, 200);
    assert_eq!(stored(&service), 4);
}

#[tokio::test]
async fn a_race_is_lost() {
    let status = async |vendor| {
        let service = Service::like(vendor).with_fault(Fault::LostRace);
        let status = service.post("/fhir/Patient", &patient("1")).await.status.as_u16();
        assert_eq!(stored(&service), 0);
        status
    };
    assert_eq!(status(Vendor::Hapi).await, 409);
    assert_eq!(status(Vendor::Aidbox).await, 412);
}

#[tokio::test]
async fn an_index_is_behind() {
    let service = suffering(Fault::StaleIndex);
    service.post("/fhir/Patient", &patient("1")).await;
    let search = "/fhir/Patient?identifier=urn:mrn%7C1&_total=accurate";
    for expected in [0, 0, 1] {
        let found = service.get(search).await;
        assert_eq!(found["total"], expected);
        assert_eq!(found["entry"].as_array().map_or(0, Vec::len), expected);
    }
}

#[tokio::test]
async fn an_id_is_rewritten() {
    let service = suffering(Fault::IdRewritten);
    let mut mine = patient("1");
    mine["id"] = json!("mine");
    let put = |body: &Value| {
        let builder = Request::put("/fhir/Patient/mine").header("content-type", "application/fhir+json");
        builder.body(Body::from(body.to_string())).expect("a request")
    };
    let answered = service.send(put(&mine)).await;
    assert_eq!(answered.status, 201);
    let location = answered.headers["location"].to_str().expect("a text");
    assert!(!location.contains("/Patient/mine/"), "{location}");
    assert_ne!(answered.json()["id"], "mine");
    assert_eq!(stored(&service), 1);
}

#[tokio::test]
async fn an_answer_is_empty() {
    let service = suffering(Fault::EmptyAnswer);
    let answered = service.post("/fhir/Patient", &patient("1")).await;
    assert_eq!((answered.status.as_u16(), answered.body.as_str()), (201, ""));
    assert!(answered.headers.contains_key("location"));
}

#[tokio::test]
async fn a_token_expires() {
    let service = suffering(Fault::TokenExpired);
    let answered = service.post("/fhir/Patient", &patient("1")).await;
    assert_eq!(answered.status, 401);
    assert_eq!(answered.headers["www-authenticate"], "Bearer error=\"invalid_token\"");
    assert_eq!(stored(&service), 0);
}

#[tokio::test]
async fn capabilities_change() {
    let service = suffering(Fault::CapabilityChange);
    let transaction = creating([patient("1")]);
    assert_eq!(service.post("/fhir", &transaction).await.status, 405);
    let statement = service.get("/fhir/metadata").await;
    let interactions = statement["rest"][0]["interaction"].as_array().expect("interactions");
    assert!(
        !interactions
            .iter()
            .any(|interaction| interaction["code"] == "transaction")
    );
    assert!(interactions.iter().any(|interaction| interaction["code"] == "batch"));
    assert_eq!(stored(&service), 0);
}

/// Requests of every kind that a fault can strike.
fn every_kind() -> Vec<Request<Body>> {
    let response = json!({ "resourceType": "QuestionnaireResponse", "status": "completed" });
    let mut bundle = creating([patient("2")]);
    bundle["entry"][0]["request"]["ifNoneExist"] = json!("identifier=urn:mrn|2");
    let mut batch = bundle.clone();
    batch["type"] = json!("batch");
    let put = Request::put("/fhir/Patient/a1").header("content-type", "application/fhir+json");
    let put = put.body(Body::from(json!({ "resourceType": "Patient", "id": "a1" }).to_string()));
    let search = Request::get("/fhir/Patient?identifier=1").body(Body::empty());
    vec![
        post("/fhir/QuestionnaireResponse", &response),
        post("/fhir", &bundle),
        post("/fhir", &batch),
        conditional("3"),
        put.expect("a request"),
        search.expect("a request"),
    ]
}

/// The vendors at which the fault has nothing to strike.
fn without(fault: Fault) -> &'static [Vendor] {
    use Vendor::{Aidbox, Athenahealth, Epic, Google, HealthLake, Medplum, OracleHealth};
    match fault {
        Fault::ThrottledInside | Fault::WrongEntryCount => &[Athenahealth, Epic],
        Fault::RacingCreate => &[Aidbox, Athenahealth, Epic, HealthLake, OracleHealth],
        Fault::IdRewritten => &[Athenahealth, Epic, Google, Medplum, OracleHealth],
        Fault::CapabilityChange => &[Athenahealth],
        _ => &[],
    }
}

#[tokio::test]
async fn every_fault_strikes_at_every_vendor_that_it_can_strike_at() {
    for vendor in Vendor::ALL {
        for fault in Fault::ALL {
            let what = format!("{fault} at {}", vendor.as_str());
            let service = Service::like(*vendor);
            let faults = Faults::new([*fault], 7).with_rate(1.0).with_delay(Duration::ZERO);
            let sandbox = service.sandbox.clone().with_faults(faults);
            for _ in 0..3 {
                for request in every_kind() {
                    let answered = sandbox.router().oneshot(request).await.expect("an answer");
                    assert_ne!(answered.status(), 500, "{what}");
                }
            }
            let struck = sandbox.injected();
            assert_eq!(struck.is_empty(), without(*fault).contains(vendor), "{what}");
            assert!(struck.len() <= 2 * every_kind().len(), "{what}");
            assert!(struck.iter().all(|injected| injected.fault == *fault), "{what}");
        }
    }
}

/// Sends the same requests to a new service, in that order, and says what struck.
async fn injected(seed: u64, numbers: &[&str]) -> Vec<(Fault, String)> {
    let service = Service::new();
    let faults = Faults::new(Fault::ALL.iter().copied(), seed)
        .with_rate(0.5)
        .with_delay(Duration::ZERO);
    let sandbox = service.sandbox.clone().with_faults(faults);
    let service = Service { sandbox, ..service };
    for number in numbers {
        let get = Request::get(format!("/fhir/Patient/{number}")).body(Body::empty());
        // Some answers break off: only what struck counts here.
        let _ = service.sandbox.router().oneshot(get.expect("a request")).await;
    }
    let all = service.sandbox.injected();
    let mut all: Vec<_> = all
        .into_iter()
        .map(|Injected { fault, path, .. }| (fault, path))
        .collect();
    all.sort();
    all
}

#[tokio::test]
async fn what_is_struck_follows_from_the_seed_and_not_from_the_order() {
    let numbers: Vec<String> = (0..40).map(|number| number.to_string()).collect();
    let forwards: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let backwards: Vec<&str> = forwards.iter().rev().copied().collect();
    let once = injected(1, &forwards).await;
    assert!(
        (5..35).contains(&once.len()),
        "half of forty are struck: {}",
        once.len()
    );
    assert_eq!(once, injected(1, &backwards).await);
    assert_ne!(once, injected(2, &forwards).await);
}

#[tokio::test]
async fn nothing_is_struck_more_than_twice_and_all_of_it_is_told() {
    let service = suffering(Fault::TokenExpired);
    for expected in [401, 401, 201, 201] {
        assert_eq!(
            service.send(post("/fhir/Patient", &patient("1"))).await.status,
            expected
        );
    }
    let told = service.get("/faults").await;
    assert_eq!(told["seed"], 7);
    assert_eq!(told["counts"], json!({ "token-expired": 2 }));
    let line = json!({ "fault": "token-expired", "method": "POST", "path": "/Patient" });
    assert_eq!(told["injected"], json!([line, line]));
}

#[tokio::test]
async fn the_statement_is_never_struck() {
    for fault in Fault::ALL {
        let service = suffering(*fault);
        let get = Request::builder()
            .method(Method::GET)
            .uri("/fhir/metadata")
            .body(Body::empty());
        assert_eq!(service.send(get.expect("a request")).await.status, 200, "{fault}");
        assert_eq!(service.sandbox.injected(), []);
        assert_eq!(Fault::of_name(fault.as_str()), Some(*fault));
    }
}

#[tokio::test]
async fn ids_follow_from_the_seed() {
    let ids = async || {
        let service = suffering(Fault::SlowDrip);
        let answered = service.post("/fhir", &creating(["1", "2"].map(patient))).await.json();
        let id = |index: usize| {
            answered["entry"][index]["resource"]["id"]
                .as_str()
                .expect("an id")
                .to_owned()
        };
        [id(0), id(1)]
    };
    let once = ids().await;
    assert_ne!(once[0], once[1]);
    assert_eq!(once, ids().await);
}
