//! What one sender works on, and what it needs for it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use kap_json::{Issue, Message};
use serde_json::Value;

use super::PushOptions;
use super::lessons::Lessons;
use super::means::Means;
use super::report::{ItemReport, Outcome};
use crate::bundle::Entry;
use crate::codes;
use crate::identity::Identity;
use crate::journal::items::{self, Change, ItemKey, Row};
use crate::journal::leases::{Terms, Wanted};
use crate::journal::state::{Event, State};
use crate::journal::{EndpointId, Journal, PushId};
use crate::progress::Progress;
use crate::{Client, Error};

/// One run of a push: what all its senders share.
pub(super) struct Run<'a> {
    pub(super) client: &'a Client,
    pub(super) journal: &'a Journal,
    pub(super) options: &'a PushOptions,
    pub(super) progress: &'a dyn Progress,
    pub(super) endpoint: EndpointId,
    /// Marks our leases.
    pub(super) holder: String,
    /// What the server taught in this run.
    pub(super) lessons: Lessons,
    /// Set once the server proved to be out of reach: the bundles that follow need not find out for themselves.
    pub(super) unreachable: AtomicBool,
}

impl Run<'_> {
    pub(super) fn is_unreachable(&self) -> bool {
        self.unreachable.load(Ordering::Relaxed)
    }

    /// How the server is written to.
    pub(super) fn means(&self) -> Means<'_> {
        self.lessons.applied(Means::new(self.options.capabilities.as_ref()))
    }

    pub(super) fn terms(&self) -> Terms {
        Terms {
            endpoint: self.endpoint,
            holder: self.holder.clone(),
            owner: self.journal.owner().clone(),
            now: self.journal.now(),
            length: self.journal.lease(),
        }
    }

    /// Commits `changes` of items that we hold.
    pub(super) async fn change(&self, changes: Vec<Change>) -> Result<(), Error> {
        if changes.is_empty() {
            return Ok(());
        }
        let (endpoint, holder) = (self.endpoint, self.holder.clone());
        self.journal
            .run(move |connection| items::apply_all(connection, endpoint, Some(&holder), &changes))
            .await
    }
}

/// An entry on its way.
pub(super) struct Piece {
    pub(super) entry: Entry,
    pub(super) item: ItemKey,
    pub(super) push: PushId,
}

impl Piece {
    pub(super) fn new(entry: Entry, push: PushId) -> Piece {
        Piece {
            item: ItemKey::of(&entry.key, entry.identity, push),
            entry,
            push,
        }
    }

    pub(super) fn change(&self, event: Event) -> Change {
        Change::new(self.item.clone(), self.push, event)
    }

    /// A change to "the server holds our content, as this version".
    pub(super) fn stored(&self, event: Event, server_id: String, etag: Option<String>) -> Change {
        Change {
            server_id: Some(server_id),
            etag,
            acknowledged: Some(self.entry.hash),
            ..self.change(event)
        }
    }

    /// A finding about it. What it is called stands in its report, so that many findings with one cause read the same.
    pub(super) fn finding(&self, info: &kap_json::CodeInfo, text: impl Into<Cow<'static, str>>) -> Issue {
        Issue::new(info, self.entry.location(), Message::text(text))
    }
}

/// Pieces that are sent together.
pub(super) struct Work {
    pub(super) label: String,
    /// On whose behalf.
    pub(super) push: PushId,
    /// The security labels of the bundles that the pieces are from.
    pub(super) labels: Vec<Value>,
    pub(super) pieces: Vec<Piece>,
}

impl Work {
    pub(super) fn wanted(&self) -> Vec<Wanted> {
        let wanted = self.pieces.iter().map(|piece| Wanted {
            item: piece.item.clone(),
            push: piece.push,
            identity: piece.entry.identity,
            hash: piece.entry.hash,
        });
        wanted.collect()
    }

    pub(super) fn keys(&self) -> Vec<ItemKey> {
        self.pieces.iter().map(|piece| piece.item.clone()).collect()
    }

    /// What the journal knows of the pieces and of all they refer to.
    pub(super) async fn view(&self, run: &Run<'_>) -> Result<View, Error> {
        let mut keys = self.keys();
        let targets = self.pieces.iter().flat_map(|piece| &piece.entry.references);
        keys.extend(targets.map(|key| ItemKey {
            key: key.clone(),
            edition: 0,
        }));
        let endpoint = run.endpoint;
        let rows = run
            .journal
            .run(move |connection| items::load_all(connection, endpoint, &keys))
            .await?;
        let known = rows
            .iter()
            .filter(|(item, _)| item.edition == 0)
            .filter_map(|(item, row)| Some((item.key.clone(), row.server_reference()?)));
        Ok(View {
            known: known.collect(),
            holder: run.holder.clone(),
            rows,
        })
    }
}

/// What the journal knows.
pub(super) struct View {
    pub(super) rows: HashMap<ItemKey, Row>,
    /// Key to `Type/id`.
    pub(super) known: HashMap<String, String>,
    holder: String,
}

impl View {
    /// A view that no journal gave.
    pub(super) fn new(rows: HashMap<ItemKey, Row>, known: HashMap<String, String>, holder: &str) -> View {
        View {
            rows,
            known,
            holder: holder.to_owned(),
        }
    }

    /// The state of a piece that is leased to us; `None` if it is settled, or somebody else's by now.
    pub(super) fn held(&self, piece: &Piece) -> Option<State> {
        let row = self.rows.get(&piece.item)?;
        let (owner, _) = row.lease.as_ref()?;
        (*owner == self.holder).then_some(row.state)
    }

    fn state(&self, piece: &Piece) -> State {
        self.rows.get(&piece.item).map_or(State::Planned, |row| row.state)
    }
}

/// What was learned on the way, beyond the states in the journal.
pub(super) struct Notes {
    done: Vec<Option<Outcome>>,
    findings: Vec<Option<Issue>>,
    /// Which pieces were looked for before they are written for the first time, and were not there.
    looked: Vec<bool>,
}

impl Notes {
    pub(super) fn new(work: &Work) -> Notes {
        Notes {
            done: vec![None; work.pieces.len()],
            findings: vec![None; work.pieces.len()],
            looked: vec![false; work.pieces.len()],
        }
    }

    pub(super) fn done(&mut self, piece: usize, outcome: Outcome) {
        if let Some(slot) = self.done.get_mut(piece) {
            *slot = Some(outcome);
        }
    }

    pub(super) fn finding(&mut self, piece: usize, finding: Issue) {
        if let Some(slot) = self.findings.get_mut(piece) {
            *slot = Some(finding);
        }
    }

    pub(super) fn was_looked_for(&self, piece: usize) -> bool {
        self.looked.get(piece).copied().unwrap_or(true)
    }

    pub(super) fn is_absent(&mut self, piece: usize) {
        if let Some(slot) = self.looked.get_mut(piece) {
            *slot = true;
        }
    }

    /// The report on every piece, from its state in the end and what was noted.
    pub(super) fn report(mut self, work: &Work, view: &View) -> Vec<ItemReport> {
        let pieces = work.pieces.iter().enumerate();
        let reports = pieces.map(|(index, piece)| {
            let row = view.rows.get(&piece.item);
            let outcome = match view.state(piece) {
                State::Applied | State::Verified => self.done[index].unwrap_or(Outcome::Unchanged),
                // It would have been made had anything else been written.
                State::Leased | State::Planned if self.is_idle(index, piece) => Outcome::Unchanged,
                State::Planned | State::Leased | State::Throttled => Outcome::Waiting,
                State::Sending | State::Unknown => Outcome::Unknown,
                State::Rejected => Outcome::Rejected,
                State::NeedsReview => Outcome::NeedsReview,
                State::Diverged => Outcome::Diverged,
            };
            ItemReport {
                key: piece.entry.key.clone(),
                resource_type: piece.entry.resource_type.clone(),
                outcome,
                server_id: row.and_then(|row| row.server_id.clone()),
                finding: match self.findings[index].take() {
                    _ if outcome.conclusion() == super::Conclusion::Complete => None,
                    None => default_finding(piece, outcome),
                    noted => noted,
                },
            }
        });
        reports.collect()
    }

    fn is_idle(&self, index: usize, piece: &Piece) -> bool {
        piece.entry.identity == Identity::OncePerPush && self.findings[index].is_none()
    }
}

fn default_finding(piece: &Piece, outcome: Outcome) -> Option<Issue> {
    let (info, text) = match outcome {
        Outcome::Waiting => (&codes::PUSH_UNAVAILABLE, "not sent"),
        Outcome::Unknown => (&codes::PUSH_OUTCOME_UNKNOWN, "sent, but the answer was lost"),
        Outcome::Rejected => (&codes::PUSH_REJECTED, "rejected"),
        Outcome::NeedsReview => (&codes::IDENTITY_AMBIGUOUS, "waits for a decision"),
        Outcome::Diverged => (&codes::VERIFY_DIVERGED, "differs on the server"),
        Outcome::Created | Outcome::Updated | Outcome::Matched | Outcome::Unchanged => return None,
    };
    Some(piece.finding(info, text))
}
