//! The codes of findings and the lists of codes.

use std::collections::BTreeSet;

use kap_record::codes::CODES;

#[test]
fn codes_are_unique_and_explained() {
    let unique: BTreeSet<&str> = CODES.iter().map(|info| info.code).collect();
    assert_eq!(unique.len(), CODES.len());
    for info in CODES {
        assert!(
            info.code
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
            "{}",
            info.code
        );
        assert!(
            !info.title.is_empty() && !info.explanation.is_empty() && !info.hint.is_empty(),
            "{}",
            info.code
        );
    }
}

#[test]
fn coded_lists_are_kebab_case_without_repetition() {
    let schema = kap_record::schema();
    for (name, definition) in schema["$defs"].as_object().expect("there are definitions") {
        let Some(codes) = definition["x-kap-codes"].as_object() else {
            continue;
        };
        for (code, meaning) in codes {
            assert!(!code.is_empty() && !code.contains(char::is_uppercase), "{name}: {code}");
            assert!(
                meaning.as_str().is_some_and(|meaning| meaning.ends_with('.')),
                "{name}: {code} has no definition"
            );
        }
        assert_eq!(
            definition["enum"].as_array().map(Vec::len),
            Some(codes.len()),
            "{name} repeats a code"
        );
    }
}
