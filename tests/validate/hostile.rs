//! What is broken, hostile or no FHIR at all: one clear answer each, in bounded time and memory.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use crate::kap::run;

const TEXT: &str = r#"{"resourceType": "Patient", "active": true}"#;

/// Validates a file with that content; answers the exit code, and the codes found or else what is said.
fn answer(folder: &Path, name: &str, content: &[u8]) -> (i32, String) {
    fs::write(folder.join(name), content).expect("writable");
    codes(run(
        folder,
        &["validate", "--format", "ndjson", "--level", "error", name],
    ))
}

fn codes((code, out, err): (i32, String, String)) -> (i32, String) {
    let codes = out.lines().flat_map(|line| {
        let line: Value = serde_json::from_str(line).expect("each line is JSON");
        let issues = line["issues"].as_array().cloned().unwrap_or_default();
        issues
            .into_iter()
            .map(|issue| issue["code"].as_str().unwrap_or_default().to_owned())
    });
    let codes: Vec<String> = codes.collect();
    (code, if codes.is_empty() { err } else { codes.join(" ") })
}

fn wide(text: &str, little: bool) -> Vec<u8> {
    let units = text.encode_utf16();
    let bytes = units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() });
    bytes.collect()
}

#[test]
fn what_is_no_document_gets_one_answer() {
    let folder = tempfile::tempdir().expect("a folder");
    let junk: Vec<u8> = (0_u32..5000)
        .map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    let bundle = r#"{"resourceType": "Bundle", "type": "collection", "entry": [{"resource": {"resourceType": "Patient", "id": "a"#;
    let cases: Vec<(&str, Vec<u8>, i32, &str)> = vec![
        ("empty.json", Vec::new(), 1, "json-empty"),
        ("blank.json", b" \n\t ".to_vec(), 1, "json-empty"),
        ("empty.ndjson", Vec::new(), 1, "json-empty"),
        ("truncated.json", bundle.into(), 1, "json-truncated"),
        ("junk.json", junk, 1, "json-encoding"),
        ("zeros.json", vec![0; 4096], 1, "json-encoding"),
        (
            "utf16le.json",
            [&b"\xFF\xFE"[..], &wide(TEXT, true)].concat(),
            1,
            "json-encoding",
        ),
        (
            "utf16be.json",
            [&b"\xFE\xFF"[..], &wide(TEXT, false)].concat(),
            1,
            "json-encoding",
        ),
        ("utf16le-without-mark.json", wide(TEXT, true), 1, "json-encoding"),
        ("utf16be-without-mark.json", wide(TEXT, false), 1, "json-encoding"),
        (
            "latin1.json",
            b"{\"resourceType\": \"Patient\", \"name\": [{\"text\": \"M\xFCller\"}]}".to_vec(),
            1,
            "json-encoding",
        ),
        ("with-mark.json", [b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), 0, ""),
        ("brackets.json", vec![b'['; 1 << 20], 1, "json-depth"),
        ("braces.json", b"{\"a\":".repeat(1 << 18), 1, "json-depth"),
        ("null.json", b"null".to_vec(), 1, "structure-not-a-resource"),
        ("array.json", format!("[{TEXT}]").into(), 1, "structure-not-a-resource"),
        (
            "untyped.json",
            b"{\"a\": 1}".to_vec(),
            1,
            "structure-resource-type-missing",
        ),
        (
            "xml.json",
            b"<Patient xmlns=\"http://hl7.org/fhir\"/>".to_vec(),
            2,
            "input-xml",
        ),
        (
            "r5.json",
            br#"{"resourceType": "ActorDefinition", "status": "draft", "type": "person"}"#.to_vec(),
            2,
            "input-fhir-version",
        ),
        (
            "r3.json",
            br#"{"resourceType": "ProcedureRequest", "status": "draft"}"#.to_vec(),
            2,
            "input-fhir-version",
        ),
        (
            "r4b.json",
            br#"{"resourceType": "CapabilityStatement", "fhirVersion": "4.3.0"}"#.to_vec(),
            2,
            "input-fhir-version",
        ),
    ];
    for (name, content, code, expected) in cases {
        assert_eq!(
            answer(folder.path(), name, &content),
            (code, expected.to_owned()),
            "{name}"
        );
    }
}

#[test]
fn what_is_not_there_or_cannot_be_read_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("nothing")).expect("writable");
    fs::write(folder.path().join("ok.json"), TEXT).expect("writable");
    let mut cases = vec![
        ("gone.json", "kap: there is no file or folder `gone.json`\n"),
        (
            "nothing",
            "kap: the folder `nothing` holds no .json, .ndjson, .jsonl, .gz or .zip file\n",
        ),
    ];
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let locked = folder.path().join("locked.json");
        fs::write(&locked, TEXT).expect("writable");
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).expect("it is our file");
        // Some users may read everything.
        if fs::read(&locked).is_err() {
            cases.push((
                "locked.json",
                "kap: cannot read `locked.json`: Permission denied (os error 13)\n",
            ));
        }
    }
    for (name, expected) in cases {
        let (code, _, err) = run(folder.path(), &["validate", name]);
        assert_eq!((code, err.as_str()), (2, expected));
    }
    for (arguments, hint) in [
        (["--formt", "json"], "--format"),
        (["--format", "yaml"], "operation-outcome"),
        (["--lang", "German_"], "languages are listed with commas"),
        (["--now", "yesterday"], "an instant has date, time and zone"),
        (["--watch", "--check-references"], "cannot be used with"),
        (["--tx-log", "x"], "--tx <URL>"),
    ] {
        let (code, out, err) = run(folder.path(), &[&["validate", "ok.json"][..], &arguments].concat());
        assert!(
            code == 2 && out.is_empty() && err.contains(hint),
            "{arguments:?}: {code} {err}"
        );
    }
}

#[test]
fn names_and_values_of_any_length_are_cheap() {
    let folder = tempfile::tempdir().expect("a folder");
    let long = "x".repeat(8 << 20);
    let patient = |name: &str, value: &str| format!(r#"{{"resourceType": "Patient", "{name}": {value}}}"#);
    for (name, content, expected) in [
        ("name.json", patient(&long, "true"), "structure-unknown-element"),
        (
            "type.json",
            format!(r#"{{"resourceType": "{long}"}}"#),
            "structure-unknown-resource-type",
        ),
        (
            "code.json",
            patient("gender", &format!("\"{long}\"")),
            "binding-code-not-in-value-set",
        ),
        (
            "value.json",
            patient("name", &format!(r#"[{{"family": "{long}"}}]"#)),
            "primitive-format",
        ),
    ] {
        assert_eq!(
            answer(folder.path(), name, content.as_bytes()),
            (1, expected.to_owned()),
            "{name}"
        );
        for format in ["human", "sarif", "operation-outcome"] {
            let (_, out, _) = run(
                folder.path(),
                &["--reveal-values", "validate", "--format", format, name],
            );
            assert!(out.len() < 20_000, "{name} as {format}: {} bytes", out.len());
        }
    }
    let longer = patient("name", &format!(r#"[{{"family": "{}"}}]"#, long.repeat(12)));
    let found = answer(folder.path(), "longer.json", longer.as_bytes());
    assert_eq!(found, (1, "primitive-format".to_owned()));
}

#[test]
fn archives_that_swell_or_climb_do_no_harm() {
    let folder = tempfile::tempdir().expect("a folder");
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).expect("writable");
    let file = |name: &str| fs::File::create(inner.join(name)).expect("writable");
    let blank = vec![b' '; 1 << 20];

    let mut gzip = flate2::write::GzEncoder::new(file("bomb.json.gz"), flate2::Compression::best());
    let mut bomb = zip::ZipWriter::new(file("bomb.zip"));
    bomb.start_file("a.json", zip::write::SimpleFileOptions::default())
        .expect("a new archive");
    for _ in 0..96 {
        gzip.write_all(&blank).expect("writable");
        bomb.write_all(&blank).expect("writable");
    }
    gzip.finish().expect("writable");
    bomb.finish().expect("writable");
    for name in ["bomb.json.gz", "bomb.zip"] {
        let (code, _, err) = run(&inner, &["validate", name]);
        assert!(
            code == 2 && err.contains("it unpacks to more than 200 times its size"),
            "{name}: {code} {err}"
        );
    }

    let mut climbing = zip::ZipWriter::new(file("climbing.zip"));
    for name in ["../../escaped.json", "/escaped.json", "..\\escaped.json"] {
        climbing
            .start_file(name, zip::write::SimpleFileOptions::default())
            .expect("a new archive");
        climbing.write_all(TEXT.as_bytes()).expect("writable");
    }
    climbing.finish().expect("writable");
    let (code, out, _) = run(&inner, &["validate", "--format", "ndjson", "climbing.zip"]);
    assert_eq!((code, out.lines().count()), (0, 3), "{out}");
    for place in [folder.path(), &inner, Path::new("/")] {
        assert!(!place.join("escaped.json").exists());
    }
}

/// A profile of Patient with constraints and elements in its differential.
fn profile(name: &str, elements: &Value) -> Value {
    json!({"resourceType": "StructureDefinition", "url": format!("http://example.org/{name}"), "name": name,
        "status": "draft", "kind": "resource", "abstract": false, "type": "Patient", "derivation": "constraint",
        "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Patient", "differential": {"element": elements}})
}

/// Validates a patient against definitions of which one is a profile with the URL `http://example.org/hostile`.
fn against(definitions: &[Value], patient: &Value) -> (i32, String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let definitions_folder = folder.path().join("definitions");
    fs::create_dir(&definitions_folder).expect("writable");
    for (number, definition) in definitions.iter().enumerate() {
        let file = definitions_folder.join(format!("{number}.json"));
        fs::write(file, definition.to_string()).expect("writable");
    }
    fs::write(folder.path().join("p.json"), patient.to_string()).expect("writable");
    let asked = [
        "--definitions",
        "definitions",
        "--profile",
        "http://example.org/hostile",
    ];
    let output = ["--level", "error", "--format", "ndjson", "p.json"];
    run(folder.path(), &[&["validate"][..], &asked, &output].concat())
}

/// Each level includes the next one many times over, and the last one includes all again.
#[test]
fn a_value_set_of_a_billion_laughs_stays_undecided() {
    let levels = 6;
    let url = |level: usize| format!("http://example.org/laughs-{}", level % levels);
    let mut definitions: Vec<Value> = (0..levels)
        .map(|level| {
            let include = json!({"valueSet": [url(level + 1)]});
            json!({"resourceType": "ValueSet", "url": url(level), "status": "draft",
                "compose": {"include": vec![include; 1000]}})
        })
        .collect();
    let system = "http://example.org/words";
    definitions.push(
        json!({"resourceType": "CodeSystem", "url": system, "status": "draft", "content": "complete",
        "concept": [{"code": "a", "display": "A word"}]}),
    );
    definitions.push(profile(
        "hostile",
        &json!([{"id": "Patient.maritalStatus", "path": "Patient.maritalStatus",
            "binding": {"strength": "required", "valueSet": url(0)}}]),
    ));
    // The display makes the value sets be asked for names, too.
    let patient = json!({"resourceType": "Patient",
        "maritalStatus": {"coding": [{"system": system, "code": "a", "display": "Another word"}]}});
    let run = against(&definitions, &patient);
    assert!(run.1.contains("includes others too often or too deeply"), "{}", run.1);
    assert_eq!(codes(run), (1, "binding-display-wrong".to_owned()));
}

#[test]
fn expressions_that_explode_are_cut_short() {
    let nested = format!("{}1{} = 1", "(".repeat(50_000), ")".repeat(50_000));
    let long = format!("true{}", " and true".repeat(100_000));
    let doubled = format!(
        "'a'{}.length() > 0",
        ".replace('a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')".repeat(12)
    );
    let expressions = [
        ("backtracks", "name.first().family.matches('^(a+)+$') or true"),
        ("overlaps", "name.first().family.matches('(.*a){60}') or true"),
        ("large", "name.first().family.matches('((a{0,100}){0,100}){0,100}')"),
        ("endless", "(1 | 2 | 3).repeat($this + 1).count() > 0"),
        ("doubled", &doubled),
        ("nested", &nested),
        ("long", &long),
    ];
    let constraints: Vec<Value> = expressions
        .iter()
        .map(|(key, expression)| json!({"key": key, "severity": "error", "human": key, "expression": expression}))
        .collect();
    let hostile = profile(
        "hostile",
        &json!([{"id": "Patient", "path": "Patient", "constraint": constraints}]),
    );
    let patient = json!({"resourceType": "Patient", "name": [{"family": "a".repeat(100_000) + "!"}]});
    let (code, out, _) = against(&[hostile], &patient);
    assert_eq!(code, 1, "{out}");
    let line: Value = serde_json::from_str(&out).expect("one line of JSON");
    let failed = line["issues"]
        .as_array()
        .expect("findings")
        .iter()
        .map(|issue| issue["constraint"].as_str());
    assert_eq!(failed.collect::<Vec<_>>(), [Some("endless"), Some("doubled")], "{out}");
    // What cannot be read at all is told as undecided, each for itself.
    let undecided = line["undecided"].as_array().expect("a list");
    let what: Vec<&str> = undecided.iter().filter_map(|one| one["what"].as_str()).collect();
    for key in ["large", "nested"] {
        assert!(what.iter().any(|what| what.starts_with(key)), "{key}: {what:?}");
    }
}

#[test]
fn profiles_that_rest_on_themselves_are_told() {
    let mut hostile = profile(
        "hostile",
        &json!([{"id": "Patient.name", "path": "Patient.name", "min": 1}]),
    );
    hostile["baseDefinition"] = json!("http://example.org/hostile");
    let (code, out, err) = against(&[hostile], &json!({"resourceType": "Patient", "name": [{"text": "x"}]}));
    assert!(code == 0 && err.contains("it rests on itself"), "{err}");
    assert!(out.contains("what the profile rests on is not loaded"), "{out}");
}
