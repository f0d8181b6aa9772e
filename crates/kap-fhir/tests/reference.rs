//! References: their forms, and which `fullUrl` they mean.

use kap_fhir::Reference;

const UUID: &str = "urn:uuid:c757873d-ec9a-4326-a141-556f43239520";

#[test]
fn forms() {
    assert_eq!(Reference::parse("#a"), Reference::Fragment("a"));
    assert_eq!(Reference::parse(UUID), Reference::Urn(UUID));
    assert_eq!(Reference::parse("Patient/1").resource_type(), Some("Patient"));
    assert_eq!(
        Reference::parse("https://ehr.example/fhir/Patient/1/_history/2").resource_type(),
        Some("Patient")
    );
    assert_eq!(
        Reference::parse("Patient?identifier=a|b").resource_type(),
        Some("Patient")
    );
    assert!(matches!(
        Reference::parse("http://example.org/page"),
        Reference::Absolute(_)
    ));
    assert!(matches!(Reference::parse("http://Patient/1"), Reference::Absolute(_)));
    for malformed in [
        "",
        "patient/1",
        "Patient",
        "Patient/",
        "a/Patient/1",
        "Patient/has space",
    ] {
        assert!(
            matches!(Reference::parse(malformed), Reference::Malformed(_)),
            "{malformed:?}"
        );
    }
}

#[test]
fn relative_references_take_over_the_base_of_their_entry() {
    let holder = Some("https://ehr.example/fhir/Observation/9");
    let full_url = |text: &'static str, holder| Reference::parse(text).full_url(holder);
    assert_eq!(
        full_url("Patient/1", holder).as_deref(),
        Some("https://ehr.example/fhir/Patient/1")
    );
    assert_eq!(
        full_url("Patient/1/_history/2", holder).as_deref(),
        Some("https://ehr.example/fhir/Patient/1")
    );
    assert_eq!(full_url("Patient/1", Some(UUID)), None);
    assert_eq!(full_url("Patient/1", None), None);
    assert_eq!(full_url(UUID, holder).as_deref(), Some(UUID));
}
