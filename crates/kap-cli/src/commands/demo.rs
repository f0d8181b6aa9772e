//! `kap demo`: the whole way in one go, against a sandbox in this process.

mod keep;
mod stages;
mod table;

use std::io;
use std::path::PathBuf;

use crate::exit::{self, Exit};
use crate::{Global, config};

/// Show the whole way: records are mapped, checked, pushed to an EHR sandbox through a journal, read back and compared
///
/// Everything it makes stays in the folder: bundles, receipts, the journal, the sandbox's database. Run it again and it sends no write.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct Arguments {
    /// Folder to keep everything in
    #[arg(long, default_value = "kap-demo", value_name = "FOLDER")]
    dir: PathBuf,
}

pub(crate) fn run(arguments: &Arguments, global: &Global) -> anyhow::Result<Exit> {
    let folder = keep::Folder::open(&arguments.dir)?;
    let config = config::load(Some(&folder.config()))?;
    let outcome = super::runtime()?.block_on(stages::run(&folder, &config, global))?;
    table::write(&mut io::stdout().lock(), &folder, &outcome)?;
    Ok(outcome.exit())
}
