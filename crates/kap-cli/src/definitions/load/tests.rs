//! Packages that depend on each other, in a folder of the test.

use std::fs;
use std::time::{Duration, SystemTime};

use super::*;

const PROFILE: &str = r#"{"resourceType": "StructureDefinition", "url": "http://example.org/NAME", "version": "VERSION",
    "name": "NAME", "kind": "resource", "abstract": false, "type": "Patient", "derivation": "constraint",
    "baseDefinition": "BASE", "differential": {"element": [{"path": "Patient.birthDate", "min": 1}]}}"#;
const PATIENT: &str = "http://hl7.org/fhir/StructureDefinition/Patient";

/// Writes a package with one profile of that name and base, long enough ago to be settled.
fn write(store: &Path, label: &str, dependencies: &str, profile: &str, base: &str) -> PathBuf {
    let (name, version) = label.split_once('#').expect("name#version");
    let folder = store.join(label).join("package");
    fs::create_dir_all(&folder).expect("writable");
    let manifest = format!(r#"{{"name": "{name}", "version": "{version}", "dependencies": {{{dependencies}}}}}"#);
    let profile = PROFILE
        .replace("NAME", profile)
        .replace("VERSION", version)
        .replace("BASE", base);
    let hour_ago = SystemTime::now() - Duration::from_hours(1);
    for (file, text) in [("package.json", &manifest), ("StructureDefinition-a.json", &profile)] {
        fs::write(folder.join(file), text).expect("writable");
        let file = fs::File::options()
            .append(true)
            .open(folder.join(file))
            .expect("writable");
        file.set_modified(hour_ago).expect("times can be set");
    }
    let folder = fs::File::open(folder).expect("readable");
    folder.set_modified(hour_ago).expect("times can be set");
    store.join(label)
}

fn load(store: &Path, cache: Option<&Path>, asked: &[PathBuf]) -> anyhow::Result<Loaded> {
    let cache = cache.map(|cache| Cache::at(cache.to_owned()));
    Loader::new(Store::new([store.to_owned()]), cache).load(asked)
}

fn labels(plans: &[Plan]) -> Vec<String> {
    plans.iter().map(Plan::label).collect()
}

#[test]
fn dependencies_are_followed_in_circles_and_by_range() {
    let store = tempfile::tempdir().expect("a temporary folder");
    let asked = write(
        store.path(),
        "a#1.0.0",
        r#""b": "1.x", "hl7.fhir.r4.core": "4.0.1""#,
        "a",
        "http://example.org/b",
    );
    write(store.path(), "b#1.0.0", r#""a": "1.0.0""#, "b", PATIENT);
    write(
        store.path(),
        "b#1.4.0",
        r#""a": "1.0.0", "gone": "2.0.0", "lost": "current""#,
        "b",
        PATIENT,
    );
    let loaded = load(store.path(), None, &[asked]).expect("it loads");
    assert_eq!(labels(&loaded.plans), ["a#1.0.0", "b#1.4.0"]);
    assert_eq!(
        loaded.notes,
        ["not at hand of what b#1.4.0 depends on: gone#2.0.0, lost#current"]
    );
}

#[test]
fn of_two_versions_the_nearer_one_counts() {
    let store = tempfile::tempdir().expect("a temporary folder");
    let asked = write(store.path(), "a#1.0.0", r#""b": "1.0.0", "c": "1.0.0""#, "a", PATIENT);
    write(store.path(), "b#1.0.0", "", "b", PATIENT);
    write(store.path(), "b#2.0.0", "", "b", PATIENT);
    write(store.path(), "c#1.0.0", r#""b": "2.0.0""#, "c", PATIENT);
    let loaded = load(store.path(), None, &[asked]).expect("it loads");
    assert_eq!(labels(&loaded.plans), ["a#1.0.0", "b#1.0.0", "c#1.0.0"]);
    assert_eq!(labels(&loaded.spares), ["b#2.0.0"]);

    // Whoever asks for two versions means both.
    let both = ["b#1.0.0", "b#2.0.0"].map(|label| store.path().join(label));
    let loaded = load(store.path(), None, &both).expect("it loads");
    assert_eq!(labels(&loaded.plans), ["b#1.0.0", "b#2.0.0"]);
}

#[test]
fn plans_come_from_the_cache_unless_something_changed() {
    let store = tempfile::tempdir().expect("a temporary folder");
    let cache = tempfile::tempdir().expect("a temporary folder");
    let asked = [write(
        store.path(),
        "a#1.0.0",
        r#""b": "1.0.0""#,
        "a",
        "http://example.org/b",
    )];
    write(store.path(), "b#1.0.0", "", "b", PATIENT);
    let run = || load(store.path(), Some(cache.path()), &asked).expect("it loads");
    let kept = || {
        let files = fs::read_dir(cache.path()).expect("readable").flatten();
        let mut plans: Vec<PathBuf> = files.map(|file| file.path()).collect();
        plans.retain(|path| path.extension().is_some_and(|extension| extension == "plan"));
        plans.sort();
        plans
    };
    let first = run();
    let plans = kept();
    assert_eq!(plans.len(), 2);
    let second = run();
    assert_eq!(first.plans[0].as_bytes(), second.plans[0].as_bytes());
    assert_eq!(kept(), plans);

    // What is damaged or foreign is made again.
    for damage in [&b"KAP-PLAN"[..], b"", &[0; 5000]] {
        for plan in &plans {
            fs::write(plan, damage).expect("writable");
        }
        assert_eq!(first.plans[0].as_bytes(), run().plans[0].as_bytes());
        assert!(fs::read(&plans[0]).expect("readable").len() > damage.len());
    }

    // A base that changed gives its profiles new plans.
    write(store.path(), "b#1.0.0", "", "b-renamed", PATIENT);
    let third = run();
    assert_eq!(kept().len(), 4);
    assert!(
        third.notes.iter().any(|note| note.contains("http://example.org/b ")),
        "{:?}",
        third.notes
    );
}

#[test]
fn what_cannot_be_used_is_told() {
    let store = tempfile::tempdir().expect("a temporary folder");
    let failure = |asked: &str| {
        let loaded = load(store.path(), None, &[store.path().join(asked)]);
        format!("{:#}", loaded.err().expect("it fails"))
    };
    assert!(failure("nothing").contains("there is no file or folder"));
    fs::write(store.path().join("a.tgz"), "no archive").expect("writable");
    assert!(failure("a.tgz").contains("is not a readable FHIR package archive"));
    let folder = write(store.path(), "r5#1.0.0", "", "a", PATIENT);
    let manifest = r#"{"name": "r5", "version": "1.0.0", "fhirVersions": ["5.0.0"]}"#;
    fs::write(folder.join("package/package.json"), manifest).expect("writable");
    assert!(failure("r5#1.0.0").contains("r5#1.0.0 is for FHIR 5.0.0, not for R4"));
}

#[test]
fn dependencies_for_other_versions_of_fhir_are_left_out() {
    let store = tempfile::tempdir().expect("a temporary folder");
    let asked = write(store.path(), "a#1.0.0", r#""r5": "1.0.0""#, "a", PATIENT);
    let folder = write(store.path(), "r5#1.0.0", "", "b", PATIENT);
    let manifest = r#"{"name": "r5", "version": "1.0.0", "fhir-version-list": ["5.0.0", "4.3.0"]}"#;
    fs::write(folder.join("package/package.json"), manifest).expect("writable");
    let loaded = load(store.path(), None, &[asked]).expect("it loads");
    assert_eq!(labels(&loaded.plans), ["a#1.0.0"]);
    assert_eq!(
        loaded.notes,
        [
            "the package r5#1.0.0 is for FHIR 5.0.0 and 4.3.0, not for R4: it is left out",
            "not at hand of what a#1.0.0 depends on: r5#1.0.0"
        ]
    );
}
