//! Snapshots made from differentials. Published ones are compared by `cargo xtask conformance --suite snapshots`.

use kap_validate::{Incomplete, Plan, PlanSet, complete_snapshots};
use serde_json::{Value, json};

fn profile(id: &str, of: &str, base: &str, elements: &Value) -> Value {
    json!({
        "resourceType": "StructureDefinition", "url": url(id), "version": "1.0.0", "name": id, "kind": "resource",
        "abstract": false, "type": of, "baseDefinition": base, "derivation": "constraint",
        "differential": {"element": elements},
    })
}

fn url(id: &str) -> String {
    format!("http://example.org/fhir/StructureDefinition/{id}")
}

fn on_r4(of: &str, elements: &Value) -> Value {
    let base = format!("http://hl7.org/fhir/StructureDefinition/{of}");
    profile("test", of, &base, elements)
}

/// Completes definitions on R4.
fn complete(mut definitions: Vec<Value>) -> (Vec<Value>, Vec<Incomplete>) {
    let problems = complete_snapshots(&PlanSet::new(&[Plan::r4()]), &mut definitions);
    (definitions, problems)
}

/// Completes one profile that lacks nothing.
fn whole(definition: Value) -> Value {
    let (mut definitions, problems) = complete(vec![definition]);
    assert_eq!(problems, []);
    definitions.remove(0)
}

fn element<'d>(definition: &'d Value, id: &str) -> Option<&'d Value> {
    let elements = definition["snapshot"]["element"].as_array().expect("a snapshot");
    elements.iter().find(|element| element["id"] == id)
}

fn the<'d>(definition: &'d Value, id: &str) -> &'d Value {
    element(definition, id).unwrap_or_else(|| panic!("{id} is missing"))
}

fn codes(element: &Value) -> Vec<&str> {
    let types = element["type"].as_array().into_iter().flatten();
    types.filter_map(|kind| kind["code"].as_str()).collect()
}

#[test]
fn what_the_differential_does_not_say_is_as_in_the_base() {
    let made = whole(on_r4(
        "Observation",
        &json!([{"path": "Observation.subject", "min": 1}]),
    ));
    let subject = the(&made, "Observation.subject");
    assert_eq!((&subject["min"], &subject["max"]), (&json!(1), &json!("1")));
    assert_eq!(codes(subject), ["Reference"]);
    assert_eq!(the(&made, "Observation.status")["binding"]["strength"], "required");
    assert_eq!(the(&made, "Observation.component.code")["min"], 1);
    assert_eq!(
        the(&made, "Observation.component.referenceRange")["contentReference"],
        "#Observation.referenceRange"
    );
    let keys: Vec<&str> = the(&made, "Observation")["constraint"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|constraint| constraint["key"].as_str())
        .collect();
    assert!(keys.contains(&"obs-6") && keys.contains(&"dom-3"), "{keys:?}");
}

#[test]
fn slices_are_like_what_they_are_slices_of() {
    let made = whole(on_r4(
        "Observation",
        &json!([
            {"id": "Observation.category", "path": "Observation.category", "min": 1,
             "slicing": {"discriminator": [{"type": "pattern", "path": "$this"}], "rules": "open"}},
            {"id": "Observation.category:lab", "path": "Observation.category", "sliceName": "lab", "min": 1,
             "patternCodeableConcept": {"coding": [{"code": "laboratory"}]}},
            {"id": "Observation.category:lab/blood", "path": "Observation.category", "sliceName": "lab/blood", "max": "1"},
            {"id": "Observation.component:first.code", "path": "Observation.component.code",
             "patternCodeableConcept": {"text": "first"}},
        ]),
    ));
    let lab = the(&made, "Observation.category:lab");
    assert_eq!(codes(lab), ["CodeableConcept"]);
    assert_eq!(lab["binding"]["strength"], "preferred");
    assert_eq!((&lab["min"], &lab["max"]), (&json!(1), &json!("*")));
    assert_eq!(lab["slicing"], Value::Null);
    // A slice of a slice is optional, and keeps what tells the outer one apart.
    let blood = the(&made, "Observation.category:lab/blood");
    assert_eq!((&blood["min"], &blood["max"]), (&json!(0), &json!("1")));
    assert_eq!(blood["patternCodeableConcept"], lab["patternCodeableConcept"]);
    // The slice was not named by itself; it has all that a component has.
    assert_eq!(the(&made, "Observation.component:first.code")["min"], 1);
    assert_eq!(
        codes(the(&made, "Observation.component:first.interpretation")),
        ["CodeableConcept"]
    );
}

#[test]
fn choices_are_narrowed() {
    let made = whole(on_r4(
        "Observation",
        &json!([
            {"path": "Observation.value[x]", "type": [{"code": "Quantity"}, {"code": "string"}]},
            {"id": "Observation.value[x]:valueQuantity", "path": "Observation.value[x]", "sliceName": "valueQuantity"},
            {"id": "Observation.value[x]:valueQuantity.code", "path": "Observation.value[x].code", "fixedCode": "mm"},
            {"path": "Observation.effectiveDateTime", "min": 1},
        ]),
    ));
    assert_eq!(codes(the(&made, "Observation.value[x]")), ["Quantity", "string"]);
    assert_eq!(
        the(&made, "Observation.value[x]")["slicing"]["discriminator"],
        json!([{"type": "type", "path": "$this"}])
    );
    assert_eq!(codes(the(&made, "Observation.value[x]:valueQuantity")), ["Quantity"]);
    assert_eq!(the(&made, "Observation.value[x]:valueQuantity.code")["fixedCode"], "mm");
    assert_eq!(codes(the(&made, "Observation.value[x]:valueQuantity.system")), ["uri"]);
    assert_eq!(codes(the(&made, "Observation.effective[x]")), ["dateTime"]);
    assert_eq!(the(&made, "Observation.effective[x]")["min"], 1);
    assert_eq!(the(&made, "Observation.effective[x]:effectiveDateTime")["min"], 1);
}

#[test]
fn elements_come_from_types_extensions_and_references() {
    let made = whole(on_r4(
        "Questionnaire",
        &json!([
            {"path": "Questionnaire.item.item.linkId", "maxLength": 5},
            {"path": "Questionnaire.item.item.item", "max": "0"},
            {"id": "Questionnaire.extension:ends", "path": "Questionnaire.extension", "sliceName": "ends", "min": 1,
             "type": [{"code": "Extension", "profile": ["http://hl7.org/fhir/StructureDefinition/questionnaire-signatureRequired"]}]},
            {"id": "Questionnaire.extension:ends.value[x].coding.system",
             "path": "Questionnaire.extension.value[x].coding.system", "min": 1},
        ]),
    ));
    assert_eq!(the(&made, "Questionnaire.item.item.linkId")["maxLength"], 5);
    assert_eq!(the(&made, "Questionnaire.item.item.linkId")["min"], 1);
    assert_eq!(the(&made, "Questionnaire.item.item.item")["max"], "0");
    assert_eq!(codes(the(&made, "Questionnaire.item.item")), ["BackboneElement"]);
    let extension = the(&made, "Questionnaire.extension:ends");
    assert_eq!(the(&made, "Questionnaire.extension")["min"], 1);
    assert_eq!(the(&made, "Questionnaire.extension")["slicing"]["rules"], "open");
    assert_eq!(extension["min"], 1);
    assert_eq!(
        the(&made, "Questionnaire.extension:ends.url")["fixedUri"],
        "http://hl7.org/fhir/StructureDefinition/questionnaire-signatureRequired"
    );
    assert_eq!(
        codes(the(&made, "Questionnaire.extension:ends.value[x]")),
        ["CodeableConcept"]
    );
    assert_eq!(
        the(&made, "Questionnaire.extension:ends.value[x].coding.system")["min"],
        1
    );
}

#[test]
fn facts_are_merged() {
    let base = profile(
        "base",
        "Patient",
        "http://hl7.org/fhir/StructureDefinition/Patient",
        &json!([
            {"path": "Patient.gender", "patternCode": "other", "mustSupport": true,
             "constraint": [{"key": "one", "severity": "error", "human": "", "expression": "true"}]},
            {"path": "Patient.maritalStatus", "binding": {"strength": "required", "valueSet": "http://example.org/a"}},
        ]),
    );
    let derived = profile(
        "test",
        "Patient",
        &url("base"),
        &json!([
            {"path": "Patient.gender", "fixedCode": "other",
             "constraint": [{"key": "one", "severity": "warning", "human": "", "expression": "false"},
                            {"key": "two", "severity": "warning", "human": "", "expression": "true"}]},
            {"path": "Patient.maritalStatus", "binding": {"strength": "required"}},
        ]),
    );
    // The derived one comes first: the order of the definitions means nothing.
    let (definitions, problems) = complete(vec![derived, base]);
    assert_eq!(problems, []);
    let gender = the(&definitions[0], "Patient.gender");
    assert_eq!(
        (&gender["fixedCode"], &gender["patternCode"]),
        (&json!("other"), &Value::Null)
    );
    assert_eq!(gender["mustSupport"], true);
    let constraints = gender["constraint"].as_array().expect("constraints");
    let stated: Vec<_> = constraints
        .iter()
        .map(|one| (&one["key"], &one["severity"], &one["source"]))
        .collect();
    // A constraint cannot be loosened, and says who states it.
    assert!(
        stated.contains(&(&json!("one"), &json!("error"), &json!(url("base")))),
        "{stated:?}"
    );
    assert!(
        stated.contains(&(&json!("two"), &json!("warning"), &json!(url("test")))),
        "{stated:?}"
    );
    assert_eq!(
        the(&definitions[0], "Patient.maritalStatus")["binding"]["valueSet"],
        "http://example.org/a"
    );
}

#[test]
fn circles_and_missing_bases_are_told() {
    let elements = json!([{"path": "Patient.name", "min": 1}]);
    let (definitions, problems) = complete(vec![
        profile("a", "Patient", &url("b"), &elements),
        profile("b", "Patient", &url("a"), &elements),
        profile("orphan", "Patient", &url("nowhere"), &elements),
        on_r4("Patient", &json!([{"path": "Patient.nickname", "min": 1}])),
    ]);
    let open: Vec<&str> = problems
        .iter()
        .filter(|problem| problem.is_open)
        .map(|problem| problem.canonical.rsplit('/').next().unwrap_or_default())
        .collect();
    for name in ["a|1.0.0", "b|1.0.0", "orphan|1.0.0", "test|1.0.0"] {
        assert!(open.contains(&name), "{name}: {problems:?}");
    }
    // What a profile says of its type holds without its base.
    assert_eq!(the(&definitions[2], "Patient.name")["min"], 1);
}

#[test]
fn snapshots_are_bounded() {
    // Slices in slices in slices: each level copies the ones below for every slice.
    let mut elements = Vec::new();
    let mut path = "Questionnaire".to_owned();
    for _ in 0..12 {
        path.push_str(".item");
        for slice in 0..8 {
            elements.push(json!({"path": path, "sliceName": format!("s{slice}")}));
        }
    }
    let deep = vec!["a"; 10_000].join(".");
    elements.push(json!({"path": deep, "min": 1}));
    elements.push(json!({"path": "Questionnaire.item", "sliceName": vec!["a"; 10_000].join("/")}));
    elements.push(json!({"path": "", "id": ":"}));
    elements.push(json!({"no": "path"}));
    let (definitions, _) = complete(vec![on_r4("Questionnaire", &elements.into())]);
    assert!(definitions[0].to_string().len() < 100_000_000);
}
