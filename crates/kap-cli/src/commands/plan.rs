//! `kap plan`: what a push would do, for people to review before anything is sent.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::bail;
use kap_client::capability::{Capabilities, Fact, Look, Stated, look, recall};
use kap_client::{Journal, PlanStep, PlannedBundle, PushOptions, forecast};
use kap_map::Form;
use serde_json::{Value, json};

use crate::config::{self, Config};
use crate::exit::{self, Exit};
use crate::fit::{self, Fitted};
use crate::forms::Forms;
use crate::render::transfer::Format;
use crate::server::Server;
use crate::{Global, bundles, input};

/// Plan a push: what becomes of each resource, in which request, and why
///
/// Nothing is sent and nothing is changed. What the server can do comes from its statement: from a file, from the last look at it that
/// the journal keeps, or with `--online` from the server itself. The same bundles, journal and statement give the same plan.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct Arguments {
    /// Bundles as `kap map` writes them: files, folders, `.ndjson`, or `-`
    #[arg(value_name = "BUNDLE", required = true)]
    pub(super) bundles: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) server: Server,
    /// Plan against a CapabilityStatement that was saved
    #[arg(long, value_name = "FILE", conflicts_with = "online")]
    pub(super) statement: Option<PathBuf>,
    /// Ask the server what it can do, and which practitioners, organizations and places it knows
    #[arg(long)]
    pub(super) online: bool,
    /// Plan as if patients might be created
    #[arg(long)]
    pub(super) create_patients: bool,
    /// How the plan is printed
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

/// One bundle: what becomes of its resources, and what is told in another form.
struct Planned {
    bundle: PlannedBundle,
    folds: Vec<(kap_map::Fold, crate::forms::Reason)>,
}

pub(crate) fn run(arguments: &Arguments, global: &Global) -> anyhow::Result<Exit> {
    let config = config::load(global.config.as_deref())?;
    let checked = bundles::check_all(&input::sources(&arguments.bundles, &[input::RECEIPT])?, global)?;
    let journal = arguments.server.journal_if_there()?;
    let (known, absent) = known(arguments, &config, journal.as_ref(), &checked.items)?;
    let forms = Forms::new(&known, absent, arguments.server.may_drop_labels(&config));
    let (items, folds): (Vec<_>, Vec<_>) = fit::fit(checked.items, &forms, global)?
        .into_iter()
        .map(|Fitted { item, folds, .. }| (item, folds))
        .unzip();
    let options = PushOptions {
        create_patients: arguments.create_patients || arguments.server.may_create_patients(&config),
        capabilities: Some(known.clone()),
        ..PushOptions::default()
    };
    let name = arguments.server.name(&config).unwrap_or_default();
    let bundles = super::runtime()?.block_on(forecast(&name, journal.as_ref(), &items, &options))?;
    let planned: Vec<Planned> = bundles
        .into_iter()
        .zip(folds)
        .map(|(bundle, folds)| Planned { bundle, folds })
        .collect();
    let mut out = io::stdout().lock();
    match arguments.format {
        Format::Human => write_plan(&mut out, &planned, &known)?,
        Format::Json => {
            let bundles: Vec<Value> = planned.iter().map(Planned::as_json).collect();
            writeln!(out, "{}", json!({"bundles": bundles}))?;
        }
        Format::Ndjson => planned
            .iter()
            .try_for_each(|planned| writeln!(out, "{}", planned.as_json()))?,
    }
    let is_settled = planned.iter().all(Planned::is_settled);
    Ok(if checked.refused == 0 && is_settled {
        Exit::Done
    } else {
        Exit::Findings
    })
}

/// What is known of the server, and what it does not know.
fn known(
    arguments: &Arguments,
    config: &Config,
    journal: Option<&Journal>,
    items: &[kap_client::Item],
) -> anyhow::Result<(Capabilities, HashSet<String>)> {
    let stated: Stated = arguments.server.stated(config)?;
    if let Some(path) = &arguments.statement {
        let Look { capabilities, .. } = super::capabilities::offline(path, &stated)?;
        return Ok((capabilities, HashSet::new()));
    }
    let runtime = super::runtime()?;
    if arguments.online {
        let client = arguments.server.client(config)?;
        let journal = arguments.server.journal()?;
        let look = runtime.block_on(look(&client, &journal, &stated))?;
        let absent = runtime.block_on(fit::absent(&client, &journal, items, &look.capabilities))?;
        return Ok((look.capabilities, absent));
    }
    let name = arguments.server.name(config);
    let look = match (journal, &name) {
        (Some(journal), Some(name)) => runtime.block_on(recall(name, journal, &stated))?,
        _ => None,
    };
    match look {
        Some(look) => Ok((look.capabilities, HashSet::new())),
        None => bail!("nothing is known of the server yet; use `--online` to ask it, or `--statement FILE`"),
    }
}

impl Planned {
    /// Whether a push would change nothing, here or there.
    fn is_settled(&self) -> bool {
        let is_quiet = |step: PlanStep| matches!(step, PlanStep::Skip | PlanStep::Match);
        self.bundle.items.iter().all(|item| is_quiet(item.step))
            && self.folds.iter().all(|(fold, _)| fold.form.is_some())
    }

    fn as_json(&self) -> Value {
        let requests = self.bundle.requests.iter().enumerate().map(|(at, request)| {
            json!({"number": at + 1, "method": request.method, "path": request.path, "entries": request.entries, "bytes": request.bytes})
        });
        let items = self.bundle.items.iter().map(|item| {
            json!({"key": item.key, "resourceType": item.resource_type, "action": item.step.as_str(), "why": item.why, "request": item.request})
        });
        let folds = self.folds.iter().map(|(fold, why)| {
            let action = if fold.form.is_some() { "fold" } else { "blocked" };
            json!({"key": fold.key, "resourceType": fold.resource_type, "action": action, "form": fold.form.map(Form::as_str),
                   "carriedBy": fold.carried_by, "why": why.value, "origin": why.origin.as_str()})
        });
        json!({
            "label": self.bundle.label,
            "identifiersInAddresses": self.bundle.shows_identifiers,
            "requests": requests.collect::<Vec<Value>>(),
            "resources": items.chain(folds).collect::<Vec<Value>>(),
        })
    }
}

fn write_plan(out: &mut impl Write, planned: &[Planned], known: &Capabilities) -> io::Result<()> {
    for Planned { bundle, folds } in planned {
        writeln!(out, "{}", bundle.label)?;
        let mut lines: BTreeMap<(PlanStep, &str, &str), usize> = BTreeMap::new();
        for item in &bundle.items {
            *lines.entry((item.step, item.why, &item.resource_type)).or_default() += 1;
        }
        for ((step, why, resource_type), count) in &lines {
            writeln!(out, "  {:<8} {count:>5} {resource_type:<26} {why}", step.as_str())?;
        }
        let mut told: BTreeMap<(&str, String, &str), usize> = BTreeMap::new();
        for (fold, why) in folds {
            let (action, form) = match fold.form {
                Some(form) => ("fold", format!("into {form}: ")),
                None => ("blocked", "stays here: ".to_owned()),
            };
            let why = format!("{form}{} ({})", why.value, why.origin);
            *told.entry((action, why, &fold.resource_type)).or_default() += 1;
        }
        for ((action, why, resource_type), count) in &told {
            writeln!(out, "  {action:<8} {count:>5} {resource_type:<26} {why}")?;
        }
        if bundle.shows_identifiers {
            writeln!(
                out,
                "  the server has no search by POST: identifiers stand in the addresses of searches"
            )?;
        }
    }
    let requests: Vec<_> = planned.iter().flat_map(|planned| &planned.bundle.requests).collect();
    let bytes: usize = requests.iter().map(|request| request.bytes).sum();
    let estimate = match known.limit(Fact::RequestsPerMinute) {
        Some(limit) if limit.value > 0 => {
            let minutes = u64::try_from(requests.len()).unwrap_or(u64::MAX).div_ceil(limit.value);
            format!(
                ", at least {minutes} minutes at {} requests a minute ({})",
                limit.value, limit.origin
            )
        }
        _ => String::new(),
    };
    writeln!(
        out,
        "{}: {} write{}, {bytes} bytes{estimate}",
        bundles::count(planned.len()),
        requests.len(),
        if requests.len() == 1 { "" } else { "s" }
    )
}
