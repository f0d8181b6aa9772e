//! Settling one piece of work: claim, look, plan, send, and again until nothing is left or waiting has no end.

use std::sync::atomic::Ordering;
use std::time::Duration;

use kap_json::CodeInfo;

use super::pack::pack;
use super::plan::{Plan, plan};
use super::report::ItemReport;
use super::work::{Notes, Piece, Run, View, Work};
use super::{existing, reconcile, send};
use crate::codes;
use crate::journal::leases::{self, Claim};
use crate::journal::state::{Event, State};
use crate::progress::Step;
use crate::rest::Failure;
use crate::retry::{Retry, policy};
use crate::{Category, Error};

/// What a round came to.
pub(super) enum Round {
    /// Nothing is left to send.
    Settled,
    /// Something was learned: plan anew, at once.
    Again,
    /// Something failed.
    Failed(Failure),
}

/// Brings `work` as far as it gets, and reports on each of its pieces.
pub(super) async fn settle(run: &Run<'_>, work: &Work) -> Result<Vec<ItemReport>, Error> {
    let mut notes = Notes::new(work);
    if claim(run, work).await? {
        let result = rounds(run, work, &mut notes).await;
        release(run, work).await?;
        result?;
    } else {
        let view = work.view(run).await?;
        for (index, piece) in open_pieces(work, &view) {
            notes.finding(
                index,
                piece.finding(&codes::PUSH_IN_PROGRESS, "held by another process"),
            );
        }
    }
    let view = work.view(run).await?;
    Ok(notes.report(work, &view))
}

fn open_pieces<'w>(work: &'w Work, view: &'w View) -> impl Iterator<Item = (usize, &'w Piece)> {
    let pieces = work.pieces.iter().enumerate();
    pieces.filter(|(_, piece)| {
        let row = view.rows.get(&piece.item);
        !row.is_some_and(|row| row.is_settled(piece.entry.identity, piece.entry.hash))
    })
}

/// Takes the leases. Where another process holds one, waits until it runs out; `false` if that process renews it.
async fn claim(run: &Run<'_>, work: &Work) -> Result<bool, Error> {
    let mut may_wait = true;
    loop {
        let (terms, wanted) = (run.terms(), work.wanted());
        let now = terms.now;
        let claim = run
            .journal
            .run(move |connection| leases::claim(connection, &terms, &wanted))
            .await?;
        match claim {
            Claim::Taken => return Ok(true),
            Claim::HeldElsewhere(until) if may_wait => {
                tokio::time::sleep(now.until(until) + Duration::from_millis(1)).await;
                may_wait = false;
            }
            Claim::HeldElsewhere(_) => return Ok(false),
        }
    }
}

async fn release(run: &Run<'_>, work: &Work) -> Result<(), Error> {
    let (endpoint, holder, keys) = (run.endpoint, run.holder.clone(), work.keys());
    run.journal
        .run(move |connection| leases::release(connection, endpoint, &holder, &keys))
        .await
}

async fn rounds(run: &Run<'_>, work: &Work, notes: &mut Notes) -> Result<(), Error> {
    let mut failures = 0;
    loop {
        let failure = if run.is_unreachable() {
            Failure::without_answer(Category::Interrupted)
        } else {
            match round(run, work, notes).await? {
                Round::Settled => return Ok(()),
                Round::Again => continue,
                Round::Failed(failure) => failure,
            }
        };
        if policy(failure.category) == Retry::Stop {
            return Err(run.client.not_signed_in());
        }
        failures += 1;
        let may_come_right = policy(failure.category) != Retry::Never && !run.is_unreachable();
        let wait = may_come_right
            .then(|| run.client.wait_after(failures, failure.retry_after))
            .flatten();
        let Some(wait) = wait else {
            return give_up(run, work, &failure, notes).await;
        };
        run.progress.advance(Step::Waiting {
            label: &work.label,
            category: failure.category,
            wait,
        });
        tokio::time::sleep(wait).await;
    }
}

async fn round(run: &Run<'_>, work: &Work, notes: &mut Notes) -> Result<Round, Error> {
    let view = work.view(run).await?;
    if work
        .pieces
        .iter()
        .any(|piece| view.held(piece).is_some_and(State::is_open_question))
    {
        return reconcile::look(run, work, &view, notes).await;
    }
    match existing::match_next(run, work, &view, notes).await? {
        Round::Settled => {}
        other => return Ok(other),
    }
    match reconcile::look_first(run, work, &view, notes).await? {
        Round::Settled => {}
        other => return Ok(other),
    }
    let means = run.means();
    let plan = plan(work, &view, &means);
    let refused = refuse(run, work, &plan, notes).await?;
    if plan.writes.is_empty() {
        return Ok(if refused { Round::Again } else { Round::Settled });
    }
    let packed = pack(work, &view, &means, plan.writes);
    if !packed.stuck.is_empty() {
        let stuck = packed.stuck.iter().map(|stuck| (stuck.piece, stuck.why));
        refuse_each(run, work, stuck, &codes::PUSH_UNSUPPORTED, notes).await?;
        return Ok(Round::Again);
    }
    for writes in packed.requests {
        match send::send(run, work, &writes, &view, notes).await? {
            // What was refused is final; the rest of the work may still have somewhere to go.
            Some(failure) if policy(failure.category) != Retry::Never => return Ok(Round::Failed(failure)),
            _ => {}
        }
    }
    Ok(Round::Again)
}

/// Gives up what cannot be sent; whether there was any. What is blocked waits until nothing else is left to send.
async fn refuse(run: &Run<'_>, work: &Work, plan: &Plan, notes: &mut Notes) -> Result<bool, Error> {
    let unsupported = plan.unsupported.iter().map(|piece| {
        let name = "cannot be written to this server";
        (*piece, name)
    });
    refuse_each(run, work, unsupported, &codes::PUSH_UNSUPPORTED, notes).await?;
    if plan.writes.is_empty() {
        let blocked = plan
            .blocked
            .iter()
            .map(|piece| (*piece, "refers to a resource that is not on the server"));
        refuse_each(run, work, blocked, &codes::PUSH_BLOCKED, notes).await?;
    }
    Ok(!plan.unsupported.is_empty())
}

async fn refuse_each(
    run: &Run<'_>,
    work: &Work,
    pieces: impl Iterator<Item = (usize, &'static str)>,
    info: &CodeInfo,
    notes: &mut Notes,
) -> Result<(), Error> {
    let mut changes = Vec::new();
    for (index, why) in pieces {
        let piece = &work.pieces[index];
        notes.finding(index, piece.finding(info, why));
        changes.push(piece.change(Event::Refuse));
    }
    run.change(changes).await
}

/// Leaves what is open for the next push, and says why.
async fn give_up(run: &Run<'_>, work: &Work, failure: &Failure, notes: &mut Notes) -> Result<(), Error> {
    if matches!(failure.category, Category::Unavailable | Category::Busy) {
        run.unreachable.store(true, Ordering::Relaxed);
    }
    let view = work.view(run).await?;
    let mut changes = Vec::new();
    for (index, piece) in open_pieces(work, &view) {
        match view.held(piece) {
            Some(State::Leased | State::Throttled) => {
                notes.finding(index, send::finding(piece, failure, &failure.complaint));
            }
            // The server keeps refusing for a reason that looking did not show.
            Some(State::Unknown) if failure.category == Category::Conflict => {
                changes.push(piece.change(Event::Ambiguous));
            }
            _ => {}
        }
    }
    run.change(changes).await
}
