//! Any text is an expression or a compile error; any expression ends, whatever it is evaluated on.
#![no_main]

use std::sync::LazyLock;

use kap_fhirpath::definitions::Definitions;
use kap_fhirpath::{Element, EvaluationContext, Expression, Isolated, Limits, Mode, Model, Outcome, Stop};
use libfuzzer_sys::fuzz_target;

const TYPES: [&str; 4] = [
    r#"{"resourceType": "StructureDefinition", "type": "Resource", "kind": "resource", "derivation": "specialization",
        "snapshot": {"element": [{"path": "Resource", "max": "*"}, {"path": "Resource.id", "max": "1", "type": [{"code": "id"}]}]}}"#,
    r#"{"resourceType": "StructureDefinition", "type": "Thing", "kind": "resource", "derivation": "specialization",
        "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Resource", "snapshot": {"element": [
        {"path": "Thing", "max": "*"}, {"path": "Thing.id", "max": "1", "type": [{"code": "id"}]},
        {"path": "Thing.contained", "max": "*", "type": [{"code": "Resource"}]},
        {"path": "Thing.name", "max": "*", "type": [{"code": "string"}]},
        {"path": "Thing.value[x]", "max": "1", "type": [{"code": "Quantity"}, {"code": "date"}, {"code": "dateTime"}, {"code": "decimal"}]},
        {"path": "Thing.part", "max": "*", "type": [{"code": "BackboneElement"}]},
        {"path": "Thing.part.part", "max": "*", "contentReference": "Thing.part"}]}}"#,
    r#"{"resourceType": "StructureDefinition", "type": "Quantity", "kind": "complex-type", "derivation": "specialization",
        "snapshot": {"element": [{"path": "Quantity", "max": "*"}, {"path": "Quantity.value", "max": "1", "type": [{"code": "decimal"}]}]}}"#,
    r#"{"resourceType": "StructureDefinition", "type": "string", "kind": "primitive-type", "derivation": "specialization",
        "snapshot": {"element": [{"path": "string", "max": "*"}, {"path": "string.id", "max": "1", "type": [{"code": "string"}]}]}}"#,
];

const THING: &str = r##"{"resourceType": "Thing", "id": "t", "contained": [{"resourceType": "Thing", "id": "c"}],
    "name": ["a", null, "1.50", "2020-02-30"], "_name": [null, {"id": "x"}],
    "valueQuantity": {"value": 1e3, "code": "mg", "system": "http://unitsofmeasure.org"},
    "part": [{"part": [{"part": []}]}, {}]}"##;

static MODEL: LazyLock<Definitions> = LazyLock::new(|| Definitions::new(TYPES.iter().map(|text| text.as_bytes())));

fuzz_target!(|data: &[u8]| {
    // A document may follow the expression, after a line with nothing.
    let text = String::from_utf8_lossy(data);
    let (text, json) = text.split_once("\n\n").unwrap_or((&text, THING));
    let model: &Definitions = &MODEL;
    let parsed = kap_json::parse_with_names(json.as_bytes(), &kap_json::Limits::default(), model);
    let (Some(document), Some(fallback)) = (&parsed.document, model.type_place("Thing")) else {
        return;
    };
    let resource = Element::resource(document.root(), model, fallback);
    for mode in [Mode::Lenient, Mode::Strict] {
        let Ok(expression) = Expression::compile(text, Some(resource.place), model, mode) else {
            continue;
        };
        let mut context = EvaluationContext::new(model, &Isolated, resource);
        context.limits = Limits { max_steps: 20_000 };
        let values = expression.evaluate(&context);
        match (expression.test(&context), &values) {
            // Asked as a condition, it may stop early; but an answer and its values never contradict each other.
            (Outcome::Empty, Ok(values)) => assert!(values.is_empty()),
            (Outcome::True | Outcome::False, Ok(values)) => assert_eq!(values.len(), 1),
            (Outcome::Error(_), Err(Stop::Undecided(_))) | (_, Err(_)) => {}
            (Outcome::Error(_), Ok(values)) => assert!(values.len() > 1),
            (Outcome::Undecided(_), Ok(_)) => panic!("undecided as a condition, but not as a value"),
        }
    }
});
