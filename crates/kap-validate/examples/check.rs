//! Checks files against FHIR R4 and prints what was found: `cargo run --example check -- FILE...`

#![expect(clippy::print_stdout, reason = "an example shows its result")]

use std::time::Instant;

use kap_json::Lines;
use kap_validate::{Options, Plan, PlanSet, check_bytes};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Plans are combined once and serve any number of documents and threads.
    let plans = PlanSet::new(&[Plan::r4()]);
    let options = Options::default();
    for file in std::env::args().skip(1) {
        let bytes = std::fs::read(&file)?;
        let started = Instant::now();
        let report = check_bytes(&plans, &bytes, &options);
        println!("{file}: {} in {:?}", report.verdict(), started.elapsed());
        let lines = Lines::new(&bytes);
        for issue in &report.issues {
            let place = lines.position(issue.location.offset.unwrap_or(0));
            let expression = issue.location.expression.as_deref().unwrap_or_default();
            let (line, column) = (place.line, place.column);
            println!(
                "  {line}:{column} {} {} {expression}: {}",
                issue.severity, issue.code, issue.message
            );
        }
    }
    Ok(())
}
