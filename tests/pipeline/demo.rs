//! `kap demo`, twice.

use crate::kap::run;

#[test]
fn the_second_demo_sends_no_write() {
    let folder = tempfile::tempdir().expect("a folder");
    let (code, first, stderr) = run(folder.path(), &["demo", "--dir", "demo"]);
    assert_eq!(code, 0, "{first}\n{stderr}");
    assert!(first.contains("12 of 12 records verified"), "{first}");
    let (code, second, stderr) = run(folder.path(), &["demo", "--dir", "demo"]);
    assert_eq!(code, 0, "{second}\n{stderr}");
    assert!(second.contains("12 of 12 records verified"), "{second}");
    assert!(second.contains("0 writes"), "{second}");
}

#[cfg(unix)]
#[test]
fn what_the_demo_keeps_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let (code, _, stderr) = run(folder.path(), &["demo", "--dir", "demo"]);
    assert_eq!(code, 0, "{stderr}");
    let mut folders = vec![folder.path().join("demo")];
    while let Some(path) = folders.pop() {
        let mode = std::fs::metadata(&path).expect("it is there").permissions().mode() & 0o077;
        assert_eq!(mode, 0, "{} is open to others", path.display());
        if path.is_dir() {
            folders.extend(
                std::fs::read_dir(&path)
                    .expect("a folder")
                    .map(|entry| entry.expect("an entry").path()),
            );
        }
    }
}

#[test]
fn each_push_leaves_one_audit_event_in_the_journal() {
    let folder = tempfile::tempdir().expect("a folder");
    for _ in 0..2 {
        let (code, _, stderr) = run(folder.path(), &["demo", "--dir", "demo"]);
        assert_eq!(code, 0, "{stderr}");
        let (code, events, stderr) = run(folder.path(), &["status", "--audit", "--journal", "demo/journal.db"]);
        assert_eq!(code, 0, "{stderr}");
        assert_eq!(events.lines().count(), 12);
        for event in events.lines() {
            let event: serde_json::Value = serde_json::from_str(event).expect("each line is JSON");
            assert_eq!(event["resourceType"], "AuditEvent");
        }
    }
}
