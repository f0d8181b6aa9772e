//! The command line as a whole: start-up with one small resource, and a gigabyte of NDJSON.

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use anyhow::{Result, bail};

use super::input::Input;
use super::{Args, everything, per_pass, set};
use crate::bench::process::{self, run as run_once};
use crate::bench::{mebibytes, median, path_text};
use crate::conformance::library::Loaded;

/// Builds the release binary and measures it.
pub(super) fn run(
    root: &Path,
    args: &Args,
    folder: &Path,
    archive: &Path,
    us_core: &Loaded,
    input: &Input,
) -> Result<()> {
    let build = std::process::Command::new(env!("CARGO"))
        .args(["build", "--release"])
        .current_dir(root)
        .status()?;
    if !build.success() {
        bail!("the release build failed");
    }
    let kap = root.join("target/release/kap");
    one_small_resource(&kap, folder, archive)?;
    stream(args, &kap, folder, archive, us_core, input)
}

/// One Patient, without and with US Core; the second run with US Core finds the compiled plan in the cache.
fn one_small_resource(kap: &Path, folder: &Path, archive: &Path) -> Result<()> {
    let patient = folder.join("small-patient.json");
    fs::write(
        &patient,
        r#"{"resourceType":"Patient","id":"p","active":true,"name":[{"family":"Testperson"}],"birthDate":"1990-02-03"}"#,
    )?;
    let plain = ["validate", path_text(&patient)?];
    let profiled = ["validate", "--package", path_text(archive)?, path_text(&patient)?];
    let nothing = median(25, || Ok(run_once(Path::new("true"), &[], None)?.time))?;
    for (name, arguments) in [
        ("one Patient", &plain[..]),
        ("one Patient, US Core, second run", &profiled[..]),
    ] {
        run_once(kap, arguments, None)?;
        let wall = median(25, || Ok(run_once(kap, arguments, None)?.time))?;
        let peak = run_once(kap, arguments, None)?.peak_kibibytes;
        print!(
            "{name}: {wall:.1?} wall (an empty process {nothing:.1?}), peak {:.1} MiB",
            mebibytes(peak * 1024)
        );
        match process::instructions(kap, arguments, folder)? {
            Some(count) => println!(", {:.1} million instructions", count as f64 / 1e6),
            None => println!("; SKIPPED: instructions, because valgrind is not installed"),
        }
    }
    Ok(())
}

/// How often what is streamed and what is held are measured in turn: the machine's speed changes within minutes.
const ROUNDS: usize = 3;

/// A large NDJSON file: peak memory, and CPU time beside the same lines in memory.
fn stream(args: &Args, kap: &Path, folder: &Path, archive: &Path, us_core: &Loaded, input: &Input) -> Result<()> {
    let lines = input.lines()?;
    let path = folder.join("stream.ndjson");
    let (bytes, count) = write_lines(&path, &lines, args.ndjson_megabytes * 1_000_000)?;
    let plans = set(&us_core.plan);
    let options = everything();
    let arguments = [
        "--format",
        "ndjson",
        "--package",
        path_text(archive)?,
        path_text(&path)?,
    ];
    // Two threads of one core share it, so a CPU-second of one thread is not one of two: what is compared runs on one.
    let single = [&["validate", "--jobs", "1"], &arguments[..]].concat();
    let mut shares = Vec::new();
    for _ in 0..ROUNDS {
        let in_memory = per_pass(args.seconds, || {
            for line in &lines {
                black_box(kap_validate::check_bytes(&plans, line, &options));
            }
        })?;
        let streamed = run_once(kap, &single, None)?;
        let (held, rate) = (
            lines.len() as f64 / in_memory,
            f64::from(count) / streamed.cpu.as_secs_f64(),
        );
        println!(
            "{bytes} bytes of NDJSON, one thread: peak {:.1} MiB, {:.1?} wall, {rate:.0} resources per CPU-second, {:.0} % of the {held:.0} in memory",
            mebibytes(streamed.peak_kibibytes * 1024),
            streamed.time,
            100.0 * rate / held
        );
        shares.push(rate / held);
    }
    shares.sort_by(f64::total_cmp);
    println!(
        "streamed over in memory, middle of {ROUNDS} rounds: {:.0} %",
        100.0 * shares[ROUNDS / 2]
    );
    let spread = run_once(kap, &[&["validate"], &arguments[..]].concat(), None)?;
    fs::remove_file(&path)?;
    println!(
        "the same on all cores: peak {:.1} MiB, {:.1?} wall",
        mebibytes(spread.peak_kibibytes * 1024),
        spread.time
    );
    Ok(())
}

/// Writes `lines` over and over until there are that many bytes; answers how many bytes and lines there are.
fn write_lines(path: &Path, lines: &[Vec<u8>], least: usize) -> Result<(usize, u32)> {
    let mut file = BufWriter::new(File::create(path)?);
    let (mut bytes, mut count) = (0, 0);
    for line in lines.iter().cycle() {
        if bytes >= least {
            break;
        }
        file.write_all(line)?;
        file.write_all(b"\n")?;
        bytes += line.len() + 1;
        count += 1;
    }
    file.flush()?;
    Ok((bytes, count))
}
