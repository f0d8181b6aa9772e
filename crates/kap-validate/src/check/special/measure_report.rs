//! A MeasureReport against its Measure (<https://hl7.org/fhir/R4/measurereport.html>): groups, populations and
//! stratifiers are those of the Measure, found by their codes, and the score fits the kind of scoring.

use std::cmp::Ordering;

use kap_json::{Message, Node};

use super::compare;
use super::extension::{self, CORE, text};
use super::source::{self, Found};
use crate::check::resolve::{Resolved, resolve};
use crate::check::walk::{Scope, Walk};
use crate::codes::special as codes;
use crate::plan::flags::resource;

/// A report while it is checked.
struct Check<'w, 'c, 'm> {
    walk: &'w mut Walk<'c>,
    scope: Scope<'c>,
    measure: Node<'m>,
    /// Whether the Measure comes from a package and not from the document, so that its codes may be shown.
    is_loaded: bool,
    /// `MeasureReport.type`
    kind: &'c str,
}

pub(super) fn check<'c>(walk: &mut Walk<'c>, scope: Scope<'c>) {
    let report = scope.resource;
    let Some(canonical) = text(report, "measure") else {
        return;
    };
    let Some(found) = source::find(walk, scope, "Measure", resource::MEASURE, canonical) else {
        return walk
            .findings
            .undecided("the Measure of a report is not loaded", canonical, 1);
    };
    let mut check = Check {
        walk,
        scope,
        measure: found.root(),
        is_loaded: matches!(found, Found::Loaded(_)),
        kind: text(report, "type").unwrap_or_default(),
    };
    check.groups();
}

impl<'c, 'm> Check<'_, 'c, 'm> {
    fn groups(&mut self) {
        let report = self.scope.resource;
        let groups: Vec<Node<'c>> = parts(report, "group");
        let defined: Vec<Node<'m>> = parts(self.measure, "group");
        if let ([group], [definition]) = (groups.as_slice(), defined.as_slice()) {
            // A lone group need not say which one it is.
            if let (Some(code), Some(defined)) = (group.get("code"), definition.get("code"))
                && !is_same(code, defined)
            {
                let message = || "the group has another code in the Measure".into();
                self.walk
                    .report(&codes::MEASURE_REPORT_UNKNOWN_CODE, *group, message, None);
            }
            return self.group(*group, *definition);
        }
        let matched = self.matched(&groups, &defined, "group");
        for (group, definition) in groups.iter().zip(&matched) {
            if let Some(definition) = definition {
                self.group(*group, defined[*definition]);
            }
        }
        self.missing(report, &defined, &matched, "group");
    }

    fn group(&mut self, group: Node<'c>, definition: Node<'m>) {
        for name in ["population", "stratifier"] {
            let found: Vec<Node<'c>> = parts(group, name);
            let defined: Vec<Node<'m>> = parts(definition, name);
            let matched = self.matched(&found, &defined, name);
            self.missing(group, &defined, &matched, name);
            if name == "population" {
                for population in found {
                    self.population(population);
                }
            }
        }
        self.score(group);
    }

    /// Which definition each part belongs to; what belongs to none, or to one that was met, is reported.
    fn matched(&mut self, found: &[Node<'c>], defined: &[Node<'m>], name: &str) -> Vec<Option<usize>> {
        let mut matched: Vec<Option<usize>> = Vec::with_capacity(found.len());
        for part in found {
            let code = code_of(*part);
            let definition = code.and_then(|code| {
                defined
                    .iter()
                    .position(|definition| code_of(*definition).is_some_and(|defined| is_same(code, defined)))
            });
            let (info, message) = match (code, definition) {
                (None, _) => (
                    &codes::MEASURE_REPORT_CODE_MISSING,
                    format!("the {name} has no code that says which one of the Measure it is"),
                ),
                (_, None) => (
                    &codes::MEASURE_REPORT_UNKNOWN_CODE,
                    format!("the Measure has no {name} with this code"),
                ),
                (_, Some(_)) if matched.contains(&definition) => (
                    &codes::MEASURE_REPORT_CODE_DUPLICATE,
                    format!("another {name} has the same code"),
                ),
                _ => {
                    matched.push(definition);
                    continue;
                }
            };
            self.walk.report(info, *part, || Message::text(message), None);
            matched.push(None);
        }
        matched
    }

    /// What the Measure defines and a completed report leaves out.
    fn missing(&mut self, holder: Node<'c>, defined: &[Node<'m>], matched: &[Option<usize>], name: &str) {
        if self.kind == "data-collection" || text(self.scope.resource, "status") != Some("complete") {
            return;
        }
        for (at, definition) in defined.iter().enumerate() {
            let code = code_of(*definition);
            // Observations are how a score is computed, not a population that is counted.
            let is_counted = !code.is_some_and(|code| codings(code).any(|(_, code)| code == "measure-observation"));
            if is_counted && !matched.contains(&Some(at)) {
                let shown = code
                    .and_then(|code| codings(code).next().map(|(_, code)| code).or(text(code, "text")))
                    .unwrap_or("without a code");
                let message = || {
                    let message = Message::text(format!("the report lacks a {name} of the Measure: "));
                    if self.is_loaded {
                        message.and(format!("`{shown}`"))
                    } else {
                        message.value(shown)
                    }
                };
                let message = message();
                self.walk
                    .report(&codes::MEASURE_REPORT_PART_MISSING, holder, || message, None);
            }
        }
    }

    /// Subjects are listed only by reports of type `subject-list`, and then as many as are counted.
    fn population(&mut self, population: Node<'c>) {
        let Some(subjects) = population.get("subjectResults") else {
            return;
        };
        if self.kind != "subject-list" {
            let message = || "only reports of type `subject-list` list subjects".into();
            return self
                .walk
                .report(&codes::MEASURE_REPORT_SUBJECTS, population, message, None);
        }
        let counted = population.get("count").and_then(Node::as_number);
        let reference = text(subjects, "reference").unwrap_or_default();
        if let (Some(counted), Resolved::Found(list)) = (counted, resolve(self.walk, self.scope, reference)) {
            let entries = parts(list.resource, "entry");
            let listed = entries.iter().filter(|entry| !extension::is_true(**entry, "deleted"));
            let listed = listed.count();
            if counted.parse() != Ok(listed) {
                let message = || Message::text(format!("{counted} subjects are counted, {listed} are listed"));
                self.walk
                    .report(&codes::MEASURE_REPORT_SUBJECTS, population, message, None);
            }
        }
    }

    /// `measureScore`: there is one if the scoring gives one, and it has the form of that scoring.
    fn score(&mut self, group: Node<'c>) {
        let scoring = self.measure.get("scoring");
        let scoring = scoring
            .and_then(|scoring| codings(scoring).next())
            .map(|(_, code)| code);
        let score = group.get("measureScore");
        let mut report = |node, message: String| {
            self.walk
                .report(&codes::MEASURE_REPORT_SCORE, node, || Message::text(message), None);
        };
        match (scoring, score) {
            (_, Some(score)) if self.kind == "data-collection" => {
                report(score, "reports of type `data-collection` have no score".to_owned());
            }
            (Some("cohort"), Some(score)) => report(score, "a cohort has no score".to_owned()),
            (Some(scoring @ ("proportion" | "ratio" | "continuous-variable")), score) => {
                if self.kind == "data-collection" || text(self.scope.resource, "status") != Some("complete") {
                    return;
                }
                let Some(score) = score else {
                    return report(
                        group,
                        format!("the scoring `{scoring}` gives a score, which is missing"),
                    );
                };
                let Some(value) = score.get("value") else {
                    if score.get("extension").is_none() {
                        report(score, "the score has no value".to_owned());
                    }
                    return;
                };
                if scoring == "proportion" {
                    proportion(score, value, &mut report);
                } else {
                    unit(self.measure, score, &mut report);
                }
            }
            _ => {}
        }
    }
}

/// A proportion is a number from 0 to 1 without a unit.
fn proportion<'c>(score: Node<'c>, value: Node<'c>, report: &mut impl FnMut(Node<'c>, String)) {
    for name in ["unit", "system", "code"] {
        if let Some(node) = score.get(name) {
            report(node, "a proportion has no unit".to_owned());
        }
    }
    let number = value.as_number().unwrap_or_default();
    let is_out = compare::decimals(number, "0") == Some(Ordering::Less)
        || compare::decimals(number, "1") == Some(Ordering::Greater);
    if is_out {
        report(value, "a proportion lies between 0 and 1".to_owned());
    }
}

/// The unit that the Measure asks for with the extension `questionnaire-unit`.
fn unit<'c>(measure: Node<'_>, score: Node<'c>, report: &mut impl FnMut(Node<'c>, String)) {
    let Some(unit) = extension::value(measure, CORE, "questionnaire-unit") else {
        return;
    };
    let differs = |name| text(score, name) != text(unit, name);
    if differs("system") || differs("code") {
        report(
            score.get("code").unwrap_or(score),
            "the Measure asks for another unit".to_owned(),
        );
    }
}

fn parts<'d>(holder: Node<'d>, name: &str) -> Vec<Node<'d>> {
    holder.get(name).into_iter().flat_map(Node::items).collect()
}

/// The code of a group, population or stratifier; stratifiers of a report may have several.
fn code_of(part: Node<'_>) -> Option<Node<'_>> {
    let code = part.get("code")?;
    code.at(0).or(Some(code))
}

fn codings(concept: Node<'_>) -> impl Iterator<Item = (Option<&str>, &str)> {
    let codings = concept.get("coding").into_iter().flat_map(Node::items);
    codings.filter_map(|coding| Some((text(coding, "system"), text(coding, "code")?)))
}

/// Whether two concepts share a coding, or without codings the text.
fn is_same(left: Node<'_>, right: Node<'_>) -> bool {
    let shared = codings(left).any(|left| codings(right).any(|right| left == right));
    let is_coded = left.get("coding").is_some() || right.get("coding").is_some();
    shared || (!is_coded && text(left, "text").is_some() && text(left, "text") == text(right, "text"))
}
