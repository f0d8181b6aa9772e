//! The clinic whose records are mapped: its secret namespace, and what it releases.

use anyhow::{Context as _, bail};
use kap_map::{Context, Namespace, Policy, Recipient};
use uuid::Uuid;

use crate::config::Config;
use crate::edges;

/// The clinic's namespace, by flag, environment or `kap.toml`.
#[derive(Debug, clap::Args)]
pub(crate) struct Clinic {
    /// Secret UUID from which every identifier derives; better kept in kap.toml, because flags show in process lists
    #[arg(long, value_name = "UUID", env = "KAP_NAMESPACE", hide_env_values = true)]
    namespace: Option<Uuid>,
}

impl Clinic {
    /// What the mapping needs to know.
    pub(crate) fn context(&self, config: &Config) -> anyhow::Result<Context> {
        let Some(namespace) = self.namespace.or(config.clinic.namespace) else {
            bail!(
                "no namespace is set: put a random UUID under [clinic] into kap.toml, for example\n\n    [clinic]\n    namespace = \"{}\"\n\n\
                 and keep it: with another one every record is a stranger to the EHR",
                edges::random_uuid().context("cannot propose a namespace")?
            );
        };
        Ok(context(namespace, config))
    }
}

/// What `config` releases and to whom, under `namespace`.
pub(crate) fn context(namespace: Uuid, config: &Config) -> Context {
    let policy = Policy {
        insight_themes: config
            .policy
            .release
            .iter()
            .any(|category| category == "insight-themes"),
    };
    let recipient = config
        .policy
        .recipient
        .clone()
        .map(|identifier| Recipient { identifier });
    Context {
        policy,
        recipient,
        ..Context::new(Namespace::new(namespace))
    }
}
