//! Chores of the project, run as `cargo xtask <chore>`.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "chores talk to the person who runs them"
)]

mod bench;
mod codegen;
mod conformance;
mod definitions;
mod differences;
mod faults;
mod folder;
mod known;
mod tidy;

use std::path::{Path, PathBuf};

use clap::Parser;

/// Chores of the project
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
enum Chore {
    Definitions(definitions::Args),
    /// Write everything that is derived from the sources and checked in
    Codegen {
        /// Only compare, and fail if something is not current
        #[arg(long)]
        check: bool,
    },
    Conformance(conformance::Args),
    Differences(differences::Args),
    Faults(faults::Args),
    /// Measure the release build
    Bench(bench::Args),
    /// Look for what the architecture forbids
    Tidy,
}

fn main() -> anyhow::Result<()> {
    match Chore::parse() {
        Chore::Definitions(args) => definitions::run(&root(), &args),
        Chore::Codegen { check } => codegen::run(&root(), check),
        Chore::Conformance(args) => conformance::run(&root(), &args),
        Chore::Differences(args) => differences::run(&root(), &args),
        Chore::Faults(args) => faults::run(&args),
        Chore::Bench(args) => bench::bench(&root(), &args),
        Chore::Tidy => tidy::run(&root()),
    }
}

/// The top folder of the checkout.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
