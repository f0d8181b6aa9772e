//! Codes of the command line: what it refuses to look into.

kap_json::issue_codes! {
    INPUT_XML = "input-xml", Fatal, "not-supported", "XML instead of JSON",
        "FHIR has an XML format with the same content (https://hl7.org/fhir/R4/xml.html). kap reads the JSON format only, and does not guess: the exit code is 2.",
        "convert it to JSON, or ask whoever wrote it for `application/fhir+json`";
    INPUT_FHIR_VERSION = "input-fhir-version", Fatal, "not-supported", "Another version of FHIR",
        "The resource says that it follows another version of FHIR than R4 (4.0), by its `fhirVersion`, by the profile of the base specification that it claims, or by a resource type that R4 has not (https://hl7.org/fhir/R4/versioning.html). Checked as R4 it would be full of findings that mean nothing, so it is not checked: the exit code is 2.",
        "convert it to R4, or correct what it claims";
    FORM_NONE = "form-none", Warning, "not-supported", "This server takes it in no form",
        "A content of a record is written as the resource it is mapped to; where the server does not take that, as answers of a questionnaire; else as a clinical note. This server takes none of the forms that this content can have, so it stays here.",
        "write it to a folder with `--export FOLDER` and have a person enter it; see `kap capabilities --kap`, and overrule it in kap.toml if the server does take it";
}
