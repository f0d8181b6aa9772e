//! A small world of types, and a resource in it.

use std::sync::LazyLock;

use kap_fhirpath::definitions::Definitions;
use kap_fhirpath::{
    Answer, Element, EvaluationContext, Expression, Host, Item, Mode, Model, Outcome, Resolved, Stop, Undecided,
    Variables,
};
use kap_json::{Limits, Node};

/// One definition: name, kind, base, and elements as `path max types`.
const TYPES: &[(&str, &str, &str, &[&str])] = &[
    (
        "Element",
        "complex-type",
        "",
        &["Element.id 1 string", "Element.extension * Extension"],
    ),
    (
        "Extension",
        "complex-type",
        "Element",
        &[
            "Extension.id 1 string",
            "Extension.extension * Extension",
            "Extension.url 1 uri",
            "Extension.value[x] 1 string,Quantity,boolean",
        ],
    ),
    (
        "Quantity",
        "complex-type",
        "Element",
        &[
            "Quantity.id 1 string",
            "Quantity.extension * Extension",
            "Quantity.value 1 decimal",
            "Quantity.unit 1 string",
            "Quantity.system 1 uri",
            "Quantity.code 1 code",
        ],
    ),
    (
        "Age",
        "complex-type",
        "Quantity",
        &[
            "Age.value 1 decimal",
            "Age.unit 1 string",
            "Age.system 1 uri",
            "Age.code 1 code",
        ],
    ),
    (
        "Reference",
        "complex-type",
        "Element",
        &[
            "Reference.id 1 string",
            "Reference.extension * Extension",
            "Reference.reference 1 string",
        ],
    ),
    (
        "string",
        "primitive-type",
        "Element",
        &["string.id 1 string", "string.extension * Extension"],
    ),
    (
        "code",
        "primitive-type",
        "string",
        &["code.id 1 string", "code.extension * Extension"],
    ),
    (
        "uri",
        "primitive-type",
        "Element",
        &["uri.id 1 string", "uri.extension * Extension"],
    ),
    (
        "boolean",
        "primitive-type",
        "Element",
        &["boolean.id 1 string", "boolean.extension * Extension"],
    ),
    (
        "integer",
        "primitive-type",
        "Element",
        &["integer.id 1 string", "integer.extension * Extension"],
    ),
    (
        "decimal",
        "primitive-type",
        "Element",
        &["decimal.id 1 string", "decimal.extension * Extension"],
    ),
    (
        "date",
        "primitive-type",
        "Element",
        &["date.id 1 string", "date.extension * Extension"],
    ),
    (
        "dateTime",
        "primitive-type",
        "Element",
        &["dateTime.id 1 string", "dateTime.extension * Extension"],
    ),
    ("xhtml", "primitive-type", "Element", &["xhtml.id 1 string"]),
    ("Resource", "resource", "", &["Resource.id 1 string"]),
    (
        "DomainResource",
        "resource",
        "Resource",
        &["DomainResource.id 1 string", "DomainResource.contained * Resource"],
    ),
    (
        "Thing",
        "resource",
        "DomainResource",
        &[
            "Thing.id 1 string",
            "Thing.contained * Resource",
            "Thing.name * string",
            "Thing.born 1 date",
            "Thing.seen 1 dateTime",
            "Thing.kind 1 code",
            "Thing.active 1 boolean",
            "Thing.number 1 integer",
            "Thing.value[x] 1 string,Quantity,Age,boolean",
            "Thing.owner * Reference",
            "Thing.part * BackboneElement",
            "Thing.part.label 1 string",
            "Thing.part.amount 1 decimal",
            "Thing.part.part * #Thing.part",
        ],
    ),
];

pub(crate) fn model() -> &'static Definitions {
    static MODEL: LazyLock<Definitions> = LazyLock::new(read);
    &MODEL
}

fn read() -> Definitions {
    let texts: Vec<String> = TYPES
        .iter()
        .map(|(name, kind, base, elements)| {
            let mut rows = vec![format!(r#"{{"path": "{name}", "max": "*"}}"#)];
            rows.extend(elements.iter().map(|line| {
                let parts: Vec<&str> = line.split(' ').collect();
                let rest = if let Some(target) = parts[2].strip_prefix('#') {
                    format!(r##""contentReference": "#{target}""##)
                } else {
                    let types = parts[2].split(',').map(|of| format!(r#"{{"code": "{of}"}}"#));
                    format!(r#""type": [{}]"#, types.collect::<Vec<_>>().join(","))
                };
                format!(r#"{{"path": "{}", "max": "{}", {rest}}}"#, parts[0], parts[1])
            }));
            format!(
                r#"{{"resourceType": "StructureDefinition", "type": "{name}", "kind": "{kind}", "derivation": "specialization",
                    "baseDefinition": "http://hl7.org/fhir/StructureDefinition/{base}", "snapshot": {{"element": [{}]}}}}"#,
                rows.join(",")
            )
        })
        .collect();
    Definitions::new(texts.iter().map(String::as_bytes))
}

pub(crate) const THING: &str = r##"{
    "resourceType": "Thing", "id": "t1",
    "contained": [{"resourceType": "Thing", "id": "c1", "name": ["inner"]}],
    "name": ["a", null, "b", "a"],
    "_name": [null, {"extension": [{"url": "http://x.example/why", "valueString": "unknown"}]}, {"id": "n3"}],
    "born": "1990-02-28", "seen": "2020-02-29T23:30:00+01:00", "_kind": {"id": "only"},
    "active": false, "number": 7,
    "valueQuantity": {"value": 4.0, "unit": "g", "system": "http://unitsofmeasure.org", "code": "g"},
    "owner": [{"reference": "#c1"}, {"reference": "Thing/elsewhere"}, {"reference": "urn:uuid:0"}],
    "part": [
        {"label": "one", "amount": 1.50, "part": [{"label": "deep"}]},
        {"label": "two", "amount": 2}
    ]
}"##;

/// Knows contained resources; everything else is open.
pub(crate) struct TestHost<'d> {
    pub(crate) root: Node<'d>,
}

impl<'d> Host<'d> for TestHost<'d> {
    fn resolve(&self, reference: &str, _from: Option<Node<'d>>) -> Resolved<'d> {
        let Some(id) = reference.strip_prefix('#') else {
            return Resolved::Undecided(Undecided::new("not at hand", reference));
        };
        let contained = self.root.get("contained").into_iter().flat_map(Node::items);
        let mut found = contained.filter(|found| found.get("id").and_then(Node::as_str) == Some(id));
        found.next().map_or(Resolved::Missing, Resolved::Found)
    }

    fn member_of(&self, item: &Item<'d>, value_set: &str) -> Answer {
        match value_set {
            "all" => Answer::Yes,
            "none" => Answer::No,
            "ones" => Answer::from(item.to_string() == "one"),
            _ => Answer::Undecided(Undecided::new("the value set is not at hand", value_set)),
        }
    }
}

/// What became of an expression, as a text.
pub(crate) fn evaluate(text: &str) -> String {
    evaluate_on(text, THING, true)
}

pub(crate) fn evaluate_on(text: &str, json: &str, with_names: bool) -> String {
    evaluate_in(Mode::Lenient, text, json, with_names)
}

pub(crate) fn evaluate_in(mode: Mode, text: &str, json: &str, with_names: bool) -> String {
    let model = model();
    let parsed = if with_names {
        kap_json::parse_with_names(json.as_bytes(), &Limits::default(), model)
    } else {
        kap_json::parse(json.as_bytes(), &Limits::default())
    };
    let Some(document) = parsed.document else {
        return "no document".to_owned();
    };
    let root = document.root();
    let fallback = model.type_place("Resource").expect("a type");
    let resource = Element::resource(root, model, fallback);
    let expression = match Expression::compile(text, Some(resource.place), model, mode) {
        Ok(expression) => expression,
        Err(error) => return format!("does not compile: {}", error.message),
    };
    let host = TestHost { root };
    let mut context = EvaluationContext::new(model, &host, resource);
    let mut variables = Variables::new();
    variables.insert("given".to_owned(), vec![Item::Integer(1), Item::Integer(2)]);
    context.variables = Some(&variables);
    context.limits = kap_fhirpath::Limits { max_steps: 100_000 };
    let outcome = expression.test(&context);
    let values = expression.evaluate(&context);
    let agrees = match (&outcome, &values) {
        (Outcome::Error(_), Err(Stop::Error(_))) | (Outcome::Undecided(_), Err(Stop::Undecided(_))) => true,
        (Outcome::Empty, Ok(items)) => items.is_empty(),
        (Outcome::False, Ok(items)) => matches!(items.as_slice(), [item] if item.to_string() == "false"),
        (Outcome::True, Ok(items)) => items.len() == 1,
        // Several values are no condition, but they are values.
        (Outcome::Error(_), Ok(items)) => items.len() > 1,
        _ => false,
    };
    let result = match values {
        Ok(items) => items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        Err(Stop::Error(_)) => "error".to_owned(),
        Err(Stop::Undecided(_)) => "undecided".to_owned(),
    };
    assert!(agrees, "{text}: test says {outcome:?}, evaluate says {result}");
    result
}
