//! Pushing to servers with the habits of real vendors: everything is verified, or what is not is explained; nothing is doubled.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::kap::{record, run};
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
    let arguments = [
        "push",
        "bundles",
        "--base",
        base,
        "--journal",
        "journal.db",
        "--create-patients",
    ];
    let (code, stdout, stderr) = run(folder, &arguments);
    (code, format!("{stdout}{stderr}"))
}

fn verify(folder: &Path, base: &str) -> (i32, String) {
    let (code, stdout, stderr) = run(folder, &["verify", "--base", base, "--journal", "journal.db"]);
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

#[test]
fn servers_that_take_a_part_are_told_of_and_explained() {
    for vendor in PART {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        let entries = map(folder);
        let server = Server::start_with(folder, &["--like", vendor]);
        let (code, printed) = push(folder, &server.base);
        assert_eq!(code, 1, "{vendor}: {printed}");
        assert!(printed.contains("error[push-unsupported]"), "{vendor}: {printed}");
        let findings = printed
            .lines()
            .filter(|line| line.contains("error[") || line.contains("warning["));
        for finding in findings {
            let words = finding.split_once("]: ").map_or("", |(_, words)| words);
            assert!(!words.is_empty(), "{vendor} leaves it unexplained: {finding}");
        }
        let (_, printed) = verify(folder, &server.base);
        assert!(printed.contains(" 0 missing, 0 unread"), "{vendor}: {printed}");
        push(folder, &server.base);
        nothing_is_asked_in_vain(&server, vendor);
        nothing_is_doubled(&server, &entries);
    }
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
