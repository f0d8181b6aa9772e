//! `--tx`: what a terminology server is told, and what becomes of a run when it does not answer as it should.

use std::fs;
use std::path::Path;

use crate::kap::run;
use crate::server::Server;

/// An observation with a fault, a code that only a server can know, and much that nobody must learn.
const OBSERVATION: &str = r##"{"resourceType": "Observation", "status": "fnal",
    "contained": [{"resourceType": "Patient", "id": "p", "name": [{"family": "Testperson"}], "birthDate": "1990-01-31"}],
    "subject": {"reference": "#p", "display": "Jane Testperson"},
    "code": {"text": "secret words", "coding": [{"system": "http://example.org/codes", "code": "a-1", "display": "secret name"}]},
    "valueCodeableConcept": {"coding": [{"system": "http://example.org/codes", "code": "Jane Testperson"}]},
    "note": [{"text": "secret words"}]}"##;

fn validate(folder: &Path, server: &str, more: &[&str]) -> (i32, String, String) {
    fs::write(folder.join("o.json"), OBSERVATION).expect("writable");
    run(
        folder,
        &[&["validate", "--format", "ndjson", "--tx", server, "o.json"], more].concat(),
    )
}

/// The finding that needs no server is there, and the question is told to be open.
fn is_complete(out: &str) {
    assert!(out.contains(r#""expression":"Observation.status""#), "{out}");
    assert!(out.contains(r#""what":"codes of http://example.org/codes""#), "{out}");
}

#[test]
fn whatever_a_server_does_nothing_of_the_check_is_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let head = |status: &str| format!("HTTP/1.1 {status}\r\nConnection: close\r\n\r\n");
    let answers: Vec<(Vec<u8>, &str)> = vec![
        (head("500 Internal Server Error").into(), "unavailable"),
        (head("503 Service Unavailable").into(), "busy"),
        ((head("200 OK") + "<html>Please log in</html>").into(), "fault"),
        ([head("200 OK").as_bytes(), &[0, 0xFF, 0x7B, 0]].concat(), "fault"),
        (b"this is not HTTP\r\n\r\n".to_vec(), "unavailable"),
        (Vec::new(), "unavailable"),
        (head("401 Unauthorized").into(), "sign-in"),
    ];
    for (answer, category) in answers {
        let server = Server::answering(answer);
        let (code, out, err) = validate(folder.path(), &server.base, &[]);
        assert_eq!(code, 1, "{category}: {err}");
        is_complete(&out);
        let told =
            format!("kap: the terminology server gave no answer ({category}); what it was to tell stays undecided\n");
        assert_eq!(err, told);
        assert!(!server.received().is_empty());
    }
    // Nobody listens there.
    let (code, out, err) = validate(folder.path(), "http://127.0.0.1:9/r4", &[]);
    assert_eq!(code, 1);
    is_complete(&out);
    assert!(err.contains("gave no answer (unavailable)"), "{err}");
}

#[test]
fn an_answer_decides_what_was_open() {
    let folder = tempfile::tempdir().expect("a folder");
    let entry =
        r#"{"resource": {"resourceType": "Parameters", "parameter": [{"name": "result", "valueBoolean": false}]}}"#;
    let server = Server::telling(&format!(
        r#"{{"resourceType": "Bundle", "type": "batch-response", "entry": [{entry}]}}"#
    ));
    let (code, out, err) = validate(folder.path(), &server.base, &[]);
    assert_eq!((code, err.as_str()), (1, ""));
    assert!(out.contains("binding-code-unknown"), "{out}");
}

#[test]
fn only_codes_leave() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::telling(r#"{"resourceType": "Bundle", "type": "batch-response", "entry": []}"#);
    validate(
        folder.path(),
        &server.base,
        &["--tx-only-codes", "--tx-log", "log.ndjson"],
    );
    let received = server.received().concat();
    assert!(received.contains("a-1"), "{received}");
    for secret in ["Testperson", "secret", "1990", "#p", "fnal"] {
        assert!(!received.contains(secret), "{received}");
    }
    let log = fs::read_to_string(folder.path().join("log.ndjson")).expect("the log is written");
    assert_eq!(
        log,
        "{\"valueSet\":null,\"system\":\"http://example.org/codes\",\"version\":null,\"code\":\"a-1\"}\n"
    );
}
