//! One request: intent, sending, answer.

use kap_json::{CodeInfo, Issue};

use super::means::{Guard, Way};
use super::plan::{Action, Write, content, request};
use super::report::Outcome;
use super::work::{Notes, Piece, Run, View, Work};
use crate::codes;
use crate::identity::Identity;
use crate::journal::answers::{self, Ending};
use crate::journal::items::Change;
use crate::journal::state::Event;
use crate::progress::Step;
use crate::rest::Failure;
use crate::rest::outcome::Complaint;
use crate::rest::single::{Single, Target};
use crate::rest::transaction::{EntryAnswer, Expected};
use crate::{Category, Error};

/// Sends `writes` as one request, once, and commits what the answer means. `Some` if anything failed.
pub(super) async fn send(
    run: &Run<'_>,
    work: &Work,
    writes: &[Write],
    view: &View,
    notes: &mut Notes,
) -> Result<Option<Failure>, Error> {
    let way = run.means().way;
    let mut is_taught = false;
    let attempt = intend(run, work, writes).await?;
    run.progress.advance(Step::Sending {
        label: &work.label,
        entries: writes.len(),
    });
    let answer = if let (Way::Singles, [write]) = (way, writes) {
        single(run, work, write, view).await.map(|answer| vec![answer])
    } else {
        let bundle = request(work, way, writes, &view.known);
        let expected: Vec<Expected<'_>> = writes.iter().map(|write| expected(work, write)).collect();
        run.client.transaction(bundle, &expected).await
    };
    let written = writes.iter().map(|write| (write, &work.pieces[write.piece]));
    let (changes, failure) = match answer {
        Ok(answers) => read_answers(written.zip(answers), notes),
        Err(failure) if run.lessons.learn(&failure, way, writes.len()) => {
            is_taught = true;
            let unexecuted = written.map(|(_, piece)| piece.change(Event::NotExecuted));
            (unexecuted.collect(), Some(failure))
        }
        Err(failure) => (read_failure(written, &failure, notes), Some(failure)),
    };
    let ending = Ending {
        attempt,
        status: failure.as_ref().map_or(Some(200), |failure| failure.status),
        category: failure.as_ref().map(|failure| failure.category),
    };
    let (endpoint, holder, now) = (run.endpoint, run.holder.clone(), run.journal.now());
    run.journal
        .run(move |connection| answers::record(connection, endpoint, &holder, ending, &changes, now))
        .await?;
    // What taught something is planned anew.
    Ok(failure.filter(|_| !is_taught))
}

/// One resource in a request of its own.
async fn single(run: &Run<'_>, work: &Work, write: &Write, view: &View) -> Result<EntryAnswer, Failure> {
    let entry = &work.pieces[write.piece].entry;
    let token = entry.identifier.token();
    let (target, if_none_exist, if_match) = match &write.action {
        Action::Create(Guard::IfNoneExist) => (None, entry.if_none_exist.as_deref(), None),
        Action::Create(Guard::OwnId(id)) => (Some(Target::Id(id)), None, None),
        Action::Create(Guard::ByIdentifier) => (Some(Target::Identifier(&token)), None, None),
        Action::Create(Guard::Nothing) => (None, None, None),
        Action::Update { server_id, if_match } => (Some(Target::Id(server_id)), None, if_match.as_deref()),
    };
    let single = Single {
        resource_type: &entry.resource_type,
        target,
        if_none_exist,
        if_match,
        body: content(work, write, &view.known).to_string().into_bytes(),
    };
    run.client.single(single).await
}

async fn intend(run: &Run<'_>, work: &Work, writes: &[Write]) -> Result<answers::AttemptId, Error> {
    let written = writes.iter().map(|write| &work.pieces[write.piece]);
    let written: Vec<_> = written.map(|piece| (piece.item.clone(), piece.push)).collect();
    let (endpoint, holder, push, now) = (run.endpoint, run.holder.clone(), work.push, run.journal.now());
    run.journal
        .run(move |connection| answers::intend(connection, endpoint, &holder, push, &written, now))
        .await
}

fn expected<'a>(work: &'a Work, write: &'a Write) -> Expected<'a> {
    Expected {
        resource_type: &work.pieces[write.piece].entry.resource_type,
        server_id: match &write.action {
            Action::Create(Guard::OwnId(id)) | Action::Update { server_id: id, .. } => Some(id),
            Action::Create(_) => None,
        },
    }
}

/// The transaction was answered with success: each entry speaks for itself. The failure is the one of its entries that
/// leaves most to do.
fn read_answers<'a>(
    answered: impl Iterator<Item = ((&'a Write, &'a Piece), EntryAnswer)>,
    notes: &mut Notes,
) -> (Vec<Change>, Option<Failure>) {
    let mut changes = Vec::new();
    let mut worst: Option<Failure> = None;
    for ((write, piece), answer) in answered {
        match answer {
            EntryAnswer::Stored {
                existed,
                server_id,
                etag,
            } => {
                changes.push(stored(write, piece, existed, server_id, etag, notes));
            }
            EntryAnswer::Failed { category, complaint } => {
                let failure = Failure {
                    category,
                    status: Some(200),
                    retry_after: None,
                    complaint,
                };
                notes.finding(write.piece, finding(piece, &failure, &failure.complaint));
                changes.push(piece.change(event(category)));
                if worst
                    .as_ref()
                    .is_none_or(|worst| urgency(category) > urgency(worst.category))
                {
                    worst = Some(failure);
                }
            }
        }
    }
    (changes, worst)
}

fn stored(
    write: &Write,
    piece: &Piece,
    existed: bool,
    server_id: String,
    etag: Option<String>,
    notes: &mut Notes,
) -> Change {
    let outcome = match write.action {
        Action::Update { .. } => Outcome::Updated,
        // An update under our id, or by identifier, that found something has replaced it: what was there was looked at before.
        Action::Create(Guard::IfNoneExist | Guard::Nothing) if existed => Outcome::Matched,
        Action::Create(_) => Outcome::Created,
    };
    notes.done(write.piece, outcome);
    if outcome == Outcome::Matched && piece.entry.identity == Identity::Keyed {
        // Our key was there already, and nobody says with what content: to be read before it counts as ours.
        return Change {
            server_id: Some(server_id),
            ..piece.change(Event::Doubt)
        };
    }
    piece.stored(Event::Acknowledge, server_id, etag)
}

/// The transaction failed as a whole.
fn read_failure<'a>(
    writes: impl Iterator<Item = (&'a Write, &'a Piece)>,
    failure: &Failure,
    notes: &mut Notes,
) -> Vec<Change> {
    let mut changes = Vec::new();
    for (index, (write, piece)) in writes.enumerate() {
        notes.finding(
            write.piece,
            finding(piece, failure, &failure.complaint.about_entry(index)),
        );
        changes.push(piece.change(event(failure.category)));
    }
    changes
}

/// What a failure means for an item that was being sent.
fn event(category: Category) -> Event {
    match category {
        Category::Unavailable | Category::Interrupted | Category::SignIn => Event::NotExecuted,
        Category::Busy => Event::Throttle,
        Category::Conflict | Category::UnknownOutcome => Event::Doubt,
        Category::Incorrect | Category::Unsupported | Category::NotFound | Category::Forbidden | Category::Fault => {
            Event::Refuse
        }
    }
}

/// What has to be waited for counts for more than what is final.
fn urgency(category: Category) -> u8 {
    match category {
        Category::SignIn => 4,
        Category::Busy => 3,
        Category::UnknownOutcome => 2,
        Category::Conflict | Category::Unavailable | Category::Interrupted => 1,
        _ => 0,
    }
}

/// Why `piece` failed, in words without values.
pub(super) fn finding(piece: &Piece, failure: &Failure, complaint: &Complaint) -> Issue {
    let (info, what): (&CodeInfo, &str) = match failure.category {
        Category::Unavailable | Category::Interrupted => {
            (&codes::PUSH_UNAVAILABLE, "not sent: the server is out of reach")
        }
        Category::Busy => (&codes::PUSH_UNAVAILABLE, "put off by the server"),
        Category::UnknownOutcome => (&codes::PUSH_OUTCOME_UNKNOWN, "sent, but no usable answer came"),
        Category::Conflict => (
            &codes::UPDATE_CONFLICT,
            "the server has another version, or more than one match",
        ),
        Category::Forbidden | Category::SignIn => (&codes::PUSH_FORBIDDEN, "not allowed"),
        Category::Unsupported if failure.is_redirect() => (
            &codes::PUSH_REJECTED,
            "rejected: the server has moved, give its new address",
        ),
        Category::Incorrect | Category::Unsupported | Category::NotFound | Category::Fault => {
            (&codes::PUSH_REJECTED, "rejected")
        }
    };
    let status = failure.status.filter(|status| *status != 200);
    let status = status.map(|status| format!(" with HTTP {status}")).unwrap_or_default();
    let said = match complaint.summary() {
        said if said.is_empty() => said,
        said => format!(": {said}"),
    };
    piece.finding(info, format!("{what}{status}{said}"))
}
