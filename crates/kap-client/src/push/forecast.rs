//! What a push would do, without asking or telling the server anything: the same planning, on what the journal knows, with
//! every answer taken for granted.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::existing::must_exist;
use super::means::{Guard, Means, Way};
use super::pack::pack;
use super::plan::{Action, Write, content, plan, request, request_entry};
use super::work::{Piece, View, Work};
use super::{Item, PushOptions, intake};
use crate::Error;
use crate::bundle;
use crate::capability::Fact;
use crate::clock::Timestamp;
use crate::identity::Identity;
use crate::journal::items::{self, ItemKey, Row};
use crate::journal::state::State;
use crate::journal::{self, EndpointId, Journal, PushId};

/// Whose leases a forecast pretends to hold.
const HOLDER: &str = "forecast";

/// What a push would do with a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlanStep {
    /// Write it for the first time.
    Create,
    /// Write a new version.
    Update,
    /// Find it on the server, and write nothing.
    Match,
    /// Nothing: the server holds it.
    Skip,
    /// Ask what became of an earlier request first.
    Look,
    /// Nothing: it cannot be written.
    Blocked,
}

impl PlanStep {
    /// The word in plans.
    pub fn as_str(self) -> &'static str {
        match self {
            PlanStep::Create => "create",
            PlanStep::Update => "update",
            PlanStep::Match => "match",
            PlanStep::Skip => "skip",
            PlanStep::Look => "look",
            PlanStep::Blocked => "blocked",
        }
    }
}

/// One resource of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedItem {
    /// Our key.
    pub key: String,
    /// Its type.
    pub resource_type: String,
    /// What is done.
    pub step: PlanStep,
    /// Why, or how it is kept from being doubled.
    pub why: &'static str,
    /// Which request of the plan carries it, from 1.
    pub request: Option<usize>,
}

/// One write of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedRequest {
    /// `POST` or `PUT`.
    pub method: &'static str,
    /// Below the base address; no identifier of a person is in it.
    pub path: String,
    /// So many resources.
    pub entries: usize,
    /// Bytes of its body, with our keys in place of the ids that are not known yet.
    pub bytes: usize,
}

/// One bundle of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlannedBundle {
    /// The label it was handed over with.
    pub label: String,
    /// In the order in which they are sent.
    pub requests: Vec<PlannedRequest>,
    /// In the order of the bundle.
    pub items: Vec<PlannedItem>,
    /// Whether searches carry identifiers in their addresses, because the server has no search by POST.
    pub shows_identifiers: bool,
}

/// Plans what a push of `items` to the endpoint called `name` would do. The same journal and items give the same plan.
pub async fn forecast(
    name: &str,
    journal: Option<&Journal>,
    items: &[Item],
    options: &PushOptions,
) -> Result<Vec<PlannedBundle>, Error> {
    let means = Means::new(options.capabilities.as_ref());
    let mut known = Known::open(name, journal).await?;
    let mut planned = Vec::with_capacity(items.len());
    for (number, item) in items.iter().enumerate() {
        let Ok(transaction) = bundle::read(item.bundle.bytes()) else {
            planned.push(PlannedBundle {
                label: item.label.clone(),
                ..PlannedBundle::default()
            });
            continue;
        };
        // What is made once per push is new in each.
        let push = PushId(-1 - i64::try_from(number).unwrap_or_default());
        let work = intake::work(item.label.clone(), push, transaction);
        known.load(journal, &work).await?;
        planned.push(Forecast::new(&work, &means, options).run(&mut known));
    }
    Ok(planned)
}

/// What the journal knows, and what the plan has done so far.
struct Known {
    endpoint: Option<EndpointId>,
    rows: HashMap<ItemKey, Row>,
    asked: HashSet<ItemKey>,
}

impl Known {
    async fn open(name: &str, journal: Option<&Journal>) -> Result<Known, Error> {
        let name = name.to_owned();
        let endpoint = match journal {
            Some(journal) => {
                journal
                    .run(move |connection| journal::endpoint(connection, &name))
                    .await?
            }
            None => None,
        };
        Ok(Known {
            endpoint,
            rows: HashMap::new(),
            asked: HashSet::new(),
        })
    }

    async fn load(&mut self, journal: Option<&Journal>, work: &Work) -> Result<(), Error> {
        let (Some(journal), Some(endpoint)) = (journal, self.endpoint) else {
            return Ok(());
        };
        let targets = work.pieces.iter().flat_map(|piece| &piece.entry.references);
        let targets = targets.map(|key| ItemKey {
            key: key.clone(),
            edition: 0,
        });
        let keys: Vec<ItemKey> = work
            .keys()
            .into_iter()
            .chain(targets)
            .filter(|key| !self.asked.contains(key))
            .collect();
        self.asked.extend(keys.iter().cloned());
        let rows = journal.run(move |connection| items::load_all(connection, endpoint, &keys));
        for (key, row) in rows.await? {
            self.rows.entry(key).or_insert(row);
        }
        Ok(())
    }
}

/// The plan of one bundle in the making.
struct Forecast<'f> {
    work: &'f Work,
    means: &'f Means<'f>,
    options: &'f PushOptions,
    bundle: PlannedBundle,
}

impl<'f> Forecast<'f> {
    fn new(work: &'f Work, means: &'f Means<'f>, options: &'f PushOptions) -> Forecast<'f> {
        let capabilities = options.capabilities.as_ref();
        Forecast {
            work,
            means,
            options,
            bundle: PlannedBundle {
                label: work.label.clone(),
                shows_identifiers: capabilities.is_some_and(|known| known.denies(Fact::SearchByPost)),
                requests: Vec::new(),
                items: work.pieces.iter().map(unplanned).collect(),
            },
        }
    }

    fn run(mut self, known: &mut Known) -> PlannedBundle {
        let mut view = self.view(known);
        // Each round sends something or ends.
        loop {
            let plan = plan(self.work, &view, self.means);
            for piece in &plan.unsupported {
                self.block(&mut view, *piece, "cannot be written to this server");
            }
            if plan.writes.is_empty() {
                for piece in plan.blocked {
                    self.block(&mut view, piece, "refers to a resource that is not on the server");
                }
                break;
            }
            let packed = pack(self.work, &view, self.means, plan.writes);
            for stuck in &packed.stuck {
                self.block(&mut view, stuck.piece, stuck.why);
            }
            if packed.requests.is_empty() && packed.stuck.is_empty() {
                break;
            }
            for writes in packed.requests {
                self.send(&mut view, &writes);
            }
        }
        for (key, row) in view.rows {
            known.rows.insert(key, Row { lease: None, ..row });
        }
        self.bundle
    }

    /// What is known, with everything that is open leased to the forecast.
    fn view(&mut self, known: &Known) -> View {
        let mut rows = HashMap::new();
        let mut ids = HashMap::new();
        for key in self.work.pieces.iter().flat_map(|piece| &piece.entry.references) {
            let row = known.rows.get(&ItemKey {
                key: key.clone(),
                edition: 0,
            });
            ids.extend(
                row.and_then(Row::server_reference)
                    .map(|reference| (key.clone(), reference)),
            );
        }
        for (at, piece) in self.work.pieces.iter().enumerate() {
            let found = known.rows.get(&piece.item);
            let item = &mut self.bundle.items[at];
            let mut row = found
                .cloned()
                .unwrap_or_else(|| Row::new(&piece.entry.resource_type, piece.push));
            if row.is_settled(piece.entry.identity, piece.entry.hash) {
                (item.step, item.why) = (PlanStep::Skip, "the server holds it");
            } else if row.state.is_open_question() || row.state == State::Sending {
                (item.step, item.why) = (PlanStep::Look, "the answer to an earlier request was lost");
                row.server_id.get_or_insert_with(|| piece.entry.key.clone());
            } else if matches!(row.state, State::NeedsReview | State::Diverged) {
                (item.step, item.why) = (PlanStep::Blocked, "a person has to decide about it");
            } else if must_exist(piece, self.means, self.options) {
                (item.step, item.why) = (
                    PlanStep::Match,
                    "must exist there: found by its identifier, never created",
                );
                row.server_id = Some(piece.entry.key.clone());
                row.state = State::Applied;
            } else {
                row.state = State::Leased;
                row.lease = Some((HOLDER.to_owned(), Timestamp(i64::MAX)));
            }
            if item.step != PlanStep::Blocked {
                ids.extend(
                    row.server_reference()
                        .map(|reference| (piece.entry.key.clone(), reference)),
                );
            }
            rows.insert(piece.item.clone(), row);
        }
        View::new(rows, ids, HOLDER)
    }

    fn block(&mut self, view: &mut View, piece: usize, why: &'static str) {
        let item = &mut self.bundle.items[piece];
        (item.step, item.why) = (PlanStep::Blocked, why);
        if let Some(row) = view.rows.get_mut(&self.work.pieces[piece].item) {
            row.lease = None;
            row.state = State::Rejected;
        }
    }

    fn send(&mut self, view: &mut View, writes: &[Write]) {
        self.bundle.requests.push(self.request(view, writes));
        let number = self.bundle.requests.len();
        for write in writes {
            let piece = &self.work.pieces[write.piece];
            let item = &mut self.bundle.items[write.piece];
            (item.step, item.why) = described(&write.action, self.means.looks_first(piece));
            item.request = Some(number);
            if let Some(row) = view.rows.get_mut(&piece.item) {
                row.lease = None;
                row.state = State::Applied;
                row.acknowledged = Some(piece.entry.hash);
                row.server_id.get_or_insert_with(|| piece.entry.key.clone());
                view.known.extend(
                    row.server_reference()
                        .map(|reference| (piece.entry.key.clone(), reference)),
                );
            }
        }
    }

    fn request(&self, view: &View, writes: &[Write]) -> PlannedRequest {
        if let (Way::Singles, [write]) = (self.means.way, writes) {
            let entry = request_entry(self.work, write, &view.known);
            let text = |name: &str| entry["request"][name].as_str().unwrap_or_default();
            return PlannedRequest {
                method: if text("method") == "PUT" { "PUT" } else { "POST" },
                path: text("url").to_owned(),
                entries: 1,
                bytes: size(&content(self.work, write, &view.known)),
            };
        }
        PlannedRequest {
            method: "POST",
            path: String::new(),
            entries: writes.len(),
            bytes: request(self.work, self.means.way, writes, &view.known).len(),
        }
    }
}

fn size(resource: &Value) -> usize {
    resource.to_string().len()
}

fn unplanned(piece: &Piece) -> PlannedItem {
    PlannedItem {
        key: piece.entry.key.clone(),
        resource_type: piece.entry.resource_type.clone(),
        step: PlanStep::Skip,
        why: if piece.entry.identity == Identity::OncePerPush {
            "made only with something else"
        } else {
            "the server holds it"
        },
        request: None,
    }
}

fn described(action: &Action, is_looked_for: bool) -> (PlanStep, &'static str) {
    match action {
        Action::Update { if_match: Some(_), .. } => (PlanStep::Update, "if the version is still the one acknowledged"),
        Action::Update { if_match: None, .. } => (PlanStep::Update, "on the id that the journal knows"),
        Action::Create(Guard::IfNoneExist) => (PlanStep::Create, "unless the server finds its identifier"),
        Action::Create(Guard::OwnId(_)) => (PlanStep::Create, "under an id of ours"),
        Action::Create(Guard::ByIdentifier) => (PlanStep::Create, "as an update of what has its identifier"),
        Action::Create(Guard::Nothing) if is_looked_for => (PlanStep::Create, "after a look whether it is there"),
        Action::Create(Guard::Nothing) => (PlanStep::Create, "once: if the answer is lost, a person decides"),
    }
}
