//! Pushing through faults: the same faults each time, and in the end everything once.

use std::path::Path;

use crate::kap::{push_arguments, record, run, verify_arguments};
use crate::server::Server;

/// Faults after which the client finds out by itself what happened, and which part of the requests they strike: of the reads, which
/// are many, a few will do.
const HARMLESS: &[(&str, &str)] = &[
    ("answer-delayed", "1"),
    ("answer-lost", "1"),
    ("connection-reset", "0.2"),
    ("gateway-timeout", "1"),
    ("lost-race", "1"),
    ("slow-drip", "1"),
    ("throttled", "0.2"),
    ("throttled-inside", "1"),
    ("truncated-body", "0.2"),
    ("unavailable", "0.2"),
    ("wrong-entry-count", "1"),
];

const RECORD: &str = "deferred-at-contraindication-screen.json";

/// How often it is run again before the test gives up: each fault strikes a request twice.
const RUNS: usize = 5;

fn start(folder: &Path, faults: &str, rate: &str) -> Server {
    let (code, _, printed) = run(folder, &["map", &record(RECORD), "--out", "bundles"]);
    assert_eq!(code, 0, "{printed}");
    let arguments = [
        "--faults",
        faults,
        "--fault-rate",
        rate,
        "--fault-delay",
        "0.05",
        "--seed",
        "11",
    ];
    Server::start_with(folder, &arguments)
}

/// Runs the command until it is done; what it said last.
#[track_caller]
fn until_done(folder: &Path, arguments: &[&str], what: &str) -> String {
    let mut last = String::new();
    for _ in 0..RUNS {
        let (code, stdout, stderr) = run(folder, arguments);
        last = format!("{stdout}{stderr}");
        match code {
            0 => return last,
            3 => {}
            code => panic!("{what} ends {arguments:?} with {code}: {last}"),
        }
    }
    panic!("{what} never ends {arguments:?}: {last}");
}

#[track_caller]
fn push_and_verify(folder: &Path, server: &Server, what: &str) {
    let base = &server.base;
    until_done(folder, &push_arguments(base), what);
    let printed = until_done(folder, &verify_arguments(base), what);
    assert!(
        printed.contains(" 0 diverged, 0 missing, 0 unread"),
        "{what}: {printed}"
    );
}

#[test]
fn everything_is_there_once_whatever_goes_wrong() {
    // Side by side, for most of the time is waiting before trying again.
    std::thread::scope(|scope| {
        for (fault, rate) in HARMLESS {
            scope.spawn(move || everything_is_there_once(fault, rate));
        }
    });
}

fn everything_is_there_once(fault: &str, rate: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let server = start(folder, fault, rate);
    push_and_verify(folder, &server, fault);
    let struck = server.told()["counts"][fault].as_u64().expect("a count");
    assert!(struck > 0, "{fault} never struck");
    // Another server on the same file, in which nothing goes wrong, shows what is there.
    drop(server);
    let server = Server::start(folder);
    let types = [
        "CarePlan",
        "Condition",
        "Encounter",
        "Observation",
        "Organization",
        "Patient",
        "Provenance",
    ];
    let copies = server.copies(&types.map(str::to_owned));
    assert!(!copies.is_empty());
    let doubled: Vec<_> = copies.iter().filter(|(_, copies)| **copies != 1).collect();
    assert!(doubled.is_empty(), "{fault}: {doubled:?}");
}

#[test]
fn the_same_seed_strikes_the_same_requests() {
    let struck = || {
        let folder = tempfile::tempdir().expect("a folder");
        let server = start(folder.path(), "throttled,connection-reset", "0.2");
        push_and_verify(folder.path(), &server, "throttled or reset");
        let told = server.told();
        let mut injected: Vec<String> = told["injected"]
            .as_array()
            .expect("a list")
            .iter()
            .map(ToString::to_string)
            .collect();
        injected.sort();
        injected
    };
    let once = struck();
    assert!(!once.is_empty());
    assert_eq!(once, struck());
}
