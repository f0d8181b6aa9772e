//! What a verdict costs: nothing is allocated for reporting, and nothing for each element.

use std::fmt::Write as _;

use allocation_counter::measure;
use kap_validate::{Options, Plan, PlanSet, check, is_valid, parse};

/// A bundle of that many patients; their `active` is `active`.
fn bundle(patients: usize, active: &str) -> String {
    let mut text = r#"{"resourceType": "Bundle", "type": "collection", "entry": ["#.to_owned();
    for number in 0..patients {
        let comma = if number == 0 { "" } else { "," };
        let _ = write!(
            text,
            r#"{comma}{{"fullUrl": "https://ehr.example.org/Patient/{number}", "resource": {{"resourceType": "Patient",
            "id": "{number}", "active": {active}, "name": [{{"family": "Testperson", "given": ["A", "B"]}}],
            "birthDate": "1990-01-31", "gender": "other"}}}}"#
        );
    }
    text.push_str("]}");
    text
}

/// How often something is allocated for the verdict.
fn allocations(plans: &PlanSet<'_>, text: &str, verdict: bool) -> u64 {
    let options = Options::default();
    let parsed = parse(plans, text.as_bytes(), &options);
    let document = parsed.document.expect("the bundle is JSON");
    let counted = measure(|| assert_eq!(is_valid(plans, &document, &options), verdict));
    counted.count_total
}

#[test]
fn a_verdict_allocates_nothing_for_reports_and_nothing_for_each_element() {
    let plans = PlanSet::new(&[Plan::r4()]);
    // What was never asked before is found once and kept.
    allocations(&plans, &bundle(2, "true"), true);
    let few = allocations(&plans, &bundle(10, "true"), true);
    let many = allocations(&plans, &bundle(1000, "true"), true);
    // Stacks and the index of the bundle grow by doubling.
    assert!(many <= few + 40, "{few} allocations for 10 patients, {many} for 1,000");
    let faulty = allocations(&plans, &bundle(1000, "\"yes\""), false);
    assert!(faulty <= many, "{faulty} allocations with errors, {many} without");

    let options = Options::default();
    let text = bundle(1000, "\"yes\"");
    let parsed = parse(&plans, text.as_bytes(), &options);
    let document = parsed.document.expect("the bundle is JSON");
    let reported = measure(|| assert_eq!(check(&plans, &document, &options).errors, 1000));
    assert!(
        reported.count_total > 10 * faulty,
        "only a report pays for its findings"
    );
}
