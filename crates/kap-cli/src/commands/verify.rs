//! `kap verify`: reads back what was pushed and compares.

use std::io;

use kap_client::capability::recall;
use kap_client::{Comparison, VerifyOptions, VerifyReport};

use crate::exit::{self, Exit};
use crate::progress::Bar;
use crate::render::grouped::Grouped;
use crate::render::transfer::Format;
use crate::server::Server;
use crate::{Global, config, render};

/// Read back what was pushed and compare it with what was mapped
#[derive(Debug, clap::Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct Arguments {
    #[command(flatten)]
    server: Server,
    /// How many reads may be under way at once
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=256))]
    concurrency: u16,
    /// How the outcome is printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(arguments: &Arguments, global: &Global) -> anyhow::Result<Exit> {
    let config = config::load(global.config.as_deref())?;
    let client = arguments.server.client(&config)?;
    let journal = arguments.server.existing_journal()?;
    let runtime = super::runtime()?;
    let look = runtime.block_on(recall(client.name(), &journal, &arguments.server.stated(&config)?))?;
    let options = VerifyOptions {
        capabilities: look.map(|look| look.capabilities),
        concurrency: arguments.concurrency.into(),
        may_drop_labels: arguments.server.may_drop_labels(&config),
    };
    let bar = Bar::new(global, "verify");
    let report = runtime.block_on(kap_client::verify(&client, &journal, &options, &bar))?;
    bar.finish();
    let mut out = io::stdout().lock();
    match arguments.format {
        Format::Human => write_report(&mut out, &report, global)?,
        format => render::transfer::write_verify(&mut out, &report, format, global.reveal_values)?,
    }
    Ok(report.conclusion().into())
}

fn write_report(out: &mut impl io::Write, report: &VerifyReport, global: &Global) -> io::Result<()> {
    let mut findings = Grouped::default();
    for item in &report.items {
        if let Some(finding) = &item.finding {
            let line = render::human::line(&item.label, finding, global.reveal_values);
            findings.add(line, format!("{} {}", item.resource_type, item.key));
        }
    }
    findings.write(out)?;
    let count = |comparison| report.count(comparison);
    let some = |comparison, words: &str| match count(comparison) {
        0 => String::new(),
        count => format!("{count} {words}, "),
    };
    let unlabelled = some(Comparison::Unlabelled, "without their labels");
    let doubled = some(Comparison::Doubled, "there more than once");
    writeln!(
        out,
        "{} of {} resources verified, {unlabelled}{doubled}{} diverged, {} missing, {} unread",
        count(Comparison::Verified),
        report.items.len(),
        count(Comparison::Diverged),
        count(Comparison::Missing),
        count(Comparison::Unread),
    )
}
