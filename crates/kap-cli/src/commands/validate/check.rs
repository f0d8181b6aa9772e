//! One document: checked, or refused because it is not FHIR R4 in JSON, and rendered.

use std::io;
use std::thread;

use kap_json::{Issue, Location, Message, Node};
use kap_validate::{Options, PlanSet, Report};

use super::options::FailOn;
use super::suppress::Lived;
use crate::codes;
use crate::exit::Exit;
use crate::input::{Document, Spread};
use crate::render::{self, Outcome, Rendered, Style};

/// From how many bytes on the entries of one bundle are checked side by side.
const LARGE: usize = 4 << 20;

/// Everything that holds for all documents of a run.
pub(super) struct Run<'r> {
    pub(super) plans: &'r PlanSet<'r>,
    pub(super) options: Options,
    /// How many threads there are.
    pub(super) spread: Spread,
    pub(super) lived: &'r Lived,
    /// How many findings of a document are kept.
    pub(super) max_issues: usize,
    pub(super) style: Style,
    pub(super) fail_on: FailOn,
    pub(super) require_decided: bool,
}

/// What became of one document.
pub(super) struct Checked {
    pub(super) rendered: Rendered,
    pub(super) exit: Exit,
    /// How often each suppression was used, by its number.
    pub(super) used: Vec<(usize, u32)>,
}

impl Run<'_> {
    pub(super) fn check(&self, document: &Document) -> io::Result<Checked> {
        let (outcome, is_refused, used) = self.outcome(document);
        let exit = if is_refused {
            Exit::Failed
        } else if self.fails(&outcome) {
            Exit::Findings
        } else {
            Exit::Done
        };
        Ok(Checked {
            rendered: render::render(&outcome, self.style)?,
            exit,
            used,
        })
    }

    fn fails(&self, outcome: &Outcome<'_>) -> bool {
        outcome.verdict == "invalid"
            || (self.fail_on == FailOn::Warning && outcome.has_warnings())
            || (self.require_decided && !outcome.undecided.is_empty())
    }

    /// The outcome, whether the document was refused, and what was suppressed.
    fn outcome<'t>(&self, document: &'t Document) -> (Outcome<'t>, bool, Vec<(usize, u32)>) {
        if is_xml(&document.text) {
            let message = "this is XML, and kap reads FHIR in JSON only";
            let issue = Issue::new(&codes::INPUT_XML, Location::default(), message);
            return (Outcome::of_issues(document, vec![issue]), true, Vec::new());
        }
        let parsed = kap_validate::parse(self.plans, &document.text, &self.options);
        let root = parsed.document.as_ref().map(kap_json::Document::root);
        if let Some(issue) = root.and_then(other_version) {
            let report = Report::default().led_by(vec![issue]);
            return (Outcome::of_report(document, root, report), true, Vec::new());
        }
        let report = parsed.document.as_ref().map(|document| self.report(document));
        let mut report = report.unwrap_or_default().led_by(parsed.issues);
        let used = self.lived.suppressions.apply(&mut report);
        let kept = report.issues.len().min(self.max_issues);
        report.omitted += report.issues.len() - kept;
        report.issues.truncate(kept);
        (Outcome::of_report(document, root, report), false, used)
    }
}

impl Run<'_> {
    /// The check, by several threads if the document is large: one large bundle should not keep one core busy and the
    /// others waiting.
    fn report(&self, document: &kap_json::Document<'_>) -> Report {
        let parts = self.spread.jobs;
        if parts < 2 || document.text().len() < LARGE {
            return kap_validate::check(self.plans, document, &self.options);
        }
        let part = |number| kap_validate::check_part(self.plans, document, &self.options, number, parts);
        let parts = thread::scope(|scope| {
            let others: Vec<_> = (1..parts).map(|number| scope.spawn(move || part(number))).collect();
            let mut reports = vec![part(0)];
            for other in others {
                match other.join() {
                    Ok(report) => reports.push(report),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            reports
        });
        Report::join(parts, self.options.max_issues)
    }
}

/// Whether it is XML: no JSON begins like that.
fn is_xml(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    text.trim_ascii_start().first() == Some(&b'<')
}

/// A finding about a resource that says that it follows another version of FHIR: by `fhirVersion`, as definitions,
/// guides and statements of capability have it, or by a base profile of another version.
fn other_version(root: Node<'_>) -> Option<Issue> {
    let stated = root.get("fhirVersion").and_then(|stated| match stated.as_str() {
        Some(_) => Some(stated),
        None => stated.items().next(),
    });
    let claimed = root.get("meta").and_then(|meta| meta.get("profile"));
    let claimed = claimed.into_iter().flat_map(Node::items);
    let stated = stated.and_then(|node| Some((node, version(node.as_str()?)?)));
    let claimed = claimed.filter_map(|node| Some((node, base_version(node.as_str()?)?)));
    let (node, version) = stated
        .into_iter()
        .chain(claimed)
        .find(|(_, version)| *version != "4.0")?;
    let message = format!("this follows FHIR {version}, and kap checks FHIR R4 (4.0) only");
    Some(Issue::new(
        &codes::INPUT_FHIR_VERSION,
        Location::of(node),
        Message::text(message),
    ))
}

/// Major and minor version, if the text is a version of FHIR.
fn version(text: &str) -> Option<&str> {
    let mut dots = text.match_indices('.').map(|(at, _)| at);
    let (first, second) = (dots.next()?, dots.next());
    let version = &text[..second.unwrap_or(text.len())];
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(&version[..first]) && is_number(&version[first + 1..])).then_some(version)
}

/// The version of FHIR that a profile of the base specification belongs to:
/// `http://hl7.org/fhir/5.0/StructureDefinition/Patient`, or `http://hl7.org/fhir/StructureDefinition/Patient|5.0.0`.
fn base_version(profile: &str) -> Option<&str> {
    let rest = profile.strip_prefix("http://hl7.org/fhir/")?;
    match rest.strip_prefix("StructureDefinition/") {
        Some(name) => version(name.split_once('|')?.1),
        None => version(rest.split_once("/StructureDefinition/")?.0),
    }
}

#[cfg(test)]
mod tests {
    use super::{base_version, is_xml, version};

    #[test]
    fn versions_are_told_by_their_first_two_numbers() {
        assert_eq!(version("4.0.1"), Some("4.0"));
        assert_eq!(version("4.3.0-snapshot1"), Some("4.3"));
        assert_eq!(version("5.0"), Some("5.0"));
        assert_eq!(version("five"), None);
        assert_eq!(
            base_version("http://hl7.org/fhir/StructureDefinition/Patient|5.0.0"),
            Some("5.0")
        );
        assert_eq!(
            base_version("http://hl7.org/fhir/3.0/StructureDefinition/Patient"),
            Some("3.0")
        );
        assert_eq!(base_version("http://hl7.org/fhir/StructureDefinition/Patient"), None);
        assert_eq!(
            base_version("http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient|6.1.0"),
            None
        );
    }

    #[test]
    fn xml_is_told_by_its_first_character() {
        assert!(is_xml(b"\xEF\xBB\xBF\n <Patient/>"));
        assert!(!is_xml(b"{\"a\": \"<x>\"}"));
        assert!(!is_xml(b""));
    }
}
