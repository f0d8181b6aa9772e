//! `kap capabilities`: what can be written on a server, how, and who says so.

mod table;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use kap_client::capability::{Change, Fact, Look, Stated, Statement};

use crate::exit::{self, Exit};
use crate::server::Server;
use crate::{Global, config};

/// Show what can be written on a server, how, and who says so: its statement, a known quirk of the vendor, what it taught
/// earlier, or kap.toml
#[derive(Debug, clap::Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct Arguments {
    #[command(flatten)]
    server: Server,
    /// Read the server's CapabilityStatement from this file, and ask nobody
    #[arg(long, value_name = "FILE", conflicts_with = "diff")]
    statement: Option<PathBuf>,
    #[command(flatten)]
    show: Show,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What is shown instead of everything.
#[derive(Debug, clap::Args)]
#[group(multiple = false)]
struct Show {
    /// What of a KAP record can be written there, how, and why not
    #[arg(long)]
    kap: bool,
    /// What the server states otherwise than when it was looked at last; exit 1 if anything
    #[arg(long)]
    diff: bool,
    /// The facts that kap.toml can overrule
    #[arg(long)]
    facts: bool,
}

pub(crate) fn run(arguments: &Arguments, global: &Global) -> anyhow::Result<Exit> {
    let mut out = io::stdout().lock();
    if arguments.show.facts {
        table::facts(&mut out, Fact::ALL, arguments.json)?;
        return Ok(Exit::Done);
    }
    let config = config::load(global.config.as_deref())?;
    let stated = arguments.server.stated(&config)?;
    let look = if let Some(path) = &arguments.statement {
        offline(path, &stated)?
    } else {
        let client = arguments.server.client(&config)?;
        let journal = arguments.server.journal()?;
        super::runtime()?.block_on(kap_client::capability::look(&client, &journal, &stated))?
    };
    if arguments.show.diff {
        table::changes(&mut out, look.changes.as_deref(), arguments.json)?;
        let changed = look.changes.is_some_and(|changes: Vec<Change>| !changes.is_empty());
        return Ok(if changed { Exit::Findings } else { Exit::Done });
    }
    if arguments.show.kap {
        table::contents(&mut out, &look, arguments.json)?;
    } else {
        table::capabilities(&mut out, &look, arguments.json)?;
    }
    Ok(Exit::Done)
}

/// A look at a statement that was saved.
pub(super) fn offline(path: &Path, stated: &Stated) -> anyhow::Result<Look> {
    let text = fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let statement = Statement::read(&text).with_context(|| format!("cannot use `{}`", path.display()))?;
    Ok(Look::new(statement, &[], stated))
}
