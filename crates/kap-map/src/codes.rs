//! The codes of this crate's findings.

kap_json::issue_codes! {
    CONSENT_DENIES = "disclosure-consent-denies", Warning, "suppressed",
        "A consent forbids the disclosure of part of the record",
        "The patient's consents are asked for every resource. Where one in force forbids the disclosure for this purpose, recipient or class of information, the resource stays in the clinic; the receipt counts it.",
        "Check that the purpose and the recipient of this disclosure are the right ones; otherwise nothing has to be done.";
    CONSENT_MISSING = "disclosure-consent-missing", Warning, "suppressed",
        "No consent permits the disclosure of part of the record",
        "Records under 42 CFR Part 2, research, and every record of a clinic that asks for consents to disclosure need a consent in force at the time of the record's newest entry. A revocation ends every consent that was given before it under the same law.",
        "Ask the patient for a consent to this disclosure, or name the recipient if a consent is limited to one.";
    HOLDER_DEPENDENT = "disclosure-holder-dependent", Information, "suppressed",
        "A resource stays because it cannot stand without another one that stays",
        "A reference to something that stays is taken out. Where the reference is required, the resource that holds it stays too: a reference marked as withheld would tell that there is something.",
        "";
}
