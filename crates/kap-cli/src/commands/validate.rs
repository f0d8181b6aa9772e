//! `kap validate`: FHIR R4 documents against the base definitions, their profiles, and the bundle's own rules.

use std::io::{self, Write as _};
use std::path::PathBuf;

use kap_validate::{Options, PlanSet};

use crate::definitions::Definitions;
use crate::exit::{self, Exit};
use crate::input::{self, Document, Spread, in_order};
use crate::render::{Format, Outcome, Printer, Style};
use crate::{Global, terminal};

/// Validate FHIR R4 JSON, offline
///
/// The verdict is valid, invalid or undecided: what could not be decided offline is listed with its reason, never silently passed.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct Arguments {
    /// Files, folders, `.ndjson`, or `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Profile that each document must meet besides those it claims
    #[arg(long, value_name = "URL")]
    profile: Vec<String>,
    /// FHIR package: `.tgz`, folder, or `name#version` from the FHIR package cache
    #[arg(long, value_name = "PACKAGE")]
    package: Vec<PathBuf>,
    /// Loose definition files or folders
    #[arg(long, value_name = "FILE")]
    definitions: Vec<PathBuf>,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The least severity that makes the exit code 1
    #[arg(long, value_enum, default_value_t)]
    fail_on: FailOn,
    /// Exit with 1 also for documents that could not be decided
    #[arg(long)]
    require_decided: bool,
}

/// The least severity that fails a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum FailOn {
    /// Errors.
    #[default]
    Error,
    /// Errors and warnings.
    Warning,
}

impl Arguments {
    fn fails(&self, outcome: &Outcome<'_>) -> bool {
        outcome.has_errors()
            || (self.fail_on == FailOn::Warning && outcome.has_warnings())
            || (self.require_decided && !outcome.undecided.is_empty())
    }
}

pub(crate) fn run(arguments: &Arguments, global: &Global) -> anyhow::Result<Exit> {
    let definitions = Definitions::with(&arguments.package, &arguments.definitions)?;
    let plans = definitions.set();
    let options = Options {
        profiles: arguments.profile.clone(),
        ..Options::default()
    };
    let color = global.color.on_stdout() && arguments.format == Format::Human;
    let style = Style {
        format: arguments.format,
        color,
        reveal_values: global.reveal_values,
    };
    let mut printer = Printer::new(io::BufWriter::new(io::stdout().lock()), style);
    let mut exit = Exit::Done;
    let sources = input::sources(&arguments.files, &[input::RECEIPT])?;
    let work = |document: Document| render(&plans, &options, arguments, style, &document);
    in_order(&sources, Spread::new(arguments.jobs), work, |rendered| {
        match rendered {
            Ok(rendered) => {
                if rendered.fails {
                    exit = exit.max(Exit::Findings);
                }
                printer.print_rendered(&rendered.bytes)?;
            }
            Err(failure) => {
                // One file that cannot be read does not keep the others from being checked.
                terminal::complain(&format!("{failure:#}"));
                exit = Exit::Failed;
            }
        }
        Ok(())
    })?;
    printer.finish()?;
    io::stdout().flush()?;
    Ok(exit)
}

fn check<'t>(plans: &PlanSet<'_>, options: &Options, document: &'t Document) -> Outcome<'t> {
    let parsed = kap_validate::parse(plans, &document.text, options);
    let report = parsed
        .document
        .as_ref()
        .map(|document| kap_validate::check(plans, document, options));
    let root = parsed.document.as_ref().map(kap_json::Document::root);
    Outcome::of_report(document, root, report.unwrap_or_default().led_by(parsed.issues))
}
