//! Expressions of places in a document.

use kap_fhir::path;
use kap_json::{Limits, parse};

#[test]
fn names_and_indexes() {
    let text = br#"{"resourceType":"Bundle","entry":[{"resource":{"_status":{"id":"a"},"value x":1}}]}"#;
    let parsed = parse(text, &Limits::default());
    let document = parsed.document.expect("well formed");
    let expression = |pointer: &str| path::expression(document.resolve_pointer(pointer).expect("exists"));
    assert_eq!(expression(""), "Bundle");
    assert_eq!(expression("/entry/0/resource"), "Bundle.entry[0].resource");
    assert_eq!(
        expression("/entry/0/resource/_status"),
        "Bundle.entry[0].resource.status"
    );
    assert_eq!(
        expression("/entry/0/resource/value x"),
        "Bundle.entry[0].resource.`value x`"
    );
}

#[test]
fn choices_are_named_by_their_element() {
    let text = br#"{"resourceType":"Observation","valueQuantity":{"value":1}}"#;
    let parsed = parse(text, &Limits::default());
    let document = parsed.document.expect("well formed");
    let node = document.resolve_pointer("/valueQuantity/value").expect("exists");
    let element = |_, name: &str| {
        if name == "valueQuantity" {
            "value".len()
        } else {
            name.len()
        }
    };
    let is_type = |name: &str| name == "Observation";
    assert_eq!(path::expression_with(node, is_type, element), "Observation.value.value");
    assert_eq!(
        path::expression_with(node, |_| false, element),
        "$this.value.value",
        "what is no type is not shown"
    );
}
