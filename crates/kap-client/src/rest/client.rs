//! One HTTP exchange with a server, and what its failure means.

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, AtomicU64, Ordering};
use std::time::Duration;

use reqwest::header::{ACCEPT, CACHE_CONTROL, HeaderMap};
use reqwest::{Method, RequestBuilder, redirect};
use serde_json::Value;
use url::Url;

use super::outcome::Complaint;
use super::wait;
use crate::backoff::{Backoff, Random};
use crate::endpoint::{Credentials, Endpoint};
use crate::retry::{Retry, policy};
use crate::{Category, Error};

/// A connection to one server. It never follows a redirect, and sends its credentials to the configured base only.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    pub(super) endpoint: Arc<Endpoint>,
    pub(super) base: Url,
    backoff: Backoff,
    random: Arc<dyn Random>,
    pub(super) counts: Arc<Counts>,
    /// The HTTP status by which the server refused `POST _search`; 0 if it did not, [`LONG_AGO`] if it is known from earlier.
    pub(super) refused_post_search: Arc<AtomicU16>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Client")
            .field("endpoint", &self.endpoint.name)
            .finish_non_exhaustive()
    }
}

/// In place of an HTTP status: no answer of this run.
const LONG_AGO: u16 = u16::MAX;

/// How many requests left.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    requests: AtomicU64,
    pub(super) writes: AtomicU64,
}

/// A complete answer.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) status: u16,
    retry_after: Option<Duration>,
    pub(super) etag: Option<String>,
    pub(super) location: Option<String>,
    pub(super) body: Vec<u8>,
}

impl Response {
    pub(super) fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    pub(super) fn failure(&self, category: Category) -> Failure {
        Failure {
            category,
            status: Some(self.status),
            retry_after: self.retry_after,
            complaint: Complaint::of_body(&self.body),
        }
    }
}

/// Why there is no usable answer.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) category: Category,
    pub(crate) status: Option<u16>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) complaint: Complaint,
}

impl Failure {
    /// Whether the server points to another address, which is never followed.
    pub(crate) fn is_redirect(&self) -> bool {
        self.status.is_some_and(|status| (300..400).contains(&status))
    }

    pub(crate) fn without_answer(category: Category) -> Failure {
        Failure {
            category,
            status: None,
            retry_after: None,
            complaint: Complaint::default(),
        }
    }
}

impl Client {
    /// A client for `endpoint`, trying again as `backoff` says, with jitter from `random`.
    pub fn new(endpoint: Endpoint, backoff: Backoff, random: Arc<dyn Random>) -> Result<Client, Error> {
        let base = endpoint.checked_base()?;
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("kap/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .connect_timeout(endpoint.timeouts.connect)
            .https_only(!(endpoint.allow_insecure || endpoint.is_loopback()));
        if endpoint.is_loopback() {
            builder = builder.no_proxy();
        }
        let http = builder.build().map_err(|source| Error::Http {
            name: endpoint.name.clone(),
            source,
        })?;
        Ok(Client {
            http,
            endpoint: Arc::new(endpoint),
            base,
            backoff,
            random,
            counts: Arc::default(),
            refused_post_search: Arc::default(),
        })
    }

    /// The configured name of the server.
    pub fn name(&self) -> &str {
        &self.endpoint.name
    }

    /// How many requests were made so far.
    pub fn requests(&self) -> u64 {
        self.counts.requests.load(Ordering::Relaxed)
    }

    /// How many of them were meant to write.
    pub fn writes(&self) -> u64 {
        self.counts.writes.load(Ordering::Relaxed)
    }

    /// Never tries `POST _search`: the server is known not to have it.
    pub(crate) fn search_by_get(&self) {
        self.refused_post_search.store(LONG_AGO, Ordering::Relaxed);
    }

    /// The HTTP status by which the server refused `POST _search` for the first time.
    pub(crate) fn refused_search_by_post(&self) -> Option<u16> {
        let status = self.refused_post_search.load(Ordering::Relaxed);
        (status != 0 && status != LONG_AGO).then_some(status)
    }

    /// What ends a run whose credentials the server does not accept.
    pub(crate) fn not_signed_in(&self) -> Error {
        Error::SignIn {
            name: self.endpoint.name.clone(),
        }
    }

    /// The wait after `failures` failed tries, or `None` when it is time to give up.
    pub(crate) fn wait_after(&self, failures: u32, asked: Option<Duration>) -> Option<Duration> {
        self.backoff.wait(failures, asked, self.random.as_ref())
    }

    /// A request to `path` below the base; `path` is made of type names, ids and the like, never of patients' values.
    pub(super) fn request(&self, method: Method, path: &str) -> Result<RequestBuilder, Failure> {
        let url = self.base.join(path);
        let url = url.map_err(|_| Failure::without_answer(Category::Fault))?;
        Ok(self.request_to(method, url))
    }

    pub(super) fn request_to(&self, method: Method, url: Url) -> RequestBuilder {
        let request = self
            .http
            .request(method, url)
            .header(ACCEPT, "application/fhir+json")
            // Some servers answer a repeated search from memory; what we look for may be a second old.
            .header(CACHE_CONTROL, "no-cache");
        match &self.endpoint.credentials {
            Credentials::None => request,
            Credentials::Bearer(token) => request.bearer_auth(token.reveal()),
        }
    }

    /// Sends `request` and reads the whole answer. Without one, the category says whether it may have been executed.
    pub(super) async fn exchange(&self, request: RequestBuilder) -> Result<Response, Failure> {
        self.counts.requests.fetch_add(1, Ordering::Relaxed);
        let mut response = request.send().await.map_err(|error| {
            // Only while the connection is being made is it certain that nothing has left.
            Failure::without_answer(if error.is_connect() {
                Category::Unavailable
            } else if error.is_builder() {
                Category::Fault
            } else {
                Category::UnknownOutcome
            })
        })?;
        let lost = Failure::without_answer(Category::UnknownOutcome);
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|_| lost.clone())? {
            if body.len() + chunk.len() > self.endpoint.max_response_bytes {
                return Err(lost);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Response {
            status: response.status().as_u16(),
            retry_after: wait::asked(response.headers()),
            etag: header(response.headers(), "etag"),
            location: header(response.headers(), "location"),
            body,
        })
    }

    /// Makes a request that changes nothing, again and again within the limits of the backoff.
    pub(super) async fn exchange_safely(
        &self,
        mut make: impl FnMut() -> Result<RequestBuilder, Failure>,
    ) -> Result<Response, Failure> {
        let mut failures = 0;
        loop {
            let request = make()?.timeout(self.endpoint.timeouts.read);
            let failure = match self.exchange(request).await {
                Ok(response) => match Category::of_read(response.status) {
                    None => return Ok(response),
                    Some(category) => response.failure(category),
                },
                Err(failure) if failure.category == Category::UnknownOutcome => Failure {
                    category: Category::Unavailable,
                    ..failure
                },
                Err(failure) => failure,
            };
            failures += 1;
            let wait = match policy(failure.category) {
                Retry::Never | Retry::Stop => None,
                Retry::Again | Retry::Reconcile => self.wait_after(failures, failure.retry_after),
            };
            match wait {
                Some(wait) => tokio::time::sleep(wait).await,
                None => return Err(failure),
            }
        }
    }
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}
