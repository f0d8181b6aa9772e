//! What a document answers.

use kap_json::{Key, Kind, Limits, NameTable, NodeId, parse, parse_with_names};

fn document(text: &str) -> kap_json::Document<'_> {
    let parsed = parse(text.as_bytes(), &Limits::default());
    assert_eq!(parsed.issues, [], "{text}");
    parsed.document.expect("no fault, so a document")
}

#[test]
fn numbers_stay_as_written() {
    let text = "[1, -0.0, 1.500, 6.02E+23, 10e-2, 123456789012345678901234567890]";
    let document = document(text);
    let numbers: Vec<_> = document.root().items().filter_map(kap_json::Node::as_number).collect();
    assert_eq!(
        numbers,
        [
            "1",
            "-0.0",
            "1.500",
            "6.02E+23",
            "10e-2",
            "123456789012345678901234567890"
        ]
    );
}

#[test]
fn escapes_are_resolved_in_strings_and_names() {
    let document = document(r#"{"na\u006de": "a\"b\\c\/d\b\f\n\r\t\u00e9\ud83d\ude00", "plain": "é"}"#);
    let root = document.root();
    assert_eq!(
        root.get("name").and_then(kap_json::Node::as_str),
        Some("a\"b\\c/d\u{8}\u{c}\n\r\té😀")
    );
    assert_eq!(root.get("plain").and_then(kap_json::Node::as_str), Some("é"));
}

#[test]
fn containers_answer_their_children_in_order() {
    let document = document(r#"{"a": [true, {"b": null}, []], "c": {}}"#);
    let root = document.root();
    assert_eq!(root.members().map(|member| member.name).collect::<Vec<_>>(), ["a", "c"]);
    let list = root.get("a").expect("there is a member a");
    assert_eq!(
        list.items().map(kap_json::Node::kind).collect::<Vec<_>>(),
        [Kind::Bool, Kind::Object, Kind::Array]
    );
    assert_eq!((list.len(), root.len()), (3, 2));
    assert!(root.get("c").expect("there is a member c").is_empty());
    assert_eq!(list.at(0).and_then(kap_json::Node::as_bool), Some(true));
    assert!(list.at(3).is_none());
    assert!(root.items().next().is_none(), "an object has no items");
    assert!(list.members().next().is_none(), "an array has no members");
    assert_eq!(list.at(1).and_then(kap_json::Node::key), Some(Key::Index(1)));
    assert_eq!(root.key(), None);
}

#[test]
fn pointers_lead_back_to_their_node() {
    let text = r#"{"a/b": [{"~": 1}], "": {"x": 2}}"#;
    let document = document(text);
    let pointers: Vec<String> = (0..)
        .map_while(|id| document.node(NodeId(id)))
        .map(|node| {
            let pointer = node.pointer();
            assert_eq!(document.resolve_pointer(&pointer), Some(node), "{pointer}");
            pointer
        })
        .collect();
    assert_eq!(pointers, ["", "/a~1b", "/a~1b/0", "/a~1b/0/~0", "/", "//x"]);
    assert_eq!(document.resolve_pointer("/missing"), None);
    assert_eq!(document.resolve_pointer("no-slash"), None);
}

#[test]
fn known_names_are_numbered() {
    struct Known;
    impl NameTable for Known {
        fn lookup(&self, name: &str) -> Option<u16> {
            ["status", "code"]
                .iter()
                .position(|known| *known == name)
                .and_then(|index| u16::try_from(index).ok())
        }
    }
    let text = br#"{"code": 1, "other": 2, "stat\u0075s": 3}"#;
    let parsed = parse_with_names(text, &Limits::default(), &Known);
    let document = parsed.document.expect("the text is well formed");
    assert_eq!(
        document
            .root()
            .members()
            .map(|member| member.name_id)
            .collect::<Vec<_>>(),
        [Some(1), None, Some(0)]
    );
}

#[test]
fn a_nodes_debug_form_shows_no_value() {
    let document = document(r#"["Doe"]"#);
    assert_eq!(
        format!("{:?}", document.root().at(0)),
        "Some(a string at Span { start: 1, end: 6 })"
    );
}
