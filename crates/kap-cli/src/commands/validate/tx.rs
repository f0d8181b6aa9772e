//! `--tx`: a terminology server is asked for just what stayed undecided.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{anyhow, bail};
use kap_client::{Backoff, Client, Endpoint, TerminologyServer};
use url::Url;

use crate::commands::runtime;
use crate::input::Source;
use crate::{edges, terminal};

/// How long one answer may take, and how often it is asked for: somebody is waiting, and can do without.
const PATIENCE: Duration = Duration::from_secs(20);
const ATTEMPTS: u32 = 2;

/// The terminology server, and what it may be told.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_field_names, reason = "the fields are named as the flags are")]
pub(super) struct Tx {
    /// Ask this terminology server (FHIR R4) about codes that stay undecided; nothing but codes leaves. Without an answer
    /// they stay undecided, which `--require-decided` turns into exit code 1
    #[arg(long, value_name = "URL")]
    tx: Option<Url>,
    /// Send only codes of a named code system
    #[arg(long, requires = "tx")]
    tx_only_codes: bool,
    /// File to which every question is written before it leaves
    #[arg(long, value_name = "FILE", requires = "tx")]
    tx_log: Option<PathBuf>,
    /// File that keeps answers for 30 days
    #[arg(long, value_name = "FILE", requires = "tx")]
    tx_cache: Option<PathBuf>,
    /// Allow plain http beyond this machine
    #[arg(long, requires = "tx")]
    allow_insecure: bool,
}

impl Tx {
    /// The server, if one is to be asked. Documents are then checked twice, so they cannot come from a pipe.
    pub(super) fn server(&self, sources: &[Source], watch: bool) -> anyhow::Result<Option<Arc<TerminologyServer>>> {
        let Some(base) = &self.tx else { return Ok(None) };
        if watch || sources.contains(&Source::Stdin) {
            bail!("`--tx` checks everything twice, which goes neither with standard input nor with `--watch`");
        }
        let mut endpoint = Endpoint::new(base.as_str().trim_end_matches('/'), base.clone());
        endpoint.allow_insecure = self.allow_insecure;
        endpoint.timeouts.read = PATIENCE;
        let backoff = Backoff {
            attempts: ATTEMPTS,
            ..Backoff::default()
        };
        let client = Client::new(endpoint, backoff, edges::random()).map_err(|failure| match failure {
            kap_client::Error::PlainHttp { .. } => {
                anyhow!("{failure}, or `--allow-insecure` if this network is yours alone")
            }
            _ => failure.into(),
        })?;
        let mut server = TerminologyServer::new(client, edges::clock());
        if self.tx_only_codes {
            server = server.only_codes();
        }
        if let Some(path) = &self.tx_log {
            server = server.with_log(path);
        }
        if let Some(path) = &self.tx_cache {
            server = server.with_cache(path)?;
        }
        Ok(Some(Arc::new(server)))
    }
}

/// Asks what the first check wanted to know. What the server does not tell, for whatever reason, stays undecided: the
/// findings of the check itself are printed anyway.
pub(super) fn ask(server: &TerminologyServer) -> anyhow::Result<()> {
    if server.wanted() == 0 {
        return Ok(());
    }
    let failure = match runtime()?.block_on(server.ask()) {
        Ok(answers) => answers.failure,
        Err(refused @ kap_client::Error::SignIn { .. }) => Some(refused.category()),
        Err(failure) => return Err(failure.into()),
    };
    if let Some(failure) = failure {
        terminal::complain(&format!(
            "the terminology server gave no answer ({failure}); what it was to tell stays undecided"
        ));
    }
    Ok(())
}
