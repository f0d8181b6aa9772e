//! Whatever the text, there is an answer; and however it is asked for, it is the same one.

use kap_fhirpath::Mode;
use proptest::prelude::*;
use proptest::sample::select;

use crate::world::{THING, evaluate_in};

/// Pieces of the language, so that many of the texts mean something.
const PIECES: &[&str] = &[
    "name",
    "part",
    "label",
    "amount",
    "value",
    "born",
    "seen",
    "kind",
    "active",
    "number",
    "owner",
    "contained",
    "id",
    "Thing",
    "$this",
    "$index",
    "$total",
    "%given",
    "%resource",
    "%nobody",
    "{}",
    "true",
    "false",
    "1",
    "2.50",
    "0",
    "'a'",
    "'one'",
    "''",
    "@2020",
    "@2020-02-29",
    "@2020-02-29T10:00:00Z",
    "@T10:30",
    "4 'g'",
    "1 'mo'",
    "3 days",
    ".",
    ".",
    ".",
    ".",
    ".",
    "(",
    "(",
    ")",
    ")",
    "[0]",
    "[",
    "]",
    ",",
    "+",
    "-",
    "*",
    "/",
    "div",
    "mod",
    "&",
    "|",
    "=",
    "!=",
    "~",
    "!~",
    "<",
    ">=",
    "in",
    "contains",
    "and",
    "or",
    "xor",
    "implies",
    "is",
    "as",
    "string",
    "Quantity",
    "System.Integer",
    "exists()",
    "empty()",
    "not()",
    "count()",
    "first()",
    "last()",
    "tail()",
    "single()",
    "distinct()",
    "isDistinct()",
    "children()",
    "descendants()",
    "hasValue()",
    "resolve()",
    "type()",
    "toString()",
    "toInteger()",
    "toQuantity()",
    "convertsToDate()",
    "length()",
    "upper()",
    "abs()",
    "round(1)",
    "sqrt()",
    "ln()",
    "lowBoundary()",
    "highBoundary(40)",
    "precision()",
    "sum()",
    "avg()",
    "max()",
    "sort()",
    "where(",
    "select(",
    "all(",
    "exists(",
    "repeat(",
    "iif(",
    "aggregate(",
    "sort(-",
    "take(",
    "skip(",
    "union(",
    "combine(",
    "intersect(",
    "subsetOf(",
    "memberOf('open')",
    "matches('[a-z]+')",
    "replaceMatches('a', 'b')",
    "substring(",
    "indexOf(",
    "split('')",
    "toChars()",
    "join(',')",
    "encode('hex')",
    "extension('x')",
    "ofType(Quantity)",
    "defineVariable('v')",
    "%v",
    "trace('x')",
    "conformsTo('x')",
    "htmlChecks()",
    "now()",
    "power(",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        30 => select(PIECES).prop_map(str::to_owned),
        1 => ".{0,6}".prop_map(|text| text),
    ];
    prop::collection::vec(piece, 1..24).prop_map(|pieces| pieces.concat())
}

/// Something invoked on something, over and over: nearly always well formed.
fn chain() -> impl Strategy<Value = String> {
    let step = (select(PIECES), prop::collection::vec(select(PIECES), 0..4)).prop_map(|(step, inside)| match step {
        open if open.ends_with('(') => format!(".{open}{})", inside.join(".")),
        open if open.ends_with("(-") => format!(".{open}{})", inside.join(".")),
        other => format!(".{other}"),
    });
    (select(PIECES), prop::collection::vec(step, 0..6)).prop_map(|(head, steps)| format!("{head}{}", steps.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_has_an_answer(text in prop_oneof![text(), chain()]) {
        for mode in [Mode::Lenient, Mode::Strict] {
            evaluate_in(mode, &text, THING, true);
        }
    }

    #[test]
    fn any_document_has_an_answer(text in chain(), cut in 0..THING.len(), put in ".{0,8}") {
        if THING.is_char_boundary(cut) {
            let json = format!("{}{put}{}", &THING[..cut], &THING[cut..]);
            evaluate_in(Mode::Lenient, &text, &json, true);
        }
    }
}
