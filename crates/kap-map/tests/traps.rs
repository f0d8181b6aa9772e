//! Mistakes that published guides and exports have made, and that no bundle may repeat.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::resources::{all, edited, holds, values};

const LOINC: &str = "http://loinc.org";
const SNOMED: &str = "http://snomed.info/sct";

/// Every coding of a resource, wherever it stands, as system and code.
fn codings(value: &Value) -> Vec<(&str, &str)> {
    match value {
        Value::Object(members) => {
            let own = members
                .get("system")
                .and_then(Value::as_str)
                .zip(members.get("code").and_then(Value::as_str));
            own.into_iter().chain(members.values().flat_map(codings)).collect()
        }
        Value::Array(items) => items.iter().flat_map(codings).collect(),
        _ => Vec::new(),
    }
}

fn observations(resources: &[Value]) -> impl Iterator<Item = &Value> {
    resources
        .iter()
        .filter(|resource| resource["resourceType"] == "Observation")
}

fn is_score(observation: &Value) -> bool {
    let profiles = values(observation, "meta.profile");
    profiles.iter().any(|profile| {
        profile
            .as_str()
            .is_some_and(|url| url.ends_with("/kap-score-observation"))
    })
}

#[test]
fn a_score_is_never_sent_under_the_code_of_its_panel() {
    let resources = all();
    let codes: BTreeSet<&str> = observations(resources)
        .flat_map(|observation| codings(&observation["code"]))
        .map(|(_, code)| code)
        .collect();
    for total in ["44261-6", "70274-6", "101698-9", "75626-2"] {
        assert!(codes.contains(total), "no fixture has a score {total}");
    }
    // Panels of PHQ-9, GAD-7, PCL-5 and AUDIT-C; the PCL-C for DSM-IV; the total of another instrument that a guide gave to AUDIT-C.
    for wrong in ["44249-1", "69737-5", "101697-1", "72109-2", "70221-7", "76504-0"] {
        assert!(!codes.contains(wrong), "{wrong} is no score of ours");
    }
}

#[test]
fn a_score_is_a_quantity_in_ucum_or_says_why_it_is_absent() {
    let resources = all();
    let scores: Vec<&Value> = observations(resources)
        .filter(|observation| is_score(observation))
        .collect();
    assert!(scores.len() > 50);
    for score in scores {
        let quantity = &score["valueQuantity"];
        let has_reason = score.get("dataAbsentReason").is_some();
        assert!(quantity.is_object() != has_reason, "{score:#}");
        if quantity.is_object() {
            assert_eq!(
                (quantity["system"].as_str(), quantity["code"].as_str()),
                (Some("http://unitsofmeasure.org"), Some("{score}"))
            );
        }
        for other in ["valueString", "valueInteger", "valueCodeableConcept"] {
            assert!(score.get(other).is_none(), "{score:#}");
        }
        let categories: Vec<&str> = codings(&score["category"]).into_iter().map(|(_, code)| code).collect();
        assert_eq!(categories, ["survey"], "{score:#}");
    }
}

#[test]
fn a_score_that_cannot_be_computed_has_no_value() {
    let resources = edited("six-iv-infusions", |document| {
        document["assessments"][0]["scores"] =
            json!([{ "score": "phq9-total", "absentReason": "unknown", "answered": 6 }]);
        document["assessments"][0]["answers"] = json!([]);
    });
    let statement = "Observation: dataAbsentReason.coding.code = unknown & extension[kap-scored-from].extension[answered].valueUnsignedInt = 6";
    assert!(resources.iter().any(|resource| holds(statement, resource)));
}

#[test]
fn the_first_item_of_audit_c_asks_how_often() {
    let resources = all();
    let responses: Vec<&Value> = resources
        .iter()
        .filter(|resource| {
            holds(
                "QuestionnaireResponse: questionnaire = https://kap-fhir.org/fhir/Questionnaire/audit-c & item",
                resource,
            )
        })
        .collect();
    assert!(!responses.is_empty());
    for response in responses {
        let items = values(response, "item.linkId");
        assert_eq!(items.first().and_then(|item| item.as_str()), Some("68518-0"));
    }
}

#[test]
fn labels_come_from_where_they_are_current() {
    let retired = ["PSY", "ETH", "HIV", "SDV", "S", "T", "C"];
    for resource in all() {
        for (system, code) in codings(&resource["meta"]["security"]) {
            assert!(!system.ends_with("v3-ActUSPrivacyLaw"), "{code}");
            assert!(
                !(system.ends_with("v3-Confidentiality") && retired.contains(&code)),
                "{code}"
            );
            assert_ne!(code, "NORDSLCD");
        }
    }
}

#[test]
fn one_token_is_a_test_and_a_race() {
    let resources = all();
    let token: BTreeSet<(&str, &str)> = resources
        .iter()
        .flat_map(|resource| {
            codings(resource)
                .into_iter()
                .map(|(system, code)| (system, resource["resourceType"].as_str().unwrap_or_default(), code))
                .filter(|(_, _, code)| *code == "2106-3")
                .map(|(system, kind, _)| (system, kind))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(
        token,
        BTreeSet::from([(LOINC, "Observation"), ("urn:oid:2.16.840.1.113883.6.238", "Patient")])
    );
}

#[test]
fn codes_that_mean_something_else_are_not_sent() {
    // Dyssomnia, a serotype, dissociative disorder, schizophrenia; codes outside the Global Patient Set.
    let wrong_concepts = ["44186003", "441566007", "44376007", "58214004", "37839007", "712823008"];
    for resource in all() {
        for (system, code) in codings(resource) {
            assert!(!(system == SNOMED && wrong_concepts.contains(&code)), "{code}");
            assert_ne!(system, "http://www.ama-assn.org/go/cpt");
        }
    }
}

#[test]
fn check_digits_hold() {
    for resource in all() {
        for (system, code) in codings(resource) {
            match system {
                LOINC if !code.starts_with("LA") => assert!(luhn_holds(code), "LOINC {code}"),
                SNOMED => assert!(verhoeff_holds(code), "SNOMED {code}"),
                _ => {}
            }
        }
    }
    assert!(!luhn_holds("93267-4") && !verhoeff_holds("373464008"));
}

/// <https://loinc.org/kb/users-guide/calculating-mod-10-check-digits/>
fn luhn_holds(code: &str) -> bool {
    let digits = code.chars().filter_map(|letter| letter.to_digit(10)).rev();
    let sum: u32 = digits
        .enumerate()
        .map(|(at, digit)| {
            if at % 2 == 1 {
                digit * 2 / 10 + digit * 2 % 10
            } else {
                digit
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Verhoeff's check over the dihedral group of ten elements, as SNOMED identifiers use it.
fn verhoeff_holds(code: &str) -> bool {
    const PERMUTATION: [u32; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let product = |a: u32, b: u32| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b) % 5 + 5,
        (false, true) => (a + 5 - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let digits = code.chars().filter_map(|letter| letter.to_digit(10)).rev();
    digits.enumerate().fold(0, |check, (at, digit)| {
        let permuted = (0..at % 8).fold(digit, |digit, _| PERMUTATION[digit as usize]);
        product(check, permuted)
    }) == 0
}

#[test]
fn a_score_says_which_way_is_better() {
    let resources = all();
    for (code, better) in [
        ("aaq2-total", "decrease"),
        ("ders16-total", "decrease"),
        ("mlq-presence", "increase"),
        ("wcs-self", "increase"),
    ] {
        let statement = format!("Observation: code.coding.code = {code}");
        let scores: Vec<&Value> = resources
            .iter()
            .filter(|resource| holds(&statement, resource))
            .collect();
        assert!(!scores.is_empty(), "no fixture has {code}");
        for score in scores {
            assert!(
                holds(
                    &format!("Observation: extension[kap-improvement-notation].valueCode = {better}"),
                    score
                ),
                "{code}"
            );
        }
    }
}

#[test]
fn oxygen_saturation_has_both_codes() {
    let resources = all();
    let either = |observation: &&Value| {
        codings(&observation["code"])
            .iter()
            .any(|(_, code)| ["59408-5", "2708-6"].contains(code))
    };
    let saturations: Vec<&Value> = observations(resources).filter(either).collect();
    assert!(!saturations.is_empty());
    for saturation in saturations {
        assert!(holds(
            "Observation: code.coding.code = 59408-5 & code.coding.code = 2708-6 & valueQuantity.code = %",
            saturation
        ));
    }
}

#[test]
fn blood_pressure_has_both_components() {
    let resources = edited("six-iv-infusions", |document| {
        let signs = document["screenings"][0]["vitalSigns"][0]
            .as_object_mut()
            .expect("vital signs");
        signs.remove("diastolic").expect("a diastolic pressure");
    });
    let pressures: Vec<&Value> = resources
        .iter()
        .filter(|resource| holds("Observation: code.coding.code = 85354-9", resource))
        .collect();
    assert!(pressures.len() > 1);
    for pressure in &pressures {
        let components: Vec<&str> = codings(&pressure["component"])
            .into_iter()
            .filter(|(system, _)| *system == LOINC)
            .map(|(_, code)| code)
            .collect();
        assert_eq!(components, ["8480-6", "8462-4"]);
    }
    let absent =
        "Observation: component.dataAbsentReason.coding.code = unknown & component.valueQuantity.code = mm[Hg]";
    assert_eq!(pressures.iter().filter(|pressure| holds(absent, pressure)).count(), 1);
}

#[test]
fn a_score_of_dissociation_names_its_version() {
    let resources = all();
    let codes: BTreeSet<&str> = observations(resources)
        .flat_map(|observation| codings(&observation["code"]))
        .map(|(_, code)| code)
        .filter(|code| code.starts_with("cadss"))
        .collect();
    assert!(!codes.is_empty());
    assert!(
        codes.iter().all(|code| code["cadss".len()..].starts_with('-')),
        "{codes:?}"
    );
}

#[test]
fn severity_is_a_word_and_the_grade_stands_apart() {
    let resources = all();
    let events: Vec<&Value> = resources
        .iter()
        .filter(|resource| resource["resourceType"] == "AdverseEvent")
        .collect();
    assert!(!events.is_empty());
    for event in events {
        let severity = codings(&event["severity"]);
        assert!(
            matches!(severity.as_slice(), [(_, "mild" | "moderate" | "severe")]),
            "{severity:?}"
        );
    }
    assert!(resources.iter().any(|resource| holds(
        "AdverseEvent: extension[kap-adverse-event-grade].valueInteger",
        resource
    )));
}

#[test]
fn an_expected_effect_is_no_harm() {
    let resources = edited("every-field", |_| {});
    let count = |kind: &str, list: &str| {
        resources
            .iter()
            .filter(|resource| {
                resource["resourceType"] == kind && codings(resource).iter().any(|(system, _)| system.ends_with(list))
            })
            .count()
    };
    assert!(count("Observation", "/kap-effect") > 0);
    assert_eq!(
        count("AdverseEvent", "/kap-effect") + count("Observation", "/kap-adverse-event"),
        0
    );
}

#[test]
fn esketamine_is_not_ketamine_and_rxnorm_stands_beside_snomed() {
    for resource in all() {
        for ingredient in values(resource, "ingredient.itemCodeableConcept") {
            let codes: Vec<&str> = codings(ingredient).into_iter().map(|(_, code)| code).collect();
            match ingredient["text"].as_str() {
                Some("Esketamine") => assert!(codes.is_empty(), "{codes:?}"),
                _ => assert_eq!(codes, ["373464007", "6130"]),
            }
        }
    }
}

#[test]
fn two_steps_are_two_administrations_in_one_session() {
    let resources = edited("two-step-intramuscular", |_| {});
    let mut sessions: Vec<&Value> = resources
        .iter()
        .filter(|resource| resource["resourceType"] == "MedicationAdministration")
        .map(|given| &given["context"]["reference"])
        .collect();
    let administrations = sessions.len();
    sessions.sort_by_key(|reference| reference.as_str());
    sessions.dedup();
    assert!(
        administrations > sessions.len(),
        "{administrations} administrations in {} sessions",
        sessions.len()
    );
}

#[test]
fn a_dose_says_whether_it_counts_base_or_salt() {
    let resources = all();
    let doses: Vec<&Value> = resources
        .iter()
        .flat_map(|resource| values(resource, "dosage.dose"))
        .collect();
    assert!(!doses.is_empty());
    for dose in doses {
        assert_eq!(dose["code"], "mg");
        assert!(!values(dose, "extension[kap-dose-basis].valueCode").is_empty());
    }
}
