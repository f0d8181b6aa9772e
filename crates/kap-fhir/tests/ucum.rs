use std::cmp::Ordering;

use kap_fhir::{Decimal, ucum};

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).expect("a decimal")
}

#[test]
fn units_in_use_are_units() {
    for code in [
        "mg",
        "mg/dL",
        "mm[Hg]",
        "{score}",
        "mL/min/{1.73_m2}",
        "10*3/uL",
        "Cel",
        "[degF]",
        "%",
        "1",
        "/min",
        "U/L",
        "kg/m2",
        "[lb_av]",
        "[IU]/mL",
        "a",
        "wk",
    ] {
        assert!(ucum::is_unit(code), "{code}");
    }
    for code in ["", "mgs", "lbs", "beats/minute", "mg/", "5 mg", "[s]", "mmHg", "°C"] {
        assert!(!ucum::is_unit(code), "{code}");
    }
}

#[test]
fn conversion_is_exact() {
    let convert = |value, from, to| ucum::convert(decimal(value), from, to).map(|value| value.to_string());
    assert_eq!(convert("1", "[in_i]", "cm").as_deref(), Some("2.54"));
    assert_eq!(convert("4", "g", "mg").as_deref(), Some("4000"));
    assert_eq!(convert("1", "[lb_av]", "mg").as_deref(), Some("453592.37"));
    assert_eq!(convert("32", "[degF]", "Cel").as_deref(), Some("0"));
    assert_eq!(convert("37.5", "Cel", "K").as_deref(), Some("310.65"));
    assert_eq!(convert("1", "mg", "mL"), None);
    assert_eq!(convert("1", "[IU]", "[arb'U]"), None);
}

#[test]
fn quantities_compare_across_units() {
    assert_eq!(
        ucum::compare(decimal("1"), "wk", decimal("7"), "d"),
        Some(Ordering::Equal)
    );
    assert_eq!(
        ucum::compare(decimal("0.1"), "g", decimal("99"), "mg"),
        Some(Ordering::Greater)
    );
    assert_eq!(ucum::compare(decimal("1"), "g", decimal("1"), "m"), None);
}

#[test]
fn hostile_codes_are_only_no_units() {
    for code in [
        "(".repeat(200),
        "m".repeat(5_000),
        "1".repeat(256),
        format!("m{}", "9".repeat(250)),
        "/".repeat(250),
    ] {
        ucum::is_unit(&code);
    }
}
