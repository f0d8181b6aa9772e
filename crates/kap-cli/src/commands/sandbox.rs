//! `kap sandbox`: an EHR to try things on.

use std::io::{self, Write as _};
use std::net::Ipv4Addr;
use std::path::PathBuf;

use anyhow::Context as _;
use kap_sandbox::Sandbox;
use tokio::net::TcpListener;

use crate::exit::{self, Exit};
use crate::{Global, terminal};

/// Run an EHR sandbox on this machine: FHIR R4 REST on an SQLite file. Never a production server
///
/// Prints its base address on standard output and serves until it is interrupted. It listens on the loopback address only.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct Arguments {
    /// Port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Database file
    #[arg(long, default_value = "kap-sandbox.db", value_name = "FILE")]
    database: PathBuf,
}

pub(crate) fn run(arguments: &Arguments, _global: &Global) -> anyhow::Result<Exit> {
    let sandbox = Sandbox::open(&arguments.database)?;
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
        Ok(Exit::Done)
    })
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
