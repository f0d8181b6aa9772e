//! The stages of the demo, one function each.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use kap_client::capability::{Stated, look};
use kap_client::{
    Backoff, Client, Comparison, Conclusion, Endpoint, Item, Journal, Outcome, PushOptions, PushReport, VerifyOptions,
    VerifyReport,
};
use kap_json::Limits;
use kap_map::{Context, Mapped};
use kap_sandbox::Sandbox;

use super::keep::Folder;
use crate::config::Config;
use crate::definitions::Definitions;
use crate::exit::Exit;
use crate::progress::Bar;
use crate::{Global, bundles, clinic, edges};

/// The name of the sandbox in the journal.
const ENDPOINT: &str = "demo-sandbox";

/// What became of one record.
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) resources: usize,
    pub(super) withheld: usize,
    pub(super) pushed: usize,
    pub(super) verified: usize,
}

impl Row {
    /// Whether every resource was read back and found equal.
    pub(super) fn is_verified(&self) -> bool {
        self.verified == self.resources
    }
}

/// What became of all.
pub(super) struct Ran {
    pub(super) rows: Vec<Row>,
    pub(super) times: Vec<(&'static str, Duration)>,
    pub(super) writes: u64,
    pub(super) undecided: u32,
    conclusion: Conclusion,
}

impl Ran {
    /// Done only if every record was verified.
    pub(super) fn exit(&self) -> Exit {
        let verified = if self.rows.iter().all(Row::is_verified) {
            Exit::Done
        } else {
            Exit::Findings
        };
        verified.max(self.conclusion.into())
    }
}

/// Runs every stage on every record of the demo.
pub(super) async fn run(folder: &Folder, config: &Config, global: &Global) -> anyhow::Result<Ran> {
    let namespace = config
        .clinic
        .namespace
        .context("the demo's kap.toml has no [clinic] namespace; remove the folder to begin anew")?;
    let context = clinic::context(namespace, config);
    let mut times = Vec::new();
    let mut took = |name, begin: Instant| times.push((name, begin.elapsed()));

    let begin = Instant::now();
    let mapped = map(&context, folder)?;
    took("map", begin);

    let begin = Instant::now();
    let (items, undecided) = check(&mapped)?;
    took("validate", begin);

    let sandbox = Sandbox::open(&folder.sandbox())?;
    let (listener, base) = super::super::sandbox::listen(0).await?;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(kap_sandbox::serve(sandbox, listener, async {
        // The sender is dropped at the end at the latest: either way it is time to stop.
        let _ = stopped.await;
    }));
    let client = Client::new(Endpoint::new(ENDPOINT, base), Backoff::default(), edges::random())?;
    let journal = Journal::open(&folder.journal(), edges::owner()?, edges::clock())?;

    let begin = Instant::now();
    let pushed = push(&client, &journal, items, global).await?;
    took("push", begin);

    let begin = Instant::now();
    let verified = verify(&client, &journal, global).await?;
    took("verify", begin);

    drop(stop);
    serving.await.context("the sandbox stopped by itself")??;
    let rows = mapped
        .iter()
        .map(|(name, mapped)| row(name, mapped, &pushed, &verified))
        .collect();
    let conclusion = pushed.conclusion().max(verified.conclusion());
    Ok(Ran {
        rows,
        times,
        writes: pushed.writes,
        undecided,
        conclusion,
    })
}

/// Reads and maps every record, and keeps bundle and receipt.
fn map(context: &Context, folder: &Folder) -> anyhow::Result<Vec<(&'static str, Mapped)>> {
    let mut all = Vec::new();
    for (name, text) in kap_profiles::demo_records() {
        let read = kap_record::read(text, &Limits::default());
        let Some(record) = read.record else {
            bail!("the demo's record `{name}` has faults: {:?}", read.issues);
        };
        let mapped = kap_map::map(&record, context);
        super::super::map::write_mapped(&folder.bundles(), name, &mapped)?;
        all.push((name, mapped));
    }
    Ok(all)
}

/// Checks every bundle; one with errors ends the demo.
fn check(mapped: &[(&'static str, Mapped)]) -> anyhow::Result<(Vec<Item>, u32)> {
    let definitions = Definitions::standard()?;
    let plans = definitions.set();
    let mut undecided = 0;
    let mut items = Vec::new();
    for (name, mapped) in mapped {
        let bundle = bundles::check(&plans, mapped.bundle.clone()).map_err(|report| {
            anyhow::anyhow!(
                "the bundle of `{name}` has {} errors: `kap validate` lists them",
                report.errors
            )
        })?;
        undecided += bundle.undecided().iter().map(|undecided| undecided.count).sum::<u32>();
        items.push(bundles::item((*name).to_owned(), bundle));
    }
    Ok((items, undecided))
}

async fn push(client: &Client, journal: &Journal, items: Vec<Item>, global: &Global) -> anyhow::Result<PushReport> {
    let look = look(client, journal, &Stated::default()).await?;
    let options = PushOptions {
        create_patients: true,
        capabilities: Some(look.capabilities),
        ..PushOptions::default()
    };
    let bar = Bar::new(global, "push");
    let report = kap_client::push(client, journal, items, &options, &bar).await?;
    bar.finish();
    Ok(report)
}

async fn verify(client: &Client, journal: &Journal, global: &Global) -> anyhow::Result<VerifyReport> {
    let bar = Bar::new(global, "verify");
    let report = kap_client::verify(client, journal, &VerifyOptions::default(), &bar).await?;
    bar.finish();
    Ok(report)
}

/// Puts together what the stages say about one record.
fn row(name: &'static str, mapped: &Mapped, pushed: &PushReport, verified: &VerifyReport) -> Row {
    let found: BTreeMap<&str, Comparison> = verified
        .items
        .iter()
        .map(|item| (item.key.as_str(), item.comparison))
        .collect();
    let reports = pushed.bundles.iter().filter(|bundle| bundle.label == name);
    let items: Vec<_> = reports.flat_map(|bundle| &bundle.items).collect();
    let wrote = |outcome| matches!(outcome, Outcome::Created | Outcome::Updated | Outcome::Matched);
    Row {
        name,
        resources: mapped.receipt.resources(),
        withheld: mapped.receipt.withheld_total(),
        pushed: items.iter().filter(|item| wrote(item.outcome)).count(),
        verified: items
            .iter()
            .filter(|item| found.get(item.key.as_str()) == Some(&Comparison::Verified))
            .count(),
    }
}
