//! What is in the file survives, and only what was answered or whole is in it.

use std::fs;
use std::sync::Arc;

use kap_sandbox::{Error, Sandbox};
use serde_json::json;

use crate::service::{Counting, Service, creating, patient, post};

#[tokio::test]
async fn another_process_finds_everything_in_the_one_file() {
    let service = Service::new();
    service.post("/fhir", &creating([patient("1"), patient("2")])).await;
    service.get("/fhir/Patient").await;
    let Service { sandbox, folder } = service;
    drop(sandbox);
    assert_eq!(
        fs::read_dir(folder.path()).expect("the folder").count(),
        1,
        "the log is folded in"
    );
    let sandbox =
        Sandbox::open_in(&folder.path().join("ehr.sqlite"), Arc::new(Counting::default())).expect("the database");
    let service = Service { sandbox, folder };
    assert_eq!(service.sandbox.counts().expect("counts")["Patient"], 2);
    let found = service.get("/fhir/Patient?identifier=urn:mrn|2").await;
    assert_eq!(found["entry"][0]["resource"]["id"], "id-2");
}

/// The files as they lie there at any moment are what a killed process leaves behind.
#[tokio::test]
async fn a_killed_process_leaves_what_it_answered() {
    let service = Service::new();
    let copies = tempfile::tempdir().expect("a folder");
    for number in 1..=20_u64 {
        service
            .post(
                "/fhir",
                &creating([patient(&number.to_string()), json!({ "resourceType": "Observation" })]),
            )
            .await;
        let copy = copies.path().join(number.to_string());
        fs::create_dir(&copy).expect("a folder");
        for file in fs::read_dir(service.folder.path()).expect("the folder") {
            let file = file.expect("a file");
            fs::copy(file.path(), copy.join(file.file_name())).expect("a copy");
        }
        let counts = Sandbox::open(&copy.join("ehr.sqlite"))
            .expect("the copy opens")
            .counts()
            .expect("counts");
        assert_eq!(
            counts,
            [("Observation".into(), number), ("Patient".into(), number)].into()
        );
    }
}

#[tokio::test]
async fn a_failed_transaction_leaves_the_file_as_it_was() {
    let service = Service::new();
    service.post("/fhir/Patient", &patient("1")).await;
    let before = service.get("/fhir/_history").await;
    let mut bundle = creating((0..50).map(|number| patient(&number.to_string())));
    bundle["entry"][49]["request"]["ifNoneExist"] = json!("shoe-size=43");
    let answer = service.post("/fhir", &bundle).await;
    assert_eq!(answer.status, 400, "{}", answer.body);
    assert_eq!(service.get("/fhir/_history").await, before);
    assert_eq!(service.sandbox.versions().expect("versions"), 1);
}

#[tokio::test]
async fn a_request_that_its_client_gave_up_is_done_whole_or_not_at_all() {
    let service = Arc::new(Service::new());
    for _ in 0..20 {
        let service = Arc::clone(&service);
        let bundle = creating((0..50).map(|number| patient(&number.to_string())));
        let sending = tokio::spawn(async move { service.send(post("/fhir", &bundle)).await });
        tokio::task::yield_now().await;
        sending.abort();
        let _ = sending.await;
    }
    // The next writer waits for whatever is still going on.
    service
        .post("/fhir/Observation", &json!({ "resourceType": "Observation" }))
        .await;
    let patients = service
        .sandbox
        .counts()
        .expect("counts")
        .get("Patient")
        .copied()
        .unwrap_or_default();
    assert_eq!(patients % 50, 0);
}

#[test]
fn the_file_belongs_to_its_owner() {
    let service = Service::new();
    let metadata = fs::metadata(service.database()).expect("the database");
    assert!(metadata.is_file());
    #[cfg(unix)]
    assert_eq!(
        std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o777,
        0o600
    );
}

#[test]
fn other_files_are_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = folder.path().join("notes.txt");
    fs::write(
        &text,
        "Not a database, but long enough to be taken for the header of one. ".repeat(20),
    )
    .expect("a file");
    let before = fs::read(&text).expect("a file");
    assert!(matches!(Sandbox::open(&text), Err(Error::Open { .. })));
    assert_eq!(fs::read(&text).expect("a file"), before);
    let foreign = folder.path().join("foreign.sqlite");
    let connection = rusqlite::Connection::open(&foreign).expect("a database");
    connection.execute_batch("CREATE TABLE mine (x)").expect("a table");
    drop(connection);
    assert!(matches!(Sandbox::open(&foreign), Err(Error::Foreign { .. })));
    assert!(matches!(
        Sandbox::open(&folder.path().join("no/such/folder.sqlite")),
        Err(Error::Create { .. })
    ));
    assert!(matches!(Sandbox::open(folder.path()), Err(Error::Create { .. })));
}
