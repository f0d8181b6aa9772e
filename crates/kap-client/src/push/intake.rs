//! Taking bundles into the journal.

use std::collections::HashSet;

use kap_fhir::Verdict;
use kap_json::{Issue, Location};

use super::Item;
use super::report::BundleReport;
use super::work::{Notes, Piece, Run, Work};
use crate::bundle::{self, Entry, Transaction};
use crate::journal::PushId;
use crate::journal::pushes::{self, Handed, Outline};
use crate::{Error, codes};

/// So many bundles are taken in with one commit.
const GROUP: usize = 64;

/// An unfinished push.
pub(super) struct Parcel {
    pub(super) push: PushId,
    pub(super) label: String,
    pub(super) resumed: bool,
    pub(super) outline: Vec<Outline>,
}

/// What came of handing over one bundle.
pub(super) enum Slot {
    /// It is settled, or cannot be taken in.
    Reported(Box<BundleReport>),
    /// It is the push of this id.
    Open(PushId),
}

/// Takes `items` in. Answers what came of each, and all unfinished pushes, oldest first.
pub(super) async fn take_in(run: &Run<'_>, items: Vec<Item>) -> Result<(Vec<Slot>, Vec<Parcel>), Error> {
    let mut slots = Vec::with_capacity(items.len());
    let mut handed_over = HashSet::new();
    let mut items = items.into_iter();
    loop {
        let group: Vec<Item> = items.by_ref().take(GROUP).collect();
        if group.is_empty() {
            break;
        }
        for slot in take_in_group(run, group).await? {
            if let Slot::Open(push) = slot {
                handed_over.insert(push);
            }
            slots.push(slot);
        }
    }
    let endpoint = run.endpoint;
    let open = run
        .journal
        .run(move |connection| pushes::open(connection, endpoint))
        .await?;
    let mut parcels = Vec::with_capacity(open.len());
    for open in open {
        let transaction = transaction(run, open.push).await?;
        parcels.push(Parcel {
            resumed: !handed_over.contains(&open.push),
            push: open.push,
            label: open.label,
            outline: transaction.entries.iter().map(outline).collect(),
        });
    }
    Ok((slots, parcels))
}

async fn take_in_group(run: &Run<'_>, group: Vec<Item>) -> Result<Vec<Slot>, Error> {
    let mut read = Vec::with_capacity(group.len());
    let mut handed = Vec::with_capacity(group.len());
    for item in group {
        let transaction = read_checked(&item);
        if let Ok(transaction) = &transaction {
            handed.push(Handed {
                sha256: item.bundle.sha256(),
                verdict: item.bundle.verdict().as_str(),
                packages: item.bundle.packages().join("\n"),
                outline: transaction.entries.iter().map(outline).collect(),
                label: item.label.clone(),
                bundle: item.bundle.into_bytes(),
                audit_event: item.audit_event,
                carries: item.carries,
            });
        }
        read.push((item.label, transaction));
    }
    let (endpoint, now) = (run.endpoint, run.journal.now());
    let taken = run.journal.run(move |connection| {
        let taken = handed
            .iter()
            .map(|handed| pushes::take_in(connection, endpoint, now, handed));
        taken.collect::<Result<Vec<_>, _>>()
    });
    let mut taken = taken.await?.into_iter();
    let mut slots = Vec::with_capacity(read.len());
    for (label, transaction) in read {
        slots.push(match transaction {
            Err(finding) => Slot::Reported(Box::new(BundleReport {
                label,
                resumed: false,
                finding: Some(*finding),
                items: Vec::new(),
            })),
            Ok(transaction) => match taken.next().flatten() {
                Some(push) => Slot::Open(push),
                None => Slot::Reported(Box::new(settled(run, label, transaction).await?)),
            },
        });
    }
    Ok(slots)
}

fn read_checked(item: &Item) -> Result<Transaction, Box<Issue>> {
    if item.bundle.verdict() == Verdict::Invalid {
        let text = "the bundle did not pass validation";
        return Err(Box::new(Issue::new(&codes::BUNDLE_INVALID, Location::default(), text)));
    }
    bundle::read(item.bundle.bytes())
}

/// The report on a bundle of which nothing has to be sent.
async fn settled(run: &Run<'_>, label: String, transaction: Transaction) -> Result<BundleReport, Error> {
    let work = work(label, PushId(0), transaction);
    let view = work.view(run).await?;
    Ok(BundleReport {
        items: Notes::new(&work).report(&work, &view),
        label: work.label,
        resumed: false,
        finding: None,
    })
}

fn outline(entry: &Entry) -> Outline {
    Outline {
        key: entry.key.clone(),
        resource_type: entry.resource_type.clone(),
        identity: entry.identity,
        hash: entry.hash,
        references: entry.references.clone(),
    }
}

/// The bundle of a push, from the bytes in the journal.
pub(super) async fn transaction(run: &Run<'_>, push: PushId) -> Result<Transaction, Error> {
    let bytes = run
        .journal
        .run(move |connection| pushes::bundle(connection, push))
        .await?;
    bundle::read(&bytes).map_err(|_| Error::JournalDamaged {
        what: format!("the bundle of push {} cannot be read", push.0),
    })
}

/// All of `transaction` as one piece of work.
pub(super) fn work(label: String, push: PushId, transaction: Transaction) -> Work {
    let entries = transaction.entries.into_iter();
    Work {
        label,
        push,
        labels: transaction.labels,
        pieces: entries.map(|entry| Piece::new(entry, push)).collect(),
    }
}
