//! Codes of digital signatures (<https://hl7.org/fhir/R4/signatures.html>).

kap_json::issue_codes! {
    SIGNATURE_FORMAT = "signature-format", Warning, "not-found", "Signature without a format",
        "`sigFormat` says how the signature is written, `application/jose` for a JSON Web Signature (https://hl7.org/fhir/R4/datatypes-definitions.html#Signature.sigFormat). Without it readers have to guess.",
        "add `sigFormat`";
    SIGNATURE_DATA = "signature-data", Error, "invalid", "Signature that is not in base64",
        "`data` holds the base64 encoding of the signature; that a JSON Web Signature consists of base64 already makes no difference (https://hl7.org/fhir/R4/datatypes-definitions.html#Signature.data).",
        "encode the whole signature in base64";
    SIGNATURE_HEADER = "signature-header", Error, "invalid", "Signature that cannot be read",
        "A JSON Web Signature has three parts divided by dots; its header is JSON that names the algorithm and holds the certificate (https://www.rfc-editor.org/rfc/rfc7515).",
        "sign the content anew";
    SIGNATURE_TIME_MISSING = "signature-time-missing", Warning, "not-found", "Signature without a time of signing",
        "The header of the signature says in `sigT` when it was made: `when` beside it is not protected by the signature.",
        "have the signing program add `sigT`";
    SIGNATURE_TIME = "signature-time", Error, "value", "Another time than that of the signature",
        "`when` is the time at which the signature was made, which its header says in `sigT` (https://hl7.org/fhir/R4/datatypes-definitions.html#Signature.when).",
        "take over the time that the signature says";
    SIGNATURE_PAYLOAD = "signature-payload", Warning, "value", "Signature with its content",
        "The signature of a bundle is detached from what it signs: the bundle itself is the content (https://hl7.org/fhir/R4/signatures.html).",
        "leave the part between the dots empty";
    SIGNATURE_CERTIFICATE_MISSING = "signature-certificate-missing", Warning, "not-found", "Signature without a certificate",
        "Only with the certificate in its header (`x5c`) can the signature be verified without asking anybody.",
        "have the signing program add `x5c`";
    SIGNATURE_CONTENT = "signature-content", Error, "value", "Another content than was signed",
        "What the signature carries differs from the canonical form of the bundle (https://hl7.org/fhir/R4/json.html#canonical): the bundle was changed after it was signed, or another form was signed.",
        "get the bundle as it was signed, or have it signed anew";
    SIGNATURE_INVALID = "signature-invalid", Error, "value", "Signature that does not verify",
        "The key of the certificate did not make this signature over the canonical form of the bundle (https://hl7.org/fhir/R4/json.html#canonical).",
        "get the bundle as it was signed, or have it signed anew";
}
