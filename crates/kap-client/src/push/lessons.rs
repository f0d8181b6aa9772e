//! What the server taught in earlier runs is not tried again; what it teaches in this one is heeded at once, and kept for the
//! next.

use std::sync::{Mutex, PoisonError};

use super::means::{Means, Way};
use super::work::Run;
use crate::capability::{Fact, Learned, Subject, Value};
use crate::journal::capabilities;
use crate::rest::Failure;
use crate::rest::outcome::Excess;
use crate::{Category, Error};

/// What was learned in this run.
#[derive(Debug, Default)]
pub(super) struct Lessons(Mutex<Vec<Lesson>>);

/// One lesson: a bundle came back unexecuted, because of what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lesson {
    /// It had too many entries; so many are tried next.
    TooMany { fits: usize, status: Option<u16> },
    /// The server takes no bundles that are executed in this way.
    NoBundle { way: Way, status: Option<u16> },
}

impl Lessons {
    /// Learns from the refusal of a bundle of so many entries. `true` if it taught something: then nothing of the bundle was
    /// executed, and the same can be sent in another way.
    pub(super) fn learn(&self, failure: &Failure, way: Way, entries: usize) -> bool {
        let status = failure.status;
        if way == Way::Singles || failure.is_redirect() {
            return false;
        }
        let lesson = match (failure.category, failure.complaint.exceeds) {
            (Category::Unsupported, _) => Lesson::NoBundle { way, status },
            (Category::NotFound, _) if !failure.complaint.is_about_element() => Lesson::NoBundle { way, status },
            (Category::Incorrect, excess) if entries > 1 && (excess.is_some() || status == Some(413)) => {
                let fits = match excess {
                    Some(Excess::Limit(limit)) if (1..entries).contains(&limit) => limit,
                    _ => entries / 2,
                };
                Lesson::TooMany { fits, status }
            }
            _ => return false,
        };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(lesson);
        true
    }

    /// `means`, as far as it is still believed in.
    pub(super) fn applied<'a>(&self, mut means: Means<'a>) -> Means<'a> {
        for lesson in self.all() {
            match lesson {
                Lesson::TooMany { fits, .. } => means.max_entries = means.max_entries.min(fits),
                Lesson::NoBundle { way, .. } if means.way == way => means.way = means.other_way(),
                Lesson::NoBundle { .. } => {}
            }
        }
        means
    }

    fn all(&self) -> Vec<Lesson> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Applies what the journal knows.
pub(super) async fn recall(run: &Run<'_>) -> Result<(), Error> {
    let endpoint = run.endpoint;
    let learned = run
        .journal
        .run(move |connection| capabilities::learned(connection, endpoint))
        .await?;
    let refuses = |learned: &Learned| learned.fact == Fact::SearchByPost && learned.value == Value::Flag(false);
    if learned.iter().any(refuses) {
        run.client.search_by_get();
    }
    Ok(())
}

/// Keeps what is new.
pub(super) async fn keep(run: &Run<'_>) -> Result<(), Error> {
    let of_server = |fact, value, reason| Learned {
        subject: Subject::Server,
        fact,
        value,
        reason,
        at: run.journal.now(),
    };
    let mut learned = Vec::new();
    if let Some(status) = run.client.refused_search_by_post() {
        let reason = format!("it answered POST _search with HTTP {status}");
        learned.push(of_server(Fact::SearchByPost, Value::Flag(false), reason));
    }
    for lesson in run.lessons.all() {
        let http =
            |status: Option<u16>| status.map_or_else(|| "a refusal".to_owned(), |status| format!("HTTP {status}"));
        learned.push(match lesson {
            Lesson::TooMany { fits, status } => of_server(
                Fact::MaxEntries,
                Value::Number(fits as u64),
                format!("it answered a larger bundle with {}", http(status)),
            ),
            Lesson::NoBundle { way, status } => of_server(
                if way == Way::Transaction {
                    Fact::Transaction
                } else {
                    Fact::Batch
                },
                Value::Flag(false),
                format!("it answered one with {}", http(status)),
            ),
        });
    }
    if learned.is_empty() {
        return Ok(());
    }
    let endpoint = run.endpoint;
    run.journal
        .run(move |connection| capabilities::learn(connection, endpoint, &learned))
        .await
}
