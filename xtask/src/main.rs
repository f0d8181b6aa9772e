//! Chores of the project, run as `cargo xtask <chore>`.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "chores talk to the person who runs them"
)]

mod definitions;

use std::path::{Path, PathBuf};

use clap::Parser;

/// Chores of the project
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
enum Chore {
    Definitions(definitions::Args),
}

fn main() -> anyhow::Result<()> {
    match Chore::parse() {
        Chore::Definitions(args) => definitions::run(&root(), &args),
    }
}

/// The top folder of the checkout.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
