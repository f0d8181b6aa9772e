//! `kap sandbox`: an EHR to try things on.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context as _;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use kap_sandbox::{Fault, Faults, Sandbox, Vendor};
use tokio::net::TcpListener;

use crate::exit::{self, Exit};
use crate::{Global, terminal};

/// Run an EHR sandbox on this machine: FHIR R4 REST on an SQLite file. Never a production server
///
/// Prints its base address on standard output and serves until it is interrupted. It listens on the loopback address only.
///
/// To test a client: `--like` gives it the habits of a real vendor, as that vendor publishes them: what its statement offers is done
/// and nothing else, with its limits, statuses and forms of errors. `--faults` lets things go wrong. Which request is struck follows
/// from `--seed` and from the request alone, never from time; none is struck more than twice. `GET /faults`, beside the service base,
/// tells what was done to whom, and what was asked for although it is not offered.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct Arguments {
    /// Port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Database file
    #[arg(long, default_value = "kap-sandbox.db", value_name = "FILE")]
    database: PathBuf,
    /// Vendor whose habits it has
    #[arg(long, default_value = "plain", value_name = "VENDOR", value_parser = vendor())]
    like: Vendor,
    /// File with the habits of a server of your own, in the form of `crates/kap-sandbox/src/habits/*.toml`
    #[arg(long, value_name = "FILE", conflicts_with = "like")]
    habits: Option<PathBuf>,
    /// What goes wrong: `all`, or names with commas between them
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = fault())]
    faults: Vec<Struck>,
    /// Number that decides which requests are struck
    #[arg(long, default_value_t = 1, value_name = "N", requires = "faults")]
    seed: u64,
    /// Part of the requests that is struck, from 0 to 1
    #[arg(long, default_value_t = 0.1, value_name = "PART", requires = "faults", value_parser = part)]
    fault_rate: f64,
    /// How long an answer is held back; choose more than your client waits
    #[arg(long, default_value_t = 30.0, value_name = "SECONDS", requires = "faults", value_parser = seconds)]
    fault_delay: f64,
}

/// One fault, or all of them.
#[derive(Debug, Clone, Copy)]
enum Struck {
    All,
    One(Fault),
}

pub(crate) fn run(arguments: &Arguments, _global: &Global) -> anyhow::Result<Exit> {
    let mut sandbox = Sandbox::open(&arguments.database)?.with_habits(arguments.like);
    if let Some(path) = &arguments.habits {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read the habits `{}`", path.display()))?;
        sandbox = sandbox
            .with_habits_from(&text)
            .with_context(|| format!("cannot use `{}`", path.display()))?;
    }
    if !arguments.faults.is_empty() {
        sandbox = sandbox.with_faults(faults(arguments));
    }
    let seen = sandbox.clone();
    super::runtime()?.block_on(async {
        let (listener, base) = listen(arguments.port).await?;
        writeln!(io::stdout().lock(), "{base}")?;
        terminal::note("kap: serving until interrupted (Ctrl-C)");
        let interrupted = async {
            // Without a way to hear Ctrl-C the sandbox serves until it is killed, which it survives.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        kap_sandbox::serve(sandbox, listener, interrupted).await?;
        tell(&seen);
        Ok(Exit::Done)
    })
}

fn faults(arguments: &Arguments) -> Faults {
    let named = arguments.faults.iter().flat_map(|struck| match struck {
        Struck::All => Fault::ALL.to_vec(),
        Struck::One(fault) => vec![*fault],
    });
    Faults::new(named, arguments.seed)
        .with_rate(arguments.fault_rate)
        .with_delay(Duration::from_secs_f64(arguments.fault_delay))
}

/// Says how often each fault struck, and what was asked for in vain.
fn tell(sandbox: &Sandbox) {
    let mut counts = BTreeMap::new();
    for injected in sandbox.injected() {
        *counts.entry(injected.fault).or_insert(0_u64) += 1;
    }
    for (fault, count) in counts {
        terminal::note(&format!("kap: {fault} struck {count} times"));
    }
    for (what, count) in sandbox.not_offered() {
        terminal::note(&format!("kap: asked for in vain {count} times: {what}"));
    }
}

fn vendor() -> impl TypedValueParser<Value = Vendor> {
    let names = Vendor::ALL.iter();
    let names = names.map(|vendor| PossibleValue::new(vendor.as_str()).help(vendor.about()));
    PossibleValuesParser::new(names).map(|name| Vendor::of_name(&name).unwrap_or_default())
}

fn fault() -> impl TypedValueParser<Value = Struck> {
    let names = Fault::ALL.iter();
    let names = names.map(|fault| PossibleValue::new(fault.as_str()).help(fault.about()));
    let all = PossibleValue::new("all").help("All of them");
    PossibleValuesParser::new(std::iter::once(all).chain(names))
        .map(|name| Fault::of_name(&name).map_or(Struck::All, Struck::One))
}

fn part(text: &str) -> Result<f64, String> {
    let part = text.parse().ok().filter(|part| (0.0..=1.0).contains(part));
    part.ok_or_else(|| "not a number from 0 to 1".to_owned())
}

fn seconds(text: &str) -> Result<f64, String> {
    let seconds = text.parse().ok().filter(|seconds| (0.0..=86_400.0).contains(seconds));
    seconds.ok_or_else(|| "not a number of seconds up to a day".to_owned())
}

/// A listener on the loopback address, and the base address of the sandbox behind it.
pub(super) async fn listen(port: u16) -> anyhow::Result<(TcpListener, url::Url)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.with_context(|| {
        format!("cannot listen on port {port} of the loopback address; `--port 0` takes a free one")
    })?;
    let address = listener.local_addr().context("cannot tell the port we listen on")?;
    let base = url::Url::parse(&format!("http://{address}/fhir")).context("cannot write the sandbox's address")?;
    Ok((listener, base))
}
