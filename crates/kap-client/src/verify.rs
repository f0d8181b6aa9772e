//! Reading back what was pushed, and comparing it with what was mapped.

use std::collections::{HashMap, HashSet};

use futures_util::stream::{self, StreamExt, TryStreamExt};
use kap_json::{CodeInfo, Issue, Message};

use crate::bundle::{self, Entry};
use crate::compare;
use crate::identity::Identity;
use crate::journal::items::{self, Change, ItemKey, Row};
use crate::journal::state::Event;
use crate::journal::{self, EndpointId, Journal, pushes};
use crate::progress::{Progress, Step};
use crate::push::Conclusion;
use crate::reference;
use crate::rest::{Failure, Read};
use crate::retry::{Retry, policy};
use crate::{Client, Error, codes};

/// So many pushes are read back before what was found is committed.
const GROUP: usize = 16;

/// How to read back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerifyOptions {
    /// How many reads may be under way at once.
    pub concurrency: usize,
}

impl Default for VerifyOptions {
    /// Eight at once.
    fn default() -> Self {
        VerifyOptions { concurrency: 8 }
    }
}

/// What reading one resource back showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comparison {
    /// The server holds what was mapped.
    Verified,
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
            Comparison::Diverged | Comparison::Missing => Conclusion::Findings,
            Comparison::Unread => Conclusion::Unfinished,
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
            let seen = look(client, stored, &batch.known).await;
            progress.advance(Step::Compared { items: 1 });
            seen.map(|seen| (batch, stored, seen))
        });
        let seen: Vec<(&Batch, &Stored, Seen)> = read.buffered(options.concurrency.max(1)).try_collect().await?;
        let changes: Vec<Change> = seen
            .iter()
            .filter_map(|(_, stored, seen)| stored.change(seen.0))
            .collect();
        journal
            .run(move |connection| items::apply_all(connection, endpoint, None, &changes))
            .await?;
        report.items.extend(
            seen.into_iter()
                .map(|(batch, stored, (comparison, finding))| VerifiedItem {
                    label: batch.label.clone(),
                    key: stored.entry.key.clone(),
                    resource_type: stored.entry.resource_type.clone(),
                    server_id: stored.row.server_id.clone().unwrap_or_default(),
                    comparison,
                    finding,
                }),
        );
    }
    Ok(report)
}

/// What was found of one resource, and why it is not what it should be.
type Seen = (Comparison, Option<Issue>);

/// One stored resource: what was mapped, and what the journal knows.
struct Stored {
    entry: Entry,
    item: ItemKey,
    row: Row,
}

impl Stored {
    fn change(&self, comparison: Comparison) -> Option<Change> {
        let event = match comparison {
            Comparison::Verified => Event::Confirm,
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
async fn look(client: &Client, stored: &Stored, known: &HashMap<String, String>) -> Result<Seen, Error> {
    let Stored { entry, row, .. } = stored;
    let seen = |comparison, info: &CodeInfo, text: String| {
        let finding = Issue::new(info, entry.location(), Message::text(text));
        Ok((comparison, Some(finding)))
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
            return Ok((Comparison::Verified, None));
        }
        let text = "does not carry its identifier any more".to_owned();
        return seen(Comparison::Diverged, &codes::VERIFY_DIVERGED, text);
    }
    let mut expected = entry.resource.clone();
    reference::rewrite(&mut expected, known);
    let differences = compare::differences(&expected, &resource);
    if differences.is_empty() {
        return Ok((Comparison::Verified, None));
    }
    let listed: Vec<String> = differences
        .iter()
        .map(|difference| format!("{} {}", difference.path, difference.kind.as_str()))
        .collect();
    let text = format!("differs: {}", listed.join(", "));
    seen(Comparison::Diverged, &codes::VERIFY_DIVERGED, text)
}
