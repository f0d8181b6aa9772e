//! Patients that must exist already: matched by identifier, never created unasked.

use kap_json::CodeInfo;

use super::reconcile::by_identifier;
use super::report::Outcome;
use super::rounds::Round;
use super::work::{Notes, Run, View, Work};
use crate::journal::items::Change;
use crate::journal::state::{Event, State};
use crate::{Error, codes, rest};

/// Matches the first patient of `work` that is not known yet; [`Round::Settled`] if there is none. If that patient is not
/// found, or found more than once, nothing of the work is sent.
pub(super) async fn match_next(run: &Run<'_>, work: &Work, view: &View, notes: &mut Notes) -> Result<Round, Error> {
    let mut pieces = work.pieces.iter().enumerate();
    let next =
        pieces.find(|(_, piece)| piece.entry.resource_type == "Patient" && view.held(piece) == Some(State::Leased));
    let Some((index, patient)) = next else {
        return Ok(Round::Settled);
    };
    let mut matches = match by_identifier(run.client, patient).await {
        Ok(matches) => matches,
        Err(failure) => return Ok(Round::Failed(failure)),
    };
    let changes = match (matches.pop(), matches.is_empty()) {
        (Some(found), true) => {
            notes.done(index, Outcome::Matched);
            let server_id = found["id"].as_str().unwrap_or_default().to_owned();
            vec![patient.stored(Event::Found, server_id, rest::version_tag(&found))]
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
