//! Compiles a profile once, and lets several threads ask: is it valid, and if not, why?
//! `cargo run --example share`

#![expect(clippy::print_stdout, reason = "an example shows its result")]

use std::error::Error;
use std::thread;

use kap_validate::{Options, Plan, PlanSet, check, compile, is_valid, parse};
use serde_json::json;

const PROFILE: &str = "https://clinic.example.org/StructureDefinition/named-patient";

fn main() -> Result<(), Box<dyn Error>> {
    // Definitions become a plan once; `plan.as_bytes()` can be kept for the next start.
    let profile = json!({
        "resourceType": "StructureDefinition", "url": PROFILE, "version": "1.0.0", "name": "NamedPatient",
        "status": "active", "kind": "resource", "abstract": false, "type": "Patient",
        "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Patient", "derivation": "constraint",
        "snapshot": {"element": [
            {"id": "Patient", "path": "Patient", "min": 0, "max": "*", "base": {"path": "Patient", "min": 0, "max": "*"}},
            {"id": "Patient.name", "path": "Patient.name", "min": 1, "max": "*",
             "base": {"path": "Patient.name", "min": 0, "max": "*"}, "type": [{"code": "HumanName"}]},
        ]},
    });
    let plan = Plan::from_bytes(compile("clinic", "1.0.0", [profile])?)?;
    let plans = PlanSet::new(&[Plan::r4(), &plan]);
    let options = Options {
        profiles: vec![PROFILE.to_owned()],
        ..Options::default()
    };

    let texts = [
        r#"{"resourceType": "Patient", "name": [{"family": "Testperson"}]}"#,
        r#"{"resourceType": "Patient", "active": true}"#,
        r#"{"resourceType": "Patient", "name": [{"family": "Testperson"}], "birthDate": "1990-02-30"}"#,
    ];
    // Plans and options are read only: every thread uses the same ones.
    let answers: Vec<String> = thread::scope(|scope| {
        let threads: Vec<_> = texts
            .iter()
            .map(|text| scope.spawn(|| answer(&plans, text, &options)))
            .collect();
        threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
    });
    for answer in answers {
        println!("{answer}");
    }
    Ok(())
}

/// The quick answer first: it stops at the first error and builds no message.
fn answer(plans: &PlanSet<'_>, text: &str, options: &Options) -> String {
    let Some(document) = parse(plans, text.as_bytes(), options).document else {
        return "not JSON".to_owned();
    };
    if is_valid(plans, &document, options) {
        return "valid".to_owned();
    }
    let report = check(plans, &document, options);
    let issues: Vec<String> = report
        .issues
        .iter()
        .map(|issue| {
            let place = issue.location.expression.as_deref().unwrap_or_default();
            format!("{} at {place}: {}", issue.code, issue.message)
        })
        .collect();
    format!("{}: {}", report.verdict(), issues.join("; "))
}
