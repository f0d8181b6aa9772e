//! Value sets: which codes are in, which are out, and when it cannot be told.

use std::sync::Arc;

use kap_fhir::{Membership, Question, Terminology};
use kap_validate::{Options, Plan, PlanSet, Report, check_bytes, compile};
use serde_json::{Value, json};

const URL: &str = "http://example.org/fhir/ValueSet/under-test";
const ANIMALS: &str = "http://example.org/fhir/CodeSystem/animals";

/// Definitions around a value set: a code system with a hierarchy, and a profile whose `code` is bound to the set.
fn definitions(compose: &Value) -> Vec<Value> {
    let binding = json!({"strength": "required", "valueSet": URL});
    vec![
        json!({"resourceType": "ValueSet", "url": URL, "compose": compose}),
        json!({"resourceType": "ValueSet", "url": "http://example.org/fhir/ValueSet/cats",
            "compose": {"include": [{"system": ANIMALS, "concept": [{"code": "cat"}, {"code": "lion"}]}]}}),
        json!({"resourceType": "CodeSystem", "url": ANIMALS, "content": "complete", "caseSensitive": true, "concept": [
            {"code": "mammal", "concept": [{"code": "cat", "concept": [{"code": "lion"}]}, {"code": "dog"}]},
            {"code": "bird"},
            {"code": "bat", "property": [{"code": "subsumedBy", "valueCode": "mammal"}]}]}),
        json!({"resourceType": "StructureDefinition", "url": "http://example.org/fhir/StructureDefinition/animal",
            "kind": "resource", "type": "Basic", "derivation": "constraint", "snapshot": {"element": [
                {"id": "Basic", "path": "Basic", "min": 0, "max": "*"},
                {"id": "Basic.code", "path": "Basic.code", "min": 1, "max": "1", "type": [{"code": "CodeableConcept"}],
                    "binding": binding}]}}),
    ]
}

fn report(compose: &Value, system: &str, code: &str, options: &Options) -> Report {
    let bytes = compile("org.example.animals", "1.0.0", definitions(compose)).expect("small enough");
    let plan = Plan::from_bytes(bytes).expect("just compiled");
    let plans = PlanSet::new(&[Plan::r4(), &plan]);
    let resource = json!({"resourceType": "Basic", "meta": {"profile": ["http://example.org/fhir/StructureDefinition/animal"]},
        "code": {"coding": [{"system": system, "code": code}]}});
    check_bytes(&plans, resource.to_string().as_bytes(), options)
}

/// `in`, `out`, or the reason why it cannot be told.
fn answer(compose: &Value, system: &str, code: &str) -> String {
    let report = report(compose, system, code, &Options::default());
    if report
        .issues
        .iter()
        .any(|issue| issue.code == "binding-code-not-in-value-set")
    {
        return "out".to_owned();
    }
    assert!(report.issues.is_empty(), "{:?}", report.issues);
    let open = report.undecided.into_iter().find(|one| one.what.contains(URL));
    open.map_or_else(|| "in".to_owned(), |one| one.reason)
}

fn check(compose: &Value, inside: &[&str], outside: &[&str]) {
    for code in inside {
        assert_eq!(answer(compose, ANIMALS, code), "in", "{code}");
    }
    for code in outside {
        assert_eq!(answer(compose, ANIMALS, code), "out", "{code}");
    }
}

#[test]
fn codes_listed_and_whole_systems() {
    let listed = json!({"include": [{"system": ANIMALS, "concept": [{"code": "cat"}]}]});
    check(&listed, &["cat"], &["dog", "CAT", ""]);
    check(
        &json!({"include": [{"system": ANIMALS}]}),
        &["mammal", "lion", "bat"],
        &["fish"],
    );
    assert_eq!(answer(&listed, "http://example.org/other", "cat"), "out");
}

#[test]
fn unions_intersections_and_exclusions() {
    let cats = "http://example.org/fhir/ValueSet/cats";
    check(
        &json!({"include": [{"valueSet": [cats]}, {"system": ANIMALS, "concept": [{"code": "bird"}]}]}),
        &["lion", "bird"],
        &["dog"],
    );
    let both =
        json!({"include": [{"system": ANIMALS, "concept": [{"code": "cat"}, {"code": "dog"}], "valueSet": [cats]}]});
    check(&both, &["cat"], &["dog", "lion"]);
    let without = json!({"include": [{"system": ANIMALS}], "exclude": [{"valueSet": [cats]}]});
    check(&without, &["mammal", "dog"], &["cat", "lion"]);
}

#[test]
fn hierarchies_by_nesting_and_by_property() {
    let filtered = |operator: &str| json!({"include": [{"system": ANIMALS, "filter": [{"property": "concept", "op": operator, "value": "mammal"}]}]});
    check(&filtered("is-a"), &["mammal", "cat", "lion", "dog", "bat"], &["bird"]);
    check(&filtered("descendent-of"), &["cat", "lion", "bat"], &["mammal", "bird"]);
}

#[test]
fn grammars() {
    let languages = json!({"include": [{"system": "urn:ietf:bcp:47"}]});
    assert_eq!(answer(&languages, "urn:ietf:bcp:47", "de-CH"), "in");
    assert_eq!(answer(&languages, "urn:ietf:bcp:47", "de_CH"), "out");
}

#[test]
fn what_cannot_be_told_says_why() {
    let unknown = json!({"include": [{"system": "http://example.org/unknown"}]});
    let reason = answer(&unknown, "http://example.org/unknown", "x");
    assert_eq!(reason, "code system `http://example.org/unknown` is not loaded");
    let filter = json!([{"property": "colour", "op": "=", "value": "red"}]);
    let filtered = json!({"include": [{"system": ANIMALS, "filter": filter}]});
    assert_eq!(
        answer(&filtered, ANIMALS, "cat"),
        "filter `=` on `colour` cannot be worked out"
    );
    let missing = json!({"include": [{"valueSet": ["http://example.org/fhir/ValueSet/nowhere"]}]});
    assert_eq!(
        answer(&missing, ANIMALS, "cat"),
        "value set `http://example.org/fhir/ValueSet/nowhere` is not loaded"
    );
}

/// A service that knows one code.
struct OneCode;

impl Terminology for OneCode {
    fn validate_code(&self, question: &Question<'_>) -> Membership {
        assert_eq!(question.system, Some("http://example.org/unknown"));
        // Both codes exist, but only one of them is in the value set.
        if question.value_set.is_none() || question.code == "known" {
            Membership::Member
        } else {
            Membership::NotMember
        }
    }
}

#[test]
fn a_terminology_service_is_asked_only_about_what_stayed_open() {
    let options = Options {
        terminology: Some(Arc::new(OneCode)),
        ..Options::default()
    };
    let unknown = json!({"include": [{"system": "http://example.org/unknown"}]});
    assert_eq!(
        report(&unknown, "http://example.org/unknown", "known", &options).errors,
        0
    );
    assert_eq!(
        report(&unknown, "http://example.org/unknown", "wrong", &options).errors,
        1
    );
    let listed = json!({"include": [{"system": ANIMALS, "concept": [{"code": "cat"}]}]});
    assert_eq!(report(&listed, ANIMALS, "dog", &options).errors, 1);
}

#[test]
fn r4_has_the_labels_of_the_current_terminology() {
    let plans = PlanSet::new(&[Plan::r4()]);
    let found_all = |system: &str, code: &str| {
        let resource = json!({"resourceType": "Basic", "code": {"text": "x"},
            "meta": {"security": [{"system": format!("http://terminology.hl7.org/CodeSystem/{system}"), "code": code}]}});
        let report = check_bytes(&plans, resource.to_string().as_bytes(), &Options::default());
        report.issues.iter().map(|issue| issue.code).collect::<Vec<_>>()
    };
    let found = |system: &str, code: &str| found_all(system, code).first().copied();
    assert_eq!(found("v3-Confidentiality", "R"), None);
    assert_eq!(found("v3-ActCode", "PREGNANT"), None);
    // R4's value set of labels does not know it yet, but is extensible.
    assert_eq!(
        found("v3-ActCode", "42CFRPart2CD"),
        Some("binding-code-not-in-extensible")
    );
    assert!(found_all("v3-ActCode", "NO-SUCH-LABEL").contains(&"binding-code-unknown"));
}
