//! One table a type: what it accepts and what it refuses.

use kap_fhir::Primitive;

fn check(primitive: Primitive, accepted: &[&str], refused: &[&str]) {
    for text in accepted {
        assert_eq!(
            primitive.check(text),
            Ok(()),
            "{} must accept {text:?}",
            primitive.name()
        );
    }
    for text in refused {
        assert!(
            primitive.check(text).is_err(),
            "{} must refuse {text:?}",
            primitive.name()
        );
    }
}

#[test]
fn names_are_fhirs_and_unique() {
    for primitive in Primitive::ALL {
        assert_eq!(Primitive::from_name(primitive.name()), Some(primitive));
    }
    assert_eq!(Primitive::from_name("Quantity"), None);
}

#[test]
fn whole_numbers() {
    check(
        Primitive::Integer,
        &["0", "-1", "2147483647", "-2147483648"],
        &["", "-", "01", "1.0", "1e2", "2147483648", "+1", "-01"],
    );
    check(Primitive::UnsignedInt, &["0", "7"], &["-1", "00", "2147483648", "-0.1"]);
    check(Primitive::PositiveInt, &["1", "2147483647"], &["0", "-1", "01"]);
}

#[test]
fn decimals_and_booleans() {
    check(
        Primitive::Decimal,
        &["0", "-0.50", "1.00", "3e10", "1.5E-7", "12345678901234567890.1"],
        &["", ".5", "5.", "01.5", "+1", "1e", "1,5"],
    );
    check(Primitive::Boolean, &["true", "false"], &["True", "1", ""]);
}

#[test]
fn dates_exist() {
    check(
        Primitive::Date,
        &["2024", "2024-02", "2024-02-29", "2000-02-29", "0001-01-01"],
        &[
            "0000",
            "2023-02-29",
            "1900-02-29",
            "2024-13",
            "2024-00",
            "2024-04-31",
            "2024-1-1",
            "24",
            "2024-02-29T00:00:00Z",
        ],
    );
    check(
        Primitive::DateTime,
        &[
            "2024",
            "2024-05",
            "2024-05-01",
            "2024-05-01T10:00:00Z",
            "2024-05-01T23:59:60.123+14:00",
        ],
        &[
            "2024-05-01T10:00Z",
            "2024-05-01T10:00:00",
            "2024-05-01T24:00:00Z",
            "2024-05-01T10:00:00+14:30",
            "2024-05-01T10:00:00.Z",
        ],
    );
    check(
        Primitive::Instant,
        &["2024-05-01T10:00:00.5-07:00"],
        &["2024-05-01", "2024-05-01 10:00:00Z"],
    );
    check(
        Primitive::Time,
        &["00:00:00", "23:59:59.999"],
        &["24:00:00", "10:00", "10:00:00Z", ""],
    );
}

#[test]
fn text() {
    check(
        Primitive::String,
        &["a", " padded ", "no\u{a0}break", "tab\tline\n", "bell\u{7}"],
        &["", "page\u{c}break"],
    );
    check(
        Primitive::Code,
        &["final", "two words"],
        &["", " final", "final ", "two  words", "\t"],
    );
    check(
        Primitive::Id,
        &["a", "A-1.b"],
        &["", "under_score", "a b", &"x".repeat(65)],
    );
    check(
        Primitive::Base64Binary,
        &["QUJD", "QUI=", "QQ==", "QU\r\nJD"],
        &["", "QUJ", "Q=JD", "QUJD?", "===="],
    );
}

#[test]
fn uris() {
    check(
        Primitive::Uri,
        &[
            "http://example.org/x",
            "urn:oid:1.2.3",
            "relative/path",
            "urn:uuid:c757873d-ec9a-4326-a141-556f43239520",
        ],
        &[
            "",
            "with space",
            "urn:oid:1.02",
            "urn:uuid:1234",
            "oid:1.2.3",
            "uuid:c757873d-ec9a-4326-a141-556f43239520",
            "urn:uuid:C757873D-ec9a-4326-a141-556f43239520",
        ],
    );
    check(
        Primitive::Canonical,
        &[
            "http://example.org/x|1.0",
            "#contained",
            "urn:uuid:c757873d-ec9a-4326-a141-556f43239520|2",
            "urn:oid:1.2.3#part",
        ],
        &["", "urn:oid:1.02|1", "http://example.org/x |1"],
    );
    check(
        Primitive::Oid,
        &["urn:oid:2.16.840.1"],
        &["2.16.840.1", "urn:oid:3.1", "urn:oid:1", "urn:oid:1."],
    );
    check(
        Primitive::Uuid,
        &["urn:uuid:c757873d-ec9a-4326-a141-556f43239520"],
        &[
            "urn:uuid:C757873D-EC9A-4326-A141-556F43239520",
            "c757873d-ec9a-4326-a141-556f43239520",
        ],
    );
}
