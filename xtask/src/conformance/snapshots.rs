//! Snapshots made anew and compared with the published ones: the snapshot of every profile of a package is taken away,
//! made from its differential, and compared element by element.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result, bail};
use kap_fhir::Package;
use kap_validate::{Plan, PlanSet, complete_snapshots};
use serde_json::{Map, Value};

use super::{Args, library};

/// Where the canonical URLs of FHIR's own types begin.
const FHIR_TYPES: &str = "http://hl7.org/fhir/StructureDefinition/";
/// R4 gives the values of primitives and ids as FHIRPath types, with the FHIR type in this extension.
const FHIR_TYPE_EXTENSION: &str = "http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type";

/// What a comparison found.
#[derive(Debug, Default)]
pub(super) struct Comparison {
    definitions: usize,
    /// Elements that are in one of the two snapshots or in both.
    pub(super) elements: usize,
    pub(super) equal: usize,
    /// How many elements differ in each fact, or are missing or extra.
    by_fact: BTreeMap<String, usize>,
    /// One line a difference.
    lines: Vec<String>,
}

/// Compares every package that was asked for; each may rest on the others.
pub(super) fn run(args: &Args) -> Result<()> {
    if args.package.is_empty() {
        bail!("name the packages with --package");
    }
    let packages: Vec<Package> = args
        .package
        .iter()
        .map(|path| library::read(path))
        .collect::<Result<_>>()?;
    for (at, package) in packages.iter().enumerate() {
        let others = packages.iter().enumerate().filter(|(other, _)| *other != at);
        let comparison = compare(package, others.map(|(_, other)| other), |url| args.wants(url))?;
        comparison.print(&package.manifest.label(), args.verbose);
    }
    Ok(())
}

/// Makes the snapshots of a package anew, resting on R4 and `others`, and compares them with the published ones.
pub(super) fn compare<'p>(
    package: &Package,
    others: impl Iterator<Item = &'p Package>,
    wants: impl Fn(&str) -> bool,
) -> Result<Comparison> {
    let plans = others
        .map(|other| Ok(Plan::from_bytes(kap_validate::compile_package(other)?)?))
        .collect::<Result<Vec<Plan>>>()?;
    let mut bases = vec![Plan::r4()];
    bases.extend(&plans);
    let bases = PlanSet::new(&bases);
    let published = package
        .files
        .iter()
        .map(|file| serde_json::from_slice(&file.bytes).with_context(|| file.name.clone()))
        .collect::<Result<Vec<Value>>>()?;
    let mut made = published.clone();
    for definition in &mut made {
        if is_profile(definition)
            && let Value::Object(members) = definition
        {
            members.remove("snapshot");
        }
    }
    let mut comparison = Comparison::default();
    for problem in complete_snapshots(&bases, &mut made) {
        comparison.lines.push(problem.to_string());
    }
    for (published, made) in published.iter().zip(&made) {
        let url = published["url"].as_str().unwrap_or_default();
        if is_profile(published) && wants(url) {
            comparison.definition(url, published, made);
        }
    }
    Ok(comparison)
}

fn is_profile(definition: &Value) -> bool {
    definition["resourceType"] == "StructureDefinition"
        && definition["derivation"] == "constraint"
        && definition["kind"] != "logical"
        && definition["differential"]["element"].is_array()
}

impl Comparison {
    fn definition(&mut self, url: &str, published: &Value, made: &Value) {
        self.definitions += 1;
        let (published, made) = (by_id(published), by_id(made));
        let ids: BTreeSet<&str> = published.keys().chain(made.keys()).copied().collect();
        for id in ids {
            self.elements += 1;
            match (published.get(id), made.get(id)) {
                (Some(published), Some(made)) => self.element(url, id, published, made),
                (Some(_), None) => self.differs(url, id, "missing", "", ""),
                (None, _) => self.differs(url, id, "extra", "", ""),
            }
        }
    }

    fn element(&mut self, url: &str, id: &str, published: &Value, made: &Value) {
        let (published, made) = (facts(published), facts(made));
        let names: BTreeSet<&String> = published.keys().chain(made.keys()).collect();
        let different: Vec<&String> = names
            .into_iter()
            .filter(|name| published.get(*name) != made.get(*name))
            .collect();
        self.equal += usize::from(different.is_empty());
        for name in different {
            let shown = |facts: &Map<String, Value>| facts.get(name).map(Value::to_string).unwrap_or_default();
            self.differs(url, id, name, &shown(&published), &shown(&made));
        }
    }

    fn differs(&mut self, url: &str, id: &str, fact: &str, published: &str, made: &str) {
        *self.by_fact.entry(fact.to_owned()).or_default() += 1;
        let name = url.rsplit('/').next().unwrap_or(url);
        self.lines.push(format!(
            "{name} {id} {fact}\n    published {published}\n    made      {made}"
        ));
    }

    fn print(&self, label: &str, verbose: bool) {
        if verbose {
            for line in &self.lines {
                println!("{line}");
            }
        }
        let per_ten_thousand = (self.equal * 10_000).checked_div(self.elements).unwrap_or_default();
        println!(
            "{label}: {} definitions, {} of {} elements equal ({}.{:02} %), differences {:?}",
            self.definitions,
            self.equal,
            self.elements,
            per_ten_thousand / 100,
            per_ten_thousand % 100,
            self.by_fact
        );
    }
}

/// The elements of a snapshot by id.
fn by_id(definition: &Value) -> BTreeMap<&str, &Value> {
    let elements = definition["snapshot"]["element"].as_array().into_iter().flatten();
    elements
        .filter_map(|element| Some((element["id"].as_str()?, element)))
        .collect()
}

/// What is compared, in one form: lists whose order means nothing are sorted, and what is the default is left out.
fn facts(element: &Value) -> Map<String, Value> {
    let mut facts = Map::new();
    let id_of_element = element["path"]
        .as_str()
        .is_some_and(|path| path.rsplit('.').next() == Some("id"));
    for (name, value) in element.as_object().into_iter().flatten() {
        let starts = |prefix: &str| name.starts_with(prefix);
        let is_value = ["fixed", "pattern", "minValue", "maxValue"].into_iter().any(starts);
        let value = match name.as_str() {
            "isModifier" | "mustSupport" if *value == false => continue,
            "min" | "max" | "maxLength" | "sliceName" | "isModifier" | "mustSupport" => value.clone(),
            "contentReference" => value.as_str().and_then(|value| value.rsplit('#').next()).into(),
            // R4 calls the ids of elements `string`, newer publishers `id`.
            "type" if id_of_element => continue,
            "type" => types(value),
            "binding" => binding(value),
            "slicing" => slicing(value),
            "constraint" => keys(value),
            _ if is_value => value.clone(),
            _ => continue,
        };
        facts.insert(name.clone(), value);
    }
    facts
}

fn types(types: &Value) -> Value {
    let one = |kind: &Value| {
        let mut extensions = kind["extension"].as_array().into_iter().flatten();
        let written = extensions.find(|extension| extension["url"] == FHIR_TYPE_EXTENSION);
        let written = written.and_then(|extension| extension["valueUrl"].as_str().or(extension["valueUri"].as_str()));
        let code = written.or(kind["code"].as_str()).unwrap_or_default();
        let code = code.strip_prefix(FHIR_TYPES).unwrap_or(code);
        let list = |name: &str| sorted(kind[name].as_array().into_iter().flatten().map(unpinned));
        format!(
            "{code} {:?} {:?} {:?}",
            list("profile"),
            list("targetProfile"),
            list("aggregation")
        )
    };
    sorted(types.as_array().into_iter().flatten().map(one)).into()
}

/// Some publishers write R4's version into canonicals of R4 that have none.
fn unpinned(canonical: &Value) -> String {
    let canonical = canonical.as_str().unwrap_or_default();
    canonical.strip_suffix("|4.0.1").unwrap_or(canonical).to_owned()
}

fn binding(binding: &Value) -> Value {
    let mut facts = Map::new();
    facts.insert("strength".to_owned(), binding["strength"].clone());
    facts.insert("valueSet".to_owned(), unpinned(&binding["valueSet"]).into());
    facts.into()
}

fn slicing(slicing: &Value) -> Value {
    let mut facts = Map::new();
    for name in ["discriminator", "rules"] {
        facts.insert(name.to_owned(), slicing[name].clone());
    }
    facts.insert("ordered".to_owned(), (slicing["ordered"] == true).into());
    facts.into()
}

fn keys(constraints: &Value) -> Value {
    let constraints = constraints.as_array().into_iter().flatten();
    sorted(constraints.filter_map(|constraint| constraint["key"].as_str().map(str::to_owned))).into()
}

fn sorted(items: impl Iterator<Item = String>) -> Vec<String> {
    items.collect::<BTreeSet<String>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// In hundredths of a percent. What is below 100 % is where published snapshots carry facts that their differential and
    /// base do not have, or rest on packages that are not at hand.
    const BARS: [(&str, usize); 4] = [
        ("hl7.fhir.us.core-6.1.0.tgz", 9_900),
        ("hl7.fhir.us.core-7.0.0.tgz", 9_900),
        ("hl7.fhir.us.core-8.0.0.tgz", 9_800),
        ("hl7.fhir.uv.extensions.r4-5.2.0.tgz", 9_800),
    ];

    #[test]
    fn snapshots_equal_the_published_ones() {
        let Some(folder) = std::env::var_os("KAP_PACKAGES_DIR") else {
            eprintln!("skipped: KAP_PACKAGES_DIR is not set");
            return;
        };
        for (file, bar) in BARS {
            let package = library::read(&Path::new(&folder).join(file)).expect("the package is readable");
            let extensions = library::read(&Path::new(&folder).join("hl7.fhir.uv.extensions.r4-5.2.0.tgz"));
            let extensions = extensions
                .ok()
                .filter(|other| other.manifest.name != package.manifest.name);
            let comparison = compare(&package, extensions.iter(), |_| true).expect("the package compiles");
            comparison.print(file, false);
            assert!(comparison.elements > 1_000, "{file}");
            assert!(comparison.equal * 10_000 >= comparison.elements * bar, "{file}");
        }
    }
}
