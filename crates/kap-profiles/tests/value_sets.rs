//! Value sets name only code systems and codes that exist.

use crate::guide::{BASE, by_url, codes, definitions, list, of_type, text};

/// Code systems of others that the guide draws on.
const FOREIGN: [&str; 3] = [
    "http://loinc.org",
    "http://snomed.info/sct",
    "http://terminology.hl7.org/CodeSystem/v3-RouteOfAdministration",
];

#[test]
fn value_sets_name_code_systems_that_exist() {
    let definitions = definitions();
    for value_set in of_type("ValueSet") {
        let includes = list(&value_set["compose"], "include");
        assert!(!includes.is_empty(), "{} is empty", value_set["id"]);
        for include in includes {
            let system = text(include, "system");
            let known = FOREIGN.contains(&system) || by_url(&definitions, system).is_some();
            assert!(known, "{} includes {system}", value_set["id"]);
        }
    }
}

#[test]
fn value_sets_name_our_codes_as_they_are() {
    let definitions = definitions();
    for value_set in of_type("ValueSet") {
        for include in list(&value_set["compose"], "include") {
            let Some(code_system) = by_url(&definitions, text(include, "system")) else {
                continue;
            };
            let known = codes(code_system);
            for concept in list(include, "concept") {
                assert!(
                    known.contains(&text(concept, "code")),
                    "{concept} in {}",
                    value_set["id"]
                );
            }
        }
    }
}

#[test]
fn other_systems_are_named_code_by_code_with_their_notice() {
    for value_set in of_type("ValueSet") {
        for include in list(&value_set["compose"], "include") {
            let system = text(include, "system");
            if system.starts_with(BASE) {
                continue;
            }
            assert!(
                !list(include, "concept").is_empty(),
                "{} takes in all of {system}",
                value_set["id"]
            );
            let owner = match system {
                "http://loinc.org" => "LOINC",
                "http://snomed.info/sct" => "SNOMED International",
                _ => continue,
            };
            assert!(
                text(&value_set, "copyright").contains(owner),
                "{} lacks the notice of {owner}",
                value_set["id"]
            );
        }
    }
}

#[test]
fn loinc_codes_have_a_valid_check_digit_and_no_name() {
    for value_set in of_type("ValueSet") {
        for include in list(&value_set["compose"], "include")
            .iter()
            .filter(|include| include["system"] == "http://loinc.org")
        {
            for concept in list(include, "concept") {
                let code = text(concept, "code");
                assert!(check_digit_holds(code), "{code} is no LOINC code");
                assert!(concept.get("display").is_none(), "{code} carries a name");
            }
        }
    }
}

/// LOINC's check digit: mod 10, every second digit from the right doubled.
fn check_digit_holds(code: &str) -> bool {
    let mut sum = 0;
    for (place, digit) in code.chars().rev().filter_map(|letter| letter.to_digit(10)).enumerate() {
        let weighted = if place % 2 == 1 { digit * 2 } else { digit };
        sum += weighted / 10 + weighted % 10;
    }
    code.contains('-') && sum % 10 == 0
}
