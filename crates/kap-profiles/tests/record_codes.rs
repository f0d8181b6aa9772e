//! The record is the source of the code lists: a code system of the guide holds the same codes, in the same order, as the list that names it.

use std::collections::BTreeMap;

use kap_record::model::{assessment, dosing, life_cycle, medication, session, setting};
use serde_json::Value;

use crate::guide::{BASE, by_url, codes, definitions};

#[test]
fn each_list_of_the_record_is_repeated_by_its_code_system() {
    let definitions = definitions();
    let lists = lists_of_the_record();
    assert!(!lists.is_empty(), "the schema names no code system");
    for (id, expected) in lists {
        let code_system = by_url(&definitions, &format!("{BASE}/CodeSystem/{id}"));
        let code_system = code_system.unwrap_or_else(|| panic!("the guide has no code system {id}"));
        assert_eq!(codes(code_system), expected, "{id}");
    }
}

/// Lists that the record does not tie to the guide, because FHIR's own elements carry most of their meaning, and the parts of the setting, which are
/// members in the record.
#[test]
fn lists_that_name_no_code_system_are_repeated_too() {
    let definitions = definitions();
    let lists = [
        ("kap-assessment-mode", assessment::AssessmentMode::LIST),
        ("kap-dose-basis", dosing::DoseBasis::LIST),
        ("kap-lozenge-rest", dosing::AfterHold::LIST),
        ("kap-medication-type", medication::MedicationType::LIST),
        ("kap-record-status", life_cycle::EntryStatus::LIST),
        ("kap-session-status", session::SessionStatus::LIST),
        ("kap-setting", setting::SettingElement::LIST),
    ];
    for (id, list) in lists {
        let expected: Vec<_> = list.codes.iter().map(|code| code.code).collect();
        let code_system = by_url(&definitions, &format!("{BASE}/CodeSystem/{id}")).expect("the code system exists");
        assert_eq!(codes(code_system), expected, "{id}");
    }
}

/// The lists that name a code system of the guide, by its id, as the record's schema shows them.
fn lists_of_the_record() -> BTreeMap<String, Vec<String>> {
    let mut lists = BTreeMap::new();
    collect(&kap_record::schema(), &mut lists);
    lists
}

fn collect(schema: &Value, lists: &mut BTreeMap<String, Vec<String>>) {
    match schema {
        Value::Object(members) => {
            if let (Some(id), Some(codes)) = (schema["x-kap-code-system"].as_str(), schema["enum"].as_array()) {
                let codes = codes.iter().filter_map(Value::as_str).map(str::to_owned).collect();
                lists.insert(id.to_owned(), codes);
            }
            members.values().for_each(|member| collect(member, lists));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, lists)),
        _ => {}
    }
}
