//! `cargo xtask conformance`: sets of test data from outside, run and scored.
//!
//! Every suite reads any folder of its form (HL7's cases, mutants, examples, the FHIRPath suite), so that a set nobody
//! has seen is run by the same command as the visible one.

mod cases;
mod examples;
pub(crate) mod library;
pub(crate) mod mutants;
mod record;
pub(crate) mod score;
mod snapshots;

use std::path::{Path, PathBuf};

use anyhow::Context as _;

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
    /// The snapshots of `--package`: made anew and compared with the published ones
    Snapshots,
}

/// Runs a suite and prints its figures.
pub(crate) fn run(root: &Path, args: &Args) -> anyhow::Result<()> {
    let _ = root;
    let library = library::Library::new(&args.package, &args.dir);
    match args.suite {
        Suite::FhirTestCases => cases::run(args, &library),
        Suite::Mutants => mutants::run(args, &library),
        Suite::Examples => examples::run(args, &library),
        Suite::Snapshots => snapshots::run(args),
    }
    .with_context(|| format!("cannot run {}", args.dir.display()))
}

impl Args {
    /// Whether a run of that name was asked for.
    fn wants(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|only| name.contains(only.as_str()))
    }
}
