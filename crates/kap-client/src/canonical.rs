//! One text for all ways of writing the same JSON value, and its hash.
//!
//! * members of an object are ordered by name (by Unicode scalar values);
//! * numbers are written by value, `1.500` as `15e-1`, because servers normalise them;
//! * strings are escaped as serde_json does; no white space.
//!
//! The content hash in the journal is the SHA-256 of this text for a resource *as it was mapped*, references by `urn:uuid`
//! key: it does not depend on what a server makes of it.

use std::fmt::Write as _;

use serde_json::{Number, Value};
use sha2::{Digest, Sha256};

/// SHA-256 of a resource in canonical form.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ContentHash(pub(crate) [u8; 32]);

impl std::fmt::Debug for ContentHash {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&hex::encode(self.0))
    }
}

/// The hash of `resource`.
pub(crate) fn hash(resource: &Value) -> ContentHash {
    let mut text = String::new();
    write(resource, &mut text);
    ContentHash(Sha256::digest(text.as_bytes()).into())
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Number(value) => out.push_str(&number(value)),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_unstable_by_key(|(name, _)| *name);
            out.push('{');
            for (index, (name, item)) in members.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                _ = write!(out, "{}:", Value::from(name.as_str()));
                write(item, out);
            }
            out.push('}');
        }
        Value::Null | Value::Bool(_) | Value::String(_) => _ = write!(out, "{value}"),
    }
}

/// A number by value: sign, digits without leading or trailing zeros, `e`, exponent of ten. Zero is `0`.
pub(crate) fn number(value: &Number) -> String {
    let text = value.to_string();
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    // An exponent beyond 64 bits is no number of this world: such a text stands for itself.
    let Ok(exponent) = exponent.parse::<i64>() else {
        return text;
    };
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_end_matches('0');
    let scale = exponent - length(fraction) + length(&digits) - length(significant);
    match significant.trim_start_matches('0') {
        "" => "0".to_owned(),
        significant => format!("{sign}{significant}e{scale}"),
    }
}

fn length(digits: &str) -> i64 {
    i64::try_from(digits.len()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::{hash, number};

    #[track_caller]
    fn value(text: &str) -> serde_json::Value {
        serde_json::from_str(text).expect("the test's JSON is well formed")
    }

    #[test]
    fn numbers_are_canonical_by_value() {
        let canonical = |text: &str| match value(text) {
            serde_json::Value::Number(lexeme) => number(&lexeme),
            other => panic!("{other} is no number"),
        };
        for same in [
            &["1.500", "1.5", "15e-1", "0.15E1"][..],
            &["100", "1e2", "100.0"],
            &["-0.0", "0", "0e9"],
        ] {
            for text in same {
                assert_eq!(canonical(text), canonical(same[0]), "{text}");
            }
        }
        assert_ne!(canonical("1.5"), canonical("-1.5"));
        assert_ne!(canonical("15"), canonical("1.5"));
    }

    #[test]
    fn order_of_members_does_not_count_but_order_of_items_does() {
        assert_eq!(
            hash(&value(r#"{"a":1,"b":[1,2]}"#)),
            hash(&value(r#"{ "b":[1.0,2], "a":1 }"#))
        );
        assert_ne!(hash(&value("[1,2]")), hash(&value("[2,1]")));
        assert_ne!(hash(&value(r#"{"a":"1"}"#)), hash(&value(r#"{"a":1}"#)));
    }
}
