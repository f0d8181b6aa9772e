//! Evaluates the root invariants and search parameters of R4 on resources with kap-fhirpath and with rh-fhirpath, and
//! prints where they differ:
//!
//!     cargo run --manifest-path tests/peers/fhirpath/Cargo.toml -- hl7.fhir.r4.core-4.0.1.tgz RESOURCES.tgz

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use kap_fhir::Package;
use kap_fhirpath::definitions::Definitions;
use kap_fhirpath::{Element, EvaluationContext, Expression, Isolated, Item, Mode, Model, Stop};
use rh_fhirpath::{FhirPathEvaluator, FhirPathParser, FhirPathValue};
use serde_json::Value;

/// Larger resources take the peer minutes.
const MAX_BYTES: usize = 200_000;

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let [core, resources @ ..] = paths.as_slice() else {
        return Err("the archive of R4's definitions is missing".into());
    };
    let core = package(core)?;
    let model = Definitions::new(core.files.iter().map(|file| file.bytes.as_slice()));
    let expressions = expressions(&core);
    let (mut total, mut differ) = (0_u64, BTreeMap::<String, (u64, String)>::new());
    std::panic::set_hook(Box::new(|_| {}));
    for path in resources {
        for file in package(path)?.files.iter().filter(|file| file.bytes.len() <= MAX_BYTES) {
            let Ok(value) = serde_json::from_slice::<Value>(&file.bytes) else {
                continue;
            };
            let Some(of_type) = value["resourceType"]
                .as_str()
                .filter(|name| *name != "StructureDefinition")
            else {
                continue;
            };
            for text in expressions.get(of_type).into_iter().flatten() {
                let ours = ours(text, &file.bytes, &model);
                let theirs =
                    catch_unwind(AssertUnwindSafe(|| theirs(text, &value))).unwrap_or_else(|_| "panic".to_owned());
                total += 1;
                if ours != theirs {
                    let first = || (0, format!("{}: ours {ours}, theirs {theirs}", file.name));
                    differ.entry(text.clone()).or_insert_with(first).0 += 1;
                }
            }
        }
    }
    let mut rows: Vec<_> = differ.iter().collect();
    rows.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    for (text, (count, example)) in &rows {
        println!("{count:6} {text}\n       {example}");
    }
    println!("{total} evaluations, {} expressions differ", rows.len());
    Ok(())
}

/// By type of resource: what is evaluated on it.
fn expressions(core: &Package) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::<String, Vec<String>>::new();
    for file in &core.files {
        let Ok(definition) = serde_json::from_slice::<Value>(&file.bytes) else {
            continue;
        };
        let mut add = |of: &str, text: &str| {
            let of_type = found.entry(of.to_owned()).or_default();
            if !of_type.iter().any(|known| known == text) {
                of_type.push(text.to_owned());
            }
        };
        match definition["resourceType"].as_str() {
            Some("StructureDefinition")
                if definition["derivation"] != "constraint" && definition["kind"] == "resource" =>
            {
                let Some(of) = definition["type"].as_str() else {
                    continue;
                };
                let constraints = definition["snapshot"]["element"][0]["constraint"].as_array();
                for constraint in constraints.into_iter().flatten() {
                    if let Some(text) = constraint["expression"].as_str() {
                        add(of, text);
                    }
                }
            }
            Some("SearchParameter") => {
                let Some(text) = definition["expression"].as_str() else {
                    continue;
                };
                for part in text.split(" | ") {
                    for of in definition["base"]
                        .as_array()
                        .into_iter()
                        .flatten()
                        .filter_map(Value::as_str)
                    {
                        if part.contains(&format!("{of}.")) {
                            add(of, part);
                        }
                    }
                }
            }
            _ => {}
        }
    }
    found
}

fn ours(text: &str, json: &[u8], model: &Definitions) -> String {
    let parsed = kap_json::parse(json, &kap_json::Limits::default());
    let (Some(document), Some(fallback)) = (&parsed.document, model.type_place("Resource")) else {
        return "no document".to_owned();
    };
    let resource = Element::resource(document.root(), model, fallback);
    let expression = match Expression::compile(text, Some(resource.place), model, Mode::Lenient) {
        Ok(expression) => expression,
        Err(_) => return "error".to_owned(),
    };
    match expression.evaluate(&EvaluationContext::new(model, &Isolated, resource)) {
        Ok(items) => format!("{:?}", items.iter().map(scalar).collect::<Vec<_>>()),
        Err(Stop::Undecided(_)) => "undecided".to_owned(),
        Err(Stop::Error(_)) => "error".to_owned(),
    }
}

fn scalar(item: &Item<'_>) -> String {
    match item {
        Item::Element(element) if element.primitive().is_none() => "{}".to_owned(),
        item => item.to_string(),
    }
}

fn theirs(text: &str, value: &Value) -> String {
    let Ok(expression) = FhirPathParser::new().parse(text) else {
        return "error".to_owned();
    };
    let context = rh_fhirpath::EvaluationContext::new(value.clone());
    match FhirPathEvaluator::new().evaluate(&expression, &context) {
        Ok(value) => {
            let mut texts = Vec::new();
            flatten(&value, &mut texts);
            format!("{texts:?}")
        }
        Err(_) => "error".to_owned(),
    }
}

fn flatten(value: &FhirPathValue, texts: &mut Vec<String>) {
    match value {
        FhirPathValue::Empty => {}
        FhirPathValue::FhirPrimitive { inner, .. } => flatten(inner, texts),
        FhirPathValue::Collection(values) | FhirPathValue::UnorderedCollection(values) => {
            for value in values {
                flatten(value, texts);
            }
        }
        FhirPathValue::Boolean(value) | FhirPathValue::TypedBoolean { value, .. } => texts.push(value.to_string()),
        FhirPathValue::String(value)
        | FhirPathValue::TypedString { value, .. }
        | FhirPathValue::Date(value)
        | FhirPathValue::DateTime(value)
        | FhirPathValue::TypedDateTime { value, .. }
        | FhirPathValue::Time(value) => texts.push(value.clone()),
        FhirPathValue::Integer(value) | FhirPathValue::Long(value) => texts.push(value.to_string()),
        FhirPathValue::Number(value) => texts.push(value.to_string()),
        _ => texts.push("{}".to_owned()),
    }
}

fn package(path: impl AsRef<Path>) -> Result<Package, Box<dyn Error>> {
    let path = path.as_ref();
    let file = File::open(path)?;
    Ok(Package::from_tgz(
        &path.to_string_lossy(),
        file,
        &kap_fhir::package::Limits::default(),
    )?)
}
