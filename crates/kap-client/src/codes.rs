//! The codes of findings about what was pushed.

kap_json::issue_codes! {
    BUNDLE_NOT_PUSHABLE = "bundle-not-pushable", Error, "structure", "The bundle is not of the kind that can be pushed",
        "A push takes transaction bundles in which each entry has a urn:uuid as fullUrl, asks for POST of its resource's type, and carries an identifier by which the resource can be found again. Without one of these a lost answer could double a resource.",
        "make the bundle with `kap map`";
    BUNDLE_INVALID = "bundle-invalid", Error, "invalid", "The bundle did not pass validation",
        "Only bundles whose validation found no error are sent.",
        "see the findings of `kap validate`, mend the record and map it again";
    PATIENT_NOT_FOUND = "patient-not-found", Error, "not-found", "The server knows no such patient",
        "Patients are matched by their business identifier and not created unasked: a second chart for the same person is worse than a bundle that waits.",
        "register the patient in the EHR first, or allow creation with --create-patients";
    IDENTITY_AMBIGUOUS = "identity-ambiguous", Error, "multiple-matches", "Several resources on the server claim this identity",
        "More than one resource carries the identifier. Writing to either could be wrong, so nothing is written.",
        "let a person merge or correct them on the server, then push again";
    IDENTITY_NOT_OURS = "identity-not-ours", Error, "duplicate", "The server already holds another content under this key",
        "A resource with our key exists, but the journal has no record of having written this content. It is not overwritten.",
        "compare it with `kap verify`; correct the one that is wrong";
    UPDATE_CONFLICT = "update-conflict", Error, "conflict", "The resource was changed on the server since it was written",
        "The update carries the version that the journal knows (If-Match), and the server has a newer one. Overwriting it would lose somebody's change.",
        "let a person compare both, then push the agreed record";
    PUSH_REJECTED = "push-rejected", Error, "processing", "The server rejected it",
        "The server understood the request and refuses it; sending it again would change nothing. The codes and expressions of its OperationOutcome are in the message.",
        "mend what the server names, or ask its administrator";
    PUSH_FORBIDDEN = "push-forbidden", Error, "security", "The server does not allow it",
        "A policy of the server forbids this write: the credentials are accepted, but may not do this.",
        "check the credentials and what they may write";
    PUSH_BLOCKED = "push-blocked", Error, "processing", "It refers to something that is not on the server",
        "A resource is sent only when everything it refers to is sent with it or was stored before.",
        "see the findings about the resources it refers to";
    PUSH_UNSUPPORTED = "push-unsupported", Error, "not-supported", "The server does not take it",
        "What the server states of itself, what is known of its vendor, or the configuration says that resources of this type cannot be written there in this way.",
        "see `kap capabilities --kap`; overrule it in kap.toml if the server does take it";
    PUSH_UNAVAILABLE = "push-unavailable", Warning, "transient", "The server could not be reached or asked to wait",
        "Nothing is lost: the journal keeps the bundle and what is open in it.",
        "run the push again later";
    PUSH_OUTCOME_UNKNOWN = "push-outcome-unknown", Warning, "incomplete", "It is not known whether the server stored it",
        "The answer was lost and the server could not be asked since. Before anything is sent again, the next push looks.",
        "run the push again when the server answers";
    PUSH_IN_PROGRESS = "push-in-progress", Warning, "lock-error", "Another process is sending it",
        "One key is written by one process at a time; the other one holds the lease and keeps renewing it.",
        "wait for the other process, then run the push again";
    VERIFY_MISSING = "verify-missing", Error, "not-found", "The server does not hold it any more",
        "The journal says that it was stored; reading it back finds nothing under its id.",
        "ask the server's administrator who deleted it";
    VERIFY_DIVERGED = "verify-diverged", Error, "value", "The server holds another content",
        "What was read back differs from what was mapped, apart from what servers may add.",
        "compare both; if the server dropped or changed an element, it cannot keep this record whole";
    VERIFY_UNLABELLED = "verify-unlabelled", Error, "security", "The server dropped the security labels",
        "What was read back is what was mapped, but without its labels (https://hl7.org/fhir/R4/security-labels.html): whoever reads it there does not see that it is restricted, or under 42 CFR Part 2. Such content is not sent to this server any more unless kap.toml allows it by the names of the labels.",
        "let a person decide whether this content may stand there; then name the labels in `may-drop-labels` of the endpoint in kap.toml, or have it removed";
    VERIFY_UNAVAILABLE = "verify-unavailable", Warning, "transient", "It could not be read back",
        "The server did not answer the read in a way that tells anything.",
        "run the comparison again later";
}
