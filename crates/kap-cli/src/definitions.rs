//! What documents are checked against: R4 and the KAP guide from the binary, more from files and packages.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use kap_fhir::package::{Limits, Package};
use kap_validate::{Plan, PlanSet};
use serde_json::Value;

use crate::input;

/// The compiled definitions.
pub(crate) struct Definitions {
    /// All but R4, which lives in the binary.
    plans: Vec<Plan>,
}

impl Definitions {
    /// R4 and the KAP guide.
    pub(crate) fn standard() -> anyhow::Result<Self> {
        Self::with(&[], &[])
    }

    /// R4, the KAP guide, `packages` (`.tgz` files, folders, or `name#version` in the FHIR package cache) and loose definition files.
    pub(crate) fn with(packages: &[PathBuf], definitions: &[PathBuf]) -> anyhow::Result<Self> {
        let guide = Plan::from_bytes(kap_profiles::plan()).context("the embedded KAP guide cannot be read")?;
        let mut plans = vec![guide];
        for package in packages {
            let plan =
                package_plan(package).with_context(|| format!("cannot use the package `{}`", package.display()))?;
            plans.push(plan);
        }
        if !definitions.is_empty() {
            plans.push(loose_plan(definitions)?);
        }
        Ok(Self { plans })
    }

    /// All of them as one set.
    pub(crate) fn set(&self) -> PlanSet<'_> {
        let mut plans = vec![Plan::r4()];
        plans.extend(&self.plans);
        PlanSet::new(&plans)
    }
}

fn package_plan(package: &Path) -> anyhow::Result<Plan> {
    let limits = Limits::default();
    let loaded = if package.is_dir() {
        Package::from_folder(package, &limits)?
    } else if package.is_file() {
        Package::from_tgz(&package.display().to_string(), File::open(package)?, &limits)?
    } else {
        let name = package.to_string_lossy();
        let Some((name, version)) = name.split_once('#') else {
            bail!("there is no such file or folder; a package of the FHIR package cache is named `name#version`");
        };
        let home = std::env::home_dir().context("there is no home folder to look for the FHIR package cache in")?;
        Package::from_cache(&home.join(".fhir/packages"), name, version, &limits)?
    };
    Ok(Plan::from_bytes(kap_validate::compile_package(&loaded)?)?)
}

fn loose_plan(paths: &[PathBuf]) -> anyhow::Result<Plan> {
    let mut definitions = Vec::new();
    for source in input::sources(paths, &[])? {
        let input::Source::File(path) = &source else {
            bail!("definitions come from files, not from standard input")
        };
        let text = fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))?;
        let definition: Value =
            serde_json::from_slice(&text).with_context(|| format!("`{}` is no JSON", path.display()))?;
        definitions.push(definition);
    }
    Ok(Plan::from_bytes(kap_validate::compile(
        "loose-definitions",
        "0",
        definitions,
    )?)?)
}
