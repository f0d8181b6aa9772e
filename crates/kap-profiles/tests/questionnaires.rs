//! A response names the form that it answers: every form that the mapping can name is in the guide, without the words of the instrument.

use std::collections::BTreeSet;

use kap_record::instruments::InstrumentCode;

use crate::guide::{BASE, by_url, list, of_type, text};

#[test]
fn every_instrument_has_a_questionnaire_with_its_panel_code() {
    let questionnaires = of_type("Questionnaire");
    for instrument in InstrumentCode::ALL {
        let url = format!("{BASE}/Questionnaire/{instrument}");
        let questionnaire = by_url(&questionnaires, &url).unwrap_or_else(|| panic!("the guide has no {url}"));
        let panels: Vec<_> = list(questionnaire, "code")
            .iter()
            .map(|coding| (text(coding, "system"), text(coding, "code")))
            .collect();
        let expected = instrument
            .definition()
            .loinc_panel
            .map(|panel| ("http://loinc.org", panel));
        assert_eq!(panels, Vec::from_iter(expected), "{url}");
    }
}

#[test]
fn every_questionnaire_is_of_an_instrument_or_the_screen() {
    let instruments = InstrumentCode::ALL.iter().map(|instrument| instrument.as_str());
    let expected: BTreeSet<_> = instruments.chain(["kap-screen"]).collect();
    let questionnaires = of_type("Questionnaire");
    let found: BTreeSet<_> = questionnaires
        .iter()
        .map(|questionnaire| text(questionnaire, "id"))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn every_questionnaire_states_its_rights_and_gives_no_wording() {
    for questionnaire in of_type("Questionnaire") {
        let id = text(&questionnaire, "id");
        let copyright = text(&questionnaire, "copyright");
        assert!(copyright.contains("not included"), "{id}: {copyright}");
        let names_loinc = !list(&questionnaire, "code").is_empty();
        assert_eq!(copyright.contains("LOINC is copyright"), names_loinc, "{id}");
        assert!(list(&questionnaire, "item").is_empty(), "{id}");
        assert_eq!(list(&questionnaire, "subjectType"), ["Patient"], "{id}");
    }
}
