//! A terminology server: what it is asked, what it is not, and what its answers mean.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use kap_client::{Answers, Backoff, Category, Client, Clock, Endpoint, Error, Random, TerminologyServer, Timestamp};
use kap_fhir::{Membership, Question, Terminology};
use serde_json::{Value, json};
use tokio::net::TcpListener;

struct At(i64);

impl Clock for At {
    fn now(&self) -> Timestamp {
        Timestamp(self.0)
    }
}

struct Shortest;

impl Random for Shortest {
    fn fraction(&self) -> f64 {
        0.0
    }
}

/// How the server behaves, and what it was sent.
#[derive(Clone)]
struct Server {
    batches: bool,
    received: Arc<Mutex<Vec<Value>>>,
}

/// `known` is a code, `other` is none, and of everything else the code system is not known.
fn answer(parameters: &Value) -> Value {
    let code = parameters["parameter"].as_array().into_iter().flatten();
    let code = code
        .filter(|parameter| parameter["name"] == "code")
        .find_map(|parameter| parameter["valueCode"].as_str());
    let mut answer = vec![json!({"name": "result", "valueBoolean": code == Some("known")})];
    if !matches!(code, Some("known" | "other")) {
        answer.push(json!({"name": "x-caused-by-unknown-system", "valueCanonical": "http://example.org/unknown"}));
    }
    json!({"resourceType": "Parameters", "parameter": answer})
}

async fn batch(State(server): State<Server>, body: String) -> Response {
    let body: Value = serde_json::from_str(&body).expect("a batch is JSON");
    server.received.lock().expect("no test panics here").push(body.clone());
    if !server.batches {
        return StatusCode::NOT_FOUND.into_response();
    }
    let entries = body["entry"].as_array().expect("a batch has entries").iter();
    let entries: Vec<Value> = entries
        .map(|entry| json!({"resource": answer(&entry["resource"]), "response": {"status": "200"}}))
        .collect();
    json!({"resourceType": "Bundle", "type": "batch-response", "entry": entries})
        .to_string()
        .into_response()
}

async fn single(State(server): State<Server>, body: String) -> String {
    let body: Value = serde_json::from_str(&body).expect("parameters are JSON");
    let answer = answer(&body);
    server.received.lock().expect("no test panics here").push(body);
    answer.to_string()
}

async fn start(batches: bool) -> (SocketAddr, Server) {
    let server = Server {
        batches,
        received: Arc::default(),
    };
    let router = Router::new()
        .route("/r4/", post(batch))
        .route("/r4/ValueSet/$validate-code", post(single))
        .route("/r4/CodeSystem/$validate-code", post(single))
        .route(
            "/away/",
            post(|| async { Redirect::temporary("https://elsewhere.example.org/") }),
        )
        .with_state(server.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("a bound listener has an address");
    tokio::spawn(async move { axum::serve(listener, router).await.expect("serving ends with the test") });
    (address, server)
}

fn client(base: &str) -> Client {
    let backoff = Backoff {
        attempts: 1,
        ..Backoff::default()
    };
    let endpoint = Endpoint::new("terminology", base.parse().expect("a URL"));
    Client::new(endpoint, backoff, Arc::new(Shortest)).expect("the client is set up")
}

fn terminology(address: SocketAddr, path: &str) -> TerminologyServer {
    TerminologyServer::new(client(&format!("http://{address}/{path}")), Arc::new(At(0)))
}

fn question(code: &str) -> Question<'_> {
    Question {
        value_set: Some("http://example.org/fhir/ValueSet/colours|1.0"),
        system: Some("http://example.org/colours"),
        version: None,
        code,
    }
}

fn is_open(answer: &Membership) -> bool {
    matches!(answer, Membership::Unknown(_))
}

#[tokio::test]
async fn what_was_wanted_is_asked_in_one_batch_and_then_known() {
    let (address, server) = start(true).await;
    let terminology = terminology(address, "r4");
    for code in ["known", "other", "stranger", "known"] {
        assert!(is_open(&terminology.validate_code(&question(code))));
    }
    assert_eq!(terminology.wanted(), 3);
    let answers = terminology.ask().await.expect("the server answers");
    let expected = Answers {
        sent: 3,
        decided: 2,
        failure: None,
    };
    assert_eq!(answers, expected);
    assert_eq!(server.received.lock().expect("no panic").len(), 1);
    assert_eq!(terminology.validate_code(&question("known")), Membership::Member);
    assert_eq!(terminology.validate_code(&question("other")), Membership::NotMember);
    assert!(is_open(&terminology.validate_code(&question("stranger"))));
    assert_eq!(terminology.wanted(), 0);
}

#[tokio::test]
async fn a_server_without_batches_is_asked_one_by_one() {
    let (address, server) = start(false).await;
    let terminology = terminology(address, "r4");
    let exists = Question {
        value_set: None,
        ..question("known")
    };
    terminology.validate_code(&question("other"));
    terminology.validate_code(&exists);
    terminology.ask().await.expect("the server answers");
    assert_eq!(server.received.lock().expect("no panic").len(), 3);
    assert_eq!(terminology.validate_code(&question("other")), Membership::NotMember);
    assert_eq!(terminology.validate_code(&exists), Membership::Member);
}

/// The only things that can leave are codes: what is sent equals what the log says, and sentences stay here.
#[tokio::test]
async fn nothing_but_codes_leaves() {
    let (address, server) = start(true).await;
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("sent.ndjson");
    let terminology = terminology(address, "r4").only_codes().with_log(&log);
    let bare = Question {
        system: None,
        ..question("Testperson")
    };
    let relative = Question {
        system: Some("Testperson"),
        ..question("x")
    };
    for kept in [question("Jane Testperson, born 1990"), question(""), bare, relative] {
        assert!(is_open(&terminology.validate_code(&kept)));
    }
    terminology.validate_code(&question("known"));
    terminology.ask().await.expect("the server answers");
    let sent = server.received.lock().expect("no panic")[0].to_string();
    assert!(!sent.contains("Testperson"), "{sent}");
    let logged = fs::read_to_string(&log).expect("the log was written");
    let logged: Vec<Value> = logged
        .lines()
        .map(|line| serde_json::from_str(line).expect("the log is NDJSON"))
        .collect();
    let expected = json!({"valueSet": "http://example.org/fhir/ValueSet/colours|1.0",
        "system": "http://example.org/colours", "version": null, "code": "known"});
    assert_eq!(logged, [expected]);
    is_private(&log);
}

#[tokio::test]
async fn answers_are_kept_on_disk_for_their_time_and_their_server() {
    let (address, server) = start(true).await;
    let folder = tempfile::tempdir().expect("a folder");
    let cache = folder.path().join("cache/answers.ndjson");
    let first = terminology(address, "r4").with_cache(&cache).expect("no file yet");
    first.validate_code(&question("known"));
    first.ask().await.expect("the server answers");
    is_private(&cache);
    let again = terminology(address, "r4").with_cache(&cache).expect("our own file");
    assert_eq!(again.validate_code(&question("known")), Membership::Member);
    assert_eq!(server.received.lock().expect("no panic").len(), 1);
    let month = i64::from(31 * 24 * 60 * 60) * 1000;
    let later = TerminologyServer::new(client(&format!("http://{address}/r4")), Arc::new(At(month)));
    let later = later.with_cache(&cache).expect("our own file");
    assert!(is_open(&later.validate_code(&question("known"))));
}

#[tokio::test]
async fn redirects_are_not_followed_and_a_silent_server_leaves_questions_open() {
    let (address, _) = start(true).await;
    let away = terminology(address, "away");
    away.validate_code(&question("known"));
    away.ask().await.expect("nothing is wrong on our side");
    assert!(is_open(&away.validate_code(&question("known"))));
    let silent = TerminologyServer::new(client("http://127.0.0.1:9/"), Arc::new(At(0)));
    silent.validate_code(&question("known"));
    let answers = silent.ask().await.expect("nothing is wrong on our side");
    assert_eq!(answers.failure, Some(Category::Unavailable));
    let Membership::Unknown(reason) = silent.validate_code(&question("known")) else {
        panic!("nobody answered");
    };
    assert_eq!(reason, "terminology server `terminology` gave no answer (unavailable)");
}

/// Whoever waits for an answer has a document to go on with.
#[tokio::test]
async fn a_slow_server_and_one_that_never_ends_are_given_up() {
    let router = Router::new()
        .route("/slow/", post(std::future::pending::<String>))
        .route("/endless/", post(|| async { " ".repeat(1 << 16) }));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("a bound listener has an address");
    tokio::spawn(async move { axum::serve(listener, router).await.expect("serving ends with the test") });
    for path in ["slow", "endless"] {
        let base = format!("http://{address}/{path}");
        let mut endpoint = Endpoint::new("terminology", base.parse().expect("a URL"));
        endpoint.timeouts.read = std::time::Duration::from_millis(300);
        endpoint.max_response_bytes = 1 << 12;
        let backoff = Backoff {
            attempts: 2,
            ..Backoff::default()
        };
        let client = Client::new(endpoint, backoff, Arc::new(Shortest)).expect("the client is set up");
        let terminology = TerminologyServer::new(client, Arc::new(At(0)));
        for code in 0..250 {
            terminology.validate_code(&question(&format!("c-{code}")));
        }
        let answers = terminology.ask().await.expect("nothing is wrong on our side");
        // After one batch without an answer nobody asks on.
        assert_eq!((answers.sent, answers.decided), (100, 0), "{path}");
        assert_eq!(answers.failure, Some(Category::Unavailable), "{path}");
        assert!(is_open(&terminology.validate_code(&question("c-249"))));
        assert_eq!(terminology.wanted(), 0);
    }
}

#[test]
fn plain_http_beyond_this_machine_is_refused() {
    let endpoint = Endpoint::new("terminology", "http://tx.example.org/r4".parse().expect("a URL"));
    let refused = Client::new(endpoint, Backoff::default(), Arc::new(Shortest));
    assert!(matches!(refused, Err(Error::PlainHttp { .. })));
}

/// Only the owner can read the file.
fn is_private(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path).expect("the file is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
