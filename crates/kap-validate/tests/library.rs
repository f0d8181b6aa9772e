//! What whoever builds on this crate relies on.

use std::sync::Arc;
use std::thread;

use kap_validate::suppress::{Suppression, Suppressions};
use kap_validate::{
    Error, Options, Plan, PlanSet, ReferenceTarget, ReferenceTargets, Report, check_bytes, conforms, parse,
};

use crate::support::with_plans;

#[test]
fn everything_is_shared_across_threads() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Plan>();
    is_shared::<PlanSet<'static>>();
    is_shared::<Options>();
    is_shared::<Report>();
    is_shared::<Suppressions>();
    is_shared::<Error>();
}

#[test]
fn one_set_serves_many_threads_with_the_same_answers() {
    let text = br#"{"resourceType": "Patient", "active": "yes", "birthDate": "1990-02-30"}"#;
    with_plans(|plans| {
        let reports: Vec<String> = thread::scope(|scope| {
            let threads: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| format!("{:?}", check_bytes(plans, text, &Options::default()).issues)))
                .collect();
            threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
        });
        assert_eq!(reports.len(), 4);
        assert!(reports.windows(2).all(|pair| pair[0] == pair[1]));
    });
}

fn report(text: &[u8]) -> Report {
    let mut report = Report::default();
    with_plans(|plans| report = check_bytes(plans, text, &Options::default()));
    report
}

#[test]
fn what_is_suppressed_is_out_of_the_report_and_the_verdict() {
    let mut report = report(br#"{"resourceType": "Patient", "active": "yes", "contact": [{"famly": 1}]}"#);
    let errors = report.errors;
    let mut suppressions = Suppressions::default();
    for (code, path) in [
        ("structure-*", Some("Patient.contact.*")),
        ("primitive-json-type", None),
        ("value-fixed", None),
    ] {
        suppressions.push(Suppression::of_code(code, path, "known").expect("a suppression"));
    }
    let used = suppressions.apply(&mut report);
    assert_eq!(used, [(1, 1), (0, 1)]);
    assert_eq!(report.errors, errors - 2);
}

#[test]
fn files_of_the_reference_are_understood() {
    let text = br#"{"resourceType": "Patient", "active": "yes", "contact": [{"famly": 1}]}"#;
    for (file, suppressed) in [
        (
            r#"{"suppress": ["Unrecognised_property_@Patient.contact[0].famly"]}"#,
            1,
        ),
        (
            r#"{"suppress": ["Unrecognised_property_@Patient.contact[1].famly"]}"#,
            0,
        ),
        (
            r#"{"suppress": ["unrecognised_*", "Error_parsing_JSON_the_primitive_value_must_be_a_boolean"]}"#,
            2,
        ),
        ("- Unrecognised_property_@^Patient\\.contact.*\n", 1),
        (
            "== Suppressed Messages ==\n# our own\n%unknown element%\n\nNO_SUCH_MESSAGE\n",
            1,
        ),
    ] {
        let mut report = report(text);
        let before = report.issues.len();
        let mut suppressions = Suppressions::default();
        suppressions.add_file("advisor", file).expect("it is understood");
        suppressions.apply(&mut report);
        assert_eq!(before - report.issues.len(), suppressed, "{file}");
    }
    for file in ["{\"suppress\": [1]}", "{}", "{", "{\"suppress\": [\"a@^(\"]}"] {
        assert!(Suppressions::default().add_file("advisor", file).is_err(), "{file}");
    }
    assert!(Suppression::of_code("value-fixed", None, " ").is_err(), "no reason");
}

/// Knows three targets beyond the document.
struct Elsewhere;

impl ReferenceTargets for Elsewhere {
    fn target(&self, reference: &str) -> ReferenceTarget {
        match reference {
            "https://a.example.org/things/1" => ReferenceTarget::Exists("Device".to_owned()),
            "https://a.example.org/things/2" => ReferenceTarget::Exists("Organization".to_owned()),
            "https://a.example.org/things/3" => ReferenceTarget::Missing,
            _ => ReferenceTarget::Unknown,
        }
    }
}

#[test]
fn whether_a_document_conforms_is_told_for_what_is_loaded() {
    with_plans(|plans| {
        let options = Options::default();
        let conforms = |text: &str, profile: &str| {
            let parsed = parse(plans, text.as_bytes(), &options);
            let document = parsed.document.expect("JSON");
            conforms(plans, &document, profile, &options)
        };
        let vital_signs = "http://hl7.org/fhir/StructureDefinition/vitalsigns";
        assert_eq!(conforms(r#"{"resourceType": "Patient"}"#, vital_signs), Some(false));
        assert_eq!(conforms(r#"{"resourceType": "Observation"}"#, vital_signs), Some(false));
        let patient = "http://hl7.org/fhir/StructureDefinition/Patient|4.0.1";
        assert_eq!(
            conforms(r#"{"resourceType": "Patient", "id": "p"}"#, patient),
            Some(true)
        );
        assert_eq!(
            conforms(r#"{"resourceType": "Patient"}"#, "http://example.org/none"),
            None
        );
    });
}

#[test]
fn targets_beyond_the_document_are_of_the_type_that_the_element_allows() {
    let options = Options {
        references: Some(Arc::new(Elsewhere)),
        ..Options::default()
    };
    for (number, expected) in [
        (1, &["reference-target-type"][..]),
        (2, &[]),
        (3, &["reference-target-missing"]),
        (4, &[]),
    ] {
        let text = format!(
            r#"{{"resourceType": "Patient", "managingOrganization": {{"reference": "https://a.example.org/things/{number}"}}}}"#
        );
        with_plans(|plans| {
            let report = check_bytes(plans, text.as_bytes(), &options);
            let codes: Vec<&str> = report.issues.iter().map(|issue| issue.code).collect();
            assert_eq!(codes, expected, "{number}");
        });
    }
}
