//! What every Observation should say, though no definition demands it: about whom, by whom and when
//! (<https://hl7.org/fhir/R4/observation.html#notes>).

use kap_json::{Message, Severity};

use super::super::walk::{Scope, Walk};
use crate::codes;
use crate::options::BestPractice;

/// Good practice is looked at only where the caller wants to be warned: nearly every Observation lacks a performer, and
/// a hint on each of them would hide the rest.
pub(super) fn check<'c>(walk: &mut Walk<'c>, scope: Scope<'c>) {
    let severity = match walk.options.best_practice {
        BestPractice::Ignore | BestPractice::Hint => return,
        BestPractice::Warning => Severity::Warning,
        BestPractice::Error => Severity::Error,
    };
    let node = scope.resource;
    let effective = [
        "effectiveDateTime",
        "effectivePeriod",
        "effectiveTiming",
        "effectiveInstant",
    ];
    let missing = [
        ("subject", node.get("subject").is_none()),
        ("performer", node.get("performer").is_none()),
        ("effective[x]", effective.iter().all(|name| node.get(name).is_none())),
    ];
    for (name, _) in missing.into_iter().filter(|(_, is_missing)| *is_missing) {
        let message = || Message::text(format!("an Observation should have `{name}`"));
        walk.report_as(&codes::OBSERVATION_BEST_PRACTICE, severity, node, message, None);
    }
}
