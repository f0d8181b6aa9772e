//! No input reaches a panic, and no input takes us into endless depth.

use std::fs;

use kap_validate::{Options, Plan, PlanSet, check_bundle, check_bytes, compile_on};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{documents, root, with_plans};

/// JSON with names that FHIR knows, so that the walk gets deep.
fn fhir_like() -> impl Strategy<Value = Value> {
    let names = prop::sample::select(vec![
        "resourceType",
        "entry",
        "resource",
        "contained",
        "extension",
        "_extension",
        "url",
        "valueString",
        "_valueString",
        "value",
        "name",
        "_birthDate",
        "reference",
        "subject",
        "category",
        "coding",
        "code",
        "text",
        "div",
        "item",
        "meta",
        "profile",
        "type",
        "request",
        "fullUrl",
        "id",
        "status",
        "component",
        "parameter",
        "part",
        "_id",
        "given",
        "_given",
    ]);
    let texts = prop::sample::select(vec![
        "Bundle",
        "Patient",
        "Observation",
        "Parameters",
        "Questionnaire",
        "#",
        "#a",
        "urn:uuid:x",
        "Patient/1",
        "",
        "transaction",
        "document",
        "<div",
        "http://example.org/fhir/StructureDefinition/survey-score",
        "survey",
    ]);
    nested(names, any::<i32>().prop_map(Value::from), texts, 6, 64)
}

/// JSON with what ElementDefinitions are made of.
fn definition_like() -> impl Strategy<Value = Value> {
    let names = prop::sample::select(vec![
        "id",
        "path",
        "sliceName",
        "min",
        "max",
        "type",
        "code",
        "profile",
        "targetProfile",
        "slicing",
        "discriminator",
        "contentReference",
        "fixedUri",
        "patternCoding",
        "binding",
        "valueSet",
        "strength",
        "constraint",
        "key",
        "extension",
        "url",
        "base",
        "maxLength",
        "minValueDate",
    ]);
    let texts = prop::sample::select(vec![
        "Patient",
        "Patient.name",
        "Patient.identifier:register",
        "Patient.identifier:register/a/b",
        "Patient.contact.name",
        "Patient.identifier.assigner.identifier.assigner",
        "Patient.deceasedBoolean",
        "Patient.deceased[x]:deceasedBoolean",
        "Patient.extension:birthPlace.value[x].country",
        "Patient..",
        ".",
        ":",
        "a:b:c",
        "[x]",
        "Extension",
        "Patient.link.other",
        "http://hl7.org/fhir/StructureDefinition/patient-birthPlace",
        "http://example.org/fhir/StructureDefinition/registered-adult",
        "#Patient.contact",
        "#",
        "0",
        "*",
        "-1",
        "register",
        "value",
        "Element",
        "BackboneElement",
        "Quantity",
    ]);
    nested(names, any::<u32>().prop_map(Value::from), texts, 5, 48)
}

/// JSON that nests up to `depth` levels deep, of about `size` values: members with one of the names, and at the leaves
/// null, booleans, numbers and one of the texts.
fn nested(
    names: impl Strategy<Value = &'static str> + Clone + 'static,
    numbers: impl Strategy<Value = Value> + 'static,
    texts: impl Strategy<Value = &'static str> + 'static,
    depth: u32,
    size: u32,
) -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        numbers,
        texts.prop_map(Value::from),
    ];
    leaf.prop_recursive(depth, size, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((names.clone(), inner), 0..6).prop_map(|members| {
                Value::Object(
                    members
                        .into_iter()
                        .map(|(name, value)| (name.to_owned(), value))
                        .collect(),
                )
            }),
        ]
    })
}

/// Puts `replacement` in place of the node that is `at`th in document order.
fn replace(value: &mut Value, at: &mut usize, replacement: &Value) -> bool {
    if *at == 0 {
        *value = replacement.clone();
        return true;
    }
    *at -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|item| replace(item, at, replacement)),
        Value::Object(members) => members.values_mut().any(|member| replace(member, at, replacement)),
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let plans = PlanSet::new(&[Plan::r4()]);
        let (checked, report) = check_bundle(&plans, bytes, &Options::default());
        prop_assert_eq!(checked.is_some(), report.errors == 0);
    }

    #[test]
    fn any_json(value in fhir_like(), kind in prop::sample::select(vec!["Bundle", "Patient", "Observation", "Parameters"])) {
        let mut value = value;
        if let Value::Object(members) = &mut value {
            members.insert("resourceType".to_owned(), json!(kind));
        }
        with_plans(|plans| check_bytes(plans, value.to_string().as_bytes(), &Options::default()));
    }

    #[test]
    fn mutated_differentials(at in 0_usize..60, other in 0_usize..60, value in definition_like(), more in definition_like()) {
        let folder = root().join("crates/kap-validate/tests/definitions");
        let read = |name: &str| {
            let text = fs::read(folder.join(name)).expect("the definition is readable");
            serde_json::from_slice::<Value>(&text).expect("definitions are JSON")
        };
        let mut base = read("StructureDefinition-registered-patient.json");
        let mut derived = read("StructureDefinition-registered-adult.json");
        replace(&mut base["differential"], &mut { at }, &value);
        replace(&mut derived["differential"], &mut { other }, &more);
        let compiled = compile_on(&PlanSet::new(&[Plan::r4()]), "test", "1", [base, derived]).expect("it compiles");
        let plan = Plan::from_bytes(compiled.bytes).expect("just compiled");
        let text = fs::read(root().join("fixtures/valid/profile/differential-on-differential.json")).expect("readable");
        check_bytes(&PlanSet::new(&[Plan::r4(), &plan]), &text, &Options::default());
    }

    #[test]
    fn mutated_resources(file in any::<prop::sample::Index>(), at in 0_usize..120, value in fhir_like()) {
        let files = documents(&root().join("fixtures/valid"));
        let text = fs::read(file.get(&files)).expect("the fixture is readable");
        let mut document: Value = serde_json::from_slice(&text).expect("valid fixtures are JSON");
        let mut at = at;
        replace(&mut document, &mut at, &value);
        with_plans(|plans| check_bytes(plans, document.to_string().as_bytes(), &Options::default()));
    }
}

#[test]
fn nesting_is_bounded() {
    let plans = PlanSet::new(&[Plan::r4()]);
    let depth = 100_000;
    let extensions = format!(
        r#"{{"resourceType":"Patient",{}{}}}"#,
        r#""extension":[{"#.repeat(depth),
        "}]".repeat(depth)
    );
    let report = check_bytes(&plans, extensions.as_bytes(), &Options::default());
    assert!(report.errors > 0);

    // As deep as the limit allows: on the small stack of a thread.
    let allowed = 126;
    let nested = format!(
        r#"{{"resourceType":"Patient"{}{}}}"#,
        r#","extension":[{"url":"http://example.org/x""#.repeat(allowed),
        "}]".repeat(allowed)
    );
    let report =
        std::thread::spawn(move || check_bytes(&PlanSet::new(&[Plan::r4()]), nested.as_bytes(), &Options::default()));
    assert!(report.join().expect("the walk fits on the stack").errors > 0);
}

#[test]
fn text_that_is_no_json_value_has_the_finding_of_the_parser_alone() {
    let codes = |text: &str| {
        let report = with_plans(|plans| check_bytes(plans, text.as_bytes(), &Options::default()));
        report.issues.iter().map(|issue| issue.code).collect::<Vec<_>>()
    };
    assert_eq!(
        codes(r#"{"resourceType": "Patient", "active": True}"#),
        ["json-literal"]
    );
    assert_eq!(
        codes(r#"{"resourceType": "Patient", "name": 'Doe', "birthDate": }"#),
        ["json-quotes", "json-missing-value"]
    );
    assert_eq!(codes(r#"{"resourceType": Patient, "active": true}"#), ["json-literal"]);
    assert_eq!(codes("patient"), ["json-literal"]);
    // What was read as `null` still is one.
    assert_eq!(
        codes(r#"{"resourceType": "Patient", "active": null}"#),
        ["structure-null"]
    );
}

/// No value of a document stands in what is shown by default, wherever it stands in the document.
#[test]
fn values_of_the_data_are_masked() {
    let canary = "Zq7canary";
    // As itself, as a reference with a type, and as one inside the document.
    let values = [canary.to_owned(), format!("{canary}/1"), format!("#{canary}")];
    with_plans(|plans| {
        for path in documents(&root().join("fixtures/valid")) {
            let text = fs::read(&path).expect("the fixture is readable");
            let document: Value = serde_json::from_slice(&text).expect("valid fixtures are JSON");
            for (at, value) in (0..60).flat_map(|at| values.iter().map(move |value| (at, value))) {
                let mut document = document.clone();
                if !replace_string(&mut document, &mut { at }, value) {
                    break;
                }
                let report = check_bytes(plans, document.to_string().as_bytes(), &Options::default());
                for issue in &report.issues {
                    let shown = format!("{} {:?}", issue.message, issue.location.expression);
                    // Which definition is not loaded has to be told: its URL names an extension, not a patient.
                    assert!(
                        !shown.contains(canary) || issue.code == "extension-unknown",
                        "{}: {shown}",
                        path.display()
                    );
                }
            }
        }
    });
}

/// Puts `replacement` in place of the string that is `at`th in document order.
fn replace_string(value: &mut Value, at: &mut usize, replacement: &str) -> bool {
    match value {
        Value::String(text) if *at == 0 => {
            replacement.clone_into(text);
            true
        }
        Value::String(_) => {
            *at -= 1;
            false
        }
        Value::Array(items) => items.iter_mut().any(|item| replace_string(item, at, replacement)),
        Value::Object(members) => members
            .values_mut()
            .any(|member| replace_string(member, at, replacement)),
        _ => false,
    }
}
