//! Any text: `kap_json` accepts what `serde_json` accepts, reads the same values, and every place it names is one.

#![no_main]

use std::str;

use kap_json::{Document, Issue, Kind, Limits, Lines, MAX_NAME, Node, NodeId, Parsed, Span, parse};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

/// `serde_json` refuses to nest deeper.
const DEEPEST: u32 = 127;

fuzz_target!(|text: &[u8]| {
    let limits = Limits {
        max_depth: DEEPEST,
        ..Limits::default()
    };
    let Parsed { document, issues } = parse(text, &limits);
    assert!(document.is_some() || !issues.is_empty(), "a refusal without a reason");
    check_issues(text, &issues);
    if let Some(document) = &document {
        check_places(document, &issues);
    }
    agree(text, document.as_ref(), &issues);
});

kap_fuzz::json_mutations!();

/// The findings stand in the order of the text, at places in it that have a line and a column.
fn check_issues(text: &[u8], issues: &[Issue]) {
    let lines = Lines::new(text);
    let mut before = None;
    for issue in issues {
        let offset = issue.location.offset.expect("faults of a text have a place in it");
        assert!(offset as usize <= text.len() && before <= Some(offset));
        before = Some(offset);
        let position = lines.position(offset);
        let start = &text[..offset as usize];
        let line = 1 + start.iter().filter(|byte| **byte == b'\n').count();
        let line_start = start.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
        // What is not UTF-8 begins where the fault says, so all before it is.
        let column = 1 + str::from_utf8(line_start)
            .expect("places lie between characters")
            .chars()
            .count();
        assert_eq!((position.line as usize, position.column as usize), (line, column));
    }
}

/// Spans lie in the text, one inside the other and one after the other; pointers lead back to where they come from.
fn check_places(document: &Document<'_>, issues: &[Issue]) {
    let text = str::from_utf8(document.text()).expect("a document is UTF-8");
    // Names that stand twice, are missing, or were never closed lead elsewhere.
    let unclear = ["json-duplicate-key", "json-missing-name", "json-string-open"];
    let names_are_unique = issues.iter().all(|issue| !unclear.contains(&issue.code));
    let mut behind = 0;
    assert_eq!(nodes(document).count(), document.node_count());
    for node in nodes(document) {
        let Span { start, end } = node.span();
        assert_eq!(text.get(start as usize..end as usize), Some(node.raw()));
        assert!(start >= behind, "nodes lie in the order of the text");
        behind = start;
        if let Some(Span {
            start: name_start,
            end: name_end,
        }) = node.name_span()
        {
            assert!(name_start < name_end && name_end as usize <= text.len() && name_start <= start);
        }
        if let Some(parent) = node.parent() {
            let Span {
                start: outer_start,
                end: outer_end,
            } = parent.span();
            // A container whose bracket is missing ends with the last value in it.
            let is_within = end < outer_end || (end == outer_end && !issues.is_empty());
            assert!(outer_start < start && is_within, "a value lies inside its container");
        }
        if names_are_unique && has_pointer(node) {
            assert_eq!(document.resolve_pointer(&node.pointer()), Some(node));
        }
    }
}

/// Whether the names on the way there stand in its pointer as they are: of longer ones only the beginning does.
fn has_pointer(node: Node<'_>) -> bool {
    let is_short = node.name().is_none_or(|name| name.len() <= MAX_NAME);
    is_short && node.parent().is_none_or(has_pointer)
}

fn agree(text: &[u8], document: Option<&Document<'_>>, issues: &[Issue]) {
    // What the two are known to see differently: names that stand twice and byte order marks have findings here, and
    // serde_json takes an object with this name for a number.
    let differs = issues
        .iter()
        .any(|issue| ["json-duplicate-key", "json-byte-order-mark"].contains(&issue.code));
    let names = document.into_iter().flat_map(nodes).filter_map(Node::name);
    if differs || names.into_iter().any(|name| name == "$serde_json::private::Number") {
        return;
    }
    let theirs: Result<Value, _> = serde_json::from_slice(text);
    assert_eq!(issues.is_empty(), theirs.is_ok(), "{issues:?} and {:?}", theirs.err());
    if let (Some(document), Ok(theirs)) = (document, theirs) {
        assert_eq!(value(document.root()), theirs);
    }
}

fn nodes<'d>(document: &'d Document<'_>) -> impl Iterator<Item = Node<'d>> {
    (0..).map_while(|number| document.node(NodeId(number)))
}

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
