//! What documents are checked against: R4 and the KAP guide from the binary, more from packages and files.

mod cache;
mod load;
mod loose;

use std::path::PathBuf;

use anyhow::Context as _;
use kap_fhir::package::Store;
use kap_validate::{Plan, PlanSet};

use crate::terminal;
use cache::Cache;
use load::Loader;

/// Where definitions come from besides the binary.
#[derive(Debug, Default, clap::Args)]
#[group(skip)]
pub(crate) struct Arguments {
    /// FHIR package: `.tgz`, folder, or `name#version` from the package cache; what it depends on is looked up there, too
    #[arg(long, value_name = "PACKAGE")]
    package: Vec<PathBuf>,
    /// Loose definition files or folders
    #[arg(long, value_name = "FILE")]
    definitions: Vec<PathBuf>,
    /// Folder to look packages up in besides `~/.fhir/packages`: `name#version` folders, or archives `name-version.tgz`
    #[arg(long, value_name = "DIR")]
    package_cache: Vec<PathBuf>,
    /// Compile packages anew and keep nothing on disk
    #[arg(long)]
    no_cache: bool,
}

/// The compiled definitions.
pub(crate) struct Definitions {
    /// All but R4, which lives in the binary.
    plans: Vec<Plan>,
    /// Other versions of packages that are among them.
    spares: Vec<Plan>,
}

impl Definitions {
    /// R4 and the KAP guide.
    pub(crate) fn standard() -> anyhow::Result<Self> {
        let guide = Plan::from_bytes(kap_profiles::plan()).context("the embedded KAP guide cannot be read")?;
        Ok(Self {
            plans: vec![guide],
            spares: Vec::new(),
        })
    }

    /// R4, the KAP guide, and what was asked for. What is missing is said on standard error.
    pub(crate) fn with(arguments: &Arguments) -> anyhow::Result<Self> {
        let mut definitions = Self::standard()?;
        if !arguments.package.is_empty() {
            let cache = if arguments.no_cache { None } else { Cache::open() };
            let loaded = Loader::new(store(arguments), cache).load(&arguments.package)?;
            definitions.plans.extend(loaded.plans);
            definitions.spares.extend(loaded.spares);
            for note in loaded.notes {
                terminal::note(&format!("kap: note: {note}"));
            }
        }
        if !arguments.definitions.is_empty() {
            let compiled = loose::compile(&definitions.set(), &arguments.definitions)?;
            for incomplete in &compiled.incomplete {
                terminal::note(&format!("kap: note: {incomplete}"));
            }
            definitions.plans.push(Plan::from_bytes(compiled.bytes)?);
        }
        Ok(definitions)
    }

    /// All of them as one set.
    pub(crate) fn set(&self) -> PlanSet<'_> {
        let mut plans = vec![Plan::r4()];
        plans.extend(&self.plans);
        let spares: Vec<&Plan> = self.spares.iter().collect();
        PlanSet::with_spares(&plans, &spares)
    }
}

/// The folders in which packages are looked up: those asked for, those of the archives asked for, the FHIR package cache.
fn store(arguments: &Arguments) -> Store {
    let beside = arguments.package.iter().filter(|path| path.is_file());
    let beside = beside.filter_map(|path| Some(path.parent()?.to_owned()));
    let home = std::env::home_dir().map(|home| home.join(".fhir/packages"));
    Store::new(arguments.package_cache.iter().cloned().chain(beside).chain(home))
}
