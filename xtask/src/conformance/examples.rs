//! Published examples: whatever is called an error there must be on a list that says why.

use anyhow::Result;
use kap_validate::{Options, PlanSet};
use rayon::prelude::*;
use serde_json::Value;

use super::library::{Library, Text, json_texts, with_r4};
use super::record::{self, Run};
use super::score::ranking;
use super::{Args, settle};

/// Definitions rather than examples, where a package does not keep its examples apart.
const DEFINITIONS: [&str; 8] = [
    "StructureDefinition",
    "ValueSet",
    "CodeSystem",
    "SearchParameter",
    "OperationDefinition",
    "ConceptMap",
    "CompartmentDefinition",
    "ImplementationGuide",
];

/// Runs all examples and prints every error.
pub(super) fn run(args: &Args, library: &Library) -> Result<()> {
    let runs = check(args, library)?;
    if let Some(out) = &args.out {
        record::write(out, &runs)?;
    }
    for run in runs.iter().filter(|_| args.verbose) {
        for error in run.errors() {
            let place = error.expression.as_deref().unwrap_or_default();
            println!(
                "{}: {place} (line {}) [{}] {}",
                run.id, error.line, error.code, error.text
            );
        }
    }
    println!("errors by code:");
    for line in ranking(runs.iter().flat_map(Run::errors).map(|error| error.code.to_owned())) {
        println!("{line}");
    }
    println!("undecided:");
    for line in ranking(runs.iter().flat_map(|run| run.undecided.iter().cloned()))
        .iter()
        .take(40)
    {
        println!("{line}");
    }
    let faulty = runs.iter().filter(|run| run.errors().next().is_some()).count();
    let open = runs.iter().filter(|run| !run.undecided.is_empty()).count();
    println!(
        "{} examples, {faulty} with errors, {open} with something undecided",
        runs.len()
    );
    settle(args, &differences(&runs))
}

/// Every error, by the file and its place and code.
fn differences(runs: &[Run]) -> Vec<(String, String)> {
    let errors = runs.iter().flat_map(|run| run.errors().map(move |error| (run, error)));
    let named = errors.map(|(run, error)| {
        let place = error.expression.as_deref().unwrap_or_default();
        (run.id.clone(), format!("{place} {}", error.code))
    });
    named.collect()
}

/// The findings on each example of the folder or archive.
fn check(args: &Args, library: &Library) -> Result<Vec<Run>> {
    let texts = json_texts(&args.dir)?;
    let texts: Vec<&Text> = examples(args, &texts)
        .into_iter()
        .filter(|text| args.wants(&text.name))
        .collect();
    let mut paths = library.asked.clone();
    // An archive with profiles of its own is checked with them; R4's own archive is in the binary.
    let is_package = !args.dir.is_dir() && !args.dir.to_string_lossy().contains("hl7.fhir.r4.");
    if is_package && !paths.contains(&args.dir) {
        paths.push(args.dir.clone());
    }
    let packages = library.with_dependencies(&paths, true)?;
    for package in &packages {
        println!("loaded {}", package.manifest.label());
    }
    let plans = with_r4(packages.iter().map(|package| &package.plan));
    Ok(texts.par_iter().map(|text| check_one(&plans, text)).collect())
}

fn check_one(plans: &PlanSet<'_>, text: &Text) -> Run {
    let options = Options {
        max_issues: usize::MAX,
        ..Options::default()
    };
    let report = kap_validate::check_bytes(plans, &text.bytes, &options);
    let file = text.name.rsplit('/').next().unwrap_or(&text.name);
    Run::new(file, "base", &text.bytes, &report)
}

/// Those in `package/example`, where there is such a folder; else all resources but definitions.
fn examples<'t>(args: &Args, texts: &'t [Text]) -> Vec<&'t Text> {
    let has_folder = texts.iter().any(|text| text.name.starts_with("package/example/"));
    let is_example = |text: &&Text| {
        if args.all {
            return !text.name.starts_with("package/openapi/") && !text.name.starts_with("package/other/");
        }
        if has_folder {
            return text.name.starts_with("package/example/");
        }
        let resource = serde_json::from_slice::<Value>(&text.bytes).unwrap_or_default();
        let kind = resource["resourceType"].as_str().unwrap_or_default();
        !kind.is_empty() && (args.dir.is_dir() || !DEFINITIONS.contains(&kind))
    };
    texts.iter().filter(is_example).collect()
}
