//! `cargo xtask bench`: figures of the release build, each beside a yardstick measured in the same run.

#![expect(clippy::cast_precision_loss, reason = "figures are printed with three digits")]

mod process;
mod sources;
pub(crate) mod validate;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use serde_json::Value;

use crate::folder;
use process::{Finished, run};

/// The namespace of the bench's clinic; it protects nobody.
const NAMESPACE: &str = "9d1a3d66-6f52-4a0d-8f6c-3f7b6a1e2c90";

/// How much to measure.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: Option<What>,
    /// Records to make from the fixtures under new identifiers
    #[arg(long, default_value_t = 1000)]
    records: u64,
    /// Repetitions; the median is printed
    #[arg(long, default_value_t = 5)]
    repeat: usize,
}

/// A part that is measured alone.
#[derive(Debug, clap::Subcommand)]
enum What {
    /// The validator, beside JSON parsing and other validators, on realistic bundles
    Validate(validate::Args),
}

/// Builds the release binary and prints every figure.
pub(crate) fn bench(root: &Path, args: &Args) -> anyhow::Result<()> {
    if let Some(What::Validate(args)) = &args.what {
        return validate::run(root, args);
    }
    if cfg!(debug_assertions) {
        return in_release(root, args);
    }
    let status = std::process::Command::new(env!("CARGO"))
        .args(["build", "--release"])
        .current_dir(root)
        .status()?;
    if !status.success() {
        bail!("the release build failed");
    }
    let folder = root.join("target/bench");
    fs::create_dir_all(&folder)?;
    let kap = root.join("target/release/kap");
    println!("binary: {:.1} MiB", mebibytes(fs::metadata(&kap)?.len()));
    sources::print_lines_per_crate(root)?;
    one_small_resource(&kap, &folder, args)?;
    throughput(root, &kap, &folder, args)
}

/// Runs the bench again as a release build: a yardstick without optimisation would flatter us.
fn in_release(root: &Path, args: &Args) -> anyhow::Result<()> {
    let status = std::process::Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--release", "--package", "xtask", "--", "bench"])
        .args([
            "--records",
            &args.records.to_string(),
            "--repeat",
            &args.repeat.to_string(),
        ])
        .current_dir(root)
        .status()?;
    if !status.success() {
        bail!("the bench failed");
    }
    Ok(())
}

/// `kap validate` on one small Patient: wall time beside that of a process that does nothing, and instructions.
fn one_small_resource(kap: &Path, folder: &Path, args: &Args) -> anyhow::Result<()> {
    let patient = folder.join("patient.json");
    fs::write(
        &patient,
        r#"{"resourceType":"Patient","id":"p","active":true,"name":[{"family":"Testperson"}],"birthDate":"1990-02-03"}"#,
    )?;
    let arguments = ["validate", path_text(&patient)?];
    let ours = median(args.repeat * 5, || Ok(run(kap, &arguments, None)?.time))?;
    let nothing = median(args.repeat * 5, || Ok(run(Path::new("true"), &[], None)?.time))?;
    let peak = run(kap, &arguments, None)?.peak_kibibytes;
    println!(
        "validate one Patient: {ours:.1?} wall, an empty process {nothing:.1?}; peak {:.1} MiB",
        mebibytes(peak * 1024)
    );
    match process::instructions(kap, &arguments, folder)? {
        Some(count) => println!("validate one Patient: {:.1} million instructions", count as f64 / 1e6),
        None => println!("SKIPPED: instructions, because valgrind is not installed"),
    }
    Ok(())
}

/// Mapping and validating many records, beside plain JSON parsing of the same bytes.
fn throughput(root: &Path, kap: &Path, folder: &Path, args: &Args) -> anyhow::Result<()> {
    let records = folder.join("records.ndjson");
    write_records(root, &records, args.records)?;
    let bundles = folder.join("bundles.ndjson");
    let map_arguments = ["map", "--namespace", NAMESPACE, path_text(&records)?];
    let map = median_run(args.repeat, || run(kap, &map_arguments, Some(&bundles)))?;
    let map_yardstick = median(args.repeat, || parse_each_line(&records))?;
    report(
        "map",
        args.records,
        "records",
        fs::metadata(&records)?.len(),
        &map,
        map_yardstick,
    );

    let resources = count_resources(&bundles)?;
    let validate_arguments = ["validate", "--format", "ndjson", path_text(&bundles)?];
    let validate = median_run(args.repeat, || run(kap, &validate_arguments, None))?;
    let validate_yardstick = median(args.repeat, || parse_each_line(&bundles))?;
    report(
        "validate",
        resources,
        "resources",
        fs::metadata(&bundles)?.len(),
        &validate,
        validate_yardstick,
    );
    Ok(())
}

fn report(what: &str, count: u64, unit: &str, bytes: u64, finished: &Finished, yardstick: Duration) {
    let cpu = finished.cpu.as_secs_f64();
    println!(
        "{what} {count} {unit}, {:.1} MiB: {:.2?} wall, {cpu:.2} s CPU, {:.0} {unit} per CPU-second, {:.1} MiB peak; {:.1} times the CPU of parsing the same text as serde_json::Value",
        mebibytes(bytes),
        finished.time,
        count as f64 / cpu,
        mebibytes(finished.peak_kibibytes * 1024),
        cpu / yardstick.as_secs_f64(),
    );
}

/// Writes `count` records, made from the fixtures under new identifiers, one a line.
fn write_records(root: &Path, path: &Path, count: u64) -> anyhow::Result<()> {
    let mut originals = Vec::new();
    for file in folder::json_files(&root.join("fixtures/records"))? {
        originals.push(serde_json::from_slice::<Value>(&fs::read(file)?)?);
    }
    let mut text = Vec::new();
    for (number, original) in (0..count).zip(originals.iter().cycle()) {
        serde_json::to_writer(&mut text, &kap_synth::under_new_identifiers(original, number))?;
        text.push(b'\n');
    }
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn count_resources(bundles: &Path) -> anyhow::Result<u64> {
    let text = fs::read(bundles)?;
    let mut count = 0;
    for line in text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let bundle: Value = serde_json::from_slice(line)?;
        count += bundle["entry"].as_array().map_or(0, Vec::len) as u64;
    }
    Ok(count)
}

fn parse_each_line(path: &Path) -> anyhow::Result<Duration> {
    let text = fs::read(path)?;
    let begin = Instant::now();
    for line in text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        std::hint::black_box(serde_json::from_slice::<Value>(line)?);
    }
    Ok(begin.elapsed())
}

fn median(repeat: usize, mut measure: impl FnMut() -> anyhow::Result<Duration>) -> anyhow::Result<Duration> {
    let mut times = (0..repeat.max(1))
        .map(|_| measure())
        .collect::<anyhow::Result<Vec<_>>>()?;
    times.sort();
    Ok(times[times.len() / 2])
}

fn median_run(repeat: usize, mut measure: impl FnMut() -> anyhow::Result<Finished>) -> anyhow::Result<Finished> {
    let mut runs = (0..repeat.max(1))
        .map(|_| measure())
        .collect::<anyhow::Result<Vec<_>>>()?;
    runs.sort_by_key(|run| run.cpu);
    Ok(runs.swap_remove(runs.len() / 2))
}

fn path_text(path: &Path) -> anyhow::Result<&str> {
    path.to_str().context("the path of the checkout is not UTF-8")
}

fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
