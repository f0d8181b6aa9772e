//! Folders and pipes between the commands.

use std::io::Write as _;
use std::process::{Output, Stdio};

use crate::kap::{kap, records, run};
use crate::server::Server;

/// Runs `kap` with `input` on its standard input; answers exit code and standard output.
fn feed(folder: &std::path::Path, arguments: &[&str], input: &[u8]) -> (i32, String) {
    let mut process = kap(folder)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("kap starts");
    let mut stdin = process.stdin.take().expect("its standard input is ours");
    stdin.write_all(input).expect("kap reads");
    drop(stdin);
    let Output { status, stdout, .. } = process.wait_with_output().expect("kap ends");
    let stdout = String::from_utf8(stdout).expect("kap prints UTF-8");
    (status.code().expect("kap was not killed"), stdout)
}

#[test]
fn what_map_prints_is_validated_line_by_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let records = records();
    let map: Vec<&str> = ["map"].into_iter().chain(records.iter().map(String::as_str)).collect();
    let (code, bundles, stderr) = run(folder.path(), &map);
    assert_eq!(code, 0, "{stderr}");
    let (code, lines) = feed(
        folder.path(),
        &["validate", "--format", "ndjson", "-"],
        bundles.as_bytes(),
    );
    assert_eq!((code, lines.lines().count()), (0, records.len()), "{lines}");
}

#[test]
fn a_document_over_many_lines_is_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let (code, lines) = feed(
        folder.path(),
        &["validate", "--format", "ndjson", "-"],
        b"{\n  \"resourceType\": \"Basic\",\n  \"code\": {\"text\": \"x\"}\n}\n",
    );
    assert_eq!((code, lines.lines().count()), (0, 1), "{lines}");
}

#[test]
fn what_map_writes_into_a_folder_is_validated_and_pushed_from_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let record = crate::kap::record("two-step-intramuscular.json");
    let (code, _, stderr) = run(folder, &["map", &record, "--out", "bundles"]);
    assert_eq!(code, 0, "{stderr}");
    let (code, stdout, _) = run(folder, &["validate", "bundles"]);
    assert_eq!(code, 0, "{stdout}");
    assert!(!stdout.contains("receipt"), "{stdout}");

    let server = Server::start(folder);
    let (code, stdout, stderr) = run(
        folder,
        &["push", "bundles", "--base", &server.base, "--create-patients"],
    );
    assert_eq!(code, 0, "{stdout}{stderr}");

    // Another address is another server, although the journal is the same: nothing counts as pushed there.
    let nowhere = ["push", "bundles", "--base", "http://127.0.0.1:9/fhir", "--tries", "1"];
    let (code, stdout, _) = run(folder, &nowhere);
    assert_eq!(code, 3, "{stdout}");
    // The same address is the same server, however it is written.
    let slash = format!("{}/", server.base);
    let (code, stdout, _) = run(folder, &["push", "bundles", "--base", &slash]);
    assert_eq!((code, stdout.contains("0 writes")), (0, true), "{stdout}");
}
