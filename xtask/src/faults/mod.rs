//! `cargo xtask faults`: puts single faults into valid resources and looks whether each one is found at its place.
//!
//! Faults against profiles bring a profile of their own, made for the resource: with the constraint just broken, and as a
//! control with the same constraint just met, which must give no error. The same seed makes the same faults.

mod bundles;
mod extensions;
mod profiles;
mod responses;
mod schema;
mod slices;
mod values;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use kap_validate::{BestPractice, Options, Plan, PlanSet, Report};
use rayon::prelude::*;
use serde_json::Value;

use crate::conformance::library::{Library, json_texts, with_r4};
use crate::conformance::mutants::is_located;
use crate::conformance::score::percent;
use schema::{Schema, Spot};

/// Make single faults in valid resources, and count which are found
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Where valid resources lie: folders or package archives
    #[arg(long, value_name = "DIR|TGZ", required = true)]
    sources: Vec<PathBuf>,
    /// Package of R4's definitions; by default the one in `KAP_PACKAGES_DIR`
    #[arg(long, value_name = "TGZ")]
    r4: Option<PathBuf>,
    /// Packages to load besides
    #[arg(long, value_name = "TGZ")]
    package: Vec<PathBuf>,
    /// What the choices are drawn from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Faults of each kind
    #[arg(long, default_value_t = 40)]
    each: usize,
    /// Print each fault that is missed or found elsewhere
    #[arg(long)]
    verbose: bool,
    /// Make only faults whose kind has this in its name
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Write missed faults into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Fail below these shares (99 % detected, 97 % located, no false alarms)
    #[arg(long)]
    bars: bool,
}

/// A resource with one fault, or a control without.
pub(crate) struct Fault {
    pub(crate) kind: String,
    pub(crate) resource: Value,
    /// Where the fault is; `None` for a control.
    pub(crate) expected: Option<String>,
    /// What has to be loaded.
    pub(crate) definitions: Vec<Value>,
    /// Profile that the resource has to meet.
    pub(crate) profile: Option<String>,
}

impl Fault {
    fn new(kind: &str, resource: Value, expected: impl Into<String>) -> Fault {
        Fault {
            kind: kind.to_owned(),
            resource,
            expected: Some(expected.into()),
            definitions: Vec::new(),
            profile: None,
        }
    }
}

/// Draws numbers; splitmix64, so that faults never change with a library.
pub(crate) struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One of those, if there are any.
    pub(crate) fn pick<'v, T>(&mut self, from: &'v [T]) -> Option<&'v T> {
        let length = u64::try_from(from.len()).ok().filter(|length| *length > 0)?;
        from.get(usize::try_from(self.next() % length).ok()?)
    }
}

/// A valid resource with the elements that faults can be put into.
pub(crate) struct Source<'s> {
    pub(crate) name: String,
    pub(crate) resource: Value,
    pub(crate) spots: Vec<Spot<'s>>,
}

/// Makes one fault of a kind, where the source has a place for it.
pub(crate) type Operator = fn(&Schema, &Source<'_>, &mut Draw) -> Option<Vec<Fault>>;

/// What became of a fault.
struct Judged {
    fault: Fault,
    source: String,
    errors: Vec<String>,
}

impl Judged {
    fn is_detected(&self) -> bool {
        !self.errors.is_empty()
    }

    fn is_located(&self) -> bool {
        let places = self.errors.iter().filter_map(|error| error.split(' ').next());
        let expected = self.fault.expected.as_deref().unwrap_or_default();
        places.into_iter().any(|place| is_located(place, expected))
    }
}

/// Makes the faults, checks them and prints the shares.
pub(crate) fn run(args: &Args) -> Result<()> {
    let library = Library::new(&args.package, Path::new("."));
    let r4 = args.r4.clone().or_else(|| library.find("hl7.fhir.r4.core#4.0.1"));
    let r4 = r4.context("the definitions of R4 are not at hand: name their package with --r4")?;
    let schema = Schema::new(definitions(&r4)?.into_iter().chain(definitions_of(&args.package)?));
    let packages = library.with_dependencies(&args.package, true)?;
    let plans: Vec<&Plan> = packages.iter().map(|package| &package.plan).collect();
    let set = with_r4(plans.iter().copied());
    let sources = sources(args, &schema, &set)?;
    println!("{} valid resources, seed {}", sources.len(), args.seed);
    let judged = judge(args, &schema, &sources, &plans)?;
    print(args, &judged)
}

fn definitions(path: &Path) -> Result<Vec<Value>> {
    let texts = json_texts(path)?;
    let is_definition = |name: &str| {
        name.rsplit('/')
            .next()
            .is_some_and(|file| file.starts_with("StructureDefinition"))
    };
    let wanted: Vec<_> = texts.iter().filter(|text| is_definition(&text.name)).collect();
    Ok(wanted
        .par_iter()
        .filter_map(|text| serde_json::from_slice(&text.bytes).ok())
        .collect())
}

fn definitions_of(packages: &[PathBuf]) -> Result<Vec<Value>> {
    let all = packages
        .iter()
        .map(|path| definitions(path))
        .collect::<Result<Vec<_>>>()?;
    Ok(all.into_iter().flatten().collect())
}

/// The resources without errors, by name.
fn sources<'s>(args: &Args, schema: &'s Schema, set: &PlanSet<'_>) -> Result<Vec<Source<'s>>> {
    let mut texts = Vec::new();
    for path in &args.sources {
        let found = json_texts(path)?;
        let has_folder = found.iter().any(|text| text.name.starts_with("package/example/"));
        texts.extend(found.into_iter().filter(|text| {
            let file = text.name.rsplit('/').next().unwrap_or_default();
            let is_definition = [
                "StructureDefinition",
                "ValueSet",
                "CodeSystem",
                "SearchParameter",
                "OperationDefinition",
            ];
            (!has_folder || text.name.starts_with("package/example/"))
                && !is_definition.iter().any(|kind| file.starts_with(kind))
                && text.bytes.len() < 100_000
        }));
    }
    let sources = texts.par_iter().filter_map(|text| {
        let resource: Value = serde_json::from_slice(&text.bytes).ok()?;
        schema.definition(schema::text(&resource, "resourceType"))?;
        if !check(set, &resource, None).is_empty() {
            return None;
        }
        let spots = schema.spots(&resource);
        Some(Source {
            name: text.name.clone(),
            resource,
            spots,
        })
    });
    Ok(sources.collect())
}

/// The errors on a resource, each `expression [code] message`.
fn check(set: &PlanSet<'_>, resource: &Value, profile: Option<&str>) -> Vec<String> {
    let options = Options {
        profiles: profile.map(str::to_owned).into_iter().collect(),
        best_practice: BestPractice::Ignore,
        ..Options::default()
    };
    let bytes = resource.to_string().into_bytes();
    let report: Report = kap_validate::check_bytes(set, &bytes, &options);
    let errors = report.issues.iter().filter(|issue| issue.severity.is_error());
    let errors = errors.map(|issue| {
        let place = issue.location.expression.as_deref().unwrap_or("?");
        format!("{place} [{}] {}", issue.code, issue.message.reveal())
    });
    errors.collect()
}

/// Makes up to `each` faults of every kind, spread over the sources.
fn judge(args: &Args, schema: &Schema, sources: &[Source<'_>], plans: &[&Plan]) -> Result<Vec<Judged>> {
    let mut faults: Vec<(&Source<'_>, Fault)> = Vec::new();
    let operators = [
        values::OPERATORS,
        extensions::OPERATORS,
        profiles::OPERATORS,
        slices::OPERATORS,
    ];
    let wanted = |name: &str| args.only.as_deref().is_none_or(|only| name.contains(only));
    let by_name = operators.into_iter().flatten().filter(|(name, _)| wanted(name));
    for (number, (_, operator)) in (0_u64..).zip(by_name) {
        let mut draw = Draw(args.seed.wrapping_mul(1_000_003).wrapping_add(number));
        let mut made = 0;
        // Sources are visited in a drawn order, until there are enough faults or no places left.
        let mut order: Vec<(u64, &Source<'_>)> = sources.iter().map(|source| (draw.next(), source)).collect();
        order.sort_by_key(|(key, _)| *key);
        for (_, source) in order {
            if made >= args.each {
                break;
            }
            if let Some(some) = operator(schema, source, &mut draw) {
                made += 1;
                faults.extend(some.into_iter().map(|fault| (source, fault)));
            }
        }
    }
    let mut draw = Draw(args.seed);
    let alone = Source {
        name: "generated".to_owned(),
        resource: Value::Null,
        spots: Vec::new(),
    };
    let mut whole = bundles::faults(sources, &mut draw, args.each);
    whole.extend(responses::faults(&mut draw, args.each));
    faults.extend(
        whole
            .into_iter()
            .filter(|fault| wanted(&fault.kind))
            .map(|fault| (&alone, fault)),
    );
    faults
        .into_par_iter()
        .map(|(source, fault)| judge_one(plans, source, fault))
        .collect()
}

fn judge_one(plans: &[&Plan], source: &Source<'_>, fault: Fault) -> Result<Judged> {
    let loose = kap_validate::compile("faults", "0", fault.definitions.clone())?;
    let loose = Plan::from_bytes(loose)?;
    let set = with_r4([&loose].into_iter().chain(plans.iter().copied()));
    let errors = check(&set, &fault.resource, fault.profile.as_deref());
    Ok(Judged {
        fault,
        source: source.name.clone(),
        errors,
    })
}

fn print(args: &Args, judged: &[Judged]) -> Result<()> {
    let mut kinds = BTreeMap::<&str, [usize; 5]>::new();
    for (number, one) in judged.iter().enumerate() {
        let is_control = one.fault.expected.is_none();
        let is_wrong = if is_control {
            one.is_detected()
        } else {
            !one.is_located()
        };
        for name in ["all", one.fault.kind.as_str()] {
            let counts = kinds.entry(name).or_default();
            if is_control {
                counts[3] += 1;
                counts[4] += usize::from(one.is_detected());
            } else {
                counts[0] += 1;
                counts[1] += usize::from(one.is_detected());
                counts[2] += usize::from(one.is_located());
            }
        }
        if is_wrong && args.verbose {
            let expected = one.fault.expected.as_deref().unwrap_or("no error");
            println!(
                "{number} {} in {}: expected {expected}, found {:?}",
                one.fault.kind, one.source, one.errors
            );
        }
        if let (true, Some(folder)) = (is_wrong, &args.out) {
            fs::create_dir_all(folder)?;
            let name = |what: &str| {
                folder.join(format!(
                    "{number}-{}{what}.json",
                    one.fault.kind.replace([':', ' '], "-")
                ))
            };
            fs::write(name(""), serde_json::to_string_pretty(&one.fault.resource)?)?;
            for (at, definition) in one.fault.definitions.iter().enumerate() {
                fs::write(
                    name(&format!("-definition-{at}")),
                    serde_json::to_string_pretty(definition)?,
                )?;
            }
        }
    }
    for (kind, [made, detected, located, controls, alarms]) in &kinds {
        println!(
            "{kind:30} {made:5}  detected {detected:5} ({:5.1} %)  located {located:5} ({:5.1} %)  false alarms {alarms} of {controls}",
            percent(*detected, *made),
            percent(*located, *made),
        );
    }
    let [made, detected, located, _, alarms] = kinds.get("all").copied().unwrap_or_default();
    let is_enough = percent(detected, made) >= 99.0 && percent(located, made) >= 97.0 && alarms == 0;
    ensure!(
        !args.bars || is_enough,
        "too few faults are found, or there are false alarms"
    );
    Ok(())
}
