//! `kap push`: sends bundles to an EHR, through the journal.

use std::io;
use std::path::PathBuf;

use kap_client::{BundleReport, Conclusion, Outcome, PushOptions, PushReport};

use crate::exit::{self, Exit};
use crate::progress::Bar;
use crate::render::grouped::Grouped;
use crate::render::transfer::Format;
use crate::server::Server;
use crate::{Global, bundles, config, input, render, terminal};

/// Push bundles to an EHR through a journal, so that nothing is lost and nothing doubled
///
/// Every bundle is validated first; only those without errors are sent. Killed, or out of reach of the server? Run it again: the
/// server is asked what became of everything whose answer was lost before anything is sent a second time.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct Arguments {
    /// Bundles as `kap map` writes them: files, folders, `.ndjson`, or `-`. None: only finish what is unfinished
    #[arg(value_name = "BUNDLE")]
    bundles: Vec<PathBuf>,
    #[command(flatten)]
    server: Server,
    /// Create patients that the EHR does not know; without it they are only matched
    #[arg(long)]
    create_patients: bool,
    /// How many bundles may be under way at once
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=64))]
    concurrency: u16,
    /// How the outcome is printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(arguments: &Arguments, global: &Global) -> anyhow::Result<Exit> {
    let config = config::load(global.config.as_deref())?;
    let client = arguments.server.client(&config)?;
    let checked = bundles::check_all(&input::sources(&arguments.bundles, &[input::RECEIPT])?, global)?;
    let options = PushOptions {
        create_patients: arguments.create_patients || arguments.server.may_create_patients(&config),
        concurrency: arguments.concurrency.into(),
        stated: Some(arguments.server.stated(&config)?),
        ..PushOptions::default()
    };
    let journal = arguments.server.journal()?;
    let bar = Bar::new(global, "push");
    let report = super::runtime()?.block_on(kap_client::push(&client, &journal, checked.items, &options, &bar))?;
    bar.finish();
    let mut out = io::stdout().lock();
    match arguments.format {
        Format::Human => write_report(&mut out, &report, global)?,
        format => render::transfer::write_push(&mut out, &report, format, global.reveal_values)?,
    }
    if report.conclusion() == Conclusion::Unfinished {
        terminal::complain("not finished, safe to run again: the journal keeps what is open");
    }
    let refused = if checked.refused > 0 {
        Exit::Findings
    } else {
        Exit::Done
    };
    Ok(refused.max(report.conclusion().into()))
}

fn write_report(out: &mut impl io::Write, report: &PushReport, global: &Global) -> io::Result<()> {
    for bundle in &report.bundles {
        write_findings(out, bundle, global)?;
    }
    writeln!(
        out,
        "{}: {}; {} requests, {} writes",
        bundles::count(report.bundles.len()),
        counts(report),
        report.requests,
        report.writes
    )
}

fn write_findings(out: &mut impl io::Write, bundle: &BundleReport, global: &Global) -> io::Result<()> {
    let line = |finding| render::human::line(&bundle.label, finding, global.reveal_values);
    if let Some(finding) = &bundle.finding {
        writeln!(out, "{}", line(finding))?;
    }
    let mut findings = Grouped::default();
    for item in &bundle.items {
        if let Some(finding) = &item.finding {
            findings.add(line(finding), format!("{} {}", item.resource_type, item.key));
        }
    }
    findings.write(out)
}

/// `12 created, 3 matched`.
fn counts(report: &PushReport) -> String {
    let all = [
        Outcome::Created,
        Outcome::Updated,
        Outcome::Matched,
        Outcome::Unchanged,
        Outcome::Rejected,
        Outcome::Diverged,
        Outcome::NeedsReview,
        Outcome::Unknown,
        Outcome::Waiting,
    ];
    let counts: Vec<String> = all
        .into_iter()
        .map(|outcome| (report.count(outcome), outcome))
        .filter(|(count, _)| *count > 0)
        .map(|(count, outcome)| format!("{count} {}", outcome.as_str()))
        .collect();
    if counts.is_empty() {
        "nothing to push".to_owned()
    } else {
        counts.join(", ")
    }
}
