//! `kap push`: sends bundles to an EHR, through the journal.

use std::collections::{BTreeSet, HashSet};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::bail;
use kap_client::capability::{Stated, look_or_recall};
use kap_client::{BundleReport, Conclusion, Outcome, PushOptions, PushReport};
use kap_json::{Issue, Location, Message};

use super::plan;
use crate::exit::{self, Exit};
use crate::files::{private_folder, write_private};
use crate::fit::{self, Fitted};
use crate::forms::Forms;
use crate::progress::Bar;
use crate::render::grouped::Grouped;
use crate::render::transfer::{Format, Told};
use crate::server::Server;
use crate::{Global, bundles, codes, config, input, render, terminal};

/// Push bundles to an EHR through a journal, so that nothing is lost and nothing doubled
///
/// Every bundle is validated first; only those without errors are sent. What the server does not take as it is mapped is told in
/// questionnaire answers or notes, as far as it takes those. Killed, or out of reach of the server? Run it again: the
/// server is asked what became of everything whose answer was lost before anything is sent a second time.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct Arguments {
    /// Bundles as `kap map` writes them: files, folders, `.ndjson`, or `-`. None: only finish what is unfinished
    #[arg(value_name = "BUNDLE")]
    bundles: Vec<PathBuf>,
    #[command(flatten)]
    server: Server,
    /// Create patients that the EHR does not know; without it they are only matched
    #[arg(long)]
    create_patients: bool,
    /// Only say what would be done, as `kap plan --online` does
    #[arg(long)]
    dry_run: bool,
    /// Folder for what this server takes in no form: one NAME.stays.json for each bundle, for a person to enter by hand
    #[arg(long, value_name = "FOLDER")]
    export: Option<PathBuf>,
    /// How many bundles may be under way at once
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=64))]
    concurrency: u16,
    /// How the outcome is printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(arguments: &Arguments, global: &Global) -> anyhow::Result<Exit> {
    if arguments.dry_run {
        let dry = plan::Arguments {
            bundles: arguments.bundles.clone(),
            server: arguments.server.clone(),
            statement: None,
            online: true,
            create_patients: arguments.create_patients,
            format: arguments.format,
        };
        return plan::run(&dry, global);
    }
    let config = config::load(global.config.as_deref())?;
    let client = arguments.server.client(&config)?;
    let checked = bundles::check_all(&input::sources(&arguments.bundles, &[input::RECEIPT])?, global)?;
    let stated: Stated = arguments.server.stated(&config)?;
    let journal = arguments.server.journal()?;
    let runtime = super::runtime()?;
    let look = runtime.block_on(look_or_recall(&client, &journal, &stated))?;
    let known = look.capabilities;
    let absent = runtime.block_on(fit::absent(&client, &journal, &checked.items, &known))?;
    let mut items = Vec::new();
    let mut told = Vec::new();
    let mut exported = HashSet::new();
    for fitted in fit::fit(
        checked.items,
        &Forms::new(&known, absent, arguments.server.may_drop_labels(&config)),
        global,
    )? {
        if let (Some(folder), Some(left)) = (&arguments.export, &fitted.left) {
            export(folder, &fitted.item.label, left, &mut exported)?;
        }
        told.push(told_of(&fitted));
        items.push(fitted.item);
    }
    let options = PushOptions {
        create_patients: arguments.create_patients || arguments.server.may_create_patients(&config),
        concurrency: arguments.concurrency.into(),
        capabilities: Some(known),
        ..PushOptions::default()
    };
    let bar = Bar::new(global, "push");
    let report = runtime.block_on(kap_client::push(&client, &journal, items, &options, &bar))?;
    bar.finish();
    let mut out = io::stdout().lock();
    match arguments.format {
        Format::Human => write_report(&mut out, &report, &told, arguments.export.is_some(), global)?,
        format => render::transfer::write_push(&mut out, &report, &told, format, global.reveal_values)?,
    }
    if report.conclusion() == Conclusion::Unfinished {
        terminal::complain("not finished, safe to run again: the journal keeps what is open");
    }
    let stays = arguments.export.is_none()
        && told
            .iter()
            .any(|told| told.folds.iter().any(|(fold, _)| fold.form.is_none()));
    let refused = if checked.refused > 0 || stays {
        Exit::Findings
    } else {
        Exit::Done
    };
    Ok(refused.max(report.conclusion().into()))
}

fn told_of(fitted: &Fitted) -> Told {
    Told {
        label: fitted.item.label.clone(),
        folds: fitted.folds.clone(),
    }
}

/// Writes what stays of one bundle, under a name that no other bundle of this push has.
fn export(folder: &Path, label: &str, left: &[u8], exported: &mut HashSet<String>) -> anyhow::Result<()> {
    private_folder(folder)?;
    let name = Path::new(label)
        .file_name()
        .map_or("bundle".into(), |name| name.to_string_lossy());
    let name = name.replace(':', "-");
    let stem = name.strip_suffix(".json").unwrap_or(&name);
    let stem = stem.strip_suffix(".bundle").unwrap_or(stem);
    let name = format!("{stem}.stays.json");
    if !exported.insert(name.clone()) {
        bail!(
            "what stays of two bundles would be written to `{name}`; nothing was pushed: push them one after the other, each with an export folder of its own"
        );
    }
    write_private(&folder.join(name), left)
}

fn write_report(
    out: &mut impl io::Write,
    report: &PushReport,
    told: &[Told],
    is_exported: bool,
    global: &Global,
) -> io::Result<()> {
    for bundle in &report.bundles {
        write_findings(out, bundle, global)?;
    }
    write_told(out, told, is_exported, global)?;
    writeln!(
        out,
        "{}: {}; {} requests, {} writes",
        bundles::count(report.bundles.len()),
        counts(report),
        report.requests,
        report.writes
    )
}

fn write_findings(out: &mut impl io::Write, bundle: &BundleReport, global: &Global) -> io::Result<()> {
    let line = |finding| render::human::line(&bundle.label, finding, global.reveal_values);
    if let Some(finding) = &bundle.finding {
        writeln!(out, "{}", line(finding))?;
    }
    let mut findings = Grouped::default();
    for item in &bundle.items {
        if let Some(finding) = &item.finding {
            findings.add(line(finding), format!("{} {}", item.resource_type, item.key));
        }
    }
    findings.write(out)
}

/// What stays, with the reason, and how much is told in documents.
fn write_told(out: &mut impl io::Write, told: &[Told], is_exported: bool, global: &Global) -> io::Result<()> {
    let mut documents = BTreeSet::new();
    let (mut carried, mut stays) = (0, 0);
    for told in told {
        let mut findings = Grouped::default();
        for (fold, why) in &told.folds {
            match (&fold.carried_by, fold.form) {
                (Some(document), _) => {
                    documents.insert(document);
                    carried += 1;
                }
                (None, None) => {
                    stays += 1;
                    let text = format!("stays here: {} ({})", why.value, why.origin);
                    let finding = Issue::new(&codes::FORM_NONE, Location::default(), Message::text(text));
                    let line = render::human::line(&told.label, &finding, global.reveal_values);
                    findings.add(line, format!("{} {}", fold.resource_type, fold.key));
                }
                (None, Some(_)) => {}
            }
        }
        if !is_exported {
            findings.write(out)?;
        }
    }
    if carried > 0 {
        let plural = if documents.len() == 1 { "" } else { "s" };
        writeln!(out, "told in {} document{plural}: {carried}", documents.len())?;
    }
    if is_exported && stays > 0 {
        writeln!(out, "in the export folder, for a person to enter: {stays}")?;
    }
    Ok(())
}

/// `12 created, 3 matched`.
fn counts(report: &PushReport) -> String {
    let all = [
        Outcome::Created,
        Outcome::Updated,
        Outcome::Matched,
        Outcome::Unchanged,
        Outcome::Rejected,
        Outcome::Diverged,
        Outcome::NeedsReview,
        Outcome::Unknown,
        Outcome::Waiting,
    ];
    let counts: Vec<String> = all
        .into_iter()
        .map(|outcome| (report.count(outcome), outcome))
        .filter(|(count, _)| *count > 0)
        .map(|(count, outcome)| format!("{count} {}", outcome.as_str()))
        .collect();
    if counts.is_empty() {
        "nothing to push".to_owned()
    } else {
        counts.join(", ")
    }
}
