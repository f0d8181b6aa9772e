//! A profile and a document: the walk over the compiled plan and a naive reading of the definitions find faults at the
//! same places.
//!
//! The input is `{"profile": {"part.name": {"min": 1}}, "document": {"resourceType": "Note"}}`; see [`kap_fuzz::naive`].

#![no_main]

use std::collections::BTreeSet;

use kap_fuzz::naive::{self, Doubt};
use kap_validate::{Options, Plan, PlanSet, check_bytes, compile};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

fuzz_target!(|text: &[u8]| {
    let Ok(input) = serde_json::from_slice::<Value>(text) else {
        return;
    };
    let Value::Object(mut members) = input["document"].clone() else {
        return;
    };
    members.insert("resourceType".to_owned(), json!("Note"));
    members.insert("meta".to_owned(), json!({"profile": [naive::PROFILE_URL]}));
    let document = Value::Object(members);
    let demands = naive::profile(&input["profile"]);
    let definitions = [
        naive::structure_definition(naive::TYPE_URL, &naive::base()),
        naive::structure_definition(naive::PROFILE_URL, &demands),
    ];
    let bytes = compile("fuzz", "1", definitions).expect("the definitions are small");
    let plan = Plan::from_bytes(bytes).expect("a plan that was just compiled is readable");
    let plans = PlanSet::new(&[Plan::r4(), &plan]);
    let report = check_bytes(&plans, document.to_string().as_bytes(), &Options::default());
    let found: BTreeSet<String> = report
        .issues
        .iter()
        .filter(|issue| issue.severity.is_error())
        .map(|issue| issue.location.expression.clone().unwrap_or_default())
        .collect();
    let faults = [naive::base(), demands].map(|demands| naive::faults(&document, &demands));
    match faults {
        [Ok(base), Ok(profile)] => {
            let faults: BTreeSet<String> = base.into_iter().chain(profile).collect();
            assert_eq!(found, faults, "{:?}", report.issues);
        }
        [Err(Doubt::Unclear), _] | [_, Err(Doubt::Unclear)] => {}
        _ => assert!(!found.is_empty(), "a document with broken shapes has errors"),
    }
});

kap_fuzz::json_mutations!();
