//! `cargo xtask conformance`: sets of test data from outside, run and scored.
//!
//! Every suite reads any folder of its form (HL7's cases, mutants, examples, the FHIRPath suite), so that a set nobody
//! has seen is run by the same command as the visible one.

mod cases;
mod examples;
mod fhirpath;
pub(crate) mod library;
pub(crate) mod mutants;
mod record;
pub(crate) mod score;
mod snapshots;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::known::Known;

/// Run test data from outside and score what the validator says
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// What the folder holds
    #[arg(long, value_enum)]
    suite: Suite,
    /// The folder (for examples also a package archive)
    #[arg(long, default_value = ".")]
    dir: PathBuf,
    /// FHIR package to load besides R4: `.tgz` or folder
    #[arg(long, value_name = "TGZ")]
    package: Vec<PathBuf>,
    /// Where the valid sources of mutants lie: folders or package archives
    #[arg(long, value_name = "DIR|TGZ")]
    sources: Vec<PathBuf>,
    /// Write what was found, one run a line
    #[arg(long, value_name = "NDJSON")]
    out: Option<PathBuf>,
    /// Print what differs, run by run
    #[arg(long)]
    verbose: bool,
    /// Run only what has this in its name
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Examples: check the definitions of a package, too
    #[arg(long)]
    all: bool,
    /// List of what is known to differ, `tests/conformance/*.toml`; the run fails where the list and the run disagree
    #[arg(long, value_name = "TOML")]
    known: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Suite {
    /// HL7's test cases for validators
    FhirTestCases,
    /// Valid resources with one fault each
    Mutants,
    /// Published examples: no errors, except those that are listed
    Examples,
    /// HL7's FHIRPath suite
    Fhirpath,
    /// The snapshots of `--package`: made anew and compared with the published ones
    Snapshots,
}

/// Runs a suite and prints its figures.
pub(crate) fn run(root: &Path, args: &Args) -> anyhow::Result<()> {
    let library = library::Library::new(&args.package, &args.dir);
    match args.suite {
        Suite::FhirTestCases => cases::run(args, &library),
        Suite::Mutants => mutants::run(args, &library),
        Suite::Examples => examples::run(args, &library),
        Suite::Fhirpath => expressions(root, args),
        Suite::Snapshots => snapshots::run(args),
    }
    .with_context(|| format!("cannot run {}", args.dir.display()))
}

/// Compares what differs with the list of what is known to, where one is asked for: of a set that nobody has seen there is none.
fn settle(args: &Args, differences: &[(String, String)]) -> anyhow::Result<()> {
    match &args.known {
        Some(path) => Known::read(path)?.settle(differences),
        None => Ok(()),
    }
}

/// Runs the FHIRPath suite and compares what fails with the list of what is known to fail.
#[expect(clippy::print_stdout, reason = "a command that prints its figures")]
fn expressions(root: &Path, args: &Args) -> anyhow::Result<()> {
    // The types are those that the validator itself works with.
    let model = library::with_r4([]);
    let report = fhirpath::run(&args.dir, &model)?;
    let path = args
        .known
        .clone()
        .unwrap_or_else(|| root.join("tests/conformance/fhirpath.toml"));
    let list = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let known: toml::Table = list
        .parse()
        .with_context(|| format!("cannot read {}", path.display()))?;
    let mut lines = Vec::new();
    for (name, (expression, problem)) in report.failed.iter().filter(|(name, _)| args.wants(name)) {
        let mark = if known.contains_key(name) { "known" } else { "NEW" };
        println!("{mark} {name}: {expression}\n    {problem}");
        lines.push(serde_json::json!({"id": name, "expression": expression, "problem": problem}).to_string());
    }
    if let Some(out) = &args.out {
        std::fs::write(out, lines.join("\n") + "\n").with_context(|| format!("cannot write {}", out.display()))?;
    }
    println!("{} of {} pass", report.passed(), report.total);
    let unknown = report.failed.keys().filter(|name| !known.contains_key(*name)).count();
    let passing = known.keys().filter(|name| !report.failed.contains_key(*name)).count();
    anyhow::ensure!(
        unknown == 0 && passing == 0,
        "{unknown} fail that are not in {0}, {passing} pass that are in {0}",
        path.display()
    );
    Ok(())
}

impl Args {
    /// Whether a run of that name was asked for.
    fn wants(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|only| name.contains(only.as_str()))
    }
}
