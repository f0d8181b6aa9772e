//! Any JSON as a definition, or a list of them: making snapshots and compiling survive it, give the same plan each time, and
//! the plan can be checked against.

#![no_main]

use kap_validate::{Options, Plan, PlanSet, check_bytes, compile_on};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

fuzz_target!(|text: &[u8]| {
    let Ok(definition) = serde_json::from_slice::<Value>(text) else {
        return;
    };
    let (definition, all) = match definition {
        Value::Array(all) => (all.first().cloned().unwrap_or_default(), all),
        one => (one.clone(), vec![one]),
    };
    let compile = || {
        Some(
            compile_on(&PlanSet::new(&[Plan::r4()]), "fuzz", "1", all.clone())
                .ok()?
                .bytes,
        )
    };
    let Some(bytes) = compile() else { return };
    assert!(compile().is_some_and(|again| again == bytes), "two plans differ");
    let plan = Plan::from_bytes(bytes).expect("a plan that was just compiled is readable");
    let plans = PlanSet::new(&[Plan::r4(), &plan]);
    for document in documents(&definition) {
        check_bytes(&plans, document.to_string().as_bytes(), &Options::default());
    }
});

kap_fuzz::json_mutations!();

/// Resources that claim what was defined: one of the type that it constrains, and the definition itself.
fn documents(definition: &Value) -> [Value; 2] {
    let meta = json!({"profile": [definition["url"]]});
    let coding = json!([{"coding": [{"system": definition["url"], "code": "a"}]}]);
    let claim = json!({
        "resourceType": definition["type"], "meta": meta, "status": "final", "category": coding, "code": coding[0],
        "extension": [{"url": definition["url"], "valueString": "a"}], "valueQuantity": {"value": 1, "unit": "mg"},
        "component": [{"code": coding[0], "valueString": "a"}],
    });
    let mut own = definition.clone();
    if let Value::Object(members) = &mut own {
        members.insert("meta".to_owned(), meta);
    }
    [claim, own]
}
