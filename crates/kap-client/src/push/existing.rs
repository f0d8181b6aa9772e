//! What must exist already: patients unless the user asks for new ones, and what the EHR knows but lets nobody create. It is
//! matched by identifier.

use std::collections::{HashMap, HashSet};

use kap_json::CodeInfo;

use super::PushOptions;
use super::means::Means;
use super::reconcile::by_identifier;
use super::report::Outcome;
use super::rounds::Round;
use super::work::{Notes, Piece, Run, View, Work};
use crate::bundle::{self, Entry};
use crate::identity::Identity;
use crate::journal::items::{self, Change, ItemKey};
use crate::journal::state::{Event, State};
use crate::journal::{self, Journal, PushId};
use crate::{Client, Error, codes, rest};

/// Whether `piece` is found and never created.
pub(super) fn must_exist(piece: &Piece, means: &Means<'_>, options: &PushOptions) -> bool {
    let may_be_new = piece.entry.resource_type != "Patient" || options.create_patients;
    piece.entry.identity == Identity::Matched && !(may_be_new && means.can_create(piece))
}

/// Matches the first such piece of `work` that is not known yet; [`Round::Settled`] if there is none. If a patient is not
/// found, or found more than once, nothing of the work is sent; if another one is not, what refers to it is blocked.
pub(super) async fn match_next(run: &Run<'_>, work: &Work, view: &View, notes: &mut Notes) -> Result<Round, Error> {
    let means = run.means();
    let mut pieces = work.pieces.iter().enumerate();
    let next =
        pieces.find(|(_, piece)| must_exist(piece, &means, run.options) && view.held(piece) == Some(State::Leased));
    let Some((index, sought)) = next else {
        return Ok(Round::Settled);
    };
    let mut matches = match by_identifier(run.client, sought).await {
        Ok(matches) => matches,
        Err(failure) => return Ok(Round::Failed(failure)),
    };
    let changes = match (matches.pop(), matches.is_empty()) {
        (Some(found), true) => {
            notes.done(index, Outcome::Matched);
            let server_id = found["id"].as_str().unwrap_or_default().to_owned();
            vec![sought.stored(Event::Found, server_id, rest::version_tag(&found))]
        }
        (None, _) if sought.entry.resource_type != "Patient" => {
            notes.finding(
                index,
                sought.finding(
                    &codes::PUSH_UNSUPPORTED,
                    "is not on the server, which lets nobody create it",
                ),
            );
            vec![sought.change(Event::Refuse)]
        }
        (Some(_), false) if sought.entry.resource_type != "Patient" => {
            notes.finding(
                index,
                sought.finding(&codes::IDENTITY_AMBIGUOUS, "is on the server more than once"),
            );
            vec![sought.change(Event::Ambiguous)]
        }
        (None, _) => {
            let because = "belongs to a patient whom the server does not know";
            stop(work, view, notes, (&codes::PATIENT_NOT_FOUND, because), |_| {
                Event::Refuse
            })
        }
        (Some(_), false) => {
            let because = "belongs to a patient who is on the server more than once";
            stop(work, view, notes, (&codes::IDENTITY_AMBIGUOUS, because), |piece| {
                if piece == index {
                    Event::Ambiguous
                } else {
                    Event::Refuse
                }
            })
        }
    };
    run.change(changes).await?;
    Ok(Round::Again)
}

/// Of what the `bundles` name and the server must know already, the keys of those of `types` that it does not know, or knows
/// more than once. What the journal has an id for is not asked for, and what the server does not answer is not counted: the
/// push finds out.
pub async fn absent(
    client: &Client,
    journal: &Journal,
    bundles: impl IntoIterator<Item = &[u8]>,
    types: &[&str],
) -> Result<HashSet<String>, Error> {
    let mut sought: HashMap<String, Entry> = HashMap::new();
    for bundle in bundles {
        // A bundle of another kind is refused when it is pushed.
        let entries = bundle::read(bundle).map_or_else(|_| Vec::new(), |transaction| transaction.entries);
        let wanted = entries
            .into_iter()
            .filter(|entry| entry.identity == Identity::Matched && types.contains(&entry.resource_type.as_str()));
        sought.extend(wanted.map(|entry| (entry.key.clone(), entry)));
    }
    let name = client.name().to_owned();
    let keys: Vec<ItemKey> = sought
        .keys()
        .map(|key| ItemKey {
            key: key.clone(),
            edition: 0,
        })
        .collect();
    let known = journal.run(move |connection| {
        let endpoint = journal::endpoint_or_new(connection, &name)?;
        items::load_all(connection, endpoint, &keys)
    });
    for (item, row) in known.await? {
        if row.server_id.is_some() {
            sought.remove(&item.key);
        }
    }
    let mut absent = HashSet::new();
    for (key, entry) in sought {
        let piece = Piece::new(entry, PushId(0));
        if by_identifier(client, &piece)
            .await
            .is_ok_and(|matches| matches.len() != 1)
        {
            absent.insert(key);
        }
    }
    Ok(absent)
}

/// Ends the work for all pieces that nothing was sent of.
fn stop(
    work: &Work,
    view: &View,
    notes: &mut Notes,
    (info, because): (&CodeInfo, &'static str),
    event: impl Fn(usize) -> Event,
) -> Vec<Change> {
    let mut changes = Vec::new();
    for (index, piece) in work.pieces.iter().enumerate() {
        if view.held(piece) == Some(State::Leased) {
            notes.finding(index, piece.finding(info, because));
            changes.push(piece.change(event(index)));
        }
    }
    changes
}
