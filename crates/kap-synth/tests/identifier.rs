//! Courses under new identifiers.

use std::collections::BTreeSet;

use kap_synth::{record, under_new_identifiers};
use serde_json::Value;

use crate::{fixtures, warnings};

#[test]
fn links_lead_where_they_led() {
    for (name, fixture) in fixtures() {
        let before = warnings(&fixture, &name);
        assert_eq!(warnings(&under_new_identifiers(&fixture, 42), &name), before, "{name}");
    }
    for seed in 0..50 {
        warnings(&under_new_identifiers(&record(seed), 7), &format!("seed {seed}"));
    }
}

#[test]
fn no_id_is_shared_with_the_original_or_another_copy() {
    for (name, fixture) in fixtures() {
        let copies = [
            fixture.clone(),
            under_new_identifiers(&fixture, 1),
            under_new_identifiers(&fixture, 2),
        ];
        let ids: Vec<BTreeSet<String>> = copies.iter().map(ids).collect();
        assert!(ids[0].len() > 10, "{name}");
        assert!(
            ids[0].is_disjoint(&ids[1]) && ids[0].is_disjoint(&ids[2]) && ids[1].is_disjoint(&ids[2]),
            "{name}"
        );
    }
}

#[test]
fn nothing_but_identifiers_changes() {
    for (name, fixture) in fixtures() {
        let copy = under_new_identifiers(&fixture, 9).to_string();
        assert_eq!(copy.replace("\"9/", "\""), fixture.to_string(), "{name}");
    }
}

fn ids(record: &Value) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let mut waiting = vec![record];
    while let Some(value) = waiting.pop() {
        waiting.extend(value.as_array().into_iter().flatten());
        waiting.extend(value.as_object().into_iter().flat_map(|members| members.values()));
        ids.extend(value["id"].as_str().map(str::to_owned));
    }
    ids.extend(
        record["patient"]["identifiers"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|it| it["value"].to_string()),
    );
    ids
}
