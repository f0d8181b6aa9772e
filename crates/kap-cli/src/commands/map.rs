//! `kap map`: records to bundles and receipts.

use std::collections::HashSet;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::bail;
use kap_json::{Limits, Severity};
use kap_map::{Context, Mapped};
use kap_record::Reading;

use crate::clinic::Clinic;
use crate::exit::{self, Exit};
use crate::files::{private_folder, write_private};
use crate::input::{Document, Spread, in_order};
use crate::render::{Format, Outcome, Printer, Style};
use crate::{Global, config, input, terminal};

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
    /// Folder for NAME.bundle.json and NAME.receipt.json of each record
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// How findings about the records are printed, on standard error
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(arguments: &Arguments, global: &Global) -> anyhow::Result<Exit> {
    let config = config::load(global.config.as_deref())?;
    let sources = input::sources(&arguments.records, &[])?;
    let context = arguments.clinic.context(&config)?;
    if let Some(folder) = &arguments.out {
        private_folder(folder)?;
    }
    let style = Style::plain(arguments.format, global.reveal_values);
    let mut findings = Printer::new(io::stderr(), style);
    let mut exit = Exit::Done;
    let mut names = HashSet::new();
    let work = |document: Document| read(document, &context);
    in_order(&sources, Spread::new(None), work, |result| {
        let (document, reading, mapped) = result?;
        report(&mut findings, &document, reading, mapped.as_ref())?;
        let Some(mapped) = mapped else {
            exit = Exit::Findings;
            return Ok(());
        };
        let name = file_name(&document);
        match &arguments.out {
            None => print(&name, &mapped)?,
            Some(_) if names.contains(&name) => {
                bail!("a second record would be written to `{name}.bundle.json`; map it into another folder");
            }
            Some(folder) => write_mapped(folder, &name, &mapped)?,
        }
        names.insert(name);
        Ok(())
    })?;
    findings.finish()?;
    Ok(exit)
}

/// Reads a document and maps it, if there is a record in it.
fn read(document: Document, context: &Context) -> (Document, Reading, Option<Mapped>) {
    let reading = kap_record::read(&document.text, &Limits::default());
    let mapped = reading.record.as_ref().map(|record| kap_map::map(record, context));
    (document, reading, mapped)
}

/// Prints the findings about a record, unless there are none and a person reads along.
fn report(
    findings: &mut Printer<io::Stderr>,
    document: &Document,
    read: Reading,
    mapped: Option<&Mapped>,
) -> io::Result<()> {
    let mut issues = read.issues;
    issues.extend(mapped.into_iter().flat_map(|mapped| mapped.issues.iter().cloned()));
    if issues.iter().all(|issue| issue.severity == Severity::Information) && findings.is_human() {
        return Ok(());
    }
    findings.print(&Outcome {
        verdict: if mapped.is_some() { "valid" } else { "invalid" },
        ..Outcome::of_issues(document, issues)
    })
}

/// The bundle on standard output, in one line, and what there is to say about it on standard error.
fn print(name: &str, mapped: &Mapped) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(&mapped.bundle)?;
    out.write_all(b"\n")?;
    let receipt = &mapped.receipt;
    terminal::note(&format!(
        "{name}: {} resources, {} things withheld, sha256 {}",
        receipt.resources(),
        receipt.withheld_total(),
        receipt.bundle_sha256
    ));
    Ok(())
}

/// The file name of a record without its extension, with its line where the file holds many.
fn file_name(document: &Document) -> String {
    let stem = Path::new(&document.file)
        .file_stem()
        .map_or("record".into(), |stem| stem.to_string_lossy());
    let name = if stem == "-" { "record".into() } else { stem };
    if document.is_line {
        format!("{name}-{}", document.line)
    } else {
        name.into_owned()
    }
}

/// Writes bundle and receipt of one record into `folder`.
pub(super) fn write_mapped(folder: &Path, name: &str, mapped: &Mapped) -> anyhow::Result<()> {
    write_private(&folder.join(format!("{name}.bundle.json")), &mapped.bundle)?;
    let receipt = serde_json::to_vec_pretty(&mapped.receipt)?;
    write_private(&folder.join(format!("{name}{}", input::RECEIPT)), &receipt)
}
