//! `cargo xtask definitions`: compiles the definitions that are part of the validator.
//!
//! FHIR R4 comes from the npm package of its examples, which holds all of core (npm's `hl7.fhir.r4.core` has no versions
//! left). Three code systems come from HL7's current terminology, because R4's frozen copies lack labels that have to be
//! used, such as `42CFRPart2CD`. Only this chore needs the network, and only when the archives are not in `--archives`.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use kap_fhir::Package;
use kap_fhir::package::Limits;
use serde_json::Value;
use sha2::{Digest, Sha256};

const ARTEFACT: &str = "crates/kap-validate/definitions/r4.plan";
const SOURCES: &str = "crates/kap-validate/definitions/SOURCE.toml";
/// The embedded plan must stay small: it is part of every binary.
const MAX_ARTEFACT: usize = 4 << 20;

/// The code systems that replace R4's copies.
const CURRENT_CODE_SYSTEMS: [&str; 3] = [
    "http://terminology.hl7.org/CodeSystem/v3-ActCode",
    "http://terminology.hl7.org/CodeSystem/v3-ActReason",
    "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
];

/// Code systems whose codes the current terminology spells differently (`serious` for `Serious`): documents carry both, so
/// both count.
const RESPELLED_CODE_SYSTEMS: [&str; 2] = [
    "http://terminology.hl7.org/CodeSystem/adverse-event-causality-assess",
    "http://terminology.hl7.org/CodeSystem/adverse-event-seriousness",
];

/// Compiles FHIR R4 into the plan that the validator embeds
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Compare with the plan that is checked in, write nothing
    #[arg(long)]
    check: bool,
    /// Folder with the package archives, so that nothing is downloaded
    #[arg(long)]
    archives: Option<PathBuf>,
}

/// Value sets that US Core binds and that are in no package.
const SUBSTITUTES: &str = "crates/kap-validate/definitions/substitutes.json";
const SUBSTITUTES_ENTRY: &str = "[substitutes]\nfile = \"substitutes.json\"\n\
    origin = \"the categories of race and ethnicity that US Core 3.1.1 lists (OMB), and the hierarchies of R4's v3-Race and \
    v3-Ethnicity, which have the codes of CDCREC 1.0; findings that rest on them say so\"\n";
/// The code system of races and ethnicities of the CDC.
const CDCREC: &str = "urn:oid:2.16.840.1.113883.6.238";

/// A package on npm's registry.
struct Source {
    name: &'static str,
    version: &'static str,
    used_for: &'static str,
}

const R4: Source = Source {
    name: "hl7.fhir.r4.examples",
    version: "4.0.1",
    used_for: "all definitions of FHIR R4 core",
};
const TERMINOLOGY: Source = Source {
    name: "hl7.terminology.r4",
    version: "7.0.1",
    used_for: "the code systems v3-ActCode, v3-ActReason, v3-Confidentiality and the codes of adverse events",
};

/// Compiles the plan and writes it with its sources, or compares them.
pub(crate) fn run(root: &Path, args: &Args) -> Result<()> {
    let scratch = tempfile::tempdir().context("cannot make a temporary folder")?;
    let archives = args.archives.as_deref().unwrap_or(scratch.path());
    let (terminology, terminology_entry) = TERMINOLOGY.read(archives)?;
    let (r4, r4_entry) = R4.read(archives)?;

    // The current code systems replace R4's copies, whatever their versions.
    let current = definitions(&terminology)?.into_iter().filter(is_current_code_system);
    let respelled: Vec<Value> = definitions(&terminology)?
        .into_iter()
        .filter(|definition| is_one_of(definition, &RESPELLED_CODE_SYSTEMS))
        .collect();
    let core = definitions(&r4)?
        .into_iter()
        .filter(|definition| !is_current_code_system(definition) && !is_example(definition))
        .map(relax_units_of_components)
        .map(without_words)
        .map(|definition| with_current_codes(definition, &respelled));
    let core: Vec<Value> = core.collect();
    let substitutes = substitutes(root, &core)?;
    let all = current.chain(core).chain(substitutes);
    let plan = kap_validate::compile("hl7.fhir.r4.core", R4.version, all)?;
    ensure!(
        plan.len() <= MAX_ARTEFACT,
        "the plan has {} bytes, {MAX_ARTEFACT} are allowed",
        plan.len()
    );

    let sources = format!(
        "# Written by `cargo xtask definitions`, do not edit: where r4.plan comes from.\n\n\
         sha256 = \"{}\"\n\n{r4_entry}\n{terminology_entry}\n{SUBSTITUTES_ENTRY}",
        sha256(&plan)
    );
    settle(args.check, &root.join(ARTEFACT), &plan)?;
    settle(args.check, &root.join(SOURCES), sources.as_bytes())
}

impl Source {
    /// Reads the package, with its entry for the file of sources.
    fn read(&self, archives: &Path) -> Result<(Package, String)> {
        let archive = archives.join(format!("{}-{}.tgz", self.name, self.version));
        if !archive.is_file() {
            self.download(archives)?;
        }
        let bytes = fs::read(&archive).with_context(|| format!("cannot read {}", archive.display()))?;
        let file = File::open(&archive).with_context(|| format!("cannot read {}", archive.display()))?;
        let package = Package::from_tgz(&archive.display().to_string(), file, &Limits::default())?;
        let Source {
            name,
            version,
            used_for,
        } = self;
        let entry = format!(
            "[[package]]\nname = \"{name}\"\nversion = \"{version}\"\nregistry = \"https://registry.npmjs.org\"\n\
             licence = \"CC0-1.0\"\nsha256 = \"{}\"\nused_for = \"{used_for}\"\n",
            sha256(&bytes)
        );
        Ok((package, entry))
    }

    fn download(&self, into: &Path) -> Result<()> {
        let wanted = format!("{}@{}", self.name, self.version);
        let status = Command::new("npm")
            .arg("pack")
            .arg(&wanted)
            .arg("--silent")
            .current_dir(into)
            .status();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => {
                bail!("`npm pack {wanted}` failed ({status}); put the archive into a folder and use --archives")
            }
            Err(error) => Err(error).context("cannot run npm; put the archives into a folder and use --archives"),
        }
    }
}

fn definitions(package: &Package) -> Result<Vec<Value>> {
    let parse = |file: &kap_fhir::package::File| {
        serde_json::from_slice(&file.bytes).with_context(|| format!("{} is not JSON", file.name))
    };
    package.files.iter().map(parse).collect()
}

/// R4's vital signs demand a unit of a short list for every component. That forbids the litres per minute of the oxygen
/// flow which belongs to an oxygen saturation, and which later editions and US Core's pulse oximetry ask for; later
/// editions bind the same list as extensible (<https://hl7.org/fhir/R5/vitalsigns.html>).
fn relax_units_of_components(mut definition: Value) -> Value {
    let is_of_family = definition["resourceType"] == "StructureDefinition" && definition["type"] == "Observation";
    let elements = definition
        .pointer_mut("/snapshot/element")
        .and_then(Value::as_array_mut);
    for element in elements.into_iter().flatten().filter(|_| is_of_family) {
        let Some(binding) = element.get_mut("binding") else {
            continue;
        };
        if binding["valueSet"] == "http://hl7.org/fhir/ValueSet/ucum-vitals-common|4.0.1" {
            binding["strength"] = Value::from("extensible");
        }
    }
    definition
}

/// Of a search parameter only what another one, or a statement of capabilities, is held against.
fn without_words(definition: Value) -> Value {
    const KEPT: &[&str] = &[
        "resourceType",
        "url",
        "version",
        "code",
        "base",
        "type",
        "derivedFrom",
        "expression",
    ];
    match definition {
        Value::Object(mut members)
            if members
                .get("resourceType")
                .is_some_and(|name| name == "SearchParameter") =>
        {
            members.retain(|name, _| KEPT.contains(&name.as_str()));
            Value::Object(members)
        }
        other => other,
    }
}

/// Questionnaires and Measures are kept in plans whole; those of R4's examples define nothing.
fn is_example(definition: &Value) -> bool {
    definition["resourceType"] == "Questionnaire" || definition["resourceType"] == "Measure"
}

/// The value sets that stand in for those of a terminology server, and the codes of CDCREC as far as R4 has them under
/// older names. Displays are left out: they have changed since.
fn substitutes(root: &Path, core: &[Value]) -> Result<Vec<Value>> {
    let path = root.join(SUBSTITUTES);
    let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut substitutes: Vec<Value> =
        serde_json::from_slice(&text).with_context(|| format!("{} is not JSON", path.display()))?;
    let of = |name: &str| {
        let url = format!("http://terminology.hl7.org/CodeSystem/{name}");
        core.iter()
            .find(|definition| definition["url"] == url.as_str())
            .with_context(|| format!("R4 has no {name}"))
    };
    let mut concepts = codes_alone(&of("v3-Race")?["concept"]);
    concepts.extend(codes_alone(&of("v3-Ethnicity")?["concept"]));
    substitutes.push(serde_json::json!({
        "resourceType": "CodeSystem",
        "url": CDCREC,
        "caseSensitive": true,
        "content": "fragment",
        "concept": concepts,
    }));
    Ok(substitutes)
}

fn codes_alone(concepts: &Value) -> Vec<Value> {
    let concepts = concepts.as_array().into_iter().flatten();
    concepts
        .map(|concept| serde_json::json!({"code": concept["code"], "concept": codes_alone(&concept["concept"])}))
        .collect()
}

/// Adds the codes of the current edition of a code system to R4's.
fn with_current_codes(mut definition: Value, current: &[Value]) -> Value {
    let newer = current.iter().find(|newer| newer["url"] == definition["url"]);
    if let Some(newer) = newer.and_then(|newer| newer["concept"].as_array())
        && definition["resourceType"] == "CodeSystem"
        && let Some(concepts) = definition["concept"].as_array_mut()
    {
        concepts.extend(newer.iter().cloned());
    }
    definition
}

fn is_current_code_system(definition: &Value) -> bool {
    is_one_of(definition, &CURRENT_CODE_SYSTEMS)
}

fn is_one_of(definition: &Value, code_systems: &[&str]) -> bool {
    let url = definition.get("url").and_then(Value::as_str);
    definition["resourceType"] == "CodeSystem" && url.is_some_and(|url| code_systems.contains(&url))
}

/// Writes the file, or with `check` compares it.
fn settle(check: bool, path: &Path, content: &[u8]) -> Result<()> {
    if check {
        let present = fs::read(path).unwrap_or_default();
        ensure!(
            present == content,
            "{} is not current: run `cargo xtask definitions`",
            path.display()
        );
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
