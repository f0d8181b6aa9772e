//! `cargo xtask bench validate`: the validator beside `serde_json::Value` and its peers, in one run and on the same bytes.

mod command;
mod input;
pub(crate) mod peers;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use kap_validate::{BestPractice, Options, Plan, PlanSet};
use sha2::{Digest, Sha256};

use crate::conformance::library::{Library, Loaded, with_r4};
use input::Input;

/// Beside what, and on what.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Folder of bundles that claim US Core's profiles (`uscore-*.json`)
    #[arg(long, value_name = "DIR", env = "KAP_SYNTHEA_DIR")]
    input: PathBuf,
    /// Package of the profiles; by default US Core 6.1.0 in `KAP_PACKAGES_DIR`
    #[arg(long, value_name = "TGZ")]
    package: Option<PathBuf>,
    /// CPU seconds to spend on each figure
    #[arg(long, default_value_t = 3.0)]
    seconds: f64,
    /// Size of the NDJSON that is streamed
    #[arg(long, default_value_t = 1024, value_name = "MB")]
    ndjson_megabytes: usize,
    /// Leave the peers out
    #[arg(long)]
    without_peers: bool,
    /// Leave out what needs the release build of the command line: start-up and streaming
    #[arg(long)]
    without_command: bool,
}

/// Measures everything and prints it.
pub(super) fn run(root: &Path, args: &Args) -> Result<()> {
    if cfg!(debug_assertions) {
        return in_release(root);
    }
    let library = Library::new(&args.package.clone().into_iter().collect::<Vec<_>>(), root);
    let archive = args.package.clone().or_else(|| library.find("hl7.fhir.us.core#6.1.0"));
    let archive = archive.context("US Core 6.1.0 is not at hand: name its package with --package")?;
    let us_core = library.load(&archive)?;
    let folder = root.join("target/bench");
    fs::create_dir_all(&folder)?;
    let claimed = Input::claimed(&args.input, &folder)?;
    let forced = Input::forced(&claimed, &folder)?;
    println!(
        "{} bundles, {} resources, {} bytes",
        claimed.texts.len(),
        claimed.resources,
        claimed.bytes()
    );

    let yardstick = peers::yardstick(root, &claimed, args.seconds)?;
    let yardstick_forced = peers::yardstick(root, &forced, args.seconds)?;
    print_ratio("serde_json::Value, default features", yardstick, yardstick, &claimed);
    let ours = in_process(args, &us_core, &claimed, yardstick)?;
    forced_profiles(args, &us_core, &forced, yardstick_forced)?;
    two_threads(args, &us_core, &claimed)?;
    if !args.without_command {
        command::run(root, args, &folder, &archive, &us_core, &claimed)?;
    }
    if !args.without_peers {
        peers::run(root, args, &folder, &archive, &claimed, ours)?;
    }
    Ok(())
}

/// Runs the bench again as a release build: an unoptimised validator says nothing.
fn in_release(root: &Path) -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let status = std::process::Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--release", "--package", "xtask", "--"])
        .args(arguments)
        .current_dir(root)
        .status()?;
    if !status.success() {
        bail!("the bench failed");
    }
    Ok(())
}

/// Our parse, base and profiles on one thread, each as a multiple of the yardstick. Answers the seconds per pass with profiles.
fn in_process(args: &Args, us_core: &Loaded, input: &Input, yardstick: f64) -> Result<f64> {
    let options = everything();
    let base = with_r4([]);
    let profiles = with_r4([&us_core.plan]);
    let parse = per_pass(args.seconds, || {
        for text in &input.texts {
            black_box(kap_validate::parse(&profiles, text, &options));
        }
    })?;
    print_ratio("our parse", parse, yardstick, input);
    let print = |name: &str, plans: &PlanSet<'_>, options: &Options| -> Result<f64> {
        let seconds = per_pass(args.seconds, || check_all(plans, input, options))?;
        print_ratio(name, seconds, yardstick, input);
        println!("    {}", outcome(plans, input, options));
        Ok(seconds)
    };
    print("base", &base, &options)?;
    let ours = print("with US Core", &profiles, &options)?;
    let evaluated = Options {
        native_invariants: false,
        ..everything()
    };
    print("with US Core, all invariants evaluated", &profiles, &evaluated)?;
    let verdicts = per_pass(args.seconds, || {
        for text in &input.texts {
            let parsed = kap_validate::parse(&profiles, text, &options);
            black_box(
                parsed
                    .document
                    .is_some_and(|document| kap_validate::is_valid(&profiles, &document, &options)),
            );
        }
    })?;
    print_ratio("with US Core, verdict only", verdicts, yardstick, input);
    Ok(ours)
}

fn forced_profiles(args: &Args, us_core: &Loaded, input: &Input, yardstick: f64) -> Result<()> {
    let plans = with_r4([&us_core.plan]);
    let options = everything();
    let seconds = per_pass(args.seconds, || check_all(&plans, input, &options))?;
    print_ratio("laboratory and vital signs forced", seconds, yardstick, input);
    println!("    {}", outcome(&plans, input, &options));
    let evaluated = Options {
        native_invariants: false,
        ..options
    };
    println!("    {} (all invariants evaluated)", outcome(&plans, input, &evaluated));
    Ok(())
}

/// All invariants, those of good practice included, and every issue kept.
fn everything() -> Options {
    Options {
        best_practice: BestPractice::Hint,
        max_issues: usize::MAX,
        ..Options::default()
    }
}

fn check_all(plans: &PlanSet<'_>, input: &Input, options: &Options) {
    for text in &input.texts {
        black_box(kap_validate::check_bytes(plans, text, options));
    }
}

/// How many issues there are, and a hash over all of them.
fn outcome(plans: &PlanSet<'_>, input: &Input, options: &Options) -> String {
    let mut hash = Sha256::new();
    let (mut issues, mut errors, mut undecided) = (0, 0, 0);
    for text in &input.texts {
        let report = kap_validate::check_bytes(plans, text, options);
        issues += report.issues.len() + report.omitted;
        errors += report.errors;
        undecided += report.undecided.len();
        for issue in &report.issues {
            hash.update(issue.code);
            hash.update(issue.location.offset.unwrap_or(u32::MAX).to_le_bytes());
            hash.update(issue.message.reveal());
        }
    }
    let hash = hex::encode(hash.finalize());
    format!(
        "{issues} issues ({errors} errors), hash {}, {undecided} things undecided",
        &hash[..16]
    )
}

/// The same work on one thread and on two, in wall time.
fn two_threads(args: &Args, us_core: &Loaded, input: &Input) -> Result<()> {
    let plans = with_r4([&us_core.plan]);
    let options = everything();
    let once = per_pass(args.seconds / 4.0, || check_all(&plans, input, &options))?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "rounds are few and positive"
    )]
    let rounds = ((args.seconds / once).ceil() as usize).max(2);
    let work = rounds * input.texts.len();
    let wall = |threads: usize| {
        let next = AtomicUsize::new(0);
        let begin = Instant::now();
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    while let Some(number) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|number| *number < work)
                    {
                        black_box(kap_validate::check_bytes(
                            &plans,
                            &input.texts[number % input.texts.len()],
                            &options,
                        ));
                    }
                });
            }
        });
        begin.elapsed().as_secs_f64()
    };
    // The best of three: other work on the machine only ever slows a run down.
    let best = |threads| (0..3).map(|_| wall(threads)).fold(f64::INFINITY, f64::min);
    let (single, double) = (best(1), best(2));
    println!(
        "two threads over one: {:.2} times ({single:.2} s, {double:.2} s wall)",
        single / double
    );
    Ok(())
}

/// CPU seconds of this thread for one pass, after a pass to warm up: the median of passes within `seconds`.
fn per_pass(seconds: f64, mut pass: impl FnMut()) -> Result<f64> {
    pass();
    let mut times = Vec::new();
    let mut spent = 0.0;
    while times.len() < 3 || (spent < seconds && times.len() < 1000) {
        let begin = thread_seconds()?;
        pass();
        let time = thread_seconds()? - begin;
        spent += time;
        times.push(time);
    }
    times.sort_by(f64::total_cmp);
    Ok(times[times.len() / 2])
}

/// CPU time of this thread, as Linux counts it in nanoseconds.
fn thread_seconds() -> Result<f64> {
    let text =
        fs::read_to_string("/proc/thread-self/schedstat").context("the CPU time of a thread is read from /proc")?;
    let nanoseconds: f64 = text.split(' ').next().unwrap_or_default().parse()?;
    Ok(nanoseconds / 1e9)
}

fn print_ratio(name: &str, seconds: f64, yardstick: f64, input: &Input) {
    println!(
        "{name:42} {:8.1} ms a pass, {:5.2} times the yardstick, {:8.0} resources per CPU-second",
        seconds * 1e3,
        seconds / yardstick,
        input.resources as f64 / seconds
    );
}

/// The plan of a package in a set with R4, for those who need it twice.
fn set(us_core: &Plan) -> PlanSet<'_> {
    with_r4([us_core])
}
