//! HL7's test cases for validators: each case says which definitions to load and what the reference reported.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use kap_validate::suppress::Suppressions;
use kap_validate::{BestPractice, Options, Plan, ReferenceTarget, ReferenceTargets, UnknownExtensions};
use rayon::prelude::*;
use serde_json::Value;

use super::library::{Library, Loaded, with_r4};
use super::record::{self, Run, text, texts};
use super::score::{Compared, Figures, ranking};
use super::{Args, settle};

/// Runs every case that can run here and prints how near the findings come to the reference's.
pub(super) fn run(args: &Args, library: &Library) -> Result<()> {
    let (runs, compared) = compare(args, library)?;
    if let Some(out) = &args.out {
        record::write(out, &runs)?;
    }
    if args.verbose {
        compared.iter().for_each(print_differences);
    }
    print_summary(&compared);
    settle(
        args,
        &compared
            .iter()
            .filter(|run| run.is_core)
            .filter_map(difference)
            .collect::<Vec<_>>(),
    )
}

/// What a run of the core set says otherwise than the reference: only verdicts are listed, counts and places are figures.
fn difference(run: &Compared) -> Option<(String, String)> {
    let what = if run.found.is_empty() { "accepted" } else { "refused" };
    (!run.has_same_verdict()).then(|| (format!("{} {}", run.id, run.scope), what.to_owned()))
}

/// All runs, and those beside what the reference said of them.
pub(super) fn compare(args: &Args, library: &Library) -> Result<(Vec<Run>, Vec<Compared>)> {
    let path = args.dir.join("index.json");
    let index = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let index: Value = serde_json::from_slice(&index).context("the index is not JSON")?;
    let cases: Vec<&Value> = index["cases"]
        .as_array()
        .context("the index has no cases")?
        .iter()
        .collect();
    let cases: Vec<&Value> = cases
        .into_iter()
        .filter(|case| is_runnable(case) && args.wants(text(case, "id")))
        .collect();
    let results: Vec<Vec<(Run, Option<Compared>)>> = cases
        .par_iter()
        .map(|case| {
            let scopes = ["base", "profile"];
            let present = scopes
                .iter()
                .filter(|scope| case.get(**scope).is_some_and(|run| run.get("issues").is_some()));
            present
                .map(|scope| run_case(&args.dir, library, case, scope))
                .collect::<Result<Vec<_>>>()
        })
        .collect::<Result<_>>()?;
    let (runs, compared): (Vec<_>, Vec<_>) = results.into_iter().flatten().unzip();
    Ok((runs, compared.into_iter().flatten().collect()))
}

fn is_runnable(case: &Value) -> bool {
    let has_files = case
        .get("missing_files")
        .and_then(Value::as_array)
        .is_none_or(Vec::is_empty);
    text(case, "format") == "json" && text(case, "kind") == "fhir" && case["disabled"] != true && has_files
}

fn run_case(dir: &Path, library: &Library, case: &Value, scope: &'static str) -> Result<(Run, Option<Compared>)> {
    let id = text(case, "id");
    let setup = Setup::read(&dir.join("cases"), library, case, scope).with_context(|| format!("case {id}"))?;
    let plans = with_r4(setup.plans());
    let path = dir.join("cases").join(text(case, "file"));
    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut report = kap_validate::check_bytes(&plans, &bytes, &setup.options);
    setup.suppressions.apply(&mut report);
    let run = Run::new(id, scope, &bytes, &report);
    let compared = Compared::new(case, &run, &case[scope]["issues"]);
    Ok((run, Some(compared)))
}

/// What one run loads, and how it checks.
struct Setup {
    loose: Plan,
    packages: Vec<Arc<Loaded>>,
    options: Options,
    suppressions: Suppressions,
}

impl Setup {
    fn plans(&self) -> impl Iterator<Item = &Plan> {
        [&self.loose]
            .into_iter()
            .chain(self.packages.iter().map(|package| &package.plan))
    }

    fn read(cases: &Path, library: &Library, case: &Value, scope: &str) -> Result<Setup> {
        // The profile's run adds to what the case itself loads.
        let parts: Vec<&Value> = match scope {
            "profile" => vec![case, &case["profile"]],
            _ => vec![case],
        };
        let mut definitions = Vec::new();
        let mut profiles = Vec::new();
        for file in parts.iter().flat_map(|part| texts(part, "supporting")) {
            definitions.extend(resources(cases, file)?);
        }
        let source = if scope == "profile" {
            text(&case["profile"], "source")
        } else {
            ""
        };
        if source.starts_with("http:") || source.starts_with("https:") {
            profiles.push(source.to_owned());
        } else if !source.is_empty() {
            let found = resources(cases, source)?;
            profiles.extend(found.first().map(|profile| text(profile, "url").to_owned()));
            definitions.extend(found);
        }
        // A later file of the same canonical URL counts: the profile's own run may replace what the case loads.
        definitions.reverse();
        let mut paths = package_files(cases, library, &parts);
        paths.extend(library.asked.iter().cloned());
        paths.extend(library.extensions());
        let packages = library.with_dependencies(&paths, false)?;
        let bases = with_r4(packages.iter().map(|package| &package.plan));
        let loose = kap_validate::compile_on(&bases, "loose-definitions", "0", definitions)?;
        let mut options = options(&parts);
        options.profiles = profiles;
        options.references = targets(&cases.join(text(case, "file")), &parts);
        Ok(Setup {
            loose: Plan::from_bytes(loose.bytes)?,
            packages,
            options,
            suppressions: suppressions(cases, &parts)?,
        })
    }
}

/// The packages that the case names, where they are at hand.
fn package_files(cases: &Path, library: &Library, parts: &[&Value]) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for part in parts {
        for name in texts(part, "packages") {
            let file = cases.join(name);
            paths.extend(Some(file).filter(|file| file.is_file()).or_else(|| library.find(name)));
        }
        let map = part["options"].get("package-map").and_then(Value::as_object);
        for file in map.into_iter().flatten().filter_map(|(_, file)| file.as_str()) {
            paths.extend(Some(cases.join(file)).filter(|file| file.is_file()));
        }
    }
    paths
}

/// The resources in a file: one, or those of a bundle. XML files lie there with a JSON twin.
fn resources(cases: &Path, file: &str) -> Result<Vec<Value>> {
    let path = cases.join(file);
    let twin = cases.join(format!("{file}.converted.json"));
    let path = if twin.is_file() { twin } else { path };
    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let Ok(resource) = serde_json::from_slice::<Value>(&bytes) else {
        return Ok(Vec::new());
    };
    if resource["resourceType"] == "Bundle" {
        let entries = resource["entry"].as_array().into_iter().flatten();
        return Ok(entries.filter_map(|entry| entry.get("resource").cloned()).collect());
    }
    Ok(vec![resource])
}

/// What the case's fetcher knows of references that lead out of the document.
struct Targets {
    /// The folder of the case's file: what lies beside it as `type-id.json` exists.
    folder: PathBuf,
    /// Whether whatever looks like a REST reference exists.
    is_rest_assumed: bool,
}

impl ReferenceTargets for Targets {
    fn target(&self, reference: &str) -> ReferenceTarget {
        // What is not beside the case may still be in the whole set of cases: it cannot be told.
        let relative = reference
            .split_once('/')
            .filter(|(kind, id)| !kind.contains(':') && !id.contains('/'));
        let Some((kind, id)) = relative else {
            return ReferenceTarget::Unknown;
        };
        let file = self.folder.join(format!("{}-{id}.json", kind.to_lowercase()));
        if self.is_rest_assumed || reference == "Patient/test" || file.is_file() {
            return ReferenceTarget::Exists(kind.to_owned());
        }
        ReferenceTarget::Unknown
    }
}

fn targets(file: &Path, parts: &[&Value]) -> Option<Arc<dyn ReferenceTargets>> {
    let has = |name: &str| parts.iter().any(|part| part["options"].get(name).is_some());
    let targets = Targets {
        folder: file.parent()?.to_owned(),
        is_rest_assumed: has("assumeValidRestReferences"),
    };
    (has("fetcher") || has("validateReference")).then(|| Arc::new(targets) as Arc<dyn ReferenceTargets>)
}

/// HL7's suppression file that the case names.
fn suppressions(cases: &Path, parts: &[&Value]) -> Result<Suppressions> {
    let mut suppressions = Suppressions::default();
    for name in parts.iter().filter_map(|part| part["options"]["advisor"].as_str()) {
        let path = cases.join(name);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        suppressions
            .add_file(name, &text)
            .with_context(|| format!("cannot use {name}"))?;
    }
    Ok(suppressions)
}

/// Where the reference takes extensions from without knowing them, as long as example URLs are allowed.
const EXAMPLE_DOMAINS: [&str; 4] = [
    "http://example.org",
    "https://example.org",
    "http://acme.com",
    "https://acme.com",
];

/// The case's options in ours. In HL7's runs an unknown extension is an error, and best practice is off.
fn options(parts: &[&Value]) -> Options {
    let mut options = Options {
        unknown_extensions: UnknownExtensions::Error,
        best_practice: BestPractice::Ignore,
        now: Some(jiff::Timestamp::now().to_string()),
        ..Options::default()
    };
    for part in parts {
        let Some(given) = part["options"].as_object() else {
            continue;
        };
        for (name, value) in given {
            match (name.as_str(), value) {
                ("allowed-extension-domain", Value::String(domain)) => options.extension_domains.push(domain.clone()),
                ("security-checks", Value::Bool(on)) => options.security_checks = *on,
                ("examples", Value::Bool(on)) => options.example_urls = *on,
                ("wrong-displays", Value::String(wanted)) => options.display_warnings = wanted == "warning",
                _ => {}
            }
        }
    }
    if options.example_urls {
        options.extension_domains.extend(EXAMPLE_DOMAINS.map(str::to_owned));
    }
    options
}

fn print_summary(compared: &[Compared]) {
    let missing = compared.iter().filter(|run| run.is_core).flat_map(|run| &run.missing);
    print_ranking(
        "errors of the reference that were not found (core set)",
        missing.map(|error| error.message_id.clone()),
    );
    let surplus = compared.iter().filter(|run| run.is_core).flat_map(|run| &run.surplus);
    print_ranking(
        "errors that the reference does not report (core set)",
        surplus.map(|error| error.code.to_owned()),
    );
    println!("\nruns with another verdict (core set):");
    for run in compared.iter().filter(|run| run.is_core && !run.has_same_verdict()) {
        let way = if run.found.is_empty() {
            "misses all errors"
        } else {
            "is valid for the reference"
        };
        println!("       {} {}: {way}", run.id, run.scope);
    }
    println!();
    println!("{}", Figures::of(compared).line("all"));
    let core = || compared.iter().filter(|run| run.is_core);
    println!("{}", Figures::of(core()).line("core (offline, no named package)"));
    let mut modules: Vec<&str> = core().map(|run| run.module.as_str()).collect();
    modules.sort_unstable();
    modules.dedup();
    for module in modules {
        let figures = Figures::of(core().filter(|run| run.module == module));
        println!("{}", figures.line(&format!("  core, {module}")));
    }
}

fn print_ranking(title: &str, names: impl Iterator<Item = String>) {
    println!("\n{title}:");
    for line in ranking(names).iter().take(40) {
        println!("{line}");
    }
}

fn print_differences(run: &Compared) {
    if run.missing.is_empty() && run.surplus.is_empty() {
        return;
    }
    let verdict = if run.has_same_verdict() { "" } else { ", OTHER VERDICT" };
    let core = if run.is_core { "" } else { " (not core)" };
    println!(
        "\n{} {}{core} [{}]: {} errors expected, {} found{verdict}",
        run.id,
        run.scope,
        run.module,
        run.expected.len(),
        run.found.len()
    );
    for error in &run.missing {
        println!("  - missing {} [{}] {}", error.place, error.message_id, error.text);
    }
    for error in &run.surplus {
        let place = error.expression.as_deref().unwrap_or_default();
        println!(
            "  + surplus {place} (line {}) [{}] {}",
            error.line, error.code, error.text
        );
    }
    for open in &run.undecided {
        println!("  ? {open}");
    }
}
