//! Mutants: valid resources with one fault each. Each fault must be found, and found at its place.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use kap_validate::{Options, PlanSet};
use rayon::prelude::*;
use serde_json::Value;

use super::library::{Library, Loaded, json_texts, with_r4};
use super::record::{self, Run, text};
use super::score::percent;
use super::{Args, settle};

/// What became of one mutant.
pub(super) struct Judged {
    pub(crate) run: Run,
    pub(crate) operator: String,
    expected: String,
    pub(crate) is_located: Option<bool>,
}

/// Runs all mutants and prints how many were detected and located.
pub(super) fn run(args: &Args, library: &Library) -> Result<()> {
    let (judged, skipped, unknown) = judge(args, library)?;
    if let Some(out) = &args.out {
        record::write(out, judged.iter().map(|mutant| &mutant.run))?;
    }
    print(args, &judged, skipped, unknown);
    settle(args, &judged.iter().filter_map(difference).collect::<Vec<_>>())
}

/// What is wrong with the findings on a mutant.
fn difference(mutant: &Judged) -> Option<(String, String)> {
    let what = match (mutant.run.errors().next(), mutant.is_located) {
        (None, _) => "not detected",
        (Some(_), Some(false)) => "not located",
        _ => return None,
    };
    Some((mutant.run.id.clone(), what.to_owned()))
}

/// Judges all mutants; also how many were skipped because their source is not accepted, and how many sources are not at hand.
pub(super) fn judge(args: &Args, library: &Library) -> Result<(Vec<Judged>, usize, usize)> {
    let path = args.dir.join("index.json");
    let index = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let index: Value = serde_json::from_slice(&index).context("the index is not JSON")?;
    let list = index.as_array().or_else(|| index.get("mutants")?.as_array());
    let wanted = |case: &&Value| args.wants(text(case, "op")) || args.wants(text(case, "id"));
    let cases: Vec<&Value> = list.context("the index has no list")?.iter().filter(wanted).collect();

    let mut judged = Vec::new();
    let (mut skipped, mut unknown) = (0, 0);
    let mut by_package = BTreeMap::<String, Vec<&Value>>::new();
    for case in cases {
        let package = text(case, "source").split_once('/').map_or("", |(package, _)| package);
        by_package.entry(package.to_owned()).or_default().push(case);
    }
    for (package, cases) in by_package {
        let packages = packages_of(&package, library)?;
        let plans = with_r4(packages.iter().map(|package| &package.plan));
        let accepted = accepted_sources(args, library, &plans, &package, &cases)?;
        unknown += cases
            .iter()
            .filter(|case| !accepted.contains_key(text(case, "source")))
            .count();
        let (scored, refused): (Vec<_>, Vec<_>) = cases
            .into_iter()
            .partition(|case| accepted.get(text(case, "source")).copied().unwrap_or(true));
        skipped += refused.len();
        let runs: Vec<Judged> = scored
            .par_iter()
            .map(|case| judge_one(args, &plans, case))
            .collect::<Result<_>>()?;
        judged.extend(runs);
    }
    Ok((judged, skipped, unknown))
}

fn judge_one(args: &Args, plans: &PlanSet<'_>, case: &Value) -> Result<Judged> {
    let path = args.dir.join(text(case, "file"));
    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let report = kap_validate::check_bytes(plans, &bytes, &Options::default());
    let run = Run::new(text(case, "id"), "base", &bytes, &report);
    let expected = text(case, "expect_path_prefix");
    // At the root every finding is at or below the place; it says nothing of the location.
    let is_located = expected.contains('.').then(|| {
        run.errors()
            .filter_map(|error| error.expression.as_deref())
            .any(|found| is_located(found, expected))
    });
    Ok(Judged {
        run,
        operator: text(case, "op").to_owned(),
        expected: expected.to_owned(),
        is_located,
    })
}

/// Whether an expression is at the expected place or below it. An element that is absent is reported on its parent.
pub(crate) fn is_located(found: &str, expected: &str) -> bool {
    let is_below = |place: &str| {
        let rest = found.strip_prefix(place);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    let parent = expected.rsplit_once('.').map(|(parent, _)| parent);
    is_below(expected)
        || parent.is_some_and(|parent| {
            found == parent
                || found
                    .strip_suffix(']')
                    .is_some_and(|found| found.rsplit_once('[').is_some_and(|(list, _)| list == parent))
        })
}

/// The packages that mutants of such a source are checked with: `us_core_610` is US Core 6.1.0.
fn packages_of(prefix: &str, library: &Library) -> Result<Vec<std::sync::Arc<Loaded>>> {
    let mut paths = library.asked.clone();
    if let Some(digits) = prefix.strip_prefix("us_core_") {
        let version: Vec<String> = digits.chars().map(String::from).collect();
        let label = format!("hl7.fhir.us.core#{}", version.join("."));
        let found = library
            .find(&label)
            .with_context(|| format!("{label} is not at hand: name it with --package"))?;
        if !paths.contains(&found) {
            paths.push(found);
        }
    }
    paths.iter().map(|path| library.load(path)).collect()
}

/// For each source at hand whether it has no errors.
fn accepted_sources(
    args: &Args,
    library: &Library,
    plans: &PlanSet<'_>,
    prefix: &str,
    cases: &[&Value],
) -> Result<HashMap<String, bool>> {
    let mut places: Vec<PathBuf> = args.sources.clone();
    if let Some(digits) = prefix.strip_prefix("us_core_") {
        let version: Vec<String> = digits.chars().map(String::from).collect();
        places.extend(library.find(&format!("hl7.fhir.us.core#{}", version.join("."))));
    }
    let mut accepted = HashMap::new();
    for place in places {
        let texts = json_texts(&place)?;
        let wanted: Vec<_> = texts
            .iter()
            .filter_map(|text| {
                let file = text.name.rsplit('/').next().unwrap_or(&text.name);
                let source = format!("{prefix}/{file}");
                cases
                    .iter()
                    .any(|case| self::text(case, "source") == source)
                    .then_some((source, text))
            })
            .collect();
        let judged: Vec<(String, bool)> = wanted
            .into_par_iter()
            .map(|(source, text)| {
                let report = kap_validate::check_bytes(plans, &text.bytes, &Options::default());
                (source, report.errors == 0)
            })
            .collect();
        accepted.extend(judged);
    }
    Ok(accepted)
}

fn print(args: &Args, judged: &[Judged], skipped: usize, unknown: usize) {
    let mut operators = BTreeMap::<&str, [usize; 4]>::new();
    for mutant in judged {
        let is_detected = mutant.run.errors().next().is_some();
        for name in ["all", mutant.operator.as_str()] {
            let counts = operators.entry(name).or_default();
            counts[0] += 1;
            counts[1] += usize::from(is_detected);
            counts[2] += usize::from(mutant.is_located.is_some());
            counts[3] += usize::from(mutant.is_located == Some(true));
        }
        if args.verbose && (!is_detected || mutant.is_located == Some(false)) {
            let found: Vec<String> = mutant
                .run
                .errors()
                .map(|error| format!("{} [{}]", error.expression.as_deref().unwrap_or("?"), error.code))
                .collect();
            println!(
                "{} {} expected at {}: found {found:?}",
                mutant.run.id, mutant.operator, mutant.expected
            );
        }
    }
    for (operator, [total, detected, placed, located]) in operators {
        println!(
            "{operator:28} {total:5}  detected {detected:5} ({:5.1} %)  located {located:5} of {placed:5} ({:5.1} %)",
            percent(detected, total),
            percent(located, placed)
        );
    }
    println!("skipped {skipped} whose source is not accepted; the sources of {unknown} are not at hand");
}
