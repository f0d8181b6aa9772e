//! Resources that several bundles of a push have in common.
//!
//! A practitioner stands in the bundle of each of their patients. If bundles that are under way at the same time each asked
//! a server to create that practitioner unless it exists, a server whose conditional create is no lock would store it
//! twice. So what stands in more than one bundle with the same content, and refers to nothing but its like, is sent first,
//! in one transaction; the bundles then refer to it by its id. What is left in common (two versions of one record) makes
//! bundles wait for each other: see `order.rs`.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::intake::{Parcel, transaction};
use super::report::{Conclusion, ItemReport, Outcome};
use super::rounds;
use super::work::{Piece, Run, Work};
use crate::Error;
use crate::identity::Identity;
use crate::journal::PushId;
use crate::journal::items::{self, ItemKey, Row};
use crate::journal::pushes::Outline;

/// What was written ahead of the bundles, by push and key.
#[derive(Default)]
pub(super) struct Shared(HashMap<(PushId, String), Outcome>);

impl Shared {
    /// Puts what was written ahead on behalf of `push` into the report on its bundle, where it is settled by now.
    pub(super) fn credit(&self, push: PushId, items: &mut [ItemReport]) {
        for item in items.iter_mut().filter(|item| item.outcome == Outcome::Unchanged) {
            if let Some(outcome) = self.0.get(&(push, item.key.clone())) {
                item.outcome = *outcome;
            }
        }
    }
}

/// Sends the shared resources. What fails is tried again with the bundles that need it, and reported there.
pub(super) async fn settle(run: &Run<'_>, parcels: &[Parcel]) -> Result<Shared, Error> {
    let Some(work) = work(run, parcels).await? else {
        return Ok(Shared::default());
    };
    let reports = rounds::settle(run, &work).await?;
    let written = work.pieces.iter().zip(reports);
    let written = written.filter(|(_, report)| report.outcome.conclusion() == Conclusion::Complete);
    let written = written.map(|(piece, report)| ((piece.push, report.key), report.outcome));
    Ok(Shared(written.collect()))
}

/// The shared resources that are not settled yet, as work of the first push that has each.
async fn work(run: &Run<'_>, parcels: &[Parcel]) -> Result<Option<Work>, Error> {
    let rows = rows(run, parcels).await?;
    let sources = sources(run, parcels, &rows);
    let Some(first) = sources.keys().next().copied() else {
        return Ok(None);
    };
    let mut work = Work {
        label: "shared resources".to_owned(),
        push: first,
        labels: Vec::new(),
        pieces: Vec::new(),
    };
    for (push, keys) in sources {
        let mut transaction = transaction(run, push).await?;
        transaction.entries.retain(|entry| keys.contains(&entry.key));
        work.pieces
            .extend(transaction.entries.into_iter().map(|entry| Piece::new(entry, push)));
        for label in transaction.labels {
            if !work.labels.contains(&label) {
                work.labels.push(label);
            }
        }
    }
    Ok(Some(work))
}

/// The journal's rows of all lasting keys that stand in more than one parcel.
pub(super) async fn rows(run: &Run<'_>, parcels: &[Parcel]) -> Result<HashMap<String, Row>, Error> {
    let mut seen = HashSet::new();
    let mut repeated = HashSet::new();
    for outline in parcels.iter().flat_map(|parcel| &parcel.outline) {
        if outline.identity != Identity::OncePerPush && !seen.insert(&outline.key) {
            repeated.insert(outline.key.clone());
        }
    }
    let keys: Vec<ItemKey> = repeated.into_iter().map(|key| ItemKey { key, edition: 0 }).collect();
    let endpoint = run.endpoint;
    let rows = run
        .journal
        .run(move |connection| items::load_all(connection, endpoint, &keys))
        .await?;
    Ok(rows.into_iter().map(|(item, row)| (item.key, row)).collect())
}

/// Which push the shared resources are taken from.
fn sources(run: &Run<'_>, parcels: &[Parcel], rows: &HashMap<String, Row>) -> BTreeMap<PushId, HashSet<String>> {
    let mut candidates: HashMap<&str, (PushId, &Outline)> = HashMap::new();
    let mut differing = HashSet::new();
    for parcel in parcels {
        for outline in &parcel.outline {
            let Some(row) = rows.get(&outline.key) else {
                continue;
            };
            // A patient who must exist is matched with the bundle that is about them.
            let may_go_first = outline.identity.is_enforced_by_server()
                && (outline.resource_type != "Patient" || run.options.create_patients);
            let (_, first) = candidates.entry(&outline.key).or_insert((parcel.push, outline));
            if !may_go_first || first.hash != outline.hash || row.is_settled(outline.identity, outline.hash) {
                differing.insert(outline.key.as_str());
            }
        }
    }
    candidates.retain(|key, _| !differing.contains(key));
    // What refers to something that does not go first, cannot go first either, unless that is on the server.
    let is_there = |key: &str| rows.get(key).is_some_and(|row| row.server_id.is_some());
    loop {
        let ready = |outline: &Outline| {
            let mut references = outline.references.iter();
            references.all(|key| candidates.contains_key(key.as_str()) || is_there(key))
        };
        let stuck = candidates.iter().filter(|(_, (_, outline))| !ready(outline));
        let stuck: Vec<&str> = stuck.map(|(key, _)| *key).collect();
        if stuck.is_empty() {
            break;
        }
        candidates.retain(|key, _| !stuck.contains(key));
    }
    let mut sources: BTreeMap<PushId, HashSet<String>> = BTreeMap::new();
    for (key, (push, _)) in candidates {
        sources.entry(push).or_default().insert(key.to_owned());
    }
    sources
}
