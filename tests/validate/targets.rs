//! `--check-references`: what references lead to in other files of the run.

use std::fs;
use std::path::Path;

use crate::kap::run;

const BASE: &str = "http://example.org/StructureDefinition";

fn profile(folder: &Path, name: &str, resource_type: &str, element: &str) {
    let text = format!(
        r#"{{"resourceType": "StructureDefinition", "url": "{BASE}/{name}", "name": "{name}", "status": "active", "kind": "resource",
            "abstract": false, "type": "{resource_type}", "derivation": "constraint",
            "baseDefinition": "http://hl7.org/fhir/StructureDefinition/{resource_type}", "differential": {{"element": [{element}]}}}}"#
    );
    fs::write(folder.join(format!("{name}.json")), text).expect("writable");
}

fn validate(folder: &Path, more: &[&str]) -> String {
    let common = [
        "validate",
        "--definitions",
        "definitions",
        "--level",
        "error",
        "--format",
        "ndjson",
        "--best-practice",
        "ignore",
    ];
    let (_, out, err) = run(folder, &[&common[..], more, &["data"]].concat());
    assert_eq!(err, "");
    out
}

/// The line about that patient.
fn about<'o>(out: &'o str, patient: &str) -> &'o str {
    let id = format!(r#""id":"{patient}""#);
    out.lines().find(|line| line.contains(&id)).expect("a line")
}

#[test]
fn a_target_in_another_file_must_conform_to_the_profile_that_is_wanted() {
    let folder = tempfile::tempdir().expect("a folder");
    let [definitions, data] = ["definitions", "data"].map(|name| folder.path().join(name));
    for path in [&definitions, &data] {
        fs::create_dir(path).expect("writable");
    }
    let reachable = r#"{"id": "Organization.telecom", "path": "Organization.telecom", "min": 1}"#;
    profile(&definitions, "reachable", "Organization", reachable);
    let managed = format!(
        r#"{{"id": "Patient.managingOrganization", "path": "Patient.managingOrganization",
            "type": [{{"code": "Reference", "targetProfile": ["{BASE}/reachable"]}}]}}"#
    );
    profile(&definitions, "managed", "Patient", &managed);
    let patient = |id: &str| {
        format!(
            r#"{{"resourceType": "Patient", "id": "{id}", "meta": {{"profile": ["{BASE}/managed"]}},
                "managingOrganization": {{"reference": "Organization/{id}"}}}}"#
        )
    };
    for id in ["good", "bad", "packed"] {
        fs::write(data.join(format!("{id}.json")), patient(id)).expect("writable");
    }
    let organizations = r#"{"resourceType": "Organization", "id": "good", "name": "A", "telecom": [{"system": "phone", "value": "1"}]}
{"resourceType": "Organization", "id": "bad", "name": "B"}
"#;
    fs::write(data.join("organizations.ndjson"), organizations).expect("writable");
    let packed = r#"{"resourceType": "Bundle", "type": "collection", "entry": [{"fullUrl": "https://a.example.org/fhir/Organization/packed",
        "resource": {"resourceType": "Organization", "id": "packed", "name": "C", "telecom": [{"system": "phone", "value": "2"}]}}]}"#;
    fs::write(data.join("packed-bundle.json"), packed).expect("writable");

    let open = validate(folder.path(), &[]);
    for id in ["good", "bad", "packed"] {
        assert!(
            about(&open, id).contains("is not at hand to be checked against its profile"),
            "{open}"
        );
    }
    for jobs in ["1", "3"] {
        let out = validate(folder.path(), &["--check-references", "--jobs", jobs]);
        for id in ["good", "packed"] {
            assert!(about(&out, id).contains(r#""verdict":"valid","issues":[]}"#), "{out}");
        }
        let bad = about(&out, "bad");
        assert!(bad.contains(r#""code":"reference-target-profile""#), "{bad}");
        assert!(
            bad.contains("the target does not conform to http://example.org/StructureDefinition/reachable"),
            "{bad}"
        );
        assert!(!bad.contains("undecided"), "{bad}");
    }
}
