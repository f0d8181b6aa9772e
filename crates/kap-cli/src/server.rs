//! The server and the journal that `push` and `verify` work with.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use kap_client::{Backoff, Client, Conclusion, Credentials, Endpoint, Journal, Secret};
use url::Url;

use crate::config::Config;
use crate::edges;
use crate::exit::Exit;

/// Which server, and which journal.
#[derive(Debug, clap::Args)]
pub(crate) struct Server {
    /// Name of the server in kap.toml; with `--base`, the name it has in the journal
    #[arg(long, value_name = "NAME")]
    pub(crate) endpoint: Option<String>,
    /// Base address of the FHIR R4 server
    #[arg(long, value_name = "URL", env = "KAP_BASE")]
    base: Option<Url>,
    /// Journal file; it is made if it is not there
    #[arg(long, default_value = "kap-journal.db", value_name = "FILE")]
    journal: PathBuf,
    /// File with a bearer token on its first line
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Allow plain http beyond this machine
    #[arg(long)]
    allow_insecure: bool,
    /// How many times a request is tried while the server cannot be reached
    #[arg(long, default_value_t = 5, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    tries: u32,
}

impl Server {
    /// What `kap.toml` says about the server, with the flags on top.
    fn resolve(&self, config: &Config) -> anyhow::Result<Endpoint> {
        let configured = match &self.endpoint {
            Some(name) => config.endpoint.get(name),
            None if config.endpoint.len() == 1 && self.base.is_none() => config.endpoint.values().next(),
            None => None,
        };
        let only = (config.endpoint.len() == 1)
            .then(|| config.endpoint.keys().next())
            .flatten();
        let name = self.endpoint.as_ref().or(if self.base.is_none() { only } else { None });
        let Some(base) = self.base.as_ref().or(configured.map(|endpoint| &endpoint.base)) else {
            match name {
                Some(name) => bail!("kap.toml has no [endpoint.{name}]; add it, or give its address with `--base URL`"),
                None => bail!("no server is named; use `--base URL`, or `--endpoint NAME` with kap.toml"),
            }
        };
        let mut endpoint = Endpoint::new(name.map_or("default", String::as_str), base.clone());
        endpoint.allow_insecure = self.allow_insecure;
        let token_file = self
            .token_file
            .as_ref()
            .or(configured.and_then(|endpoint| endpoint.token_file.as_ref()));
        if let Some(path) = token_file {
            let text =
                fs::read_to_string(path).with_context(|| format!("cannot read the token file `{}`", path.display()))?;
            endpoint.credentials = Credentials::Bearer(Secret::new(text.lines().next().unwrap_or_default().trim()));
        }
        Ok(endpoint)
    }

    /// Whether `kap.toml` lets this server's patients be created.
    pub(crate) fn may_create_patients(&self, config: &Config) -> bool {
        let name = self.endpoint.as_ref().or_else(|| config.endpoint.keys().next());
        name.and_then(|name| config.endpoint.get(name))
            .is_some_and(|endpoint| endpoint.create_patients)
    }

    /// A client for the server.
    pub(crate) fn client(&self, config: &Config) -> anyhow::Result<Client> {
        let backoff = Backoff {
            attempts: self.tries,
            ..Backoff::default()
        };
        let endpoint = self.resolve(config)?;
        if endpoint.base.scheme() == "http" && !self.allow_insecure {
            // The library refuses it too; only the command line knows the flag that allows it.
            return Client::new(endpoint, backoff, edges::random())
                .context("use https, or `--allow-insecure` if this network is yours alone");
        }
        Ok(Client::new(endpoint, backoff, edges::random())?)
    }

    /// The journal, made if it is not there.
    pub(crate) fn journal(&self) -> anyhow::Result<Journal> {
        Ok(Journal::open(&self.journal, edges::owner()?, edges::clock())?)
    }
}

impl From<Conclusion> for Exit {
    fn from(conclusion: Conclusion) -> Self {
        match conclusion {
            Conclusion::Complete => Self::Done,
            Conclusion::Findings => Self::Findings,
            Conclusion::Unfinished => Self::Unfinished,
            Conclusion::NeedsPerson => Self::PersonNeeded,
        }
    }
}
