//! `kap validate`: FHIR R4 documents against the base definitions, their profiles, and the bundle's own rules.

mod check;
mod options;
mod suppress;
mod targets;
mod tx;
mod version;
mod watch;

use std::collections::HashSet;
use std::io;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::bail;
use targets::Targets;

use crate::definitions::{self, Definitions};
use crate::exit::{self, Exit};
use crate::input::{self, Document, Source, Spread, in_order};
use crate::render::{Format, Printer, Style};
use crate::{Global, config, terminal};

/// How many findings of a document are kept until it is known which of them are suppressed.
const MAX_KEPT: usize = 100_000;

/// Validate FHIR R4 JSON, offline
///
/// The verdict is valid, invalid or undecided: what could not be decided offline is listed with its reason, never silently passed.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct Arguments {
    /// Files, folders, patterns, `.ndjson`, `.gz`, `.zip`, `.tgz`, or `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Profile that each document must meet besides those it claims
    #[arg(long, value_name = "URL")]
    profile: Vec<String>,
    #[command(flatten)]
    definitions: definitions::Arguments,
    #[command(flatten)]
    rules: options::Rules,
    #[command(flatten)]
    suppress: suppress::Suppress,
    #[command(flatten)]
    tx: tx::Tx,
    #[command(flatten)]
    output: Output,
    /// How many documents are checked side by side [default: one for each core]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Check again whatever changes, until interrupted
    #[arg(long)]
    watch: bool,
}

/// What is printed, and what the exit code says.
#[derive(Debug, clap::Args)]
struct Output {
    /// How findings are printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The least severity that is printed
    #[arg(long, value_enum, default_value_t)]
    level: options::Level,
    /// Print counts by code in place of single findings; other formats than human get them on standard error
    #[arg(long)]
    summary: bool,
    /// How many findings of a document are kept; the others are only counted
    #[arg(long, value_name = "N", default_value_t = 1000)]
    max_issues: usize,
    /// The least severity that makes the exit code 1
    #[arg(long, value_enum, default_value_t)]
    fail_on: options::FailOn,
    /// Exit with 1 also for documents that could not be decided
    #[arg(long)]
    require_decided: bool,
}

impl Output {
    fn style(&self, global: &Global) -> Style {
        Style {
            format: self.format,
            color: global.color.on_stdout() && self.format == Format::Human,
            reveal_values: global.reveal_values,
            level: self.level.into(),
            summary: self.summary,
        }
    }
}

pub(crate) fn run(arguments: &Arguments, global: &Global) -> anyhow::Result<Exit> {
    // What cannot be found is told before anything is loaded.
    let sources = input::sources(&arguments.files, &[input::RECEIPT])?;
    let config = config::load(global.config.as_deref())?;
    let lived = arguments.suppress.lived(&config.validate)?;
    let definitions = Definitions::with(&arguments.definitions)?;
    let plans = definitions.set();
    let spread = Spread::new(arguments.jobs);
    let server = arguments.tx.server(&sources, arguments.watch)?;
    let targets = targets(arguments, &sources)?;
    let options = kap_validate::Options {
        references: targets.clone().map(|targets| targets as _),
        profiles: arguments.profile.clone(),
        terminology: server.clone().map(|server| server as _),
        max_issues: if lived.suppressions.is_empty() {
            arguments.output.max_issues
        } else {
            // What is suppressed must not take the place of what is not.
            arguments.output.max_issues.max(MAX_KEPT)
        },
        ..arguments.rules.options()
    };
    let run = check::Run {
        plans: &plans,
        options,
        spread,
        lived: &lived,
        max_issues: arguments.output.max_issues,
        style: arguments.output.style(global),
        fail_on: arguments.output.fail_on,
        require_decided: arguments.output.require_decided,
    };
    if arguments.watch {
        return watch::watch(&arguments.files, |changed| all(&run, changed));
    }
    if server.is_some() || targets.is_some() {
        learn(&run, &sources, targets.as_deref())?;
    }
    if let Some(server) = server {
        tx::ask(&server)?;
    }
    all(&run, &sources)
}

/// What references lead to, if that is asked for.
fn targets(arguments: &Arguments, sources: &[Source]) -> anyhow::Result<Option<Arc<Targets>>> {
    if !arguments.rules.check_references {
        return Ok(None);
    }
    if sources.contains(&Source::Stdin) {
        bail!("standard input is read only once, so `--check-references` needs files");
    }
    Ok(Some(Arc::default()))
}

/// Checks every document once to learn what has to be asked, and what there is; what is found then is not printed.
fn learn(run: &check::Run<'_>, sources: &[Source], targets: Option<&Targets>) -> anyhow::Result<()> {
    let mut names = HashSet::new();
    let work = |document: Document| {
        // What is wrong with a document is told when it is checked for good.
        let _ = run.check(&document);
        targets.map(|_| targets::names(&document)).unwrap_or_default()
    };
    in_order(sources, run.spread, work, |found| {
        names.extend(found.unwrap_or_default());
        Ok(())
    })?;
    if let Some(targets) = targets {
        targets.know(names);
        targets.answer(sources, run.spread, run.plans, &run.options)?;
    }
    Ok(())
}

/// Checks and prints every document of `sources`.
fn all(run: &check::Run<'_>, sources: &[Source]) -> anyhow::Result<Exit> {
    let mut printer = Printer::new(io::BufWriter::new(io::stdout().lock()), run.style);
    let mut exit = Exit::Done;
    let mut used = vec![0; run.lived.suppressions.iter().count()];
    let is_watched = sources.contains(&Source::Stdin);
    let work = |document: Document| run.check(&document);
    in_order(sources, run.spread, work, |checked| {
        match checked.and_then(|checked| Ok(checked?)) {
            Ok(checked) => {
                exit = exit.max(checked.exit);
                for (number, count) in checked.used {
                    used[number] += count;
                }
                printer.print_rendered(checked.rendered)?;
                if is_watched {
                    // Whoever writes into the pipe may be waiting for the answer.
                    printer.flush()?;
                }
            }
            Err(failure) => {
                // One file that cannot be read does not keep the others from being checked.
                terminal::complain(&format!("{failure:#}"));
                exit = Exit::Failed;
            }
        }
        Ok(())
    })?;
    let tally = printer.finish()?;
    run.lived.complain_about_unused(&used);
    if run.style.summary && run.style.format != Format::Human {
        tally.write_summary(&mut io::stderr().lock())?;
    }
    Ok(exit)
}
