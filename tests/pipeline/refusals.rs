//! Bad input and bad circumstances: one clear message and the documented exit code.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::kap::run;
use crate::server::Server;

/// Runs and expects the code and the words, each on standard output or standard error.
#[track_caller]
fn expect(folder: &Path, arguments: &[&str], code: i32, words: &[&str]) {
    let (found, stdout, stderr) = run(folder, arguments);
    let printed = format!("{stdout}{stderr}");
    assert_eq!(found, code, "{arguments:?}: {printed}");
    for word in words {
        assert!(printed.contains(word), "{arguments:?} does not say `{word}`: {printed}");
    }
}

#[test]
fn files_that_are_no_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::create_dir(folder.join("empty-folder")).expect("a folder");
    fs::write(folder.join("empty.json"), "").expect("a file");
    fs::write(
        folder.join("truncated.json"),
        r#"{"resourceType": "Patient", "name": [{"family": "Do"#,
    )
    .expect("a file");
    fs::write(folder.join("binary.json"), [0xFF, 0xFE, 0x00]).expect("a file");
    for command in ["validate", "map"] {
        expect(folder, &[command, "empty.json"], 1, &["json-empty", "empty.json"]);
        expect(
            folder,
            &[command, "truncated.json"],
            1,
            &["json-truncated", "truncated.json:1:"],
        );
        expect(folder, &[command, "binary.json"], 1, &["json-encoding"]);
        expect(
            folder,
            &[command, "empty-folder"],
            2,
            &["empty-folder", "holds no .json"],
        );
        expect(
            folder,
            &[command, "missing.json"],
            2,
            &["missing.json", "no file or folder"],
        );
        expect(folder, &[command, "--no-such-flag"], 2, &["--no-such-flag"]);
    }
}

#[test]
fn a_huge_file_of_brackets_is_refused_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("brackets.json"), vec![b'['; 200 << 20]).expect("a file");
    for command in ["validate", "map"] {
        let begin = Instant::now();
        expect(folder, &[command, "brackets.json"], 1, &["json-depth"]);
        // Generous: it only tells a refusal from a parse that eats memory for minutes.
        assert!(
            begin.elapsed() < Duration::from_secs(60),
            "{command} took {:?}",
            begin.elapsed()
        );
    }
}

#[test]
fn a_server_that_is_down() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let records = crate::kap::record("six-iv-infusions.json");
    expect(folder, &["map", &records, "--out", "bundles"], 0, &[]);
    // What the server can do is known from an earlier look.
    let server = Server::start(folder);
    let base = server.base.clone();
    let look = ["capabilities", "--base", &base, "--journal", "j.db"];
    expect(folder, &look, 0, &[]);
    drop(server);
    let push = [
        "push",
        "bundles",
        "--base",
        &base,
        "--journal",
        "j.db",
        "--create-patients",
        "--tries",
        "1",
    ];
    expect(folder, &push, 3, &["safe to run again"]);
    expect(folder, &["status", "--journal", "j.db"], 3, &["unfinished"]);
}

#[test]
fn a_server_that_was_never_reached() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    // Port 9 of the loopback address is the discard service: nothing listens there.
    let push = [
        "push",
        "--base",
        "http://127.0.0.1:9/fhir",
        "--journal",
        "j.db",
        "--tries",
        "1",
    ];
    expect(folder, &push, 3, &["does not answer", "run this again"]);
}

#[test]
fn plain_http_leaves_this_machine_only_when_allowed() {
    let folder = tempfile::tempdir().expect("a folder");
    let records = crate::kap::record("six-iv-infusions.json");
    expect(folder.path(), &["map", &records, "--out", "bundles"], 0, &[]);
    let push = [
        "push",
        "bundles",
        "--base",
        "http://ehr.example.org/fhir",
        "--journal",
        "j.db",
    ];
    expect(folder.path(), &push, 2, &["--allow-insecure"]);
}

#[test]
fn an_ndjson_file_without_a_line_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("none.ndjson"), "\n\r\n").expect("a file");
    for command in ["validate", "map"] {
        expect(folder, &[command, "none.ndjson"], 1, &["json-empty", "none.ndjson"]);
    }
}

#[test]
fn two_records_of_one_name_do_not_overwrite_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let record = crate::kap::record("six-iv-infusions.json");
    fs::create_dir(folder.join("monday")).expect("a folder");
    fs::copy(&record, folder.join("monday/six-iv-infusions.json")).expect("a copy");
    let map = ["map", &record, "monday", "--out", "bundles"];
    expect(folder, &map, 2, &["six-iv-infusions.bundle.json", "another folder"]);
}

#[test]
fn a_journal_that_is_not_there_or_is_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("text.db"), "no journal").expect("a file");
    let base = ["--base", "http://127.0.0.1:9/fhir"];
    for command in [vec!["status"], [&["verify"][..], &base].concat()] {
        let with = |journal| [&command[..], &["--journal", journal]].concat();
        expect(folder, &with("none.db"), 2, &["no journal `none.db`"]);
        assert!(!folder.join("none.db").exists(), "{command:?} made a journal");
        expect(folder, &with("text.db"), 2, &["`text.db` is not a journal"]);
    }
}

#[test]
fn programs_get_json_from_push_and_verify() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let server = crate::server::Server::start(folder);
    let record = crate::kap::record("remote-integration-only.json");
    expect(folder, &["map", &record, "--out", "bundles"], 0, &[]);
    let push = ["push", "bundles", "--base", &server.base, "--journal", "j.db"];
    let (code, stdout, _) = run(folder, &[&push[..], &["--format", "ndjson"]].concat());
    assert_eq!(
        code, 1,
        "the server does not know the patient, and nobody allowed to create one"
    );
    assert!(stdout.contains("patient-not-found"), "{stdout}");
    let (code, stdout, stderr) = run(
        folder,
        &[&push[..], &["--create-patients", "--format", "json"]].concat(),
    );
    assert_eq!(code, 0, "{stderr}");
    let pushed: serde_json::Value = serde_json::from_str(&stdout).expect("one JSON document");
    let resources = pushed["bundles"][0]["resources"].as_array().expect("resources").len();
    let verify = [
        "verify",
        "--base",
        &server.base,
        "--journal",
        "j.db",
        "--format",
        "ndjson",
    ];
    let (code, stdout, stderr) = run(folder, &verify);
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(stdout.lines().count(), resources);
    assert!(
        stdout.lines().all(|line| line.contains(r#""outcome":"verified""#)),
        "{stdout}"
    );
}
