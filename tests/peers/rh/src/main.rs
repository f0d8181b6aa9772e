//! rh-validator on the resources of bundles. It finds packages unpacked below `$HOME/.fhir/packages`.

use std::fs;

use rh_validator::{FhirValidator, FhirVersion};
use serde_json::Value;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, _, _, files, seconds] = arguments.as_slice() else {
        eprintln!("usage: peer-rh bench PACKAGES FILES SECONDS");
        std::process::exit(2);
    };
    let packages = format!("{}/.fhir/packages", std::env::var("HOME").expect("there is a home folder"));
    let validator = FhirValidator::new(FhirVersion::R4, Some(&packages)).expect("the packages are readable");
    let files = fs::read_to_string(files).expect("the list of files is readable");
    let texts: Vec<Vec<u8>> = files.lines().map(|file| fs::read(file).expect("the file is readable")).collect();
    let seconds: f64 = seconds.parse().expect("seconds are a number");
    // Its caches fill on the first file; a whole pass would take minutes.
    let mut issues = validate(&validator, &texts[0]);
    let begin = cpu_seconds();
    let mut checked = 0;
    let mut total = 0;
    for text in &texts {
        total += resources(&parse(text)).len();
    }
    'rounds: loop {
        for text in &texts {
            for resource in resources(&parse(text)) {
                issues = validator.validate_auto(resource).map_or(0, |result| result.issues.len());
                checked += 1;
                if cpu_seconds() - begin >= seconds {
                    break 'rounds;
                }
            }
        }
    }
    let rounds = f64::from(checked) / f64::from(u32::try_from(total).expect("there are few resources"));
    println!("{{\"rounds\": {rounds}, \"cpu_seconds\": {:.6}, \"issues\": {issues}}}", cpu_seconds() - begin);
}

fn validate(validator: &FhirValidator, text: &[u8]) -> usize {
    let bundle = parse(text);
    let issues = resources(&bundle).into_iter().map(|one| validator.validate_auto(one).map_or(0, |result| result.issues.len()));
    issues.sum()
}

fn parse(text: &[u8]) -> Value {
    serde_json::from_slice(text).expect("the file is JSON")
}

fn resources(bundle: &Value) -> Vec<&Value> {
    let entries = bundle["entry"].as_array().into_iter().flatten();
    entries.filter_map(|entry| entry.get("resource")).collect()
}

/// CPU time of this process in seconds: user and system, in ticks of a hundredth.
fn cpu_seconds() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").expect("Linux counts the time");
    let fields: Vec<&str> = text.rsplit(')').next().expect("there is a name").split_whitespace().collect();
    let ticks = |at: usize| fields[at].parse::<f64>().expect("times are numbers");
    (ticks(11) + ticks(12)) / 100.0
}
