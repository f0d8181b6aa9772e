//! What never leaves has no influence on the bundle, and no id of the source system is sent.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kap_map::{Policy, Reason};
use serde_json::Value;

use crate::identity::edits;
use crate::records::{bundle, context, fixtures, mapped, record};
use crate::schema::leaves;

#[test]
fn what_never_leaves_changes_nothing() {
    let mut seen = BTreeSet::new();
    for fixture in fixtures() {
        let before = mapped(&fixture.record()).bundle;
        for leaf in leaves(&fixture.document).iter().filter(|leaf| leaf.never_leaves) {
            if !seen.insert(leaf.place.clone()) {
                continue;
            }
            for edited in edits(&fixture, leaf) {
                let after = mapped(&edited).bundle;
                assert!(before == after, "{}: {} changed the bundle", fixture.name, leaf.pointer);
            }
        }
    }
    assert!(seen.len() > 5, "only {seen:?} were tried");
}

#[test]
fn withheld_text_occurs_nowhere() {
    for fixture in fixtures() {
        let mut document = fixture.document.clone();
        let secrets: Vec<_> = leaves(&document)
            .into_iter()
            .filter(|leaf| leaf.never_leaves && !leaf.is_id())
            .collect();
        for secret in secrets {
            let value = document.pointer_mut(&secret.pointer).expect("a leaf");
            if value.is_string() && secret.schema["enum"].is_null() && secret.schema["format"].is_null() {
                *value = "canary in a cage".into();
            }
        }
        let bytes = String::from_utf8(mapped(&record(&document).expect("a record")).bundle).expect("text");
        assert!(!bytes.contains("canary"), "{}", fixture.name);
        for shift in ["", ".", ".."] {
            let encoded = STANDARD.encode(format!("{shift}canary in a cage"));
            assert!(
                !bytes.contains(&encoded[4..encoded.len() - 4]),
                "{}: as base64",
                fixture.name
            );
        }
    }
}

#[test]
fn no_id_of_the_source_system_is_sent() {
    for fixture in fixtures() {
        let mut document = fixture.document.clone();
        for leaf in leaves(&document).iter().filter(|leaf| leaf.is_id()) {
            let value = document.pointer_mut(&leaf.pointer).expect("a leaf");
            *value = format!("canary-{}", value.as_str().expect("an id")).into();
        }
        let mapped = mapped(&record(&document).expect("a record"));
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(!text(&mapped.bundle).contains("canary"), "{}", fixture.name);
        let receipt = serde_json::to_string(&mapped.receipt).expect("JSON");
        assert!(!receipt.contains("canary"), "{}: the receipt", fixture.name);
    }
}

#[test]
fn every_withheld_field_is_counted() {
    for fixture in fixtures() {
        let leaves = leaves(&fixture.document);
        let places: BTreeSet<&str> = leaves
            .iter()
            .filter(|leaf| leaf.never_leaves)
            .map(withheld_root)
            .collect();
        let counted = mapped(&fixture.record())
            .receipt
            .withheld
            .get(&Reason::NeverLeaves)
            .copied()
            .unwrap_or_default();
        assert_eq!(counted, places.len(), "{}: {places:?}", fixture.name);
    }
}

/// The place where a withheld object or text begins: objects such as a process note have several leaves.
fn withheld_root(leaf: &crate::schema::Leaf) -> &str {
    let ends = ["/processNotes/", "/waste/", "/withheldAnswers/"];
    for end in ends {
        if let Some(start) = leaf.pointer.find(end) {
            let inside = start + end.len();
            let length = leaf.pointer[inside..].find('/').unwrap_or(0);
            return if end == "/waste/" {
                &leaf.pointer[..inside]
            } else {
                &leaf.pointer[..inside + length]
            };
        }
    }
    &leaf.pointer
}

#[test]
fn insight_themes_leave_only_by_policy_or_through_the_plan() {
    let mut restricted = 0;
    for fixture in fixtures() {
        let record = fixture.record();
        let insights = || {
            record
                .sessions
                .iter()
                .filter_map(|session| session.integration.as_ref())
                .flat_map(|integration| &integration.insights)
        };
        let planned = insights()
            .filter(|insight| insight.in_treatment_plan == Some(true))
            .count();
        let open = kap_map::Context {
            policy: Policy { insight_themes: true },
            ..context()
        };
        assert_eq!(themes(&bundle(&mapped(&record))), planned, "{}", fixture.name);
        assert_eq!(
            themes(&bundle(&kap_map::map(&record, &open))),
            insights().count(),
            "{}",
            fixture.name
        );
        restricted += insights().count() - planned;
    }
    assert!(restricted > 0, "no fixture has a restricted insight");
}

fn themes(bundle: &Value) -> usize {
    bundle.to_string().matches("CodeSystem/kap-insight-theme").count()
}
