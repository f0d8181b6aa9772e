//! The sandbox itself: a database, what it takes from the world, and what can be seen of it from outside.

use std::collections::BTreeMap;
use std::future::Future;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::environment::{Environment, SystemEnvironment};
use crate::error::Error;
use crate::faults::wire::{Wire, Wired};
use crate::faults::{Faults, Injected, Injector};
use crate::habits::allowance::Allowance;
use crate::habits::strays::Strays;
use crate::habits::{Habits, Vendor};
use crate::http;
use crate::store::Store;

/// The largest request body unless said otherwise, in bytes: 64 MiB, some hundred thousand resources.
const DEFAULT_BODY_LIMIT: usize = 64 * 1024 * 1024;

/// An EHR in a file. Clones share it, so that one can serve while another looks on.
#[derive(Debug, Clone)]
pub struct Sandbox {
    store: Store,
    environment: Arc<dyn Environment>,
    body_limit: usize,
    requests: Arc<Requests>,
    habits: Arc<RwLock<Arc<Habits>>>,
    allowance: Arc<Allowance>,
    strays: Arc<Strays>,
    injector: Option<Injector>,
}

#[derive(Debug, Default)]
struct Requests {
    reads: AtomicU64,
    writes: AtomicU64,
}

/// How many HTTP requests were received since the sandbox was opened, refused ones included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Traffic {
    /// Requests that can change nothing: GET, HEAD and searches by POST.
    pub reads: u64,
    /// All others; a batch or transaction is one, whatever it holds.
    pub writes: u64,
}

impl Sandbox {
    /// Opens the database file, or makes it, with the real clock and random ids.
    pub fn open(database: &Path) -> Result<Self, Error> {
        Self::open_in(database, Arc::new(SystemEnvironment))
    }

    /// Opens the database file, or makes it, with a clock and ids of the caller's.
    pub fn open_in(database: &Path, environment: Arc<dyn Environment>) -> Result<Self, Error> {
        let store = Store::open(database)?;
        Ok(Self {
            store,
            environment,
            body_limit: DEFAULT_BODY_LIMIT,
            requests: Arc::default(),
            habits: Arc::new(RwLock::new(Habits::of(Vendor::Plain))),
            allowance: Arc::default(),
            strays: Arc::default(),
            injector: None,
        })
    }

    /// Refuses request bodies of more than so many bytes.
    #[must_use]
    pub fn with_body_limit(self, bytes: usize) -> Self {
        Self {
            body_limit: bytes,
            ..self
        }
    }

    /// Takes on the habits of a vendor.
    #[must_use]
    pub fn with_habits(self, vendor: Vendor) -> Self {
        Self {
            habits: Arc::new(RwLock::new(Habits::of(vendor))),
            ..self
        }
    }

    /// Takes on the habits that the text describes, in the form of the vendors' files in `habits/`.
    pub fn with_habits_from(self, text: &str) -> Result<Self, Error> {
        let habits = Habits::read(text).map_err(|fault| Error::Habits { fault })?;
        Ok(Self {
            habits: Arc::new(RwLock::new(Arc::new(habits))),
            ..self
        })
    }

    /// Lets things go wrong.
    #[must_use]
    pub fn with_faults(self, faults: Faults) -> Self {
        Self {
            injector: Some(Injector::new(faults)),
            ..self
        }
    }

    /// What was asked for although the capability statement does not offer it, and how often.
    pub fn not_offered(&self) -> BTreeMap<String, u64> {
        self.strays.all()
    }

    /// The faults that struck since the sandbox was opened, in the order of the requests.
    pub fn injected(&self) -> Vec<Injected> {
        self.injector
            .as_ref()
            .map(|injector| injector.log.all())
            .unwrap_or_default()
    }

    /// The service, for a server or a test of the caller's own. Its service base is the path `/fhir`.
    pub fn router(&self) -> axum::Router {
        http::router(self.clone())
    }

    /// How many resources there are now of each type; types without any are left out, deleted resources not counted.
    pub fn counts(&self) -> Result<BTreeMap<String, u64>, Error> {
        let sql = "SELECT type, count(*) FROM resource WHERE deleted = 0 GROUP BY type";
        self.inspect("count the resources", |connection| {
            let mut statement = connection.prepare(sql)?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?;
            rows.collect()
        })
    }

    /// How many versions were ever stored, deletions included: unchanged exactly if nothing was written.
    pub fn versions(&self) -> Result<u64, Error> {
        self.inspect("count the versions", |connection| {
            connection.query_row("SELECT count(*) FROM version", [], |row| {
                Ok(row.get::<_, i64>(0)?.unsigned_abs())
            })
        })
    }

    /// How many requests there were.
    pub fn traffic(&self) -> Traffic {
        Traffic {
            reads: self.requests.reads.load(Ordering::Relaxed),
            writes: self.requests.writes.load(Ordering::Relaxed),
        }
    }

    fn inspect<T>(
        &self,
        attempt: &'static str,
        look: impl FnOnce(&rusqlite::Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        let seen = self
            .store
            .read_here(|connection| look(connection))
            .and_then(|seen| seen);
        seen.map_err(|source| Error::Inspect { attempt, source })
    }

    pub(crate) fn count(&self, reads: bool) {
        let counter = if reads {
            &self.requests.reads
        } else {
            &self.requests.writes
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    pub(crate) fn environment(&self) -> Arc<dyn Environment> {
        Arc::clone(&self.environment)
    }

    pub(crate) fn body_limit(&self) -> usize {
        let limit = self.habits().settings.max_bytes.unwrap_or(usize::MAX);
        limit.min(self.body_limit)
    }

    /// What the server offers now.
    pub(crate) fn habits(&self) -> Arc<Habits> {
        Arc::clone(&self.habits.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn allowance(&self) -> Arc<Allowance> {
        Arc::clone(&self.allowance)
    }

    pub(crate) fn strays(&self) -> Arc<Strays> {
        Arc::clone(&self.strays)
    }

    pub(crate) fn injector(&self) -> Option<&Injector> {
        self.injector.as_ref()
    }

    /// Offers less from now on.
    pub(crate) fn withdraw(&self) {
        let mut habits = self.habits.write().unwrap_or_else(PoisonError::into_inner);
        Arc::make_mut(&mut habits).withdraw();
    }

    /// The faults as a document: how many of each there were and whom they struck, and what was asked for in vain.
    pub(crate) fn fault_document(&self) -> Value {
        let mut document = match &self.injector {
            Some(injector) => injector.log.document(&injector.faults),
            None => json!({ "counts": {}, "injected": [] }),
        };
        document["notOffered"] = json!(self.not_offered());
        document
    }

    /// The response with what is left of the client's allowance, where the vendor says that.
    pub(crate) fn rated(&self, mut response: Response<Body>) -> Response<Body> {
        let left = self.allowance.header(&self.habits().settings, &*self.environment);
        if let Some(Ok(left)) = left.map(HeaderValue::try_from) {
            response
                .headers_mut()
                .insert(HeaderName::from_static("ratelimit"), left);
        }
        response
    }
}

/// Serves until `shutdown` is done, and then until the requests under way are answered.
///
/// It listens where the caller bound the listener and nowhere else; the service base is `http://ADDRESS:PORT/fhir`.
pub async fn serve(
    sandbox: Sandbox,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    let service = sandbox.router().into_make_service_with_connect_info::<Wire>();
    axum::serve(Wired(listener), service)
        .with_graceful_shutdown(shutdown)
        .await
        .map_err(|source| Error::Serve { source })
}
