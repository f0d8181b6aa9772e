//! A terminology server that is asked for just what could not be decided without one
//! (<https://hl7.org/fhir/R4/terminology-service.html>).
//!
//! Checking asks questions; [`TerminologyServer`] answers those that it knows and keeps the others. [`TerminologyServer::ask`]
//! sends what was kept, a batch at a time, and remembers the answers. Then the documents are checked again.
//!
//! What leaves is a [`Question`]: a value set, a code system, its version, a code. There is no place in it for anything else of
//! a patient. What is no code by its looks never leaves, and every question that left can be written to a file.

mod answer;
mod asked;
mod cache;

use std::collections::{BTreeSet, HashMap};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kap_fhir::{Membership, Question, Terminology};
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::rest::{Client, Failure};
use crate::{Category, Error};
use asked::Asked;
use cache::Cache;

/// Questions in one request.
const BATCH: usize = 100;
/// Questions in one run: a document full of random codes must not keep a server busy for hours.
const MAX_QUESTIONS: usize = 10_000;

/// A terminology server and what it has answered.
pub struct TerminologyServer {
    client: Client,
    clock: Arc<dyn Clock>,
    only_codes: bool,
    cache: Option<Cache>,
    log: Option<PathBuf>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    known: HashMap<Asked, Membership>,
    wanted: BTreeSet<Asked>,
    sent: usize,
}

/// What became of the questions of one [`TerminologyServer::ask`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answers {
    /// Questions that left.
    pub sent: usize,
    /// Those that were decided.
    pub decided: usize,
    /// Why the server was not asked further, if so.
    pub failure: Option<Category>,
}

impl std::fmt::Debug for TerminologyServer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("TerminologyServer")
            .field("client", &self.client)
            .field("only_codes", &self.only_codes)
            .finish_non_exhaustive()
    }
}

impl TerminologyServer {
    /// A server without a cache. Its address is held to the same rules as that of any endpoint: no redirects, and plain
    /// `http` only on this machine unless the endpoint allows it.
    pub fn new(client: Client, clock: Arc<dyn Clock>) -> TerminologyServer {
        TerminologyServer {
            client,
            clock,
            only_codes: false,
            cache: None,
            log: None,
            state: Mutex::default(),
        }
    }

    /// Sends only codes of a named code system: a bare string, which could be anything, stays here.
    #[must_use]
    pub fn only_codes(mut self) -> TerminologyServer {
        self.only_codes = true;
        self
    }

    /// Keeps answers in a file that only its owner can read, for 30 days, by the server's configured name.
    pub fn with_cache(mut self, path: &Path) -> Result<TerminologyServer, Error> {
        let cache = Cache::open(path, self.client.name())?;
        let known = cache.fresh(self.clock.now());
        self.state().known.extend(known);
        self.cache = Some(cache);
        Ok(self)
    }

    /// Writes every question that leaves to a file, one a line, before it leaves.
    #[must_use]
    pub fn with_log(mut self, path: &Path) -> TerminologyServer {
        self.log = Some(path.to_owned());
        self
    }

    /// How many questions wait to be asked.
    pub fn wanted(&self) -> usize {
        self.state().wanted.len()
    }

    /// Asks what was wanted so far. A server that fails leaves questions open; only a refused sign-in and files that
    /// cannot be written are errors.
    pub async fn ask(&self) -> Result<Answers, Error> {
        let wanted: Vec<Asked> = {
            let mut state = self.state();
            let left = MAX_QUESTIONS.saturating_sub(state.sent);
            let wanted: Vec<Asked> = std::mem::take(&mut state.wanted).into_iter().collect();
            let too_many = wanted.iter().skip(left).cloned();
            let reason = format!("more than {MAX_QUESTIONS} questions for the terminology server");
            let open: Vec<_> = too_many
                .map(|asked| (asked, Membership::Unknown(reason.clone())))
                .collect();
            state.known.extend(open);
            wanted.into_iter().take(left).collect()
        };
        let mut answers = Answers {
            sent: 0,
            decided: 0,
            failure: None,
        };
        for batch in wanted.chunks(BATCH) {
            if let Some(category) = answers.failure {
                self.leave_open(batch, category);
                continue;
            }
            self.write_log(batch)?;
            answers.sent += batch.len();
            match self.ask_batch(batch).await {
                Ok(told) => {
                    answers.decided += told
                        .iter()
                        .filter(|told| !matches!(told, Membership::Unknown(_)))
                        .count();
                    let mut state = self.state();
                    state.sent += batch.len();
                    state.known.extend(batch.iter().cloned().zip(told));
                }
                Err(failure) if failure.category == Category::SignIn => return Err(self.client.not_signed_in()),
                Err(failure) => {
                    answers.failure = Some(failure.category);
                    self.leave_open(batch, failure.category);
                }
            }
        }
        if let Some(cache) = &self.cache {
            cache.store(&self.state().known, self.clock.now())?;
        }
        Ok(answers)
    }

    /// The answers to some questions, in their order. A server without batches is asked one by one.
    async fn ask_batch(&self, batch: &[Asked]) -> Result<Vec<Membership>, Failure> {
        let entries: Vec<Value> = batch
            .iter()
            .map(|asked| {
                json!({"resource": asked.parameters(), "request": {"method": "POST", "url": asked.operation()}})
            })
            .collect();
        let bundle = json!({"resourceType": "Bundle", "type": "batch", "entry": entries});
        let answered = match self.client.post_question("", &bundle).await {
            Ok(answer) => answer::of_bundle(&answer, batch.len()),
            Err(failure) if is_refused(failure.category) => None,
            Err(failure) => return Err(failure),
        };
        if let Some(answers) = answered {
            return Ok(answers);
        }
        let mut answers = Vec::with_capacity(batch.len());
        for asked in batch {
            let answer = self.client.post_question(asked.operation(), &asked.parameters()).await;
            answers.push(match answer {
                Ok(resource) => answer::of_resource(&resource),
                Err(failure) if is_refused(failure.category) => answer::refused(failure.category),
                Err(failure) => return Err(failure),
            });
        }
        Ok(answers)
    }

    fn leave_open(&self, batch: &[Asked], category: Category) {
        let reason = format!(
            "terminology server `{}` gave no answer ({category})",
            self.client.name()
        );
        let mut state = self.state();
        for asked in batch {
            state.known.insert(asked.clone(), Membership::Unknown(reason.clone()));
        }
    }

    fn write_log(&self, batch: &[Asked]) -> Result<(), Error> {
        let Some(path) = &self.log else { return Ok(()) };
        let failed = |source| Error::TerminologyFile {
            path: path.clone(),
            source,
        };
        let lines: String = batch.iter().map(|asked| format!("{}\n", asked.to_json())).collect();
        let mut file = cache::private_file(path, true).map_err(failed)?;
        file.write_all(lines.as_bytes()).map_err(failed)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A thread that panicked left nothing half done: every change is one insertion.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the server understood the request and does not serve it.
fn is_refused(category: Category) -> bool {
    matches!(
        category,
        Category::Incorrect | Category::Unsupported | Category::NotFound | Category::Forbidden | Category::Conflict
    )
}

impl Terminology for TerminologyServer {
    fn validate_code(&self, question: &Question<'_>) -> Membership {
        if !asked::is_code(question) || (self.only_codes && question.system.is_none()) {
            return Membership::Unknown(
                "what does not look like a code is not sent to the terminology server".to_owned(),
            );
        }
        let asked = Asked::from(question);
        let mut state = self.state();
        if let Some(known) = state.known.get(&asked) {
            return known.clone();
        }
        state.wanted.insert(asked);
        Membership::Unknown(format!("terminology server `{}` was not asked", self.client.name()))
    }
}
