//! Every expression that published packages hold compiles.

use kap_fhirpath::{Expression, Mode, Model, Place};
use serde_json::Value;

use crate::package;

#[test]
fn published_expressions_compile() {
    let Some(model) = package::r4() else { return };
    let names = [
        "hl7.fhir.r4.core",
        "hl7.fhir.r4.examples",
        "hl7.fhir.us.core",
        "hl7.fhir.uv.extensions",
        "hl7.fhir.uv.sdc",
        "hl7.fhir.uv.ips",
    ];
    let mut count = 0_usize;
    let mut failures = std::collections::BTreeSet::new();
    for path in package::archives(&names) {
        for file in package::read(&path).files {
            let Ok(definition) = serde_json::from_slice::<Value>(&file.bytes) else {
                continue;
            };
            for (place, text) in expressions(&definition, model) {
                count += 1;
                if let Err(error) = Expression::compile(&text, place, model, Mode::Lenient) {
                    failures.insert(format!("{}: {text}\n    {error}", file.name));
                }
            }
        }
    }
    let failures: Vec<String> = failures.into_iter().collect();
    assert!(
        failures.is_empty(),
        "of {count} do not compile:\n{}",
        failures.join("\n")
    );
    eprintln!("{count} expressions compile");
}

/// The expressions of a definition, with where they are evaluated.
fn expressions(definition: &Value, model: &dyn Model) -> Vec<(Option<Place>, String)> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    match definition["resourceType"].as_str() {
        Some("SearchParameter") => text(&definition["expression"])
            .map(|text| (None, text))
            .into_iter()
            .collect(),
        Some("StructureDefinition") => {
            let mut found = Vec::new();
            for context in definition["context"].as_array().into_iter().flatten() {
                if context["type"] == "fhirpath" {
                    found.extend(text(&context["expression"]).map(|text| (None, text)));
                }
            }
            for invariant in definition["contextInvariant"].as_array().into_iter().flatten() {
                found.extend(text(invariant).map(|text| (None, text)));
            }
            for part in ["snapshot", "differential"] {
                for element in definition[part]["element"].as_array().into_iter().flatten() {
                    let place = element["path"].as_str().and_then(|path| place_of(path, model));
                    for constraint in element["constraint"].as_array().into_iter().flatten() {
                        found.extend(text(&constraint["expression"]).map(|text| (place, text)));
                    }
                }
            }
            found
        }
        _ => Vec::new(),
    }
}

/// Where a path of an ElementDefinition leads.
fn place_of(path: &str, model: &dyn Model) -> Option<Place> {
    let mut names = path.split('.');
    let mut place = model.type_place(names.next()?)?;
    for name in names {
        let members = model.members(place, name.trim_end_matches("[x]"));
        place = match members.as_slice() {
            [only] => only.place,
            _ => return None,
        };
    }
    Some(place)
}
