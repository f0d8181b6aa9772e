//! `cargo xtask differences`: the reference validator (Java, through Maven) and ours on the same documents. Where one
//! accepts what the other refuses, a table says who is right, by the clause of the specification.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use kap_validate::{BestPractice, Options, Plan, PlanSet};
use rayon::prelude::*;
use serde_json::Value;

use crate::bench::validate::peers;
use crate::conformance::library::{Library, json_texts, with_r4};
use crate::known::Known;

const TABLE: &str = "tests/conformance/differences.toml";

/// Compare verdicts with the reference validator; needs Java and Maven
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Documents: folders or package archives (of which the examples are taken)
    #[arg(long, value_name = "DIR|TGZ", required = true)]
    documents: Vec<PathBuf>,
    /// Packages that both load
    #[arg(long, value_name = "TGZ")]
    package: Vec<PathBuf>,
    /// Folders of loose definitions that both load
    #[arg(long, value_name = "DIR")]
    definitions: Vec<PathBuf>,
    /// At most so many documents of each archive, evenly spread
    #[arg(long, default_value_t = 200)]
    each: usize,
    /// Print the errors of both where they differ
    #[arg(long)]
    verbose: bool,
    /// Only print, whatever the table says
    #[arg(long)]
    report: bool,
}

/// What the reference says of a document: its errors, or why it could not say.
type Errors = Result<Vec<String>, String>;

/// What we say of a document.
struct Ours {
    errors: Vec<String>,
    /// Whether something was left open: then the reference's errors for want of a definition are none.
    is_open: bool,
}

/// Errors of the reference that say that it has a code system, value set or profile not at hand.
const NOT_AT_HAND: [&str; 3] = [
    "[Terminology_PassThrough",
    "[Terminology_TX_",
    "[Validation_VAL_Profile_Unknown",
];

/// Runs both and settles their disagreements.
pub(crate) fn run(root: &Path, args: &Args) -> Result<()> {
    let mut java = match peers::java(&root.join("tests/peers")) {
        Ok(command) => command,
        Err(problem) => {
            println!("SKIPPED: differences from the reference validator: {problem:#}");
            return Ok(());
        }
    };
    let scratch = tempfile::tempdir().context("cannot make a temporary folder")?;
    let documents = documents(args, scratch.path())?;
    let definitions = definitions(args)?;
    let list = |name: &str, paths: &[PathBuf]| -> Result<PathBuf> {
        let path = scratch.path().join(name);
        let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        fs::write(&path, names.join("\n") + "\n")?;
        Ok(path)
    };
    let loaded: Vec<PathBuf> = args.package.iter().chain(&definitions).cloned().collect();
    let files: Vec<PathBuf> = documents.iter().map(|(_, path)| path.clone()).collect();
    java.arg("issues")
        .arg(list("packages", &loaded)?)
        .arg(list("files", &files)?);
    let output = java.output().context("cannot run Java")?;
    if !output.status.success() {
        bail!(
            "the reference validator ended with {}: {}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let reference = reference(&String::from_utf8_lossy(&output.stdout))?;
    let ours = ours(root, args, &definitions, &files)?;
    compare(root, args, &documents, &reference, &ours)
}

/// The documents, each with a name that does not depend on the machine; those of archives are unpacked.
fn documents(args: &Args, scratch: &Path) -> Result<Vec<(String, PathBuf)>> {
    let mut documents = Vec::new();
    for source in &args.documents {
        let mut texts = json_texts(source)?;
        texts.retain(|text| is_document(source, &text.name));
        let step = texts.len().div_ceil(args.each.max(1)).max(1);
        let is_archive = !source.is_dir();
        for text in texts.iter().step_by(if is_archive { step } else { 1 }) {
            let file = text.name.rsplit('/').next().unwrap_or(&text.name);
            let archive = source.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let name = format!("{archive}/{}", if is_archive { file } else { &text.name });
            let path = if is_archive {
                let path = scratch.join(format!("{archive}-{file}"));
                fs::write(&path, &text.bytes)?;
                path
            } else {
                source.join(&text.name)
            };
            documents.push((name, path));
        }
    }
    Ok(documents)
}

/// Not what is expected of a fixture, nor one that asks for options which the reference does not get.
fn is_document(source: &Path, name: &str) -> bool {
    let is_beside = name.ends_with(".issues.json") || name.ends_with(".options.json");
    let has_options = source.join(name).with_extension("options.json").is_file();
    let is_example = source.is_dir() || name.starts_with("package/example/");
    !is_beside && !has_options && is_example
}

fn definitions(args: &Args) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for folder in &args.definitions {
        for text in json_texts(folder)? {
            let file = text.name.rsplit('/').next().unwrap_or(&text.name);
            let kinds = ["StructureDefinition-", "ValueSet-", "CodeSystem-"];
            if kinds.iter().any(|kind| file.starts_with(kind)) {
                paths.push(folder.join(&text.name));
            }
        }
    }
    Ok(paths)
}

fn reference(lines: &str) -> Result<HashMap<PathBuf, Errors>> {
    let mut found = HashMap::new();
    for line in lines.lines() {
        let line: Value = serde_json::from_str(line).context("the reference printed a line that is not JSON")?;
        let file = PathBuf::from(line["file"].as_str().unwrap_or_default());
        if let Some(failure) = line["failure"].as_str() {
            found.insert(file, Err(failure.to_owned()));
            continue;
        }
        let issues = line["issues"].as_array().into_iter().flatten();
        let errors = issues.filter(|issue| matches!(issue["severity"].as_str(), Some("error" | "fatal")));
        let text = |issue: &Value, name: &str| issue[name].as_str().unwrap_or_default().to_owned();
        let errors = errors.map(|issue| {
            format!(
                "{} [{}] {}",
                text(issue, "expression"),
                text(issue, "id"),
                text(issue, "text")
            )
        });
        found.insert(file, Ok(errors.collect()));
    }
    Ok(found)
}

fn ours(root: &Path, args: &Args, definitions: &[PathBuf], files: &[PathBuf]) -> Result<Vec<Ours>> {
    let library = Library::new(&args.package, root);
    let packages = args
        .package
        .iter()
        .map(|path| library.load(path))
        .collect::<Result<Vec<_>>>()?;
    let plans: Vec<&Plan> = packages.iter().map(|package| &package.plan).collect();
    let loose = definitions
        .iter()
        .filter_map(|path| serde_json::from_slice(&fs::read(path).ok()?).ok());
    let loose: Vec<Value> = loose.collect();
    let loose = kap_validate::compile_on(&with_r4(plans.iter().copied()), "loose-definitions", "0", loose)?;
    let loose = Plan::from_bytes(loose.bytes)?;
    let set = with_r4([&loose].into_iter().chain(plans.iter().copied()));
    files.par_iter().map(|path| errors(&set, path)).collect()
}

fn errors(set: &PlanSet<'_>, path: &Path) -> Result<Ours> {
    let options = Options {
        best_practice: BestPractice::Ignore,
        ..Options::default()
    };
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let report = kap_validate::check_bytes(set, &bytes, &options);
    let errors = report.issues.iter().filter(|issue| issue.severity.is_error());
    let text = errors.map(|issue| {
        let place = issue.location.expression.as_deref().unwrap_or_default();
        format!("{place} [{}] {}", issue.code, issue.message.reveal())
    });
    Ok(Ours {
        errors: text.collect(),
        is_open: !report.undecided.is_empty(),
    })
}

fn compare(
    root: &Path,
    args: &Args,
    documents: &[(String, PathBuf)],
    reference: &HashMap<PathBuf, Errors>,
    ours: &[Ours],
) -> Result<()> {
    let mut differences = Vec::new();
    let mut same = 0;
    for ((name, path), ours) in documents.iter().zip(ours) {
        let counts = |error: &String| !ours.is_open || !NOT_AT_HAND.iter().any(|id| error.contains(id));
        let what = match (reference.get(path), ours.errors.is_empty()) {
            (Some(Ok(theirs)), is_valid) if theirs.iter().any(counts) != is_valid => {
                same += 1;
                continue;
            }
            (Some(Ok(_)), true) => "we accept, the reference refuses",
            (Some(Ok(_)), false) => "we refuse, the reference accepts",
            (Some(Err(_)), _) => "the reference fails",
            (None, _) => "the reference says nothing",
        };
        if args.verbose {
            println!("\n{name}: {what}");
            ours.errors
                .iter()
                .take(5)
                .for_each(|error| println!("  ours      {error}"));
            match reference.get(path) {
                Some(Ok(theirs)) => theirs.iter().take(5).for_each(|error| println!("  reference {error}")),
                Some(Err(failure)) => println!("  reference {failure}"),
                None => {}
            }
        }
        differences.push((name.clone(), what.to_owned()));
    }
    println!(
        "{} documents, {same} with the same verdict as the reference, {} without",
        documents.len(),
        differences.len()
    );
    if args.report {
        return Ok(());
    }
    Known::read(&root.join(TABLE))?.settle(&differences)
}
