//! `--watch`: what changes is checked again.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::thread;

use crate::kap::{PATIENCE, kap};

/// Ends with the test.
struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn what_changes_is_checked_again_and_what_does_not_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("writable");
    write("a.json", r#"{"resourceType": "Patient", "active": true}"#);
    write("b.json", r#"{"resourceType": "Patient", "active": false}"#);
    let mut process = kap(folder.path())
        .args(["validate", "--watch", "--format", "ndjson", "--level", "error", "."])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("kap can be started");
    let stdout = process.stdout.take().expect("its standard output is ours");
    let _watching = Watching(process);
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        let lines = BufReader::new(stdout).lines().map_while(Result::ok);
        lines.map_while(|line| sender.send(line).ok()).for_each(drop);
    });
    let next = || {
        lines
            .recv_timeout(PATIENCE)
            .expect("kap looks at the folder twice a second")
    };
    let first = [next(), next()].concat();
    assert!(
        first.contains("a.json") && first.contains("b.json") && !first.contains("invalid"),
        "{first}"
    );

    write("b.json", r#"{"resourceType": "Patient", "active": "no longer"}"#);
    let second = next();
    assert!(
        second.contains("b.json") && second.contains("primitive-json-type"),
        "{second}"
    );
    write("c.json", r#"{"resourceType": "Patient", "gender": "female"}"#);
    let third = next();
    assert!(
        third.contains("c.json") && third.contains(r#""verdict":"valid""#),
        "{third}"
    );
}
