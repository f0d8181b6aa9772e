//! Packages from archives, folders and the cache, and hostile ones.

use std::fs;

use flate2::{Compression, write::GzEncoder};
use kap_fhir::package::{Limits, Store};
use kap_fhir::{Error, Package};

const MANIFEST: &str = r#"{"name":"org.example.test","version":"1.2.0","canonical":"https://example.org","dependencies":{"hl7.fhir.r4.core":"4.0.1"}}"#;

fn tgz(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::default()));
    for (path, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        archive
            .append_pax_extensions([("comment", "harmless".as_bytes())])
            .expect("in memory");
        archive
            .append_data(&mut header, path, content.as_bytes())
            .expect("in memory");
    }
    archive.into_inner().and_then(GzEncoder::finish).expect("in memory")
}

#[test]
fn only_definitions_are_kept_in_order_of_their_names() {
    let archive = tgz(&[
        ("package/ValueSet-b.json", "{}"),
        ("package/package.json", MANIFEST),
        ("package/.index.json", "{}"),
        ("package/StructureDefinition-a.json", "{}"),
        ("package/example/Patient-x.json", "{}"),
        ("package/other/validation-summary.json", "{}"),
        ("package/readme.md", "text"),
        ("other/outside.json", "{}"),
    ]);
    let package = Package::from_tgz("test.tgz", archive.as_slice(), &Limits::default()).expect("readable");
    assert_eq!(package.manifest.label(), "org.example.test#1.2.0");
    assert_eq!(
        package.manifest.dependencies,
        [("hl7.fhir.r4.core".to_owned(), "4.0.1".to_owned())]
    );
    let names: Vec<_> = package.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["StructureDefinition-a.json", "ValueSet-b.json"]);
}

#[test]
fn folders_and_the_cache() {
    let cache = tempfile::tempdir().expect("a temporary folder");
    let folder = cache.path().join("org.example.test#1.2.0/package");
    fs::create_dir_all(folder.join("example")).expect("writable");
    fs::write(folder.join("package.json"), MANIFEST).expect("writable");
    fs::write(folder.join("CodeSystem-a.json"), "{}").expect("writable");
    let limits = Limits::default();
    let cached = Package::from_cache(cache.path(), "org.example.test", "1.2.0", &limits).expect("cached");
    let inner = Package::from_folder(&folder, &limits).expect("readable");
    assert_eq!(cached.files.len(), 1);
    assert_eq!(inner.files.len(), 1);
    let missing = Package::from_cache(cache.path(), "org.example.test", "9.9.9", &limits);
    assert!(matches!(missing, Err(Error::NotCached { .. })));
}

#[test]
fn hostile_archives_are_refused() {
    let zeros = "0".repeat(1 << 20);
    let bomb = tgz(&[
        ("package/package.json", MANIFEST),
        ("package/ValueSet-bomb.json", &zeros),
    ]);
    let few_bytes = Limits {
        max_bytes: 1 << 16,
        ..Limits::default()
    };
    let refused = Package::from_tgz("bomb.tgz", bomb.as_slice(), &few_bytes);
    assert!(
        matches!(
            refused,
            Err(Error::TooLarge {
                what: "bytes when unpacked",
                ..
            })
        ),
        "{refused:?}"
    );

    let one_entry = Limits {
        max_entries: 1,
        ..Limits::default()
    };
    let refused = Package::from_tgz("many.tgz", bomb.as_slice(), &one_entry);
    assert!(
        matches!(refused, Err(Error::TooLarge { what: "files", .. })),
        "{refused:?}"
    );

    let refused = Package::from_tgz("text.tgz", b"not an archive".as_slice(), &Limits::default());
    assert!(matches!(refused, Err(Error::Archive { .. })), "{refused:?}");

    let refused = Package::from_tgz(
        "bare.tgz",
        tgz(&[("package/a.json", "{}")]).as_slice(),
        &Limits::default(),
    );
    assert!(matches!(refused, Err(Error::Manifest { .. })), "{refused:?}");
}

#[test]
fn packages_are_found_by_name_and_version() {
    let store = tempfile::tempdir().expect("a temporary folder");
    for folder in [
        "a.b#1.0.0",
        "a.b#1.2.0",
        "a.b#1.10.0-ballot",
        "a.b#dev",
        "a.b.c#9.0.0",
        "only#current",
    ] {
        fs::create_dir_all(store.path().join(folder)).expect("writable");
    }
    for file in ["a.b-2.0.0.tgz", "a.b-r5-3.0.0.tgz", "a.b#1.2.1.tgz"] {
        fs::write(store.path().join(file), "").expect("writable");
    }
    let packages = Store::new([store.path().join("nowhere"), store.path().to_owned()]);
    let find = |name: &str, asked: &str| {
        let place = packages.find(name, asked)?;
        let name = place.path().file_name()?.to_str()?.to_owned();
        Some(name)
    };
    assert_eq!(find("a.b", "1.0.0").as_deref(), Some("a.b#1.0.0"));
    assert_eq!(find("a.b", "1.2.x").as_deref(), Some("a.b#1.2.1.tgz"));
    assert_eq!(find("a.b", "1.x").as_deref(), Some("a.b#1.10.0-ballot"));
    assert_eq!(find("a.b", "latest").as_deref(), Some("a.b-2.0.0.tgz"));
    assert_eq!(find("a.b", "current").as_deref(), Some("a.b#dev"));
    assert_eq!(find("only", "dev").as_deref(), Some("only#current"));
    assert_eq!(find("a.b", "1.3.0"), None);
    assert_eq!(find("a.b", "5.1.0-cibuild"), None);
    // Names from files lead nowhere else.
    for (name, asked) in [
        ("../a.b", "1.0.0"),
        ("a.b", "1.0.0/../../x"),
        ("..", ""),
        ("", "latest"),
        ("a.b", "../a.b#1.0.0"),
    ] {
        assert_eq!(find(name, asked), None, "{name}#{asked}");
    }
}
