//! Consents, purposes and recipients decide what leaves.

use kap_map::{Context, Mapped, Reason, Recipient, map};
use kap_record::model::consent::Purpose;
use kap_record::primitive::{Identifier, Line, Uri};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::records::{bundle, context, fixture, fixtures, record};

fn disclosed(document: &Value, context: &Context) -> Mapped {
    map(&record(document).expect("a record"), context)
}

/// The record with another consent to disclosure in place of its own.
fn with_consent(name: &str, change: impl Fn(&mut Value)) -> Value {
    let mut document = fixture(name).document;
    let consents = document["consents"].as_array_mut().expect("consents");
    consents
        .iter_mut()
        .filter(|consent| consent["scope"] == "privacy")
        .for_each(change);
    document
}

fn assert_nothing_leaves(mapped: &Mapped, reason: Reason) {
    assert!(bundle(mapped).get("entry").is_none(), "a bundle without entries");
    assert_eq!(mapped.receipt.resources(), 0);
    assert!(mapped.receipt.withheld[&reason] > 0);
    assert!(
        mapped
            .issues
            .iter()
            .all(|issue| kap_map::codes::CODES.iter().any(|code| code.code == issue.code))
    );
}

#[test]
fn every_fixture_leaves_for_treatment() {
    for fixture in fixtures() {
        assert!(
            disclosed(&fixture.document, &context()).receipt.resources() > 5,
            "{}",
            fixture.name
        );
    }
}

#[test]
fn a_consent_for_one_recipient_is_none_for_another() {
    let identifier = Identifier {
        system: Uri::new("http://hl7.org/fhir/sid/us-npi").expect("a URI"),
        value: Line::new("1999999984").expect("a line"),
    };
    let elsewhere = Context {
        recipient: Some(Recipient { identifier }),
        ..context()
    };
    let document = fixture("six-iv-infusions").document;
    assert_nothing_leaves(&disclosed(&document, &elsewhere), Reason::ConsentMissing);
    assert!(disclosed(&document, &context()).receipt.resources() > 0);
}

#[test]
fn what_is_printed_for_debugging_holds_no_bundle() {
    let printed = format!("{:?}", disclosed(&fixture("six-iv-infusions").document, &context()));
    assert!(
        printed.contains("bytes›") && printed.len() < 100_000,
        "{}",
        printed.len()
    );
}

#[test]
fn a_revoked_consent_ends_all_disclosure() {
    let revoked = with_consent("esketamine-under-rems", |consent| {
        consent["status"] = "revoked".into();
        consent["revokedAt"] = consent["givenAt"].clone();
    });
    assert_nothing_leaves(&disclosed(&revoked, &context()), Reason::ConsentMissing);
}

#[test]
fn the_latest_revocation_wins() {
    let mut document = fixture("esketamine-under-rems").document;
    let consents = document["consents"].as_array_mut().expect("consents");
    let mut revoked = consents
        .iter()
        .find(|consent| consent["scope"] == "privacy")
        .expect("a consent")
        .clone();
    revoked["id"] = "another-consent".into();
    revoked["status"] = "revoked".into();
    revoked["revokedAt"] = "2025-10-20T09:00:00-06:00".into();
    consents.push(revoked);
    assert_nothing_leaves(&disclosed(&document, &context()), Reason::ConsentMissing);
}

#[test]
fn a_consent_that_has_run_out_permits_nothing() {
    let ended = with_consent("esketamine-under-rems", |consent| {
        consent["period"] = json!({"start": "2025-10-01", "end": "2025-10-02"});
    });
    assert_nothing_leaves(&disclosed(&ended, &context()), Reason::ConsentMissing);
}

#[test]
fn a_forbidden_class_stays_and_the_rest_leaves() {
    let mapped = disclosed(&fixture("deferred-at-contraindication-screen").document, &context());
    assert!(mapped.receipt.withheld[&Reason::ConsentDenied] > 0);
    assert!(mapped.receipt.resources() > 0);
    assert!(!mapped.receipt.security.contains(&"PREGNANT".to_owned()));
}

#[test]
fn where_a_class_is_singled_out_no_words_and_no_rule_tell_of_it() {
    let mapped = disclosed(&fixture("deferred-at-contraindication-screen").document, &context());
    let text = String::from_utf8_lossy(&mapped.bundle).to_lowercase();
    for word in ["pregnan", "breastfeed", "obstetric"] {
        assert!(!text.contains(word), "{word}");
    }
    assert!(
        !mapped.receipt.kept.contains_key("DocumentReference"),
        "a note is words alone"
    );
}

#[test]
fn what_repeats_a_forbidden_condition_stays_with_it() {
    let no_alcohol = with_consent("every-field", |consent| {
        consent["law"] = "hipaa".into();
        consent["provisions"] = json!([{"effect": "deny", "sensitivityClasses": ["alcohol-use"]}]);
    });
    let mut document = no_alcohol;
    let course = document["course"].as_object_mut().expect("a course");
    course.insert("program".into(), "kap-alcohol-use".into());
    course.shift_remove("part2Program");
    for condition in document["conditions"].as_array_mut().expect("conditions") {
        condition["codings"] = json!([{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "F10.20"}]);
        condition["name"] = "Drinking".into();
    }
    let mapped = disclosed(&document, &context());
    assert!(mapped.receipt.resources() > 5);
    let text = String::from_utf8_lossy(&mapped.bundle).into_owned();
    for word in ["F10.20", "Drinking", "kap-alcohol-use", "ETHUD"] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn a_consent_to_disclosure_is_none_to_research() {
    let wide = with_consent("six-iv-infusions", |consent| {
        consent.as_object_mut().expect("a consent").shift_remove("provisions");
    });
    let research = Context {
        purpose: Purpose::Research,
        ..context()
    };
    assert!(disclosed(&wide, &context()).receipt.resources() > 0);
    assert_nothing_leaves(&disclosed(&wide, &research), Reason::ConsentMissing);
}

#[test]
fn research_needs_a_consent_to_research() {
    let research = Context {
        purpose: Purpose::Research,
        ..context()
    };
    assert_nothing_leaves(
        &disclosed(&fixture("six-iv-infusions").document, &research),
        Reason::ConsentMissing,
    );
    assert!(
        disclosed(&fixture("twelve-months-sustained-remission").document, &research)
            .receipt
            .resources()
            > 0
    );
}

#[test]
fn where_nobody_asks_treatment_needs_no_consent_and_research_does() {
    let mut document = fixture("six-iv-infusions").document;
    document["consents"]
        .as_array_mut()
        .expect("consents")
        .retain(|consent| consent["scope"] == "treatment");
    assert!(disclosed(&document, &context()).receipt.resources() > 0);
    let research = Context {
        purpose: Purpose::Research,
        ..context()
    };
    assert_nothing_leaves(&disclosed(&document, &research), Reason::ConsentMissing);
}

#[test]
fn part_2_needs_its_own_consent_and_carries_label_and_notice() {
    let hipaa_only = with_consent("alcohol-use-programme-part-2", |consent| {
        consent["law"] = "hipaa".into();
    });
    assert_nothing_leaves(&disclosed(&hipaa_only, &context()), Reason::ConsentMissing);

    let bundle = bundle(&disclosed(
        &fixture("alcohol-use-programme-part-2").document,
        &context(),
    ));
    for entry in bundle["entry"].as_array().expect("entries") {
        let labels = entry["resource"]["meta"]["security"].to_string();
        if !labels.contains("\"N\"") {
            assert!(
                labels.contains("42CFRPart2") && labels.contains("NORDSCLCD"),
                "{labels}"
            );
            let narrative = entry["resource"]["text"]["div"].as_str().expect("a narrative");
            assert!(narrative.contains("42 CFR part 2 prohibits unauthorized use or disclosure of these records."));
        }
    }
}

#[test]
fn the_bundle_carries_the_labels_of_all_its_entries() {
    for fixture in fixtures() {
        let bundle = bundle(&disclosed(&fixture.document, &context()));
        let whole = bundle["meta"]["security"].to_string();
        assert!(
            whole.contains("\"R\"") && !whole.contains("\"N\""),
            "{}: {whole}",
            fixture.name
        );
        for entry in bundle["entry"].as_array().expect("entries") {
            for label in entry["resource"]["meta"]["security"].as_array().expect("labels") {
                assert!(
                    label["code"] == "N" || whole.contains(&label["code"].to_string()),
                    "{}: {label}",
                    fixture.name
                );
            }
        }
    }
}

#[test]
fn the_receipt_counts_the_bundle_and_seals_it() {
    for fixture in fixtures() {
        let mapped = disclosed(&fixture.document, &context());
        assert_eq!(
            mapped.receipt.bundle_sha256,
            hex::encode(Sha256::digest(&mapped.bundle))
        );
        assert_eq!(
            bundle(&mapped)["entry"].as_array().map(Vec::len),
            Some(mapped.receipt.resources())
        );
        assert_eq!(
            mapped.receipt.removed,
            fixture.document["removed"].as_array().map_or(0, Vec::len)
        );
    }
}

#[test]
fn an_audit_event_tells_of_the_disclosure() {
    let mapped = disclosed(&fixture("six-iv-infusions").document, &context());
    let receipt = &mapped.receipt;
    let audit = kap_map::audit(&mapped.bundle, Purpose::Treatment, "2026-03-01T08:00:00Z", "kap");
    assert_eq!(audit["recorded"], "2026-03-01T08:00:00Z");
    assert_eq!(audit["entity"][0]["what"]["identifier"]["value"], receipt.record_key);
    assert!(
        audit["entity"][0]["detail"]
            .to_string()
            .contains(&receipt.bundle_sha256)
    );
}

#[test]
fn a_consent_without_rules_has_no_empty_provision() {
    let mut document = fixture("six-iv-infusions").document;
    for member in ["topics", "period", "provisions"] {
        document["consents"][0]
            .as_object_mut()
            .expect("a consent")
            .remove(member);
    }
    let bundle = bundle(&disclosed(&document, &context()));
    let resources = bundle["entry"]
        .as_array()
        .expect("entries")
        .iter()
        .map(|entry| &entry["resource"]);
    let treatment = resources.filter(|resource| {
        resource["resourceType"] == "Consent" && resource["scope"]["coding"][0]["code"] == "treatment"
    });
    assert!(treatment.map(|consent| consent.get("provision")).eq([None]));
}
