//! Checks files against FHIR R4 and, if archives are named too, their packages:
//! `cargo run --example check -- [PACKAGE.tgz]... FILE.json...`

#![expect(clippy::print_stdout, reason = "an example shows its result")]

use std::error::Error;
use std::fs::{self, File};
use std::path::Path;
use std::time::Instant;

use kap_fhir::Package;
use kap_fhir::package::Limits;
use kap_json::Lines;
use kap_validate::{Options, Plan, PlanSet, check_bytes, compile_package};

fn main() -> Result<(), Box<dyn Error>> {
    let (archives, documents): (Vec<String>, Vec<String>) = std::env::args()
        .skip(1)
        .partition(|file| Path::new(file).extension().is_some_and(|extension| extension == "tgz"));
    let packages = archives
        .iter()
        .map(|archive| compile(archive))
        .collect::<Result<Vec<Plan>, _>>()?;

    // Plans are combined once and serve any number of documents and threads.
    let all: Vec<&Plan> = [Plan::r4()].into_iter().chain(&packages).collect();
    let plans = PlanSet::new(&all);
    for file in documents {
        let bytes = fs::read(&file)?;
        let started = Instant::now();
        let report = check_bytes(&plans, &bytes, &Options::default());
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

/// Compiles a package; a program would keep `Plan::as_bytes` for the next time.
fn compile(archive: &str) -> Result<Plan, Box<dyn Error>> {
    let package = Package::from_tgz(archive, File::open(archive)?, &Limits::default())?;
    Ok(Plan::from_bytes(compile_package(&package)?)?)
}
