//! Bindings point to value sets that exist, and only what can be enumerated for certain is required.

use serde_json::Value;

use crate::guide::{BASE, by_url, definitions, list, of_type, text};

#[test]
fn bindings_name_value_sets_that_exist() {
    let definitions = definitions();
    for (place, binding) in local_bindings() {
        assert!(
            by_url(&definitions, text(&binding, "valueSet")).is_some(),
            "{place}: {binding}"
        );
    }
}

#[test]
fn required_bindings_hold_only_our_own_codes() {
    let definitions = definitions();
    let required: Vec<_> = local_bindings()
        .into_iter()
        .filter(|(_, binding)| binding["strength"] == "required")
        .collect();
    assert!(!required.is_empty());
    for (place, binding) in required {
        let value_set = by_url(&definitions, text(&binding, "valueSet")).expect("the value set exists");
        for include in list(&value_set["compose"], "include") {
            assert!(
                text(include, "system").starts_with(BASE),
                "{place} requires codes of {}",
                include["system"]
            );
        }
    }
}

/// Every binding in a snapshot to a value set of the guide, with the place it stands at.
fn local_bindings() -> Vec<(String, Value)> {
    let mut bindings = Vec::new();
    for structure in of_type("StructureDefinition") {
        for element in list(&structure["snapshot"], "element") {
            if element["binding"]["valueSet"]
                .as_str()
                .is_some_and(|canonical| canonical.starts_with(BASE))
            {
                bindings.push((
                    format!("{} {}", text(&structure, "id"), text(element, "id")),
                    element["binding"].clone(),
                ));
            }
        }
    }
    bindings
}
