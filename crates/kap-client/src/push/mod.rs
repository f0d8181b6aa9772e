//! Pushing checked bundles.
//!
//! | module | holds |
//! |---|---|
//! | `intake` | bundles become pushes and items in the journal |
//! | `lessons` | what the server taught earlier, and teaches now |
//! | `shared` | what several bundles have in common goes first |
//! | `order` | bundles that write the same keys wait for each other |
//! | `rounds` | one bundle: claim, look, plan, send, until nothing is left |
//! | `reconcile` | looking for what may have been stored |
//! | `existing` | matching what must exist: patients, and what the server lets nobody create |
//! | `means` | how this server is written to |
//! | `plan` | which entries go, and how |
//! | `pack`, `component` | which of them travel together |
//! | `forecast` | what a push would do |
//! | `natural` | recognising a resource whose identifier the server does not keep |
//! | `send` | intent, request, answer |
//! | `work`, `report` | what is worked on; what is reported |

mod component;
mod existing;
mod forecast;
mod intake;
mod lessons;
mod means;
mod natural;
mod order;
mod pack;
mod plan;
mod reconcile;
mod report;
mod rounds;
mod send;
mod shared;
mod work;

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use futures_util::stream::{self, StreamExt, TryStreamExt};
use kap_fhir::{Bundle, Checked};
use tokio::sync::watch;

pub use existing::absent;
pub use forecast::{PlanStep, PlannedBundle, PlannedItem, PlannedRequest, forecast};
pub use report::{BundleReport, Conclusion, ItemReport, Outcome, PushReport};

use crate::capability::Capabilities;
use crate::journal::{self, Journal, PushId, leases, pushes};
use crate::progress::{Progress, Step};
use crate::{Client, Error};
use intake::{Parcel, Slot};
use shared::Shared;
use work::Run;

/// A bundle to push.
#[derive(Clone, Debug)]
pub struct Item {
    /// What it is called in reports: no patient's name.
    pub label: String,
    /// The transaction bundle.
    pub bundle: Checked<Bundle>,
    /// The AuditEvent of this disclosure as FHIR JSON (<https://hl7.org/fhir/R4/auditevent.html>). The journal keeps it with the push, once however
    /// often the push is resumed; it is never sent.
    pub audit_event: Option<Vec<u8>>,
    /// What the bundle tells in documents instead of resources of its own.
    pub carries: Vec<Carried>,
}

/// An item that no resource of its own stands for, and the document that tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The key of the document.
    pub document: String,
    /// The key of the item.
    pub key: String,
    /// The type that the item was mapped to.
    pub resource_type: String,
}

/// How to push.
#[derive(Clone, Debug)]
pub struct PushOptions {
    /// Whether a patient whom the server does not know is created. Otherwise their bundles are rejected.
    pub create_patients: bool,
    /// How many bundles may be under way at once.
    pub concurrency: usize,
    /// How long after a lost answer the server may still be executing the request. Only resources without an identity that
    /// the server enforces wait for it.
    pub commit_horizon: Duration,
    /// What the server can do ([`crate::capability::look`]). Without this it is taken for one that offers transactions and
    /// conditional creates.
    pub capabilities: Option<Capabilities>,
}

impl Default for PushOptions {
    /// No new patients, four bundles at once, two seconds.
    fn default() -> Self {
        PushOptions {
            create_patients: false,
            concurrency: 4,
            commit_horizon: Duration::from_secs(2),
            capabilities: None,
        }
    }
}

/// Pushes what earlier pushes to this endpoint left open, then `items`.
///
/// Each bundle is one transaction. What the server said about each resource is in the report; an `Err` is a failure of our
/// own, and then the journal holds what is open.
pub async fn push(
    client: &Client,
    journal: &Journal,
    items: Vec<Item>,
    options: &PushOptions,
    progress: &dyn Progress,
) -> Result<PushReport, Error> {
    let name = client.name().to_owned();
    let run = Run {
        client,
        journal,
        options,
        progress,
        endpoint: journal
            .run(move |connection| journal::endpoint_or_new(connection, &name))
            .await?,
        holder: journal.next_holder(),
        lessons: lessons::Lessons::default(),
        unreachable: AtomicBool::new(false),
    };
    let before = (client.requests(), client.writes());
    lessons::recall(&run).await?;
    let bundles = tokio::select! {
        bundles = settle_all(&run, items) => bundles?,
        error = keep_leases(&run) => return Err(error),
    };
    lessons::keep(&run).await?;
    Ok(PushReport {
        bundles,
        requests: client.requests() - before.0,
        writes: client.writes() - before.1,
    })
}

/// Renews our leases for as long as it is polled.
async fn keep_leases(run: &Run<'_>) -> Error {
    loop {
        tokio::time::sleep(run.journal.lease() / 3).await;
        let (holder, expires) = (run.holder.clone(), run.journal.now().after(run.journal.lease()));
        let renewed = run
            .journal
            .run(move |connection| leases::renew(connection, &holder, expires));
        if let Err(error) = renewed.await {
            return error;
        }
    }
}

async fn settle_all(run: &Run<'_>, items: Vec<Item>) -> Result<Vec<BundleReport>, Error> {
    let (slots, parcels) = intake::take_in(run, items).await?;
    run.progress.advance(Step::Planned {
        bundles: parcels.len(),
        items: parcels.iter().map(|parcel| parcel.outline.len()).sum(),
    });
    let shared = shared::settle(run, &parcels).await?;
    let before = order::predecessors(&parcels, &shared::rows(run, &parcels).await?);
    let finished: Vec<watch::Sender<bool>> = parcels.iter().map(|_| watch::Sender::new(false)).collect();
    // Begun in their order, so what a bundle waits for is always under way or through.
    let settled = stream::iter(parcels.iter().enumerate()).map(|(index, parcel)| {
        let (before, finished, shared) = (&before, &finished, &shared);
        async move {
            for earlier in &before[index] {
                // The sender lives as long as this stream: waiting ends when the earlier bundle is through.
                _ = finished[*earlier].subscribe().wait_for(|through| *through).await;
            }
            let report = settle_one(run, parcel, shared).await;
            finished[index].send_replace(true);
            report.map(|report| (index, parcel.push, report))
        }
    });
    let settled = settled.buffer_unordered(run.options.concurrency.max(1));
    let mut reports: Vec<(usize, PushId, BundleReport)> = settled.try_collect().await?;
    reports.sort_by_key(|(index, ..)| *index);

    let by_push: HashMap<PushId, &BundleReport> = reports.iter().map(|(_, push, report)| (*push, report)).collect();
    let reports = reports.iter().map(|(.., report)| report);
    let resumed = reports.filter(|report| report.resumed).cloned();
    let handed = slots.into_iter().filter_map(|slot| match slot {
        Slot::Reported(report) => Some(*report),
        Slot::Open(push) => by_push.get(&push).map(|report| (*report).clone()),
    });
    Ok(resumed.chain(handed).collect())
}

async fn settle_one(run: &Run<'_>, parcel: &Parcel, shared: &Shared) -> Result<BundleReport, Error> {
    let transaction = intake::transaction(run, parcel.push).await?;
    let work = intake::work(parcel.label.clone(), parcel.push, transaction);
    let mut items = rounds::settle(run, &work).await?;
    shared.credit(parcel.push, &mut items);
    let report = BundleReport {
        label: parcel.label.clone(),
        resumed: parcel.resumed,
        finding: None,
        items,
    };
    let open = report
        .items
        .iter()
        .any(|item| item.outcome.conclusion() == Conclusion::Unfinished);
    if !open {
        let (push, now) = (parcel.push, run.journal.now());
        let complete = report.conclusion() == Conclusion::Complete;
        run.journal
            .run(move |connection| pushes::finish(connection, push, now, complete))
            .await?;
    }
    run.progress.advance(Step::Settled {
        label: &parcel.label,
        items: report.items.len(),
    });
    Ok(report)
}
