//! A sandbox behind faults, a journal, and a client between them.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::middleware;
use kap_client::{
    Backoff, Client, Clock, Comparison, Conclusion, Endpoint, Item, Journal, Outcome, Owner, PushOptions, PushReport,
    Random, Timeouts, Timestamp, VerifyOptions, VerifyReport,
};
use kap_sandbox::Sandbox;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::course::TYPES;
use crate::fault::{Faults, inject};

/// Time that begins when a test does.
pub(crate) struct Ticking(Instant);

impl Default for Ticking {
    fn default() -> Self {
        Ticking(Instant::now())
    }
}

impl Clock for Ticking {
    fn now(&self) -> Timestamp {
        Timestamp(i64::try_from(self.0.elapsed().as_millis()).expect("tests are short"))
    }
}

/// Always the longest wait.
struct Longest;

impl Random for Longest {
    fn fraction(&self) -> f64 {
        0.99
    }
}

pub(crate) struct World {
    pub(crate) folder: TempDir,
    pub(crate) sandbox: Sandbox,
    pub(crate) faults: Faults,
    pub(crate) address: SocketAddr,
    clock: Arc<Ticking>,
    server: Option<JoinHandle<()>>,
}

impl World {
    pub(crate) async fn new() -> World {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let sandbox = Sandbox::open(&folder.path().join("ehr.sqlite")).expect("a new sandbox opens");
        let mut world = World {
            folder,
            sandbox,
            faults: Faults::default(),
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            clock: Arc::default(),
            server: None,
        };
        world.start().await;
        world
    }

    pub(crate) async fn start(&mut self) {
        let listener = TcpListener::bind(self.address)
            .await
            .expect("a free port on this machine");
        self.address = listener.local_addr().expect("a bound listener has an address");
        let layer = middleware::from_fn_with_state(self.faults.clone(), inject);
        let service = self.sandbox.router().layer(layer);
        self.server = Some(tokio::spawn(async move {
            axum::serve(listener, service)
                .await
                .expect("serving ends with the test");
        }));
    }

    pub(crate) async fn stop(&mut self) {
        if let Some(server) = self.server.take() {
            server.abort();
            _ = server.await;
        }
    }

    pub(crate) fn endpoint(&self) -> Endpoint {
        let base = format!("http://{}/fhir", self.address).parse().expect("a URL");
        let mut endpoint = Endpoint::new("clinic", base);
        endpoint.timeouts = Timeouts {
            connect: Duration::from_secs(2),
            read: Duration::from_secs(2),
            transaction: Duration::from_secs(3),
        };
        endpoint
    }

    pub(crate) fn client(&self) -> Client {
        let backoff = Backoff {
            base: Duration::from_millis(5),
            cap: Duration::from_millis(20),
            attempts: 4,
        };
        Client::new(self.endpoint(), backoff, Arc::new(Longest)).expect("a usable endpoint")
    }

    pub(crate) fn journal_path(&self) -> PathBuf {
        self.folder.path().join("push.journal")
    }

    pub(crate) fn journal(&self, owner: &str) -> Journal {
        let owner = Owner::new("", 1, owner);
        let journal = Journal::open(&self.journal_path(), owner, Arc::clone(&self.clock) as Arc<dyn Clock>);
        journal
            .expect("the journal opens")
            .with_lease(Duration::from_millis(600))
    }

    pub(crate) async fn push(&self, journal: &Journal, items: Vec<Item>) -> PushReport {
        self.push_with(journal, items, &options()).await
    }

    pub(crate) async fn push_with(&self, journal: &Journal, items: Vec<Item>, options: &PushOptions) -> PushReport {
        let report = kap_client::push(&self.client(), journal, items, options, &()).await;
        report.expect("the journal works")
    }

    pub(crate) async fn verify(&self, journal: &Journal) -> VerifyReport {
        let report = kap_client::verify(&self.client(), journal, &VerifyOptions::default(), &()).await;
        report.expect("the journal works")
    }

    /// The server holds each of one practitioner and so many courses exactly once, and journal and server agree.
    pub(crate) async fn holds_each_once(&self, journal: &Journal, courses: u64) {
        let mut expected: BTreeMap<String, u64> = TYPES.iter().map(|name| ((*name).to_owned(), courses)).collect();
        expected.insert("Practitioner".to_owned(), 1);
        assert_eq!(self.counts(), expected);
        let report = self.verify(journal).await;
        assert_eq!(report.conclusion(), Conclusion::Complete, "{report:#?}");
        assert_eq!(report.count(Comparison::Verified) as u64, 5 * courses + 1);
    }

    pub(crate) fn counts(&self) -> BTreeMap<String, u64> {
        self.sandbox.counts().expect("the sandbox counts")
    }
}

/// Patients may be created, and nothing waits long.
pub(crate) fn options() -> PushOptions {
    PushOptions {
        create_patients: true,
        commit_horizon: Duration::from_millis(50),
        ..PushOptions::default()
    }
}

/// The outcomes of the only bundle, in the order of its entries.
pub(crate) fn outcomes(report: &PushReport) -> Vec<Outcome> {
    assert_eq!(report.bundles.len(), 1, "{report:#?}");
    report.bundles[0].items.iter().map(|item| item.outcome).collect()
}

/// The codes of all findings.
pub(crate) fn codes(report: &PushReport) -> Vec<&'static str> {
    let bundles = report.bundles.iter();
    let findings = bundles.flat_map(|bundle| {
        let items = bundle.items.iter().filter_map(|item| item.finding.as_ref());
        bundle.finding.iter().chain(items)
    });
    findings.map(|finding| finding.code).collect()
}
