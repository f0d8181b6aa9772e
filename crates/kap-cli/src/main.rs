//! The command line `kap`: arguments, wiring, rendering, progress and exit codes. It holds no rule of its own.

mod bundles;
mod clinic;
mod codes;
mod commands;
mod config;
mod definitions;
mod edges;
mod exit;
mod files;
mod fit;
mod forms;
mod input;
mod progress;
mod render;
mod server;
mod terminal;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::commands::{capabilities, completions, demo, explain, map, plan, push, sandbox, status, validate, verify};
use crate::exit::Exit;

/// Moves records of ketamine-assisted psychotherapy into electronic health records, as FHIR R4.
#[derive(Debug, Parser)]
#[command(name = "kap", version, term_width = 100, after_help = exit::HELP, propagate_version = true)]
struct Arguments {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every command understands.
#[derive(Debug, clap::Args)]
struct Global {
    /// Configuration file [default: kap.toml in this folder, if there is one]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// When to use colour; `NO_COLOR` is honoured
    #[arg(long, global = true, value_enum, default_value_t)]
    color: terminal::ColorChoice,
    /// Show no progress, even on a terminal
    #[arg(long, global = true)]
    no_progress: bool,
    /// Show values of the data in messages; without it they are masked
    #[arg(long, global = true)]
    reveal_values: bool,
}

#[derive(Debug, Subcommand)]
#[expect(clippy::large_enum_variant, reason = "one command is read a run")]
enum Command {
    Demo(demo::Arguments),
    Map(map::Arguments),
    Validate(validate::Arguments),
    Plan(plan::Arguments),
    Push(push::Arguments),
    Status(status::Arguments),
    Verify(verify::Arguments),
    Capabilities(capabilities::Arguments),
    Sandbox(sandbox::Arguments),
    Explain(explain::Arguments),
    Completions(completions::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let exit = run(&arguments).unwrap_or_else(|failure| {
        if terminal::is_broken_pipe(&failure) {
            return Exit::Done;
        }
        terminal::complain(&format!("{failure:#}"));
        exit::of_failure(&failure)
    });
    exit.into()
}

fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let global = &arguments.global;
    match &arguments.command {
        Command::Demo(arguments) => demo::run(arguments, global),
        Command::Map(arguments) => map::run(arguments, global),
        Command::Validate(arguments) => validate::run(arguments, global),
        Command::Plan(arguments) => plan::run(arguments, global),
        Command::Push(arguments) => push::run(arguments, global),
        Command::Status(arguments) => status::run(arguments, global),
        Command::Verify(arguments) => verify::run(arguments, global),
        Command::Capabilities(arguments) => capabilities::run(arguments, global),
        Command::Sandbox(arguments) => sandbox::run(arguments, global),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Completions(arguments) => completions::run(arguments),
    }
}
