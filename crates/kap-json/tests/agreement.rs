//! Agreement with `serde_json` on any text.

use kap_json::{Kind, Limits, Node, parse};
use proptest::prelude::*;
use serde_json::Value;

fn value(node: Node<'_>) -> Value {
    match node.kind() {
        Kind::Null => Value::Null,
        Kind::Bool => Value::Bool(node.as_bool().expect("a boolean")),
        Kind::Number => serde_json::from_str(node.as_number().expect("a number")).expect("both know numbers"),
        Kind::String => Value::String(node.as_str().expect("a string").to_owned()),
        Kind::Array => node.items().map(value).collect(),
        Kind::Object => Value::Object(
            node.members()
                .map(|member| (member.name.to_owned(), value(member.node)))
                .collect(),
        ),
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::hash_map(any::<String>(), inner, 0..24)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn well_formed_text_gives_the_same_value(expected in any_value(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&expected) } else { serde_json::to_string(&expected) };
        let text = text.expect("values can be written");
        let parsed = parse(text.as_bytes(), &Limits::default());
        prop_assert_eq!(parsed.issues, []);
        let document = parsed.document.expect("no fault, so a document");
        prop_assert_eq!(value(document.root()), expected);
    }

    /// Text made of the characters that matter: both parsers accept it or neither does.
    #[test]
    fn any_text_is_accepted_or_refused_alike(text in r#"[\[\]{}",:\\/ \-+.eE0-9atruefalsn'*u\n]{0,24}"#) {
        let ours = parse(text.as_bytes(), &Limits::default());
        let faults = ours.issues.iter().filter(|issue| issue.code != "json-duplicate-key").count();
        prop_assert_eq!(faults == 0, serde_json::from_str::<Value>(&text).is_ok(), "{:?}: {:?}", text, ours.issues);
    }

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let parsed = parse(&bytes, &Limits::default());
        prop_assert!(parsed.document.is_some() || !parsed.issues.is_empty());
    }
}
