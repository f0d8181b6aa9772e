//! Pushing to servers with the habits of real vendors: everything is verified, or what is not is explained; nothing is doubled.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::kap::{push_arguments, record, run, verify_arguments};
use crate::server::Server;

/// Vendors that take a record as it is.
const WHOLE: &[&str] = &["aidbox", "azure", "google", "hapi", "healthlake", "medplum", "plain"];

/// EHRs that take a part of it.
const PART: &[&str] = &["athenahealth", "epic", "oracle-health"];

fn map(folder: &Path) -> Vec<Value> {
    let (code, _, printed) = run(
        folder,
        &[
            "map",
            &record("deferred-at-contraindication-screen.json"),
            "--out",
            "bundles",
        ],
    );
    assert_eq!(code, 0, "{printed}");
    let bundle = fs::read(folder.join("bundles/deferred-at-contraindication-screen.bundle.json")).expect("a bundle");
    let bundle: Value = serde_json::from_slice(&bundle).expect("JSON");
    bundle["entry"].as_array().expect("entries").clone()
}

/// Exit code and everything printed.
fn push(folder: &Path, base: &str) -> (i32, String) {
    let (code, stdout, stderr) = run(folder, &push_arguments(base));
    (code, format!("{stdout}{stderr}"))
}

fn verify(folder: &Path, base: &str) -> (i32, String) {
    let (code, stdout, stderr) = run(folder, &verify_arguments(base));
    (code, format!("{stdout}{stderr}"))
}

#[track_caller]
fn nothing_is_doubled(server: &Server, entries: &[Value]) {
    let mut types: Vec<String> = entries
        .iter()
        .filter_map(|entry| entry["resource"]["resourceType"].as_str().map(str::to_owned))
        .collect();
    types.sort();
    types.dedup();
    for (identity, copies) in server.copies(&types) {
        // What a server keeps no identifier of cannot be told apart here.
        let is_known = identity
            .split_once(' ')
            .is_some_and(|(_, identifiers)| !identifiers.is_empty());
        assert!(copies == 1 || !is_known, "{identity} is stored {copies} times");
    }
}

/// Only what the statement cannot say is tried: whether a search by POST is possible.
#[track_caller]
fn nothing_is_asked_in_vain(server: &Server, vendor: &str) {
    let told = server.told();
    let asked = told["notOffered"].as_object().expect("an object").keys();
    let asked: Vec<_> = asked.filter(|what| !what.ends_with("a search by POST")).collect();
    assert!(asked.is_empty(), "{vendor}: {asked:?}");
}

#[test]
fn servers_that_take_everything_have_everything() {
    for vendor in WHOLE {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        let entries = map(folder);
        let server = Server::start_with(folder, &["--like", vendor]);
        let (code, printed) = push(folder, &server.base);
        assert_eq!(code, 0, "{vendor}: {printed}");
        let (code, printed) = verify(folder, &server.base);
        assert_eq!(code, 0, "{vendor}: {printed}");
        let all = format!("{0} of {0} resources verified", entries.len());
        assert!(printed.contains(&all), "{vendor}: {printed}");
        let (code, printed) = push(folder, &server.base);
        assert_eq!(code, 0, "{vendor}: {printed}");
        assert!(
            printed.contains(" 0 writes"),
            "{vendor} was written to again: {printed}"
        );
        nothing_is_doubled(&server, &entries);
    }
}

/// Labels that the clinic lets an EHR drop which keeps none.
const MAY_DROP: &str = r#"may-drop-labels = ["R", "MH", "SUD", "ETHUD", "SEX", "VIO", "SDV", "PREGNANT", "PRS", "42CFRPart2", "NORDSCLCD"]"#;

/// A folder in which kap.toml names the server.
fn configure(folder: &Path, base: &str, more: &str) {
    let text = format!(
        "[clinic]\nnamespace = \"7f3c1a52-60f4-4b8e-9d5c-0c7e5a9b1d42\"\n[endpoint.ehr]\nbase = \"{base}\"\n{more}\n"
    );
    fs::write(folder.join("kap.toml"), text).expect("a file");
}

/// The patient stands in the EHR already.
fn register(folder: &Path, entries: &[Value]) {
    let server = Server::start(folder);
    let patient = entries
        .iter()
        .find(|entry| entry["resource"]["resourceType"] == "Patient");
    let bundle = json!({"resourceType": "Bundle", "type": "transaction", "entry": [patient.expect("a patient")]});
    fs::create_dir(folder.join("registration")).expect("a folder");
    fs::write(folder.join("registration/patient.json"), bundle.to_string()).expect("a file");
    let arguments = [
        "push",
        "registration",
        "--base",
        &server.base,
        "--journal",
        "registration.db",
        "--create-patients",
    ];
    let (code, stdout, stderr) = run(folder, &arguments);
    assert_eq!(code, 0, "{stdout}{stderr}");
}

/// What `kap push` says, as JSON.
fn push_as_json(folder: &Path, more: &[&str]) -> (i32, Value) {
    let arguments = [
        &["push", "bundles", "--journal", "journal.db", "--format", "json"],
        more,
    ]
    .concat();
    let (code, stdout, stderr) = run(folder, &arguments);
    (
        code,
        serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{stdout}{stderr}")),
    )
}

#[test]
fn servers_that_take_a_part_are_told_the_rest_in_forms_that_they_take() {
    for vendor in PART {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        let entries = map(folder);
        register(folder, &entries);
        let server = Server::start_with(folder, &["--like", vendor]);
        configure(folder, &server.base, MAY_DROP);
        let plan = [
            "plan",
            "bundles",
            "--journal",
            "journal.db",
            "--online",
            "--format",
            "json",
        ];
        let (code, plan, stderr) = run(folder, &plan);
        assert_eq!(code, 1, "{vendor}: {plan}{stderr}");
        let plan: Value = serde_json::from_str(&plan).expect("JSON");
        let planned = plan["bundles"][0]["requests"].as_array().expect("a list").len();
        let (code, report) = push_as_json(folder, &["--export", "stays"]);
        assert_eq!((code, &report["writes"]), (0, &json!(planned)), "{vendor}: {report}");
        let folds = report["bundles"][0]["folds"].as_array().expect("a list");
        let mut accounted: Vec<&str> = folds.iter().filter_map(|fold| fold["key"].as_str()).collect();
        for fold in folds {
            assert!(
                fold["why"].is_string() && fold["origin"].is_string(),
                "{vendor}: {fold}"
            );
            // A dose is itself, or a note.
            let form = fold["form"].as_str();
            assert!(fold["resourceType"] != "MedicationAdministration" || matches!(form, Some("note") | None));
        }
        let resources = report["bundles"][0]["resources"].as_array().expect("a list");
        accounted.extend(resources.iter().filter_map(|resource| resource["key"].as_str()));
        for entry in &entries {
            let key = entry["fullUrl"]
                .as_str()
                .and_then(|url| url.strip_prefix("urn:uuid:"))
                .expect("a key");
            assert!(
                accounted.contains(&key),
                "{vendor}: {} is dropped",
                entry["resource"]["resourceType"]
            );
        }
        let stays = folds.iter().filter(|fold| fold["form"].is_null()).count();
        let exported =
            fs::read(folder.join("stays/deferred-at-contraindication-screen.stays.json")).unwrap_or_default();
        let exported: Value = serde_json::from_slice(&exported).unwrap_or_default();
        assert_eq!(exported["entry"].as_array().map_or(0, Vec::len), stays, "{vendor}");
        let (code, stdout, _) = run(folder, &["verify", "--journal", "journal.db"]);
        assert_eq!(code, 0, "{vendor}: {stdout}");
        let (code, again) = push_as_json(folder, &["--export", "stays"]);
        assert_eq!((code, &again["writes"]), (0, &json!(0)), "{vendor}: {again}");
        nothing_is_asked_in_vain(&server, vendor);
        nothing_is_doubled(&server, &entries);
    }
}

#[test]
fn what_stays_is_a_finding_unless_it_is_exported() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let entries = map(folder);
    register(folder, &entries);
    let server = Server::start_with(folder, &["--like", "athenahealth"]);
    let (code, printed) = push(folder, &server.base);
    assert_eq!(code, 1, "{printed}");
    assert!(printed.contains("warning[form-none]"), "{printed}");
    assert!(
        printed.contains("stays here: it cannot be created (statement)"),
        "{printed}"
    );
}

#[test]
fn what_stays_of_one_bundle_is_not_written_over_that_of_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let entries = map(folder);
    register(folder, &entries);
    let name = "deferred-at-contraindication-screen.bundle.json";
    fs::create_dir(folder.join("more")).expect("a folder");
    fs::copy(folder.join("bundles").join(name), folder.join("more").join(name)).expect("a copy");
    let server = Server::start_with(folder, &["--like", "athenahealth"]);
    let arguments = [&push_arguments(&server.base)[..], &["more", "--export", "stays"]].concat();
    let (code, _, stderr) = run(folder, &arguments);
    assert_eq!(code, 2, "{stderr}");
    assert!(
        stderr.contains("what stays of two bundles would be written to"),
        "{stderr}"
    );
    assert!(server.all("QuestionnaireResponse").is_empty());
}

#[test]
fn a_dry_run_is_a_plan_in_the_form_that_was_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    map(folder);
    let server = Server::start(folder);
    let arguments = [&push_arguments(&server.base)[..], &["--dry-run", "--format", "json"]].concat();
    let (code, stdout, stderr) = run(folder, &arguments);
    assert_eq!(code, 1, "{stdout}{stderr}");
    let plan: Value = serde_json::from_str(&stdout).expect("JSON");
    assert_eq!(
        plan["bundles"][0]["requests"].as_array().map(Vec::len),
        Some(1),
        "{plan}"
    );
    assert!(server.all("Patient").is_empty(), "a dry run sends nothing");
}

#[test]
fn a_server_that_drops_labels_gets_no_more_of_what_must_keep_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let entries = map(folder);
    register(folder, &entries);
    let server = Server::start_with(folder, &["--like", "epic"]);
    configure(folder, &server.base, "");
    let (code, _) = push_as_json(folder, &[]);
    assert_eq!(code, 0);
    let verify = || run(folder, &["verify", "--journal", "journal.db"]);
    let (code, printed, _) = verify();
    assert_eq!(code, 1, "{printed}");
    assert!(printed.contains("error[verify-unlabelled]"), "{printed}");
    // From now on nothing that must keep its labels is sent.
    let (code, report) = push_as_json(folder, &[]);
    assert_eq!((code, &report["writes"]), (1, &json!(0)), "{report}");
    let folds = report["bundles"][0]["folds"].as_array().expect("a list");
    assert!(
        folds
            .iter()
            .any(|fold| fold["why"].as_str().is_some_and(|why| why.contains("security labels")))
    );
    assert!(
        folds
            .iter()
            .all(|fold| fold["origin"] == "learned" || fold["form"].is_null()),
        "{folds:?}"
    );
    configure(folder, &server.base, MAY_DROP);
    let (code, report) = push_as_json(folder, &[]);
    assert_eq!((code, &report["writes"]), (0, &json!(0)), "{report}");
    let (code, printed, _) = verify();
    assert_eq!(code, 0, "{printed}");
}

#[test]
fn statements_are_valid() {
    for vendor in WHOLE.iter().chain(PART) {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        let server = Server::start_with(folder, &["--like", vendor]);
        let statement = server.get("/fhir/metadata");
        fs::write(folder.join("statement.json"), statement.to_string()).expect("a file");
        let (code, stdout, stderr) = run(folder, &["validate", "statement.json"]);
        assert_eq!(code, 0, "{vendor}: {stdout}{stderr}");
    }
}

/// The client takes this server for a Helios, of which it is known that it can be searched by POST; this one cannot.
const PLANTED: &str = r#"
name = "A server that is not what the client thinks"

[statement]
software = "Helios FHIR Server"
source = "planted"

[types]
source = "planted"
every = { interactions = ["create", "read", "update", "search-type"] }

[[habit]]
system = ["transaction", "batch"]
search-by-post = false
source = "planted"
"#;

#[test]
fn a_server_that_is_otherwise_than_is_known_of_its_vendor() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    map(folder);
    fs::write(folder.join("planted.toml"), PLANTED).expect("a file");
    let server = Server::start_with(folder, &["--habits", "planted.toml"]);
    let capabilities = || {
        let arguments = ["capabilities", "--base", &server.base, "--journal", "journal.db"];
        let (code, stdout, stderr) = run(folder, &arguments);
        assert_eq!(code, 0, "{stderr}");
        stdout
    };
    let known = "search-by-post               yes quirk";
    assert!(capabilities().contains(known), "{}", capabilities());
    let (code, printed) = push(folder, &server.base);
    assert_eq!(code, 0, "{printed}");
    let (code, printed) = verify(folder, &server.base);
    assert_eq!(code, 0, "{printed}");
    let learned = "search-by-post               no learned: it answered POST _search with HTTP 405";
    assert!(capabilities().contains(learned), "{}", capabilities());
}
