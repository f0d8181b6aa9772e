// Written by `cargo xtask codegen` from `fixtures/records`; do not edit.

/// Name and JSON of each record, in the order of the names.
#[rustfmt::skip]
pub(crate) static DEMO_RECORDS: &[(&str, &[u8])] = &[
    ("adverse-event-and-early-end", include_bytes!("../data/records/adverse-event-and-early-end.json")),
    ("alcohol-use-programme-part-2", include_bytes!("../data/records/alcohol-use-programme-part-2.json")),
    ("boosters-after-relapse", include_bytes!("../data/records/boosters-after-relapse.json")),
    ("deferred-at-contraindication-screen", include_bytes!("../data/records/deferred-at-contraindication-screen.json")),
    ("esketamine-under-rems", include_bytes!("../data/records/esketamine-under-rems.json")),
    ("every-field", include_bytes!("../data/records/every-field.json")),
    ("names-addresses-and-time-zones", include_bytes!("../data/records/names-addresses-and-time-zones.json")),
    ("remote-integration-only", include_bytes!("../data/records/remote-integration-only.json")),
    ("six-iv-infusions", include_bytes!("../data/records/six-iv-infusions.json")),
    ("sublingual-at-home-with-chaperone", include_bytes!("../data/records/sublingual-at-home-with-chaperone.json")),
    ("twelve-months-sustained-remission", include_bytes!("../data/records/twelve-months-sustained-remission.json")),
    ("two-step-intramuscular", include_bytes!("../data/records/two-step-intramuscular.json")),
];
