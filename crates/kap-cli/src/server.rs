//! The server and the journal that `push` and `verify` work with.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use kap_client::capability::{Override, Stated, Value, Vendor};
use kap_client::{Backoff, Client, Conclusion, Credentials, Endpoint, Journal, Secret};
use url::Url;
use uuid::Uuid;

use crate::config::{self, Config};
use crate::edges;
use crate::exit::Exit;

/// Which server, and which journal.
#[derive(Clone, Debug, clap::Args)]
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
    /// The server of `kap.toml` that is meant: the one named, or the only one if no address was given.
    fn configured<'c>(&'c self, config: &'c Config) -> Option<(&'c str, &'c config::Endpoint)> {
        match &self.endpoint {
            Some(name) => config.endpoint.get_key_value(name),
            None if self.base.is_none() && config.endpoint.len() == 1 => config.endpoint.iter().next(),
            None => None,
        }
        .map(|(name, endpoint)| (name.as_str(), endpoint))
    }

    /// What `kap.toml` says about the server, with the flags on top.
    fn resolve(&self, config: &Config) -> anyhow::Result<Endpoint> {
        let configured = self.configured(config);
        let Some(base) = self.base.as_ref().or(configured.map(|(_, endpoint)| &endpoint.base)) else {
            match &self.endpoint {
                Some(name) => bail!("kap.toml has no [endpoint.{name}]; add it, or give its address with `--base URL`"),
                None => bail!("no server is named; use `--base URL`, or `--endpoint NAME` with kap.toml"),
            }
        };
        let named = self.endpoint.as_deref().or(configured.map(|(name, _)| name));
        let name = named.map_or_else(|| unnamed(base), str::to_owned);
        let mut endpoint = Endpoint::new(name, base.clone());
        endpoint.allow_insecure = self.allow_insecure;
        let token_file = self
            .token_file
            .as_ref()
            .or(configured.and_then(|(_, endpoint)| endpoint.token_file.as_ref()));
        if let Some(path) = token_file {
            endpoint.credentials = Credentials::Bearer(token(path)?);
        }
        Ok(endpoint)
    }

    /// What the journal calls the server, if one is named.
    pub(crate) fn name(&self, config: &Config) -> Option<String> {
        let configured = self.configured(config);
        let named = self.endpoint.as_deref().or(configured.map(|(name, _)| name));
        let base = self.base.as_ref().or(configured.map(|(_, endpoint)| &endpoint.base));
        named.map(str::to_owned).or_else(|| base.map(unnamed))
    }

    /// The journal, if it is there already.
    pub(crate) fn journal_if_there(&self) -> anyhow::Result<Option<Journal>> {
        self.journal.exists().then(|| self.journal()).transpose()
    }

    /// Whether `kap.toml` lets this server's patients be created.
    pub(crate) fn may_create_patients(&self, config: &Config) -> bool {
        self.configured(config)
            .is_some_and(|(_, endpoint)| endpoint.create_patients)
    }

    /// The security labels that `kap.toml` lets this server drop.
    pub(crate) fn may_drop_labels(&self, config: &Config) -> Vec<String> {
        self.configured(config)
            .map(|(_, endpoint)| endpoint.may_drop_labels.clone())
            .unwrap_or_default()
    }

    /// What `kap.toml` says about the server's capabilities.
    pub(crate) fn stated(&self, config: &Config) -> anyhow::Result<Stated> {
        let Some((_, endpoint)) = self.configured(config) else {
            return Ok(Stated::default());
        };
        let overrides = endpoint.capabilities.iter().map(|(name, value)| {
            // The schema lets nothing through but flags and whole numbers.
            let number = || Value::Number(value.as_u64().unwrap_or_default());
            Override::of_name(name, value.as_bool().map_or_else(number, Value::Flag))
        });
        Ok(Stated {
            vendor: endpoint.vendor.as_deref().and_then(Vendor::of_name),
            overrides: overrides.collect::<Result<_, _>>()?,
        })
    }

    /// A client for the server.
    pub(crate) fn client(&self, config: &Config) -> anyhow::Result<Client> {
        let backoff = Backoff {
            attempts: self.tries,
            ..Backoff::default()
        };
        Client::new(self.resolve(config)?, backoff, edges::random()).map_err(|failure| match failure {
            // Only the command line knows the flag that allows it.
            kap_client::Error::PlainHttp { .. } => {
                anyhow!("{failure}, or `--allow-insecure` if this network is yours alone")
            }
            _ => failure.into(),
        })
    }

    /// The journal, made if it is not there.
    pub(crate) fn journal(&self) -> anyhow::Result<Journal> {
        Ok(Journal::open(&self.journal, edges::owner()?, edges::clock())?)
    }

    /// The journal of earlier pushes.
    pub(crate) fn existing_journal(&self) -> anyhow::Result<Journal> {
        existing_journal(&self.journal)
    }
}

/// Opens a journal that must be there: a name typed wrong is told, instead of a new journal being made.
pub(crate) fn existing_journal(path: &Path) -> anyhow::Result<Journal> {
    if !path.exists() {
        bail!(
            "there is no journal `{}`; nothing was pushed from here yet",
            path.display()
        );
    }
    Ok(Journal::open(path, edges::owner()?, edges::clock())?)
}

/// What the journal calls a server that has only an address: never the address itself, and never like another server.
fn unnamed(base: &Url) -> String {
    let digest = Uuid::new_v5(&Uuid::NAMESPACE_URL, base.as_str().trim_end_matches('/').as_bytes());
    let digest = digest.simple().to_string();
    format!("unnamed-{}", digest.get(..12).unwrap_or(&digest))
}

fn token(path: &Path) -> anyhow::Result<Secret> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read the token file `{}`", path.display()))?;
    let token = text.lines().next().unwrap_or_default().trim();
    if token.is_empty() {
        bail!("the token file `{}` has no token on its first line", path.display());
    }
    Ok(Secret::new(token))
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
