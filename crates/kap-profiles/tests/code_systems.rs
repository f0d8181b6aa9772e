//! Our own code systems are complete, and every code is explained.

use std::collections::BTreeSet;

use crate::guide::{by_url, codes, definitions, list, of_type, text};

#[test]
fn codes_are_unique_and_kebab_case() {
    let code_systems = of_type("CodeSystem");
    assert!(!code_systems.is_empty());
    for code_system in code_systems {
        let codes = codes(&code_system);
        let distinct: BTreeSet<_> = codes.iter().collect();
        assert_eq!(distinct.len(), codes.len(), "{} repeats a code", code_system["id"]);
        for code in codes {
            let kebab = code
                .chars()
                .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-');
            assert!(
                kebab && !code.starts_with('-') && !code.ends_with('-'),
                "`{code}` of {}",
                code_system["id"]
            );
        }
    }
}

#[test]
fn every_code_has_a_display_and_a_definition() {
    for code_system in of_type("CodeSystem") {
        for concept in list(&code_system, "concept") {
            for member in ["display", "definition"] {
                assert!(
                    !text(concept, member).is_empty(),
                    "`{member}` of {} in {}",
                    concept["code"],
                    code_system["id"]
                );
            }
        }
    }
}

#[test]
fn displays_are_unique_within_a_code_system() {
    for code_system in of_type("CodeSystem") {
        let displays: BTreeSet<_> = list(&code_system, "concept")
            .iter()
            .map(|concept| text(concept, "display"))
            .collect();
        assert_eq!(displays.len(), codes(&code_system).len(), "{}", code_system["id"]);
    }
}

#[test]
fn code_systems_are_complete_and_count_their_codes() {
    for code_system in of_type("CodeSystem") {
        let id = text(&code_system, "id");
        assert_eq!(code_system["content"], "complete", "{id}");
        assert_eq!(code_system["caseSensitive"], true, "{id}");
        assert_eq!(code_system["count"], codes(&code_system).len(), "{id}");
    }
}

#[test]
fn every_code_system_has_a_value_set_of_all_its_codes() {
    let definitions = definitions();
    for code_system in of_type("CodeSystem") {
        let value_set = by_url(&definitions, text(&code_system, "valueSet")).expect("the value set exists");
        let include = list(&value_set["compose"], "include");
        assert_eq!(include.len(), 1, "{}", value_set["id"]);
        assert_eq!(include[0]["system"], code_system["url"]);
        assert!(
            include[0].get("concept").is_none() && include[0].get("filter").is_none(),
            "{}",
            value_set["id"]
        );
    }
}

#[test]
fn properties_of_codes_are_declared() {
    for code_system in of_type("CodeSystem") {
        let declared: BTreeSet<_> = list(&code_system, "property")
            .iter()
            .map(|property| text(property, "code"))
            .collect();
        for concept in list(&code_system, "concept") {
            for property in list(concept, "property") {
                assert!(
                    declared.contains(text(property, "code")),
                    "{property} of {} in {}",
                    concept["code"],
                    code_system["id"]
                );
            }
        }
    }
}
