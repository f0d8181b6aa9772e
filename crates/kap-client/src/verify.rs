//! Reading back what was pushed, and comparing it with what was mapped.

use std::collections::{BTreeMap, HashMap, HashSet};

use futures_util::stream::{self, StreamExt, TryStreamExt};
use kap_json::{CodeInfo, Issue, Message};
use serde_json::Value as Json;

use crate::bundle::{self, Entry};
use crate::capability::{Capabilities, Fact, Learned, Subject, Value};
use crate::clock::Timestamp;
use crate::compare;
use crate::identity::Identity;
use crate::journal::items::{self, Change, ItemKey, Row};
use crate::journal::state::Event;
use crate::journal::{self, EndpointId, Journal, capabilities, pushes};
use crate::progress::{Progress, Step};
use crate::push::Conclusion;
use crate::reference;
use crate::rest::{Failure, Read};
use crate::retry::{Retry, policy};
use crate::{Client, Error, codes, copies};

/// So many pushes are read back before what was found is committed.
const GROUP: usize = 16;

/// How to read back.
#[derive(Clone, Debug)]
pub struct VerifyOptions {
    /// How many reads may be under way at once.
    pub concurrency: usize,
    /// Codes of security labels that the server may drop.
    pub may_drop_labels: Vec<String>,
    /// What the server can do. Without it the server is taken for one that can be searched by identifier.
    pub capabilities: Option<Capabilities>,
}

impl Default for VerifyOptions {
    /// Eight at once, and every label must be kept.
    fn default() -> Self {
        VerifyOptions {
            concurrency: 8,
            may_drop_labels: Vec::new(),
            capabilities: None,
        }
    }
}

/// What reading one resource back showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comparison {
    /// The server holds what was mapped.
    Verified,
    /// It holds what was mapped, but for security labels that must not be lost.
    Unlabelled,
    /// It holds several resources under this key.
    Doubled,
    /// It holds something else.
    Diverged,
    /// It holds nothing under this id.
    Missing,
    /// It could not be read.
    Unread,
}

impl Comparison {
    /// The word for tables and machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Comparison::Verified => "verified",
            Comparison::Unlabelled => "unlabelled",
            Comparison::Doubled => "doubled",
            Comparison::Diverged => "diverged",
            Comparison::Missing => "missing",
            Comparison::Unread => "unread",
        }
    }
}

/// One resource that was read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedItem {
    /// Label of the push that wrote it last.
    pub label: String,
    /// Our key.
    pub key: String,
    /// Its type.
    pub resource_type: String,
    /// Its id on the server.
    pub server_id: String,
    /// What was found.
    pub comparison: Comparison,
    /// Where it differs, or why it could not be read.
    pub finding: Option<Issue>,
}

/// All that was read back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// In the order of pushes, then keys.
    pub items: Vec<VerifiedItem>,
}

impl VerifyReport {
    /// How many ended so.
    pub fn count(&self, comparison: Comparison) -> usize {
        self.items.iter().filter(|item| item.comparison == comparison).count()
    }

    /// What it asks of the caller.
    pub fn conclusion(&self) -> Conclusion {
        let items = self.items.iter().map(|item| match item.comparison {
            Comparison::Verified => Conclusion::Complete,
            Comparison::Unlabelled | Comparison::Diverged | Comparison::Missing => Conclusion::Findings,
            Comparison::Unread => Conclusion::Unfinished,
            Comparison::Doubled => Conclusion::NeedsPerson,
        });
        items.max().unwrap_or(Conclusion::Complete)
    }
}

/// Reads back every resource that the journal holds as stored at this endpoint, compares it with what was mapped, and marks
/// it verified or diverged. Of what is only matched (patients, practitioners, organizations, locations) the identifier is compared.
pub async fn verify(
    client: &Client,
    journal: &Journal,
    options: &VerifyOptions,
    progress: &dyn Progress,
) -> Result<VerifyReport, Error> {
    let name = client.name().to_owned();
    let found = journal.run(move |connection| match journal::endpoint(connection, &name)? {
        Some(endpoint) => Ok(Some((endpoint, pushes::with_items(connection, endpoint)?))),
        None => Ok(None),
    });
    let Some((endpoint, pushes)) = found.await? else {
        let name = client.name().to_owned();
        return Err(Error::EndpointUnknown { name });
    };
    let mut report = VerifyReport::default();
    let mut lessons = Lessons::default();
    for group in pushes.chunks(GROUP) {
        let mut batches = Vec::with_capacity(group.len());
        for push in group {
            batches.push(Batch::load(journal, endpoint, push).await?);
        }
        progress.advance(Step::Planned {
            bundles: batches.len(),
            items: batches.iter().map(|batch| batch.items.len()).sum(),
        });
        let items = batches
            .iter()
            .flat_map(|batch| batch.items.iter().map(move |stored| (batch, stored)));
        let read = stream::iter(items).map(|(batch, stored)| async move {
            let seen = look(client, stored, &batch.known, &options.may_drop_labels).await;
            progress.advance(Step::Compared { items: 1 });
            seen.map(|seen| (batch, stored, seen))
        });
        let mut seen: Vec<(&Batch, &Stored, Seen)> = read.buffered(options.concurrency.max(1)).try_collect().await?;
        mark_doubled(client, options, &mut seen).await;
        let changes: Vec<Change> = seen
            .iter()
            .filter_map(|(_, stored, seen)| stored.change(seen.comparison))
            .collect();
        journal
            .run(move |connection| items::apply_all(connection, endpoint, None, &changes))
            .await?;
        for (_, stored, seen) in &seen {
            lessons.see(stored, seen);
        }
        report
            .items
            .extend(seen.into_iter().map(|(batch, stored, seen)| VerifiedItem {
                label: batch.label.clone(),
                key: stored.entry.key.clone(),
                resource_type: stored.entry.resource_type.clone(),
                server_id: stored.row.server_id.clone().unwrap_or_default(),
                comparison: seen.comparison,
                finding: seen.finding,
            }));
    }
    let lessons = lessons.learned(journal.now());
    journal
        .run(move |connection| capabilities::learn(connection, endpoint, &lessons))
        .await?;
    Ok(report)
}

/// Marks what the server holds more than once, where it can be searched by identifier. What it does not answer is not marked.
async fn mark_doubled(client: &Client, options: &VerifyOptions, seen: &mut [(&Batch, &Stored, Seen)]) {
    let is_searchable = |entry: &Entry| {
        let offers = |known: &Capabilities| known.of_type(&entry.resource_type, Fact::SearchIdentifier).value;
        entry.identity == Identity::Keyed && options.capabilities.as_ref().is_none_or(offers)
    };
    let mut by_type: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for (_, stored, seen) in seen.iter() {
        let entry = &stored.entry;
        if seen.comparison != Comparison::Missing && seen.keeps_identifier == Some(true) && is_searchable(entry) {
            by_type.entry(&entry.resource_type).or_default().push(entry);
        }
    }
    for entries in by_type.values() {
        let Ok(doubled) = copies::doubled(client, entries).await else {
            continue;
        };
        for (_, stored, seen) in seen
            .iter_mut()
            .filter(|(_, stored, _)| doubled.contains(stored.entry.key.as_str()))
        {
            let text = Message::text("is on the server more than once");
            seen.comparison = Comparison::Doubled;
            seen.finding = Some(Issue::new(&codes::IDENTITY_AMBIGUOUS, stored.entry.location(), text));
        }
    }
}

/// What was found of one resource.
#[derive(Debug)]
struct Seen {
    comparison: Comparison,
    /// Why it is not what it should be.
    finding: Option<Issue>,
    /// Whether the server kept its identifier, if it carries one of ours.
    keeps_identifier: Option<bool>,
    /// Whether the server kept its labels, if it has any.
    keeps_labels: Option<bool>,
}

impl Seen {
    /// What tells nothing about what the server keeps.
    fn new(comparison: Comparison, finding: Option<Issue>) -> Seen {
        Seen {
            comparison,
            finding,
            keeps_identifier: None,
            keeps_labels: None,
        }
    }
}

/// What reading back teaches about the server.
#[derive(Default)]
struct Lessons {
    identifiers: BTreeMap<String, bool>,
    labels: Option<bool>,
}

impl Lessons {
    /// One that was kept outweighs others that were not: somebody may have removed those.
    fn see(&mut self, stored: &Stored, seen: &Seen) {
        if let Some(kept) = seen.keeps_identifier {
            *self.identifiers.entry(stored.entry.resource_type.clone()).or_default() |= kept;
        }
        if let Some(kept) = seen.keeps_labels {
            self.labels = Some(self.labels.unwrap_or_default() | kept);
        }
    }

    fn learned(self, at: Timestamp) -> Vec<Learned> {
        let lesson = |subject, fact, kept: bool, what: &str| Learned {
            subject,
            fact,
            value: Value::Flag(kept),
            reason: format!(
                "{what} {} when it was read back",
                if kept { "was there" } else { "was not there" }
            ),
            at,
        };
        let identifiers = self.identifiers.into_iter().map(|(resource_type, kept)| {
            lesson(
                Subject::Type(resource_type),
                Fact::KeepsIdentifier,
                kept,
                "the identifier",
            )
        });
        let labels = self
            .labels
            .map(|kept| lesson(Subject::Server, Fact::KeepsLabels, kept, "what was labelled"));
        identifiers.chain(labels).collect()
    }
}

/// One stored resource: what was mapped, and what the journal knows.
struct Stored {
    entry: Entry,
    item: ItemKey,
    row: Row,
}

impl Stored {
    fn change(&self, comparison: Comparison) -> Option<Change> {
        let event = match comparison {
            Comparison::Verified | Comparison::Unlabelled | Comparison::Doubled => Event::Confirm,
            Comparison::Diverged | Comparison::Missing => Event::Contradict,
            Comparison::Unread => return None,
        };
        Some(Change::new(self.item.clone(), self.row.push, event))
    }
}

/// What one push wrote, and the ids of what that refers to.
struct Batch {
    label: String,
    items: Vec<Stored>,
    known: HashMap<String, String>,
}

impl Batch {
    async fn load(journal: &Journal, endpoint: EndpointId, labelled: &pushes::Labelled) -> Result<Batch, Error> {
        let push = labelled.push;
        let (bytes, stored) = journal
            .run(move |connection| {
                Ok((
                    pushes::bundle(connection, push)?,
                    items::stored_of_push(connection, push)?,
                ))
            })
            .await?;
        let transaction = bundle::read(&bytes).map_err(|_| Error::JournalDamaged {
            what: format!("the bundle of push {} cannot be read", push.0),
        })?;
        let mut stored: HashMap<ItemKey, Row> = stored.into_iter().collect();
        let items = transaction.entries.into_iter().filter_map(|entry| {
            let item = ItemKey::of(&entry.key, entry.identity, push);
            let row = stored.remove(&item)?;
            Some(Stored { entry, item, row })
        });
        let items: Vec<_> = items.collect();
        let targets: HashSet<&String> = items.iter().flat_map(|stored| &stored.entry.references).collect();
        let targets = targets.into_iter().cloned().map(|key| ItemKey { key, edition: 0 });
        let targets: Vec<ItemKey> = targets.collect();
        let rows = journal
            .run(move |connection| items::load_all(connection, endpoint, &targets))
            .await?;
        let known = rows
            .iter()
            .filter_map(|(item, row)| Some((item.key.clone(), row.server_reference()?)));
        Ok(Batch {
            label: labelled.label.clone(),
            known: known.collect(),
            items,
        })
    }
}

/// What reading one resource back shows. An `Err` only if the server answers nobody with our credentials.
async fn look(
    client: &Client,
    stored: &Stored,
    known: &HashMap<String, String>,
    may_drop_labels: &[String],
) -> Result<Seen, Error> {
    let Stored { entry, row, .. } = stored;
    let seen = |comparison, info: &CodeInfo, text: String| {
        let finding = Issue::new(info, entry.location(), Message::text(text));
        Ok(Seen::new(comparison, Some(finding)))
    };
    let reference = row.server_reference().unwrap_or_default();
    let resource = match client.read(&reference).await {
        Ok(Read::Found { resource, .. }) => resource,
        Ok(Read::Gone) => {
            let text = "not on the server any more".to_owned();
            return seen(Comparison::Missing, &codes::VERIFY_MISSING, text);
        }
        Err(failure) if policy(failure.category) == Retry::Stop => return Err(client.not_signed_in()),
        Err(Failure { category, .. }) => {
            let text = format!("could not be read back ({category})");
            return seen(Comparison::Unread, &codes::VERIFY_UNAVAILABLE, text);
        }
    };
    if entry.identity == Identity::Matched {
        if entry.identity.identifiers(&resource).contains(&entry.identifier) {
            return Ok(Seen::new(Comparison::Verified, None));
        }
        let text = "does not carry its identifier any more".to_owned();
        return seen(Comparison::Diverged, &codes::VERIFY_DIVERGED, text);
    }
    let mut expected = entry.resource.clone();
    reference::rewrite(&mut expected, known);
    let mut seen = compare_with(&expected, &resource, may_drop_labels, |info, text| {
        Issue::new(info, entry.location(), Message::text(text))
    });
    if entry.identity != Identity::Keyed {
        seen.keeps_identifier = None;
    }
    Ok(seen)
}

/// Compares what was read back with what was mapped. That a server keeps no identifier is a property of the server, and
/// no other content.
fn compare_with(
    expected: &Json,
    actual: &Json,
    may_drop_labels: &[String],
    finding: impl Fn(&CodeInfo, String) -> Issue,
) -> Seen {
    let labels = expected["meta"]["security"]
        .as_array()
        .filter(|labels| !labels.is_empty());
    let keeps_identifier = expected.get("identifier").map(|_| actual.get("identifier").is_some());
    let keeps_labels = labels.map(|_| actual["meta"].get("security").is_some());
    let seen = |comparison, finding| Seen {
        keeps_identifier,
        keeps_labels,
        ..Seen::new(comparison, finding)
    };
    let mut expected_there = expected.clone();
    compare::overlook(&mut expected_there, actual, true, true);
    let differences = compare::differences(&expected_there, actual);
    if !differences.is_empty() {
        let listed = differences
            .iter()
            .map(|difference| format!("{} {}", difference.path, difference.kind.as_str()));
        let text = format!("differs: {}", listed.collect::<Vec<_>>().join(", "));
        return seen(Comparison::Diverged, Some(finding(&codes::VERIFY_DIVERGED, text)));
    }
    let may_go = |label: &Json| {
        label["code"]
            .as_str()
            .is_some_and(|code| may_drop_labels.iter().any(|may| may == code))
    };
    if keeps_labels == Some(false) && !labels.into_iter().flatten().all(may_go) {
        let text = "is there without its security labels".to_owned();
        return seen(Comparison::Unlabelled, Some(finding(&codes::VERIFY_UNLABELLED, text)));
    }
    seen(Comparison::Verified, None)
}
