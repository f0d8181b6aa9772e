//! Canaries planted in every withheld field of generated records never come out, in whatever form.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use kap_map::{Context, Mapped, Policy};
use kap_synth::{Planted, plant_canaries};
use serde_json::Value;

use crate::records::{bundle, context, fixtures, record};

/// What makes each of the three ways in which a text can lie in the groups of three bytes that base64 encodes.
const ALIGNMENTS: [&str; 3] = ["", ".", ".."];

/// What every canary has in common with all others of its kind: texts and numbers.
const COMMON: [&str; 2] = ["inthecage", "4815162342"];

#[test]
fn no_canary_of_a_generated_record_is_sung() {
    for seed in 0..100 {
        silent(&kap_synth::record(seed), &format!("seed {seed}"));
    }
}

#[test]
fn no_canary_of_a_fixture_is_sung() {
    for fixture in fixtures() {
        silent(&fixture.document, &fixture.name);
    }
}

#[test]
fn a_canary_would_be_heard() {
    let canary = "canary00007inthecage".to_owned();
    let songs = [
        canary.clone(),
        STANDARD.encode(format!("It said {canary} and fell silent")),
        STANDARD.encode(format!("It said: {canary} and fell silent")),
        URL_SAFE_NO_PAD.encode(format!("And it said {canary}")),
        format!("<p>{}</p>", canary.to_uppercase()),
    ];
    let calls = calls(&canary);
    for song in songs {
        let song = lower_case(song.as_bytes());
        assert!(
            heard(&song, &calls) && heard(&song, &COMMON.map(self::calls).concat()),
            "{song}"
        );
    }
    assert!(!heard("canary00008inthecage", &calls));
    let attached = serde_json::json!({"content": [{"attachment": {"data": STANDARD.encode(&canary)}}]});
    assert_eq!(attachments(&attached), [canary.into_bytes()]);
}

/// Maps the record with canaries in it, with and without the release of restricted content, and looks through everything that comes out.
fn silent(document: &Value, label: &str) {
    let planted = plant_canaries(document);
    let record = record(&planted.record).unwrap_or_else(|error| panic!("{label}: {error}"));
    let generous = Context {
        policy: Policy { insight_themes: true },
        ..context()
    };
    for context in [context(), generous] {
        let mapped = kap_map::map(&record, &context);
        assert!(!mapped.bundle.is_empty(), "{label}");
        let outputs = outputs(&mapped);
        let leaks = leaks(&planted, &outputs);
        assert!(leaks.is_empty(), "{label}: {leaks:?} came out");
    }
}

/// The bundle, its attachments decoded, and what stays with the sender but is shown to people; in lower case.
fn outputs(mapped: &Mapped) -> Vec<String> {
    let mut outputs = attachments(&bundle(mapped));
    outputs.push(mapped.bundle.clone());
    outputs.push(serde_json::to_vec(&mapped.receipt).expect("a receipt is JSON"));
    outputs.extend(mapped.issues.iter().map(|issue| issue.message.reveal().into_bytes()));
    outputs.iter().map(|output| lower_case(output)).collect()
}

/// The content of every member named `data`, decoded.
fn attachments(bundle: &Value) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut waiting = vec![bundle];
    while let Some(value) = waiting.pop() {
        waiting.extend(value.as_array().into_iter().flatten());
        waiting.extend(value.as_object().into_iter().flat_map(|members| members.values()));
        found.extend(value["data"].as_str().and_then(|data| STANDARD.decode(data).ok()));
    }
    found
}

/// The places whose canaries occur in one of the outputs.
fn leaks<'p>(planted: &'p Planted, outputs: &[String]) -> BTreeSet<&'p str> {
    // Looking for what canaries have in common first spares most outputs the search for each of them.
    let is_common = |canary: &String| COMMON.iter().any(|common| canary.contains(common));
    assert!(planted.canaries.iter().all(is_common));
    let common = COMMON.map(calls).concat();
    let suspicious: Vec<&String> = outputs.iter().filter(|output| heard(output, &common)).collect();
    let is_out = |canary: &str| {
        let calls = calls(canary);
        suspicious.iter().any(|output| heard(output, &calls))
    };
    planted
        .canaries
        .iter()
        .zip(&planted.places)
        .filter(|(canary, _)| is_out(canary))
        .map(|(_, place)| place.as_str())
        .collect()
}

/// The forms in which a canary may come out: in lower case as it stands, and as base64 at each alignment, without the ends that depend on what is beside it.
fn calls(canary: &str) -> Vec<String> {
    let encoded = |padding: &str| {
        let text = STANDARD.encode(format!("{padding}{canary}"));
        text[4..text.len() - 4].to_owned()
    };
    ALIGNMENTS
        .into_iter()
        .map(encoded)
        .chain([canary.to_owned()])
        .map(|call| call.to_ascii_lowercase())
        .collect()
}

fn lower_case(output: &[u8]) -> String {
    String::from_utf8_lossy(output).to_ascii_lowercase()
}

fn heard(output: &str, calls: &[String]) -> bool {
    calls.iter().any(|call| output.contains(call.as_str()))
}
