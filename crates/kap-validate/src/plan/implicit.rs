//! Value sets that exist by their URL alone (<https://hl7.org/fhir/R4/snomedct.html#implicit>,
//! <https://hl7.org/fhir/R4/loinc.html#implicit>).

/// The code system that a value set with an implicit definition selects from.
pub(crate) fn system(value_set: &str) -> Option<&'static str> {
    let is_snomed = value_set.starts_with("http://snomed.info/") && value_set.contains("?fhir_vs");
    let is_loinc = value_set == "http://loinc.org/vs" || value_set.starts_with("http://loinc.org/vs/");
    if is_snomed {
        Some("http://snomed.info/sct")
    } else if is_loinc {
        Some("http://loinc.org")
    } else {
        None
    }
}
