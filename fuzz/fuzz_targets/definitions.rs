//! Any JSON as a definition: compiling survives it, gives the same plan each time, and the plan can be checked against.

#![no_main]

use kap_validate::{Options, Plan, PlanSet, check_bytes, compile};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

fuzz_target!(|text: &[u8]| {
    let Ok(definition) = serde_json::from_slice::<Value>(text) else {
        return;
    };
    let Ok(bytes) = compile("fuzz", "1", [definition.clone()]) else {
        return;
    };
    assert!(
        compile("fuzz", "1", [definition.clone()]).is_ok_and(|again| again == bytes),
        "two plans differ"
    );
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
