use kap_fhir::Decimal;

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).expect("a decimal")
}

#[test]
fn a_decimal_keeps_what_was_written() {
    for text in ["0", "0.00", "-1.50", "100", "0.0034", "12345678901234567890.123456789"] {
        assert_eq!(decimal(text).to_string(), text);
    }
    assert_eq!(decimal("1.5e2").to_string(), "150");
    assert_eq!(decimal("1.5E-3").to_string(), "0.0015");
    for text in ["", "-", ".", ".5", "5.", "1e", "1e99999999999", "+1", "1,5", "0x1"] {
        assert!(Decimal::parse(text).is_none(), "{text}");
    }
}

#[test]
fn arithmetic_is_exact() {
    assert_eq!(decimal("0.1").checked_add(decimal("0.2")), Some(decimal("0.3")));
    assert_eq!(decimal("1.8").checked_sub(decimal("1.2")), Some(decimal("0.6")));
    assert_eq!(decimal("1.2").checked_mul(decimal("1.8")), Some(decimal("2.16")));
    assert_eq!(decimal("1").checked_div(decimal("2")), Some(decimal("0.5")));
    assert_eq!(
        decimal("1")
            .checked_div(decimal("3"))
            .map(|third| third.to_string())
            .as_deref(),
        Some("0.3333333333333333333333333333")
    );
    assert_eq!(
        decimal("2")
            .checked_div(decimal("3"))
            .map(|third| third.rounded_to(2).to_string())
            .as_deref(),
        Some("0.67")
    );
    assert_eq!(decimal("300").checked_div(decimal("0.001")), Some(decimal("300000")));
    assert_eq!(decimal("2.2").checked_rem(decimal("1.8")), Some(decimal("0.4")));
    assert_eq!(decimal("1").checked_div(Decimal::ZERO), None);
    assert_eq!(decimal("1").checked_rem(Decimal::ZERO), None);
}

#[test]
fn order_is_by_value() {
    assert_eq!(decimal("1.50"), decimal("1.5"));
    assert!(decimal("-0.1") < decimal("0"));
    assert!(decimal("0.00000000000000000000000000000000000001") > Decimal::ZERO);
    assert!(decimal("99999999999999999999999999999999999999") > decimal("0.1"));
}

#[test]
fn rounding_goes_away_from_zero_and_cutting_towards_it() {
    assert_eq!(decimal("-2.5").rounded_to(0).to_string(), "-3");
    assert_eq!(decimal("3.14159").rounded_to(3).to_string(), "3.142");
    assert_eq!(decimal("-1.1").floor().to_string(), "-2");
    assert_eq!(decimal("-1.1").ceil().to_string(), "-1");
    assert_eq!(decimal("1.1").ceil().to_string(), "2");
    assert_eq!(decimal("-1.56").trunc().to_string(), "-1");
}
