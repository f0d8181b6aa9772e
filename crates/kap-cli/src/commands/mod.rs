//! One command, one file: its arguments, its help, its `run`.

pub(crate) mod capabilities;
pub(crate) mod completions;
pub(crate) mod demo;
pub(crate) mod explain;
pub(crate) mod map;
pub(crate) mod plan;
pub(crate) mod push;
pub(crate) mod sandbox;
pub(crate) mod status;
pub(crate) mod validate;
pub(crate) mod verify;

use anyhow::Context as _;

/// The runtime for everything that talks to a network.
fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the network runtime")
}
