//! `kap status`: what the journal holds, without asking any server.

use std::io::{self, Write as _};
use std::path::PathBuf;

use kap_client::{State, Status};
use serde_json::{Value, json};

use crate::exit::{self, Exit};
use crate::{Global, server};

/// Show what the journal holds: how many resources are in which state, and what is unfinished
#[derive(Debug, clap::Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct Arguments {
    /// Journal file
    #[arg(long, default_value = "kap-journal.db", value_name = "FILE")]
    journal: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Print the FHIR AuditEvent of every push, one a line, instead of the counts
    #[arg(long, conflicts_with = "json")]
    audit: bool,
}

pub(crate) fn run(arguments: &Arguments, _global: &Global) -> anyhow::Result<Exit> {
    let journal = server::existing_journal(&arguments.journal)?;
    let status = kap_client::status(&journal)?;
    let mut out = io::stdout().lock();
    if arguments.audit {
        for event in kap_client::audit_events(&journal)? {
            out.write_all(&event)?;
            writeln!(out)?;
        }
    } else if arguments.json {
        writeln!(out, "{}", as_json(&status))?;
    } else {
        write_table(&mut out, &status)?;
    }
    Ok(exit(&status))
}

/// The most that any item asks for.
fn exit(status: &Status) -> Exit {
    let holds = |wanted: State| {
        status
            .endpoints
            .iter()
            .any(|endpoint| endpoint.items.contains_key(&wanted))
    };
    if holds(State::NeedsReview) || holds(State::Diverged) {
        Exit::PersonNeeded
    } else if status.endpoints.iter().any(|endpoint| endpoint.open_pushes > 0) {
        Exit::Unfinished
    } else if holds(State::Rejected) {
        Exit::Findings
    } else {
        Exit::Done
    }
}

fn as_json(status: &Status) -> Value {
    let endpoints = status.endpoints.iter().map(|endpoint| {
        let items: serde_json::Map<String, Value> = endpoint
            .items
            .iter()
            .map(|(state, count)| (state.as_str().to_owned(), json!(count)))
            .collect();
        json!({
            "name": endpoint.name,
            "items": items,
            "carried": {"items": endpoint.carried.items, "documents": endpoint.carried.documents},
            "openPushes": endpoint.open_pushes,
            "oldestOpen": endpoint.oldest_open.as_ref().map(|push| push.label.clone()),
        })
    });
    json!({"endpoints": endpoints.collect::<Vec<_>>()})
}

fn write_table(out: &mut impl io::Write, status: &Status) -> io::Result<()> {
    if status.endpoints.is_empty() {
        return writeln!(out, "the journal is empty");
    }
    for endpoint in &status.endpoints {
        writeln!(out, "{}", endpoint.name)?;
        for (state, count) in &endpoint.items {
            writeln!(out, "  {count:>6} {}", state.as_str())?;
        }
        let carried = endpoint.carried;
        if carried.items > 0 {
            writeln!(
                out,
                "  {:>6} more told in {} of these",
                carried.items, carried.documents
            )?;
        }
        if let Some(oldest) = &endpoint.oldest_open {
            writeln!(
                out,
                "  {:>6} unfinished push{}, the oldest is {}; run `kap push` again",
                endpoint.open_pushes,
                if endpoint.open_pushes == 1 { "" } else { "es" },
                oldest.label
            )?;
        }
    }
    Ok(())
}
