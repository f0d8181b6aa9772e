//! Every definition names itself rightly, and every structure definition is whole.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::guide::{BASE, by_url, definitions, list, of_type, text};

#[test]
fn url_is_base_type_and_id() {
    for definition in definitions() {
        let expected = format!(
            "{BASE}/{}/{}",
            text(&definition, "resourceType"),
            text(&definition, "id")
        );
        assert_eq!(text(&definition, "url"), expected);
    }
}

#[test]
fn urls_and_names_are_unique() {
    let definitions = definitions();
    for member in ["url", "name"] {
        let distinct: BTreeSet<_> = definitions.iter().map(|definition| text(definition, member)).collect();
        assert_eq!(distinct.len(), definitions.len(), "two definitions share a {member}");
    }
}

#[test]
fn every_definition_tells_version_status_date_and_purpose() {
    for definition in definitions() {
        let id = text(&definition, "id");
        assert_eq!(definition["version"], env!("CARGO_PKG_VERSION"), "{id}");
        assert_eq!(definition["status"], "draft", "{id}");
        assert_eq!(definition["experimental"], false, "{id}");
        for member in ["date", "title", "publisher", "description"] {
            assert!(!text(&definition, member).is_empty(), "`{member}` of {id} is empty");
        }
    }
}

#[test]
fn lines_are_in_the_order_of_file_names() {
    let definitions = definitions();
    let names: Vec<_> = definitions
        .iter()
        .map(|definition| format!("{}-{}.json", text(definition, "resourceType"), text(definition, "id")))
        .collect();
    assert!(names.is_sorted(), "{names:?}");
}

#[test]
fn every_structure_definition_has_a_snapshot_of_its_type() {
    let structures = of_type("StructureDefinition");
    assert!(!structures.is_empty());
    for structure in structures {
        let id = text(&structure, "id");
        assert_eq!(structure["fhirVersion"], "4.0.1", "{id}");
        let elements = list(&structure["snapshot"], "element");
        assert_eq!(
            elements.first().map(|element| &element["path"]),
            Some(&structure["type"]),
            "{id}"
        );
        assert!(
            elements.len() > list(&structure["differential"], "element").len() / 2,
            "{id}"
        );
        assert!(
            text(&structure, "baseDefinition").starts_with("http://hl7.org/fhir/StructureDefinition/"),
            "{id}"
        );
    }
}

#[test]
fn the_six_profiles_are_there() {
    let profiles: Vec<_> = of_type("StructureDefinition")
        .into_iter()
        .filter(|structure| structure["type"] != "Extension")
        .map(|structure| format!("{} {}", text(&structure, "type"), text(&structure, "id")))
        .collect();
    assert_eq!(
        profiles,
        [
            "MedicationAdministration kap-dosing-administration",
            "Goal kap-goal",
            "CarePlan kap-integration-care-plan",
            "Procedure kap-integration-procedure",
            "Observation kap-score-observation",
            "Encounter kap-session-encounter",
        ]
    );
}

#[test]
fn every_profile_named_by_an_element_is_in_the_guide_or_in_r4() {
    let definitions = definitions();
    for structure in of_type("StructureDefinition") {
        for (element, canonical) in named_profiles(&structure) {
            let known = canonical.starts_with("http://hl7.org/fhir/StructureDefinition/")
                || by_url(&definitions, &canonical).is_some();
            assert!(known, "{element} of {} names {canonical}", structure["id"]);
        }
    }
}

#[test]
fn every_extension_is_used_where_its_context_allows() {
    let structures = of_type("StructureDefinition");
    for structure in structures.iter().filter(|structure| structure["type"] != "Extension") {
        for (element, canonical) in named_profiles(structure) {
            let Some(extension) = by_url(&structures, &canonical).filter(|extension| extension["type"] == "Extension")
            else {
                continue;
            };
            let holder = holder_of(structure, &element);
            let allowed: Vec<_> = list(extension, "context")
                .iter()
                .map(|context| text(context, "expression"))
                .collect();
            assert!(
                holder.iter().any(|name| allowed.contains(&name.as_str())),
                "{canonical} on {holder:?}, allowed on {allowed:?}"
            );
        }
    }
}

#[test]
fn every_extension_carries_its_own_url() {
    for extension in of_type("StructureDefinition")
        .iter()
        .filter(|structure| structure["type"] == "Extension")
    {
        let url = list(&extension["snapshot"], "element")
            .iter()
            .find(|element| element["id"] == "Extension.url");
        assert_eq!(url.map(|element| &element["fixedUri"]), Some(&extension["url"]));
    }
}

/// The profiles that the elements of a snapshot name, of values and of references, with the elements' ids.
fn named_profiles(structure: &Value) -> Vec<(String, String)> {
    let mut named = Vec::new();
    for element in list(&structure["snapshot"], "element") {
        for element_type in list(element, "type") {
            let canonicals = list(element_type, "profile")
                .iter()
                .chain(list(element_type, "targetProfile"));
            named.extend(
                canonicals
                    .filter_map(Value::as_str)
                    .map(|canonical| (text(element, "id").to_owned(), canonical.to_owned())),
            );
        }
    }
    named
}

/// What an extension at `element` (`X.extension:name`) extends: the path, the types there, and for a resource the type all resources share.
fn holder_of(structure: &Value, element: &str) -> Vec<String> {
    let path = element.split(".extension").next().unwrap_or_default();
    let mut holder = vec![path.to_owned()];
    if path == text(structure, "type") {
        holder.push("DomainResource".to_owned());
    }
    let extended = list(&structure["snapshot"], "element")
        .iter()
        .find(|candidate| candidate["id"] == path);
    let types = extended.map_or(&[][..], |extended| list(extended, "type"));
    holder.extend(types.iter().map(|element_type| text(element_type, "code").to_owned()));
    holder
}
