//! The journal's file, and what may be used at all.

use std::sync::Arc;

use kap_client::{Category, Client, Clock, Endpoint, Error, Journal, Owner, Timestamp};

use crate::course::Course;
use crate::world::World;

struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        Timestamp(0)
    }
}

fn open(path: &std::path::Path) -> Result<Journal, Error> {
    Journal::open(path, Owner::new("", 1, "a"), Arc::new(Still))
}

#[test]
fn a_foreign_or_newer_file_is_refused_and_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = folder.path().join("notes.txt");
    let words = "not a database, but long enough to be taken for the header of one: ".repeat(20);
    std::fs::write(&text, &words).expect("written");
    assert!(matches!(open(&text), Err(Error::JournalForeign { .. })));
    assert_eq!(std::fs::read_to_string(&text).expect("still there"), words);

    let other = folder.path().join("other.sqlite");
    let connection = rusqlite::Connection::open(&other).expect("opens");
    connection.execute_batch("CREATE TABLE t (a)").expect("runs");
    assert!(matches!(open(&other), Err(Error::JournalForeign { .. })));

    let newer = folder.path().join("newer.journal");
    drop(open(&newer).expect("a new journal"));
    let connection = rusqlite::Connection::open(&newer).expect("opens");
    connection.pragma_update(None, "user_version", 9).expect("runs");
    let error = open(&newer).expect_err("a newer format");
    assert!(
        matches!(error, Error::JournalNewer { found: 9, known: 2, .. }),
        "{error}"
    );
    assert_eq!(error.category(), Category::Incorrect);

    assert!(matches!(open(folder.path()), Err(Error::JournalFile { .. })));
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_file_and_its_companions() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new().await;
    let journal = world.journal("a");
    world.push(&journal, vec![Course::new(1).item()]).await;
    for companion in ["", "-wal", "-shm"] {
        let mut path = world.journal_path().into_os_string();
        path.push(companion);
        let mode = std::fs::metadata(path)
            .expect("there while the journal is open")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "push.journal{companion}");
    }
}

#[tokio::test]
async fn a_bundle_that_was_tampered_with_is_not_sent() {
    let mut world = World::new().await;
    let journal = world.journal("a");
    world.stop().await;
    world.push(&journal, vec![Course::new(1).item()]).await;
    let connection = rusqlite::Connection::open(world.journal_path()).expect("opens");
    connection
        .execute(
            "UPDATE push SET bundle = CAST(replace(CAST(bundle AS TEXT), '12', '13') AS BLOB)",
            [],
        )
        .expect("runs");
    world.start().await;
    let error = kap_client::push(&world.client(), &journal, Vec::new(), &crate::world::options(), &()).await;
    assert!(matches!(error, Err(Error::JournalDamaged { .. })));
    assert!(world.faults.sent().is_empty());
}

#[tokio::test]
async fn keys_and_states_stand_in_the_file_but_no_address() {
    let world = World::new().await;
    let journal = world.journal("a");
    world.push(&journal, vec![Course::new(1).item()]).await;
    let connection = rusqlite::Connection::open(world.journal_path()).expect("opens");
    let dump: String = connection
        .query_row(
            "SELECT group_concat(concat_ws(' ', key, resource_type, item.state, server_id, etag, push.label)) FROM item JOIN push ON push.id = push",
            [],
            |row| row.get(0),
        )
        .expect("runs");
    assert!(dump.contains("applied"));
    assert!(!dump.contains("127.0.0.1") && !dump.contains("HTEST") && !dump.contains("99999"));
}

#[test]
fn plain_http_is_for_this_machine() {
    struct Half;
    impl kap_client::Random for Half {
        fn fraction(&self) -> f64 {
            0.5
        }
    }
    let client = |base: &str, allow_insecure| {
        let mut endpoint = Endpoint::new("clinic", base.parse().expect("a URL"));
        endpoint.allow_insecure = allow_insecure;
        Client::new(endpoint, kap_client::Backoff::default(), Arc::new(Half))
    };
    for (base, allow_insecure, usable) in [
        ("http://127.0.0.1:8080/fhir", false, true),
        ("http://[::1]/fhir", false, true),
        ("http://localhost/fhir", false, true),
        ("https://ehr.example/fhir", false, true),
        ("http://ehr.example/fhir", true, true),
        ("http://ehr.example/fhir", false, false),
        ("http://127.0.0.1.ehr.example/fhir", false, false),
        ("ftp://ehr.example/fhir", true, false),
        ("https://someone@ehr.example/fhir", false, false),
        ("https://:secret@ehr.example/fhir", false, false),
        ("https://ehr.example/fhir?tenant=1", false, false),
    ] {
        assert_eq!(client(base, allow_insecure).is_ok(), usable, "{base}");
    }
}
