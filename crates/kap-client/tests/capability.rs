//! What a server can do: four sources, one answer each, and who gave it.

use std::path::PathBuf;
use std::sync::Arc;

use kap_client::capability::{
    Capabilities, Change, Fact, Learned, Origin, Override, Rung, Stated, Statement, Subject, Value, Vendor,
    differences, look,
};
use kap_client::{Journal, Owner, PushOptions, Timestamp};
use serde_json::{Value as Json, json};

use crate::course::Course;
use crate::world::{Ticking, World, options};

/// A statement that allows the given interactions on Observation, with the given flags beside them.
fn statement(interactions: &[&str], more: &Json) -> Statement {
    let mut resource = json!({
        "type": "Observation",
        "interaction": interactions.iter().map(|code| json!({"code": code})).collect::<Vec<_>>(),
        "searchParam": [{"name": "identifier"}, {"name": "patient"}],
    });
    for (name, value) in more.as_object().expect("flags are an object") {
        resource[name] = value.clone();
    }
    let text = json!({
        "resourceType": "CapabilityStatement", "fhirVersion": "4.0.1", "software": {"name": "Anything"},
        "rest": [{"mode": "server", "resource": [resource], "interaction": [{"code": "batch"}]}],
    });
    Statement::read(text.to_string().as_bytes()).expect("it is a statement")
}

fn learned(fact: Fact, value: Value) -> Learned {
    Learned {
        subject: Subject::Server,
        fact,
        value,
        reason: "it answered with HTTP 413".to_owned(),
        at: Timestamp(0),
    }
}

#[test]
fn the_later_source_decides_and_is_named() {
    let statement = statement(&["create"], &json!({}));
    let entries = |learned: &[Learned], overrides: &[Override]| {
        let known = Capabilities::new(&statement, Some(Vendor::Azure), learned, overrides);
        let limit = known.limit(Fact::MaxEntries).expect("the vendor has one");
        (limit.value, limit.origin)
    };
    let lesson = [learned(Fact::MaxEntries, Value::Number(250))];
    let line = [Override::of_name("server.max-entries", Value::Number(20)).expect("there is such a fact")];
    let (value, origin) = entries(&[], &[]);
    assert_eq!((value, origin.as_str()), (500, "quirk"));
    assert_eq!(
        entries(&lesson, &[]),
        (250, Origin::Learned("it answered with HTTP 413".to_owned()))
    );
    assert_eq!(entries(&lesson, &line), (20, Origin::Override));

    let known = Capabilities::new(&statement, None, &[], &[]);
    assert_eq!(known.server(Fact::Batch).origin, Origin::Statement);
    assert!(known.server(Fact::Batch).value);
    assert_eq!(known.limit(Fact::MaxEntries), None);
    assert_eq!(known.of_type("Goal", Fact::Create).origin, Origin::Unknown);
}

#[test]
fn every_line_of_every_vendor_decides_and_says_where_it_is_from() {
    let statement = statement(&["create"], &json!({}));
    for vendor in Vendor::ALL {
        assert_eq!(Vendor::of_name(vendor.as_str()), Some(*vendor));
        let known = Capabilities::new(&statement, Some(*vendor), &[], &[]);
        let quirks = known
            .facts()
            .filter(|(.., decision)| matches!(decision.origin, Origin::Quirk(_)));
        for (subject, fact, decision) in quirks {
            let Origin::Quirk(source) = decision.origin else {
                unreachable!("only quirks are left")
            };
            assert!(source.len() > 20, "{vendor:?} {subject}.{fact}: where from?");
            assert_eq!(fact.is_number(), matches!(decision.value, Value::Number(_)));
        }
        assert_eq!(known.vendor(), Some(*vendor));
    }
}

#[test]
fn the_ladder_is_climbed_as_far_as_it_reaches() {
    let rung = |interactions: &[&str], more: Json, overrides: &[(&str, bool)]| {
        let lines: Vec<Override> = overrides
            .iter()
            .map(|(name, flag)| Override::of_name(name, Value::Flag(*flag)).expect("there is such a fact"))
            .collect();
        Capabilities::new(&statement(interactions, &more), None, &[], &lines)
            .rung("Observation")
            .map(|decision| decision.value)
    };
    let all = &["create", "update", "read", "search-type"];
    let every = json!({"updateCreate": true, "conditionalCreate": true, "conditionalUpdate": true});
    assert_eq!(rung(all, every, &[]), Some(Rung::OwnId));
    let conditional = json!({"conditionalCreate": true});
    assert_eq!(rung(all, conditional.clone(), &[]), Some(Rung::ConditionalCreate));
    assert_eq!(
        rung(all, json!({"conditionalUpdate": true}), &[]),
        Some(Rung::ConditionalUpdate)
    );
    let kept = [("Observation.keeps-identifier", true)];
    assert_eq!(rung(all, json!({}), &kept), Some(Rung::SearchFirst));
    assert_eq!(rung(all, json!({}), &[]), Some(Rung::NaturalKey));
    assert_eq!(rung(&["create"], json!({}), &[]), Some(Rung::OnceThenPerson));
    assert_eq!(
        rung(&["read", "search-type"], conditional, &[]),
        None,
        "what cannot be created has no rung"
    );
}

#[test]
fn a_line_of_the_configuration_that_cannot_be_used_says_why() {
    for (name, value, words) in [
        ("max-entries", Value::Number(1), "server.FACT"),
        (
            "observation.create",
            Value::Flag(true),
            "neither `server` nor a resource type",
        ),
        ("Observation.creates", Value::Flag(true), "no such fact"),
        ("Observation.max-entries", Value::Number(1), "other kind"),
        ("server.create", Value::Flag(true), "other kind"),
        ("server.max-entries", Value::Flag(true), "is a number"),
        ("server.batch", Value::Number(1), "true or false"),
    ] {
        let fault = Override::of_name(name, value).expect_err(name).to_string();
        assert!(fault.contains(words) && fault.contains(name), "{fault}");
    }
}

#[test]
fn what_is_no_statement_is_refused() {
    for (text, words) in [
        ("{", "not JSON"),
        (r#"{"resourceType":"Bundle"}"#, "no CapabilityStatement"),
        (
            r#"{"resourceType":"CapabilityStatement","fhirVersion":"5.0.0"}"#,
            "not of FHIR R4",
        ),
        (
            r#"{"resourceType":"CapabilityStatement","fhirVersion":"4.0.1","rest":[{"mode":"client"}]}"#,
            "mode `server`",
        ),
    ] {
        let fault = Statement::read(text.as_bytes()).expect_err(text).to_string();
        assert!(fault.contains(words), "{fault}");
    }
}

#[test]
fn a_change_names_what_was_and_what_is() {
    let (before, now) = (
        statement(&["create", "update"], &json!({})),
        statement(&["create"], &json!({"conditionalCreate": true})),
    );
    let change = |fact, before, now| Change {
        subject: Subject::Type("Observation".to_owned()),
        fact,
        before: Some(Value::Flag(before)),
        now: Some(Value::Flag(now)),
    };
    assert_eq!(
        differences(&before, &now),
        [
            change(Fact::Update, true, false),
            change(Fact::ConditionalCreate, false, true)
        ]
    );
    assert!(differences(&now, &now).is_empty());
}

#[tokio::test]
async fn a_look_is_remembered_for_the_next_one() {
    let world = World::new().await;
    let journal = world.journal("1");
    let client = world.client();
    let first = look(&client, &journal, &Stated::default())
        .await
        .expect("the sandbox answers");
    assert_eq!(first.changes, None, "there was no look before");
    assert_eq!(first.statement.name(), Some("kap-sandbox"));
    let rung = first.capabilities.rung("Observation").expect("it can be created");
    assert_eq!((rung.value, rung.origin), (Rung::OwnId, Origin::Statement));
    let second = look(&client, &journal, &Stated::default())
        .await
        .expect("the sandbox answers");
    assert_eq!(second.changes, Some(Vec::new()), "nothing has changed");
}

#[tokio::test]
async fn what_a_server_refused_is_not_tried_in_the_next_run() {
    let world = World::new().await;
    let journal = world.journal("1");
    *world.faults.no_post_search.lock().expect("not poisoned") = true;
    let refused = |world: &World| {
        let addresses = world.faults.addresses.lock().expect("not poisoned");
        addresses.iter().filter(|address| address.ends_with("/_search")).count()
    };
    // A patient that must exist is looked for.
    let matching = PushOptions {
        create_patients: false,
        ..options()
    };
    world.push_with(&journal, vec![Course::new(1).item()], &matching).await;
    let tries = refused(&world);
    assert!(tries > 0, "it is tried once");
    let known = look(&world.client(), &journal, &Stated::default())
        .await
        .expect("the sandbox answers")
        .capabilities;
    let lesson = known.server(Fact::SearchByPost);
    assert_eq!(
        lesson.origin,
        Origin::Learned("it answered POST _search with HTTP 405".to_owned())
    );
    assert!(!lesson.value);
    world.push_with(&journal, vec![Course::new(2).item()], &matching).await;
    assert_eq!(refused(&world), tries, "and never again");
}

/// The journal of an earlier version, as that version made it.
const VERSION_1: &str = "
PRAGMA application_id = 1801547777; PRAGMA user_version = 1;
CREATE TABLE endpoint (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO endpoint (name) VALUES ('clinic');
";

#[test]
fn a_journal_of_version_1_is_brought_up_to_date() {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let path = folder.path().join("journal.db");
    let connection = rusqlite::Connection::open(&path).expect("a new database opens");
    connection.execute_batch(VERSION_1).expect("the tables are made");
    drop(connection);
    let open = || Journal::open(&path, Owner::this_process("1"), Arc::new(Ticking::default()));
    open().expect("it is brought up to date");
    open().expect("and opens again");
    let connection = rusqlite::Connection::open(&path).expect("it is a database");
    let kept: (String, Option<Vec<u8>>) = connection
        .query_row("SELECT name, statement FROM endpoint", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .expect("what was there is there still");
    assert_eq!(kept, ("clinic".to_owned(), None));
    let version: i64 = connection
        .query_row("SELECT user_version FROM pragma_user_version", [], |row| row.get(0))
        .expect("it has a version");
    assert_eq!(version, 2);
}

/// The statements that three vendors publish, from outside of the project.
#[expect(clippy::print_stderr, reason = "a test that does not run must say so")]
fn published(name: &str) -> Option<Statement> {
    let Some(folder) = std::env::var_os("KAP_CONFORMANCE_DIR") else {
        eprintln!("SKIPPED: KAP_CONFORMANCE_DIR is not set");
        return None;
    };
    let path = PathBuf::from(folder).join("capability").join(name);
    let text = std::fs::read(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    Some(Statement::read(&text).expect("a published statement is usable"))
}

#[test]
fn epics_statement_allows_single_creates_found_among_the_patients_own() {
    let Some(statement) = published("epic-r4-2026-07.json") else {
        return;
    };
    let known = Capabilities::new(&statement, None, &[], &[]);
    assert_eq!(known.vendor(), Some(Vendor::Epic));
    assert!(!known.server(Fact::Transaction).value && !known.server(Fact::Batch).value);
    let rung = |name| known.rung(name).map(|decision| decision.value);
    assert_eq!(rung("Observation"), Some(Rung::NaturalKey));
    assert_eq!(rung("DocumentReference"), Some(Rung::NaturalKey));
    assert_eq!(rung("MedicationAdministration"), None);
    assert_eq!(rung("Encounter"), None);
    assert_eq!(rung("Task"), None, "a Task can be updated there, not created");
}

#[test]
fn oracle_healths_statement_is_bent_by_its_quirks() {
    let Some(statement) = published("oracle-health-r4-secure.json") else {
        return;
    };
    let known = Capabilities::new(&statement, None, &[], &[]);
    assert_eq!(known.vendor(), Some(Vendor::OracleHealth));
    let batch = known.server(Fact::Batch);
    assert!(
        !batch.value && matches!(batch.origin, Origin::Quirk(_)),
        "single requests unless asked"
    );
    let asked = [Override::of_name("server.batch", Value::Flag(true)).expect("there is such a fact")];
    assert!(
        Capabilities::new(&statement, None, &[], &asked)
            .server(Fact::Batch)
            .value
    );
    let if_match = known.of_type("Observation", Fact::IfMatch);
    assert!(if_match.value && matches!(if_match.origin, Origin::Quirk(_)));
    for name in [
        "Observation",
        "DocumentReference",
        "Condition",
        "Procedure",
        "QuestionnaireResponse",
    ] {
        assert!(
            !known.of_type(name, Fact::SearchIdentifier).value,
            "{name} cannot be found by identifier"
        );
    }
    assert_eq!(
        known.rung("QuestionnaireResponse"),
        None,
        "it can be updated there, not created"
    );
}

#[test]
fn athenahealths_statement_allows_questionnaire_responses_alone() {
    let Some(statement) = published("athenahealth-r4-2022-06.json") else {
        return;
    };
    let known = Capabilities::new(&statement, None, &[], &[]);
    assert_eq!(known.vendor(), Some(Vendor::Athenahealth));
    let writable: Vec<&str> = known.types().filter(|name| known.rung(name).is_some()).collect();
    assert_eq!(writable, ["QuestionnaireResponse"]);
}
