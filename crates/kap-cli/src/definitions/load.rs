//! Packages with everything that they depend on, compiled.
//!
//! Dependencies are followed breadth first, so that of two versions of a package the one that is named nearest to what
//! was asked for counts; the others serve canonicals that ask for their version. What is not at hand is noted, never
//! fatal.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use kap_fhir::Package;
use kap_fhir::package::{Limits, Manifest, Place, Store};
use kap_validate::{Plan, PlanSet};
use sha2::{Digest as _, Sha256};

use super::cache::{self, Cache};

/// How many packages one run loads: packages of HL7 depend on a dozen.
const MAX_PACKAGES: usize = 256;

/// Reads and compiles packages.
pub(super) struct Loader {
    store: Store,
    cache: Option<Cache>,
}

/// What was loaded.
#[derive(Default)]
pub(super) struct Loaded {
    /// In the order in which they were met: what was asked for first.
    pub(super) plans: Vec<Plan>,
    /// Versions of packages of which a nearer one is among the plans.
    pub(super) spares: Vec<Plan>,
    /// What is missing.
    pub(super) notes: Vec<String>,
}

/// A package that was met.
struct Met {
    place: Place,
    manifest: Manifest,
    checksum: String,
    /// Its content, unless the cache knows enough of it.
    package: Option<Package>,
    /// Numbers of the packages it depends on.
    dependencies: Vec<usize>,
    is_spare: bool,
}

impl Met {
    fn new(place: &Place, manifest: Manifest, checksum: String) -> Met {
        Met {
            place: place.clone(),
            manifest,
            checksum,
            package: None,
            dependencies: Vec::new(),
            is_spare: false,
        }
    }
}

/// A package that was compiled.
struct Compiled {
    plan: Plan,
    key: String,
}

impl Loader {
    pub(super) fn new(store: Store, cache: Option<Cache>) -> Loader {
        Loader { store, cache }
    }

    /// Loads packages and what they depend on.
    pub(super) fn load(&self, asked: &[PathBuf]) -> anyhow::Result<Loaded> {
        let mut loaded = Loaded::default();
        let mut met = self.meet(asked, &mut loaded.notes)?;
        let mut compiled: Vec<Option<Compiled>> = met.iter().map(|_| None).collect();
        for number in order(&met) {
            let one = self
                .compile(&mut met, number, &compiled, &mut loaded.notes)
                .with_context(|| format!("cannot use the package `{}`", met[number].place.path().display()))?;
            compiled[number] = Some(one);
        }
        for (met, compiled) in met.iter().zip(compiled) {
            let plans = if met.is_spare {
                &mut loaded.spares
            } else {
                &mut loaded.plans
            };
            plans.extend(compiled.map(|compiled| compiled.plan));
        }
        Ok(loaded)
    }

    /// Finds packages and their dependencies, breadth first.
    fn meet(&self, asked: &[PathBuf], notes: &mut Vec<String>) -> anyhow::Result<Vec<Met>> {
        let mut met: Vec<Met> = Vec::new();
        for path in asked {
            let Some(place) = self.asked(path, notes)? else {
                continue;
            };
            let next = self.read(&place)?;
            if let Some(problem) = other_fhir(&next.manifest) {
                bail!("the package {problem}");
            }
            if is_built_in(&next.manifest.name) {
                let label = next.manifest.label();
                notes.push(format!("{label} is part of this program and not read"));
            } else {
                let number = add(&mut met, next);
                // Whoever asks for two versions means both.
                met[number].is_spare = false;
            }
        }
        let asked = met.len();
        let mut next = 0;
        while next < met.len() {
            let mut missing = Vec::new();
            for (name, version) in met[next].manifest.dependencies.clone() {
                let found = self.dependency(&name, &version, &met, asked, notes)?;
                let number = match found {
                    Dependency::BuiltIn => continue,
                    Dependency::Given(number) => number,
                    Dependency::Found(found) => add(&mut met, *found),
                    Dependency::Missing => {
                        missing.push(format!("{name}#{version}"));
                        continue;
                    }
                };
                met[next].dependencies.push(number);
            }
            if !missing.is_empty() {
                let label = met[next].manifest.label();
                notes.push(format!(
                    "not at hand of what {label} depends on: {}",
                    missing.join(", ")
                ));
            }
            next += 1;
            if met.len() > MAX_PACKAGES {
                bail!("more than {MAX_PACKAGES} packages depend on each other");
            }
        }
        Ok(met)
    }

    /// The place of a package that the caller names; none for R4 itself, which is in the binary.
    fn asked(&self, path: &Path, notes: &mut Vec<String>) -> anyhow::Result<Option<Place>> {
        if path.exists() {
            return Ok(Some(Place::of(path)));
        }
        let label = path.to_string_lossy();
        let Some((name, version)) = label.split_once('#') else {
            bail!("there is no file or folder `{label}`; a package of the FHIR package cache is named `name#version`");
        };
        if is_built_in(name) {
            notes.push(format!("{label} is part of this program and not read"));
            return Ok(None);
        }
        match self.store.find(name, version) {
            Some(place) => Ok(Some(place)),
            None => bail!("the package `{label}` is neither in the FHIR package cache nor in a folder given"),
        }
    }

    fn dependency(
        &self,
        name: &str,
        version: &str,
        met: &[Met],
        asked: usize,
        notes: &mut Vec<String>,
    ) -> anyhow::Result<Dependency> {
        if is_built_in(name) {
            return Ok(Dependency::BuiltIn);
        }
        let of_name = |known: &Met| base_name(&known.manifest.name) == base_name(name);
        let same = |known: &Met| of_name(known) && known.manifest.version == version;
        if let Some(number) = met.iter().position(same) {
            return Ok(Dependency::Given(number));
        }
        // Packages that exist for several versions of FHIR are often named without one.
        let names = [format!("{}.r4", base_name(name)), name.to_owned()];
        for place in names.iter().filter_map(|name| self.store.find(name, version)) {
            let found = self.read(&place)?;
            match other_fhir(&found.manifest) {
                Some(problem) => notes.push(format!("the package {problem}: it is left out")),
                None => return Ok(Dependency::Found(Box::new(found))),
            }
        }
        // Without that very version, another one that the caller chose will do.
        let given = met.iter().take(asked).position(of_name);
        Ok(given.map_or(Dependency::Missing, Dependency::Given))
    }

    fn read(&self, place: &Place) -> anyhow::Result<Met> {
        let known = self.cache.as_ref().and_then(|cache| cache.source(place));
        if let Some(source) = known {
            return Ok(Met::new(place, source.manifest(), source.checksum));
        }
        let stamp = self.cache.as_ref().and_then(|_| cache::stamp(place));
        let package = place
            .read(&Limits::default())
            .with_context(|| format!("cannot use the package `{}`", place.path().display()))?;
        let checksum = checksum(&package);
        if let Some(cache) = &self.cache {
            cache.remember(place, stamp, &checksum, &package.manifest);
        }
        let mut met = Met::new(place, package.manifest.clone(), checksum);
        met.package = Some(package);
        Ok(met)
    }

    /// Compiles a package on those that it depends on, or takes its plan from the cache.
    fn compile(
        &self,
        met: &mut [Met],
        number: usize,
        compiled: &[Option<Compiled>],
        notes: &mut Vec<String>,
    ) -> anyhow::Result<Compiled> {
        // Those that depend on this one in turn are not compiled yet and cannot be bases.
        let bases: Vec<&Compiled> = closure(met, number)
            .into_iter()
            .filter_map(|base| compiled[base].as_ref())
            .collect();
        let keys: Vec<String> = bases.iter().map(|base| base.key.clone()).collect();
        let checksum = &met[number].checksum;
        let key = match &self.cache {
            Some(cache) => cache.key(checksum, &keys),
            None => cache::hash([checksum.as_str()]),
        };
        if let Some(plan) = self.cache.as_ref().and_then(|cache| cache.plan(&key)) {
            return Ok(Compiled { plan, key });
        }
        let package = match met[number].package.take() {
            Some(package) => package,
            None => met[number].place.read(&Limits::default())?,
        };
        let mut plans = vec![Plan::r4()];
        plans.extend(bases.iter().map(|base| &base.plan));
        let made = kap_validate::compile_package_on(&PlanSet::new(&plans), &package)?;
        notes.extend(made.incomplete.iter().map(ToString::to_string));
        if let Some(cache) = &self.cache {
            cache.keep(&key, &made.bytes);
        }
        Ok(Compiled {
            plan: Plan::from_bytes(made.bytes)?,
            key,
        })
    }
}

/// What became of a dependency.
enum Dependency {
    Found(Box<Met>),
    /// It, or another version of it, is loaded anyway.
    Given(usize),
    /// It is FHIR itself.
    BuiltIn,
    Missing,
}

/// R4 itself, with its examples and expansions.
fn is_built_in(name: &str) -> bool {
    name.starts_with("hl7.fhir.r4.")
}

/// The name of a package without the version of FHIR that it is for.
fn base_name(name: &str) -> &str {
    name.strip_suffix(".r4").unwrap_or(name)
}

/// That a package is for another FHIR than R4, if it says so.
fn other_fhir(manifest: &Manifest) -> Option<String> {
    let versions = &manifest.fhir_versions;
    let is_r4 = versions.is_empty() || versions.iter().any(|version| version.starts_with("4.0"));
    (!is_r4).then(|| {
        format!(
            "{} is for FHIR {}, not for R4",
            manifest.label(),
            versions.join(" and ")
        )
    })
}

/// Adds a package, unless it is there from another place, and returns its number.
fn add(met: &mut Vec<Met>, mut next: Met) -> usize {
    let label = next.manifest.label();
    if let Some(known) = met.iter().position(|known| known.manifest.label() == label) {
        return known;
    }
    let base = base_name(&next.manifest.name);
    next.is_spare = met.iter().any(|known| base_name(&known.manifest.name) == base);
    met.push(next);
    met.len() - 1
}

/// The packages that one depends on, directly or not, itself excepted.
fn closure(met: &[Met], number: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut open: VecDeque<usize> = met[number].dependencies.iter().copied().collect();
    while let Some(next) = open.pop_front() {
        if next != number && !found.contains(&next) {
            found.push(next);
            open.extend(&met[next].dependencies);
        }
    }
    found
}

/// Every package after those that it depends on, as far as they do not depend on each other in a circle.
fn order(met: &[Met]) -> Vec<usize> {
    let mut order = Vec::new();
    let mut begun = vec![false; met.len()];
    for start in 0..met.len() {
        // Each entry is a package and how many of its dependencies were visited.
        let mut path = vec![(start, 0)];
        while let Some((number, visited)) = path.pop() {
            if visited == 0 && std::mem::replace(&mut begun[number], true) {
                continue;
            }
            match met[number].dependencies.get(visited) {
                Some(next) => path.extend([(number, visited + 1), (*next, 0)]),
                None => order.push(number),
            }
        }
    }
    order
}

/// Checksum of what a package holds.
fn checksum(package: &Package) -> String {
    let mut digest = Sha256::new();
    let label = package.manifest.label();
    digest.update(label.len().to_le_bytes());
    digest.update(&label);
    for file in &package.files {
        digest.update(file.name.len().to_le_bytes());
        digest.update(&file.name);
        digest.update(file.bytes.len().to_le_bytes());
        digest.update(&file.bytes);
    }
    hex::encode(digest.finalize())
}

#[cfg(test)]
mod tests;
