//! Any record that reads: it is mapped to the same bytes each time, to a bundle without errors, and nothing withheld
//! comes out.

#![no_main]

use kap_fuzz::plans::PLANS;
use kap_json::Limits;
use kap_map::{Context, Mapped, Namespace, Policy, map};
use kap_record::{Record, read};
use kap_validate::{Options, check_bytes};
use libfuzzer_sys::{Corpus, fuzz_target};
use uuid::uuid;

// Only records go on to be changed: most changes of other texts give no record either.
fuzz_target!(|text: &[u8]| -> Corpus {
    let Some(record) = read(text, &Limits::default()).record else {
        return Corpus::Reject;
    };
    let mapped = map(&record, &context());
    assert!(
        mapped.bundle == map(&record, &context()).bundle,
        "the bundle differs from one run to the next"
    );
    valid(&mapped);
    silent(text);
    Corpus::Keep
});

kap_fuzz::json_mutations!();

/// Releases all that a policy can release.
fn context() -> Context {
    Context {
        policy: Policy { insight_themes: true },
        ..Context::new(Namespace::new(uuid!("7f3c1a52-60f4-4b8e-9d5c-0c7e5a9b1d42")))
    }
}

fn valid(mapped: &Mapped) {
    let report = check_bytes(&PLANS, &mapped.bundle, &Options::default());
    let errors = report.issues.iter().filter(|issue| issue.severity.is_error());
    let errors: Vec<_> = errors
        .map(|issue| (issue.code, issue.location.expression.as_deref(), issue.message.reveal()))
        .collect();
    assert!(errors.is_empty(), "the bundle is not valid: {errors:#?}");
}

/// Puts canaries into what is withheld, and looks for them in all that comes out.
fn silent(text: &[u8]) {
    let Ok(document) = serde_json::from_slice(text) else {
        return;
    };
    let planted = kap_synth::plant_canaries(&document);
    let Some(record) = reread(&planted.record) else { return };
    let Mapped {
        bundle,
        receipt,
        issues,
        ..
    } = map(&record, &context());
    let mut out = String::from_utf8(bundle)
        .expect("a bundle is text")
        .to_ascii_lowercase();
    out.push_str(&serde_json::to_string(&receipt).expect("a receipt is JSON"));
    out.extend(issues.iter().map(|issue| issue.message.reveal()));
    for (canary, place) in planted.canaries.iter().zip(&planted.places) {
        assert!(!out.contains(canary.as_str()), "what is withheld at {place} came out");
    }
}

fn reread(document: &serde_json::Value) -> Option<Record> {
    read(document.to_string().as_bytes(), &Limits::default()).record
}
