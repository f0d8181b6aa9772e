//! Finding out what a server holds of items whose outcome is unknown, before anything is sent again.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use futures_util::stream::{self, StreamExt, TryStreamExt};
use serde_json::Value;

use super::means::{Guard, Means, Way};
use super::natural;
use super::report::Outcome;
use super::rounds::Round;
use super::work::{Notes, Piece, Run, View, Work};
use crate::canonical::ContentHash;
use crate::codes;
use crate::compare;
use crate::identity::Identity;
use crate::journal::answers;
use crate::journal::items::{self, Change, Row};
use crate::journal::state::{Event, State};
use crate::reference;
use crate::rest::{self, Failure, Query, Read};
use crate::{Client, Error};

/// What a look at the server shows of one item.
enum Sighting {
    /// Nothing.
    Absent,
    /// One resource, with the version that an update must name.
    One { resource: Box<Value>, etag: Option<String> },
    /// It was there, and is no more.
    Gone,
    /// More than one.
    Several,
    /// The server cannot be asked in a way that tells.
    Untold,
}

/// Looks for every open question of `work` and commits what was found.
///
/// Types that can be searched by identifier come first: the ids found there lead to the others, which are found through
/// what they refer to. Where something seems absent that the server would not refuse to store twice, a request that is
/// still being executed may yet store it: then the commit horizon is waited for, and looked again.
pub(super) async fn look(run: &Run<'_>, work: &Work, view: &View, notes: &mut Notes) -> Result<Round, Error> {
    let open = |enforced: bool| {
        let pieces = work.pieces.iter().enumerate();
        pieces.filter(move |(_, piece)| {
            view.held(piece).is_some_and(State::is_open_question)
                && piece.entry.identity.is_enforced_by_server() == enforced
        })
    };
    let mut known = view.known.clone();
    let mut seen = Vec::new();
    for enforced in [true, false] {
        let looks = stream::iter(open(enforced)).map(|(index, piece)| {
            let known = &known;
            async move {
                let sighting = sight(run, piece, view, known, Why::AnswerLost).await?;
                Ok((index, sighting))
            }
        });
        let found: Result<Vec<_>, Interruption> = looks.buffered(run.options.concurrency.max(1)).try_collect().await;
        let found = match found {
            Ok(found) => found,
            Err(Interruption::Server(failure)) => return Ok(Round::Failed(failure)),
            Err(Interruption::Own(error)) => return Err(error),
        };
        for (index, sighting) in &found {
            if let (Sighting::One { resource, .. }, Some(piece)) = (sighting, work.pieces.get(*index))
                && let Some(id) = resource["id"].as_str()
            {
                known.insert(piece.entry.key.clone(), format!("{}/{id}", piece.entry.resource_type));
            }
        }
        seen.extend(found);
    }
    let means = run.means();
    let unguarded = seen
        .iter()
        .any(|(index, sighting)| matches!(sighting, Sighting::Absent) && !means.is_enforced(&work.pieces[*index]));
    if unguarded {
        let left = horizon_left(run, work).await?;
        if !left.is_zero() {
            tokio::time::sleep(left).await;
            return Ok(Round::Again);
        }
    }
    let mut changes = Vec::new();
    for (index, sighting) in seen {
        let piece = &work.pieces[index];
        if let Some(row) = view.rows.get(&piece.item) {
            let judged = judge(piece, row, sighting, &known, &means);
            judged.note(index, piece, row, notes);
            changes.push(judged.into_change(piece));
        }
    }
    run.change(changes).await?;
    Ok(Round::Again)
}

/// Looks for what is to be written for the first time, where a write could overwrite or double what is there already.
/// [`Round::Settled`] if nothing is left to be looked for.
pub(super) async fn look_first(run: &Run<'_>, work: &Work, view: &View, notes: &mut Notes) -> Result<Round, Error> {
    let means = run.means();
    let is_next = |index: usize, piece: &Piece| {
        let is_new = view.rows.get(&piece.item).is_none_or(|row| row.server_id.is_none());
        let can_go =
            means.way == Way::Transaction || piece.entry.references.iter().all(|key| view.known.contains_key(key));
        is_new && can_go && means.looks_first(piece) && !notes.was_looked_for(index)
    };
    let next: Vec<(usize, &Piece)> = work
        .pieces
        .iter()
        .enumerate()
        .filter(|(index, piece)| view.held(piece) == Some(State::Leased) && is_next(*index, piece))
        .collect();
    if next.is_empty() {
        return Ok(Round::Settled);
    }
    let looks = stream::iter(next).map(|(index, piece)| async move {
        let sighting = sight(run, piece, view, &view.known, Why::First).await?;
        Ok((index, sighting))
    });
    let found: Result<Vec<_>, Interruption> = looks.buffered(run.options.concurrency.max(1)).try_collect().await;
    let found = match found {
        Ok(found) => found,
        Err(Interruption::Server(failure)) => return Ok(Round::Failed(failure)),
        Err(Interruption::Own(error)) => return Err(error),
    };
    let mut changes = Vec::new();
    for (index, sighting) in found {
        let piece = &work.pieces[index];
        match (sighting, view.rows.get(&piece.item)) {
            (Sighting::One { .. } | Sighting::Several, None)
            | (Sighting::Absent | Sighting::Gone | Sighting::Untold, _) => {
                notes.is_absent(index);
            }
            (sighting, Some(row)) => {
                let judged = judge(piece, row, sighting, &view.known, &means);
                judged.note(index, piece, row, notes);
                changes.push(judged.into_change(piece));
            }
        }
    }
    run.change(changes).await?;
    Ok(Round::Again)
}

/// Until when a request that was given up may still be executed.
async fn horizon_left(run: &Run<'_>, work: &Work) -> Result<Duration, Error> {
    let push = work.push;
    let sent = run
        .journal
        .run(move |connection| answers::last_sent(connection, push))
        .await?;
    let now = run.journal.now();
    Ok(sent.map_or(Duration::ZERO, |sent| now.until(sent.after(run.options.commit_horizon))))
}

/// Why something is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    /// It is to be written for the first time.
    First,
    /// It was sent, and the answer was lost.
    AnswerLost,
}

enum Interruption {
    Server(Failure),
    Own(Error),
}

impl From<Failure> for Interruption {
    fn from(failure: Failure) -> Self {
        Interruption::Server(failure)
    }
}

async fn sight(
    run: &Run<'_>,
    piece: &Piece,
    view: &View,
    known: &HashMap<String, String>,
    why: Why,
) -> Result<Sighting, Interruption> {
    if let Some(reference) = view.rows.get(&piece.item).and_then(Row::server_reference) {
        return Ok(match run.client.read(&reference).await? {
            Read::Found { resource, etag } => Sighting::One { resource, etag },
            Read::Gone => Sighting::Gone,
        });
    }
    let means = run.means();
    // Before the first write another copy of ours, under whatever id, would be found by its identifier, too.
    let by_id = why == Why::AnswerLost || !means.finds_by_identifier(piece);
    if let (Guard::OwnId(id), true) = (means.guard(piece), by_id) {
        let reference = format!("{}/{id}", piece.entry.resource_type);
        return Ok(match run.client.read(&reference).await? {
            Read::Found { resource, etag } => Sighting::One { resource, etag },
            // Nobody else gives this id: it was never there.
            Read::Gone => Sighting::Absent,
        });
    }
    if !means.can_be_found(piece) {
        return Ok(Sighting::Untold);
    }
    let mut matches = match piece.entry.identity {
        Identity::Matched | Identity::Keyed if means.finds_by_identifier(piece) => {
            by_identifier(run.client, piece).await?
        }
        Identity::Unsearchable if means.keeps_identifier(piece) => through(run.client, piece, "subject", known).await?,
        Identity::OncePerPush => editions(run, piece, known).await?,
        Identity::Matched => return Ok(Sighting::Untold),
        Identity::Keyed | Identity::Unsearchable => match alike(run.client, piece, known).await? {
            Some(matches) => matches,
            None => return Ok(Sighting::Untold),
        },
    };
    Ok(match (matches.pop(), matches.is_empty()) {
        (None, _) => Sighting::Absent,
        (Some(resource), true) => Sighting::One {
            etag: rest::version_tag(&resource),
            resource: Box::new(resource),
        },
        (Some(_), false) => Sighting::Several,
    })
}

/// What this push made of a key that is made once per push, found through its targets.
async fn editions(run: &Run<'_>, piece: &Piece, known: &HashMap<String, String>) -> Result<Vec<Value>, Interruption> {
    let mut matches = through(run.client, piece, "target", known).await?;
    let (endpoint, item) = (run.endpoint, piece.item.clone());
    let others = run
        .journal
        .run(move |connection| items::other_editions(connection, endpoint, &item))
        .await
        .map_err(Interruption::Own)?;
    matches.retain(|resource| !others.iter().any(|other| resource["id"] == other.as_str()));
    Ok(matches)
}

/// The patient's resources that may be the piece, by what they say; `None` if the piece says too little of itself.
async fn alike(client: &Client, piece: &Piece, known: &HashMap<String, String>) -> Result<Option<Vec<Value>>, Failure> {
    let mut ours = piece.entry.resource.clone();
    reference::rewrite(&mut ours, known);
    let Some(patient) = ["subject", "patient"]
        .iter()
        .find_map(|element| ours[element]["reference"].as_str())
    else {
        return Ok(None);
    };
    if natural::is_same(&ours, &ours).is_none() {
        return Ok(None);
    }
    let query = Query {
        resource_type: &piece.entry.resource_type,
        parameter: "patient",
        value: patient,
    };
    let mut matches = client.search(&query).await?;
    // What the journal knows under another key is that, however alike.
    let taken: HashSet<&str> = known.values().map(String::as_str).collect();
    matches.retain(|theirs| {
        let id = theirs["id"].as_str().filter(|id| reference::is_id(id));
        let is_free = id.is_some_and(|id| !taken.contains(format!("{}/{id}", piece.entry.resource_type).as_str()));
        is_free && natural::is_same(&ours, theirs) == Some(true)
    });
    Ok(Some(matches))
}

/// The resources on the server that carry the piece's identifier.
pub(super) async fn by_identifier(client: &Client, piece: &Piece) -> Result<Vec<Value>, Failure> {
    let token = piece.entry.identifier.token();
    let query = Query {
        resource_type: &piece.entry.resource_type,
        parameter: "identifier",
        value: &token,
    };
    let matches = client.search(&query).await?;
    Ok(recognised(piece, matches))
}

/// The resources on the server that refer to the same as the piece does in `element` (which is also the name of the search
/// parameter), and carry its identifier.
async fn through(
    client: &Client,
    piece: &Piece,
    element: &str,
    known: &HashMap<String, String>,
) -> Result<Vec<Value>, Failure> {
    let mut referred = Vec::new();
    reference::each(&piece.entry.resource[element], &mut |text| {
        referred.extend(reference::key_of(text).and_then(|key| known.get(key)));
    });
    // None of them is on the server: then the piece, which came with them, is not either.
    let Some(target) = referred.first() else {
        return Ok(Vec::new());
    };
    let query = Query {
        resource_type: &piece.entry.resource_type,
        parameter: element,
        value: target,
    };
    let matches = client.search(&query).await?;
    Ok(recognised(piece, matches))
}

/// Those of `matches` that do carry the identifier, each once.
fn recognised(piece: &Piece, matches: Vec<Value>) -> Vec<Value> {
    let mut own: Vec<Value> = Vec::new();
    for resource in matches {
        let carried = piece
            .entry
            .identity
            .identifiers(&resource)
            .contains(&piece.entry.identifier);
        let usable = resource["id"].as_str().is_some_and(reference::is_id);
        if carried && usable && own.iter().all(|known| known["id"] != resource["id"]) {
            own.push(resource);
        }
    }
    own
}

/// What a sighting means.
enum Judgement {
    /// The server holds it as we mean it.
    Ours {
        server_id: String,
        etag: Option<String>,
        hash: ContentHash,
    },
    /// What was sent did not arrive.
    NotThere,
    /// The server holds another content, and nothing says that it was ours before.
    Foreign { server_id: String },
    /// Somebody changed or removed it since we wrote it.
    ChangedSince,
    /// Several claim the identity.
    Ambiguous,
    /// The server does not tell.
    Untold,
}

fn judge(
    piece: &Piece,
    row: &Row,
    sighting: Sighting,
    known: &HashMap<String, String>,
    means: &Means<'_>,
) -> Judgement {
    let (resource, etag) = match sighting {
        Sighting::Absent => return Judgement::NotThere,
        Sighting::Several => return Judgement::Ambiguous,
        Sighting::Untold => return Judgement::Untold,
        Sighting::Gone => return Judgement::ChangedSince,
        Sighting::One { resource, etag } => (resource, etag),
    };
    let server_id = resource["id"].as_str().unwrap_or_default().to_owned();
    let ours = || {
        let mut expected = piece.entry.resource.clone();
        reference::rewrite(&mut expected, known);
        let (identifier, labels) = (!means.keeps_identifier(piece), means.drops_labels());
        compare::overlook(&mut expected, &resource, identifier, labels);
        compare::differences(&expected, &resource).is_empty()
    };
    if piece.entry.identity == Identity::Matched || ours() {
        Judgement::Ours {
            server_id,
            etag,
            hash: piece.entry.hash,
        }
    } else if row.acknowledged.is_none() {
        Judgement::Foreign { server_id }
    } else if etag.as_deref().map(version) == row.etag.as_deref().map(version) {
        Judgement::NotThere
    } else {
        Judgement::ChangedSince
    }
}

/// The version in an ETag, which servers write weak, strong or bare (<https://hl7.org/fhir/R4/http.html#versioning>).
fn version(etag: &str) -> &str {
    etag.trim_start_matches("W/").trim_matches('"')
}

impl Judgement {
    fn note(&self, index: usize, piece: &Piece, row: &Row, notes: &mut Notes) {
        let (info, text) = match self {
            Judgement::Ours { .. } => {
                let update = row.acknowledged.is_some();
                return notes.done(index, if update { Outcome::Updated } else { Outcome::Matched });
            }
            Judgement::NotThere => return,
            Judgement::Foreign { .. } => (&codes::IDENTITY_NOT_OURS, "on the server with another content"),
            Judgement::ChangedSince => (&codes::UPDATE_CONFLICT, "changed or removed on the server"),
            Judgement::Ambiguous => (&codes::IDENTITY_AMBIGUOUS, "on the server more than once"),
            Judgement::Untold => (
                &codes::PUSH_OUTCOME_UNKNOWN,
                "may be on the server, which cannot be searched for it: look there",
            ),
        };
        notes.finding(index, piece.finding(info, text));
    }

    fn into_change(self, piece: &Piece) -> Change {
        match self {
            Judgement::Ours { server_id, etag, hash } => Change {
                server_id: Some(server_id),
                etag,
                acknowledged: Some(hash),
                ..piece.change(Event::Found)
            },
            Judgement::NotThere => piece.change(Event::Absent),
            Judgement::Foreign { server_id } => Change {
                server_id: Some(server_id),
                ..piece.change(Event::FoundDifferent)
            },
            Judgement::ChangedSince | Judgement::Ambiguous | Judgement::Untold => piece.change(Event::Ambiguous),
        }
    }
}
