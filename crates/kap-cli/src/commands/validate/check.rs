//! One document: checked, or refused because it is not FHIR R4 in JSON, and rendered.

use std::io;
use std::thread;

use kap_json::{Issue, Location};
use kap_validate::{Options, PlanSet, Report};

use super::options::FailOn;
use super::suppress::Lived;
use super::version;
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
        if let Some(issue) = root.and_then(version::other) {
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

#[cfg(test)]
mod tests {
    use super::is_xml;

    #[test]
    fn xml_is_told_by_its_first_character() {
        assert!(is_xml(b"\xEF\xBB\xBF\n <Patient/>"));
        assert!(!is_xml(b"{\"a\": \"<x>\"}"));
        assert!(!is_xml(b""));
    }
}
