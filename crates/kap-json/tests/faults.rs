//! Each fault by its text: the codes it must give, with the offsets, and whether a document is still there.

use kap_json::codes::CODES;
use kap_json::{Kind, Limits, parse};

/// Codes and the offsets they stand at.
type Found = &'static [(&'static str, u32)];

/// Text, expected codes with offsets, and whether the rest can still be read.
const FAULTS: &[(&str, Found, bool)] = &[
    ("", &[("json-empty", 0)], false),
    (" \n\t", &[("json-empty", 3)], false),
    ("{", &[("json-truncated", 0)], false),
    ("{\"a\": [1, 2", &[("json-truncated", 6)], false),
    ("[\"abc", &[("json-truncated", 1)], false),
    ("[\"abc\\", &[("json-truncated", 1)], false),
    ("{\"a\"", &[("json-truncated", 0), ("json-missing-colon", 4)], false),
    ("{\"a\": 1, \"a\": 2}", &[("json-duplicate-key", 9)], true),
    ("{\"a\": 1, \"\\u0061\": 2}", &[("json-duplicate-key", 9)], true),
    ("{\"a\": 1,}", &[("json-trailing-comma", 8)], true),
    ("[1,,2]", &[("json-trailing-comma", 3)], true),
    ("[,1]", &[("json-trailing-comma", 1)], true),
    ("[1 2]", &[("json-missing-comma", 3)], true),
    ("{\"a\": 1 \"b\": 2}", &[("json-missing-comma", 8)], true),
    ("{\"a\" 1}", &[("json-missing-colon", 5)], true),
    ("{\"a\": }", &[("json-missing-value", 1)], true),
    ("{\"a\":, \"b\": 1}", &[("json-missing-value", 1)], true),
    ("{a: 1}", &[("json-quotes", 1)], true),
    ("{'a': 'b'}", &[("json-quotes", 1), ("json-quotes", 6)], true),
    (
        "[NaN, True, undefined]",
        &[("json-literal", 1), ("json-literal", 6), ("json-literal", 12)],
        true,
    ),
    (
        "[01, +1, .5, 1., 1e, -]",
        &[
            ("json-number", 1),
            ("json-number", 5),
            ("json-number", 9),
            ("json-number", 13),
            ("json-number", 17),
            ("json-number", 21),
        ],
        true,
    ),
    (
        "[\"\\x\", \"\\u12g4\", \"\\ud800\"]",
        &[("json-escape", 2), ("json-escape", 8), ("json-escape", 18)],
        true,
    ),
    ("[\"a\nb\"]", &[("json-control-character", 3)], true),
    (
        "// note\n{} /* end */",
        &[("json-comment", 0), ("json-comment", 11)],
        true,
    ),
    ("{} {}", &[("json-trailing-text", 3)], true),
    ("{]}", &[("json-unexpected", 1)], true),
    // Brackets that do not pair: one mistyped, one missing.
    ("{\"a\": [{\"b\": 1] ]}", &[("json-bracket", 14)], true),
    ("{\"a\": [1, 2}", &[("json-bracket", 11)], true),
    ("[{\"a\": 1], 2]", &[("json-bracket", 8)], true),
    ("{\"a\": [{\"b\": 1], \"c\": 2}", &[("json-bracket", 14)], true),
    (
        "{\"a\": 1, {\"b\": 2}, [3]}",
        &[("json-missing-name", 9), ("json-missing-name", 19)],
        true,
    ),
    // A closing quote is missing: the string ends with its line.
    ("{\"a\": \"x,\n \"b\": 2}", &[("json-string-open", 6)], true),
    ("[\"x\n]", &[("json-string-open", 1)], true),
    ("\u{FEFF}{}", &[("json-byte-order-mark", 0)], true),
    // Every fault in one run.
    (
        "{\"a\": 01, b: [1 2,], \"a\": \"\\q\"}",
        &[
            ("json-number", 6),
            ("json-quotes", 10),
            ("json-missing-comma", 16),
            ("json-trailing-comma", 18),
            ("json-duplicate-key", 21),
            ("json-escape", 27),
        ],
        true,
    ),
];

#[test]
fn each_fault_is_named_at_its_place() {
    for (text, expected, readable) in FAULTS {
        let parsed = parse(text.as_bytes(), &Limits::default());
        let found: Vec<_> = parsed
            .issues
            .iter()
            .map(|issue| (issue.code, issue.location.offset.unwrap_or(u32::MAX)))
            .collect();
        assert_eq!(found, *expected, "{text:?}");
        assert_eq!(parsed.document.is_some(), *readable, "{text:?}");
    }
}

#[test]
fn a_byte_leads_to_the_innermost_value_around_it() {
    let parsed = parse(br#"{"a": [10, {"b": 2}], "c": 3}"#, &Limits::default());
    let document = parsed.document.expect("there is no fault");
    let at = |offset| document.node_at(offset).map(kap_json::Node::pointer);
    assert_eq!(at(0).as_deref(), Some(""));
    assert_eq!(at(2).as_deref(), Some(""), "a name belongs to its object");
    assert_eq!(at(8).as_deref(), Some("/a/0"));
    assert_eq!(at(9).as_deref(), Some("/a"), "a comma belongs to its array");
    assert_eq!(at(17).as_deref(), Some("/a/1/b"));
    assert_eq!(at(99), None);
}

#[test]
fn a_duplicate_name_answers_with_its_first_value() {
    let parsed = parse(br#"{"a": 1, "a": 2}"#, &Limits::default());
    let document = parsed.document.expect("a duplicate name is not fatal");
    assert_eq!(document.root().get("a").and_then(kap_json::Node::as_number), Some("1"));
    let wide: String = (0..40).map(|index| format!("\"n{index}\": {index}, ")).collect();
    let text = format!("{{{wide}\"n7\": 0}}");
    let parsed = parse(text.as_bytes(), &Limits::default());
    assert_eq!(
        parsed.issues.iter().map(|issue| issue.code).collect::<Vec<_>>(),
        ["json-duplicate-key"]
    );
}

#[test]
fn limits_stop_a_text_before_it_hurts() {
    let limits = Limits {
        max_bytes: 1 << 20,
        max_depth: 8,
        max_issues: 3,
    };
    let code = |text: &[u8]| parse(text, &limits).issues.last().map(|issue| issue.code);
    assert_eq!(code(&vec![b'['; 1 << 20]), Some("json-depth"));
    assert_eq!(code(&vec![b'['; (1 << 20) + 1]), Some("json-size"));
    assert_eq!(code("[[[[[[[[1]]]]]]]]".as_bytes()), None, "exactly as deep as allowed");
    assert_eq!(code(b"[01, 02, 03, 04, 05]"), Some("json-too-many-faults"));
    assert_eq!(code(b"[\"\xff\"]"), Some("json-encoding"));
}

#[test]
fn every_code_is_raised_by_a_test_text_and_unique() {
    let mut codes: Vec<_> = CODES.iter().map(|info| info.code).collect();
    let raised: Vec<_> = FAULTS
        .iter()
        .flat_map(|(_, expected, _)| expected.iter().map(|(code, _)| *code))
        .collect();
    let by_limits = ["json-depth", "json-size", "json-too-many-faults", "json-encoding"];
    assert_eq!(
        codes
            .iter()
            .find(|code| !raised.contains(code) && !by_limits.contains(code)),
        None
    );
    assert!(codes.is_sorted(), "codes stand in alphabetical order");
    codes.dedup();
    assert_eq!(codes.len(), CODES.len());
}

#[test]
fn what_could_not_be_read_is_told_from_null() {
    let text = br#"{"null": null, "word": True, "number": 01, "quoted": 'x', "nothing": }"#;
    let parsed = parse(text, &Limits::default());
    let document = parsed.document.expect("none of it is fatal");
    let unread: Vec<_> = document
        .root()
        .members()
        .filter(|member| member.node.is_unread())
        .map(|member| member.name)
        .collect();
    assert_eq!(unread, ["word", "number", "quoted", "nothing"]);
    assert!(document.root().members().all(|member| member.node.kind() == Kind::Null));
}

#[test]
fn what_lacks_its_bracket_ends_before_the_next() {
    let parsed = parse(br#"{"a": [{"b": 1], "c": 2}"#, &Limits::default());
    let document = parsed.document.expect("the rest is readable");
    let list = document.root().get("a").expect("it is there");
    let inner = list.items().next().expect("it has an item");
    assert_eq!((list.raw(), inner.raw()), (r#"[{"b": 1]"#, r#"{"b": 1"#));
}
