//! `kap map`: records to bundles and receipts.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use kap_json::{Limits, Severity};
use kap_map::{Context, Mapped};
use kap_record::Reading;

use crate::clinic::Clinic;
use crate::exit::{self, Exit};
use crate::files::{private_folder, write_private};
use crate::input::Source;
use crate::render::{Format, Outcome, Printer, Style};
use crate::{Global, config, edges, input, terminal};

/// Map KAP records to FHIR R4 transaction bundles
///
/// Without `--out` the bundles go to standard output, one a line, and a summary of each receipt to standard error. Process notes, raw
/// insight text and everything else that never leaves stays behind; the receipt counts it.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct Arguments {
    /// Records: files, folders, `.ndjson`, or `-` for standard input
    #[arg(required = true, value_name = "RECORD")]
    records: Vec<PathBuf>,
    #[command(flatten)]
    clinic: Clinic,
    /// Folder for NAME.bundle.json, NAME.receipt.json and NAME.audit.json of each record
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// How findings about the records are printed, on standard error
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(arguments: &Arguments, global: &Global) -> anyhow::Result<Exit> {
    let config = config::load(global.config.as_deref())?;
    let sources = input::sources(&arguments.records)?;
    let context = arguments.clinic.context(&config)?;
    if let Some(folder) = &arguments.out {
        private_folder(folder)?;
    }
    let style = Style {
        format: arguments.format,
        color: false,
        reveal_values: global.reveal_values,
    };
    let mut findings = Printer::new(io::stderr(), style);
    let mut exit = Exit::Done;
    for source in &sources {
        let text = source.read()?;
        for (line, document) in input::documents(source, &text) {
            let read = kap_record::read(document, &Limits::default());
            let mapped = map_one(&read, &context);
            report(&mut findings, source, line, document, read, mapped.as_ref())?;
            match mapped {
                Some(mapped) => hand_out(arguments, source, line, &mapped)?,
                None => exit = Exit::Findings,
            }
        }
    }
    findings.finish()?;
    Ok(exit)
}

fn map_one(read: &Reading, context: &Context) -> Option<Mapped> {
    read.record.as_ref().map(|record| kap_map::map(record, context))
}

/// Prints the findings about a record, unless there are none and a person reads along.
fn report(
    findings: &mut Printer<io::Stderr>,
    source: &Source,
    line: u32,
    text: &[u8],
    read: Reading,
    mapped: Option<&Mapped>,
) -> io::Result<()> {
    let mut issues = read.issues;
    issues.extend(mapped.into_iter().flat_map(|mapped| mapped.issues.iter().cloned()));
    if issues.iter().all(|issue| issue.severity == Severity::Information) && findings.is_human() {
        return Ok(());
    }
    let verdict = if mapped.is_some() { "valid" } else { "invalid" };
    findings.print(&Outcome {
        file: source.name(),
        line,
        resource_type: None,
        id: None,
        verdict,
        issues,
        undecided: Vec::new(),
        text,
    })
}

fn hand_out(arguments: &Arguments, source: &Source, line: u32, mapped: &Mapped) -> anyhow::Result<()> {
    let Some(folder) = &arguments.out else {
        let mut out = io::stdout().lock();
        out.write_all(&mapped.bundle)?;
        out.write_all(b"\n")?;
        let receipt = &mapped.receipt;
        terminal::note(&format!(
            "{}: {} resources, {} things withheld, sha256 {}",
            label(source, line),
            receipt.resources(),
            receipt.withheld_total(),
            receipt.bundle_sha256
        ));
        return Ok(());
    };
    write_mapped(folder, &label(source, line), mapped)
}

/// The file name of a record without its extension, with its line where the file holds many.
fn label(source: &Source, line: u32) -> String {
    let name = Path::new(&source.name())
        .file_stem()
        .map_or("record".into(), |stem| stem.to_string_lossy().into_owned());
    let name = if name == "-" { "record".to_owned() } else { name };
    if source.is_ndjson() {
        format!("{name}-{line}")
    } else {
        name
    }
}

/// Writes bundle, receipt and audit event of one record into `folder`.
pub(super) fn write_mapped(folder: &Path, name: &str, mapped: &Mapped) -> anyhow::Result<()> {
    write_private(&folder.join(format!("{name}.bundle.json")), &mapped.bundle)?;
    let receipt = serde_json::to_vec_pretty(&mapped.receipt)?;
    write_private(&folder.join(format!("{name}.receipt.json")), &receipt)?;
    let audit = serde_json::to_vec_pretty(&kap_map::audit(
        &mapped.receipt,
        &edges::now(),
        concat!("kap ", env!("CARGO_PKG_VERSION")),
    ))?;
    write_private(&folder.join(format!("{name}.audit.json")), &audit)
}
