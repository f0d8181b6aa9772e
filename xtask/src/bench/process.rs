//! One run of a command: wall time, CPU time and peak memory, as the operating system counts them.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

/// What a run took.
pub(super) struct Finished {
    pub(super) time: Duration,
    pub(super) cpu: Duration,
    pub(super) peak_kibibytes: u64,
}

/// Runs `program` under GNU time, with its output to `stdout` or nowhere.
pub(super) fn run(program: &Path, arguments: &[&str], stdout: Option<&Path>) -> anyhow::Result<Finished> {
    let report = tempfile::NamedTempFile::new()?;
    let out = match stdout {
        Some(path) => Stdio::from(File::create(path)?),
        None => Stdio::null(),
    };
    let begin = Instant::now();
    let status = Command::new("time")
        .args(["--quiet", "--format", "%U %S %M", "--output"])
        .arg(report.path())
        .arg(program)
        .args(arguments)
        .stdout(out)
        .stderr(Stdio::null())
        .status()
        .context("cannot run GNU time; install the package `time`")?;
    let time = begin.elapsed();
    if !matches!(status.code(), Some(0 | 1)) {
        bail!("`{} {}` ended with {status}", program.display(), arguments.join(" "));
    }
    let report = std::fs::read_to_string(report.path())?;
    let mut figures = report.split_whitespace();
    let (Some(user), Some(system), Some(peak)) = (figures.next(), figures.next(), figures.next()) else {
        bail!("GNU time printed `{report}`")
    };
    Ok(Finished {
        time,
        cpu: Duration::from_secs_f64(user.parse::<f64>()? + system.parse::<f64>()?),
        peak_kibibytes: peak.parse()?,
    })
}

/// Instructions of one run, counted by callgrind; `None` where valgrind is not installed.
pub(super) fn instructions(program: &Path, arguments: &[&str], folder: &Path) -> anyhow::Result<Option<u64>> {
    let profile = folder.join("callgrind.out");
    let output = Command::new("valgrind")
        .arg("--tool=callgrind")
        .arg(format!("--callgrind-out-file={}", profile.display()))
        .arg(program)
        .args(arguments)
        .output();
    let Ok(output) = output else { return Ok(None) };
    let text = String::from_utf8_lossy(&output.stderr);
    let count = text
        .lines()
        .find_map(|line| line.split_once("Collected :"))
        .map(|(_, count)| count.trim().parse());
    Ok(Some(count.context("callgrind printed no count")??))
}
