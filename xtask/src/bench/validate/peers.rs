//! Other validators on the same input. Each has a manifest of its own in `tests/peers/`, takes the same arguments and
//! prints the same line; what is not installed is skipped loudly.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use super::Args;
use super::input::Input;

/// CPU seconds that `serde_json::Value` takes to parse the input once.
pub(super) fn yardstick(root: &Path, input: &Input, seconds: f64) -> Result<f64> {
    let folder = root.join("tests/peers/yardstick");
    succeed(
        Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--release"])
            .current_dir(&folder),
    )?;
    let (passes, cpu) = measure(
        Command::new(folder.join("target/release/yardstick")),
        Path::new("-"),
        input,
        seconds,
    )?;
    Ok(cpu / passes)
}

/// Each peer as resources per CPU-second beside `ours`, in seconds per pass.
pub(super) fn run(root: &Path, args: &Args, folder: &Path, archive: &Path, input: &Input, ours: f64) -> Result<()> {
    let packages = folder.join("packages.txt");
    fs::write(&packages, format!("{}\n", archive.display()))?;
    let peers = root.join("tests/peers");
    for (name, command) in [
        ("reference (Java, HAPI)", java(&peers)),
        ("Medplum (TypeScript)", medplum(&peers)),
        ("rh-validator (Rust)", rh(&peers, folder, archive)),
    ] {
        match command.and_then(|command| measure(command, &packages, input, args.seconds * 3.0)) {
            Ok((passes, cpu)) => {
                let each = cpu / passes;
                println!(
                    "{name:42} {:8.0} resources per CPU-second; ours has {:.1} times that",
                    input.resources as f64 / each,
                    each / ours
                );
            }
            Err(problem) => println!("SKIPPED: {name}: {problem:#}"),
        }
    }
    Ok(())
}

/// The reference, built with Maven.
pub(crate) fn java(peers: &Path) -> Result<Command> {
    let folder = peers.join("java");
    let mut maven = Command::new("mvn");
    maven
        .args(["--quiet", "--batch-mode", "compile", "dependency:copy-dependencies"])
        .current_dir(&folder);
    succeed(&mut maven).context("it is built with Maven")?;
    let mut command = Command::new("java");
    let path = format!("{0}/target/classes:{0}/target/dependency/*", folder.display());
    command.args(["-Xmx3g", "-cp", &path, "peer.Main"]);
    Ok(command)
}

fn medplum(peers: &Path) -> Result<Command> {
    let folder = peers.join("medplum");
    if !folder.join("node_modules").is_dir() {
        let mut npm = Command::new("npm");
        npm.args(["install", "--silent", "--no-audit", "--no-fund"])
            .current_dir(&folder);
        succeed(&mut npm).context("it is installed with npm")?;
    }
    let mut command = Command::new("node");
    command.arg(folder.join("main.mjs"));
    Ok(command)
}

/// rh-validator reads unpacked packages below the home folder: it gets a home of its own.
fn rh(peers: &Path, folder: &Path, archive: &Path) -> Result<Command> {
    let manifest = peers.join("rh");
    succeed(
        Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--release"])
            .current_dir(&manifest),
    )?;
    let home = folder.join("home");
    let core = archive.with_file_name("hl7.fhir.r4.core-4.0.1.tgz");
    for package in [core.as_path(), archive] {
        let name = package.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        let (name, version) = name
            .rsplit_once('-')
            .context("the archive is named after its package")?;
        let into = home.join(format!(".fhir/packages/{name}#{version}"));
        if !into.is_dir() {
            fs::create_dir_all(&into)?;
            succeed(Command::new("tar").arg("-xzf").arg(package).arg("-C").arg(&into))?;
        }
    }
    let mut command = Command::new(manifest.join("target/release/peer-rh"));
    command.env("HOME", &home);
    Ok(command)
}

/// How many passes over the input a peer made in how many CPU seconds.
fn measure(mut command: Command, packages: &Path, input: &Input, seconds: f64) -> Result<(f64, f64)> {
    let output = command
        .arg("bench")
        .arg(packages)
        .arg(&input.list)
        .arg(seconds.to_string())
        .output()?;
    if !output.status.success() {
        bail!(
            "it ended with {}: {}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().last().context("it printed nothing")?;
    let figures: Value = serde_json::from_str(line).with_context(|| format!("it printed `{line}`"))?;
    let number = |name: &str| figures[name].as_f64().with_context(|| format!("it printed no {name}"));
    Ok((number("rounds")?, number("cpu_seconds")?))
}

fn succeed(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("cannot run {name}"))?;
    if !output.status.success() {
        bail!(
            "{name} ended with {}: {}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(())
}
