//! `kill -9` at random moments: afterwards the server holds every resource exactly once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use crate::kap::{kap, records, run};
use crate::server::{Server, identity};

/// What the mapped bundles say must be stored: each identity once, however many bundles carry it.
fn expected(bundles: &Path) -> BTreeMap<String, usize> {
    let mut expected = BTreeMap::new();
    for path in std::fs::read_dir(bundles).expect("the bundles are there") {
        let path = path.expect("a directory entry").path();
        if !path.to_string_lossy().ends_with(".bundle.json") {
            continue;
        }
        let bundle: Value = serde_json::from_slice(&std::fs::read(path).expect("a bundle")).expect("JSON");
        for entry in bundle["entry"].as_array().into_iter().flatten() {
            expected.insert(identity(&entry["resource"]), 1);
        }
    }
    expected
}

/// Moments to kill at, in milliseconds: spread over a push by a fixed sequence, so that a failure can be run again.
fn moments() -> impl Iterator<Item = u64> {
    std::iter::successors(Some(17_u64), |last| Some((last * 137 + 59) % 421)).take(10)
}

#[test]
fn ten_kills_lose_nothing_and_double_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let server = Server::start(folder);
    let records = records();
    let mut map = vec!["map", "--out", "bundles"];
    map.extend(records.iter().map(String::as_str));
    let (code, _, stderr) = run(folder, &map);
    assert_eq!(code, 0, "{stderr}");

    let push = [
        "push",
        "bundles",
        "--base",
        &server.base,
        "--journal",
        "journal.db",
        "--create-patients",
    ];
    for moment in moments() {
        let mut process = kap(folder)
            .args(push)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("kap starts");
        std::thread::sleep(Duration::from_millis(moment));
        process.kill().expect("a process can be killed");
        process.wait().expect("a killed process ends");
    }
    let (code, stdout, stderr) = run(folder, &push);
    assert_eq!(code, 0, "{stdout}\n{stderr}");

    let expected = expected(&folder.join("bundles"));
    let types: BTreeSet<String> = expected
        .keys()
        .filter_map(|key| key.split(' ').next().map(str::to_owned))
        .collect();
    assert_eq!(server.copies(&types.into_iter().collect::<Vec<_>>()), expected);
    let (code, stdout, stderr) = run(folder, &["verify", "--base", &server.base, "--journal", "journal.db"]);
    assert_eq!(code, 0, "{stdout}\n{stderr}");
}
