//! How near a run comes to what the reference reported: one error per place, the verdict, the number of errors, and
//! where they are.

use std::collections::BTreeMap;

use serde_json::Value;

use super::record::{Found, Run, text};

/// An error that the reference reported.
#[derive(Clone)]
pub(crate) struct Expected {
    pub(crate) place: String,
    pub(crate) message_id: String,
    pub(crate) text: String,
}

/// One run beside what was expected of it.
pub(crate) struct Compared {
    pub(crate) id: String,
    pub(crate) scope: &'static str,
    pub(crate) module: String,
    /// `offline`, and needing nothing or local files only.
    pub(crate) is_core: bool,
    pub(crate) expected: Vec<Expected>,
    pub(crate) found: Vec<Found>,
    /// Expected errors without one of ours nearby, and the other way round.
    pub(crate) missing: Vec<Expected>,
    pub(crate) surplus: Vec<Found>,
    pub(crate) undecided: Vec<String>,
}

impl Compared {
    /// Compares a run of a case of the index with the issues that the reference reported.
    pub(crate) fn new(case: &Value, run: &Run, issues: &Value) -> Compared {
        let expected = expected(issues);
        let found = one_per_place(run.errors().cloned(), found_place);
        let mut missing = Vec::new();
        let mut surplus = found.clone();
        for one in &expected {
            let near = surplus
                .iter()
                .position(|other| is_near(&one.place, &found_expression(other)));
            match near {
                Some(at) => drop(surplus.remove(at)),
                None => missing.push(one.clone()),
            }
        }
        Compared {
            id: run.id.clone(),
            scope: run.scope,
            module: text(case, "module").to_owned(),
            is_core: text(case, "tier") == "offline" && text(case, "need") != "named-package",
            expected,
            found,
            missing,
            surplus,
            undecided: run.undecided.clone(),
        }
    }

    /// Whether both call the document valid, or both invalid.
    pub(crate) fn has_same_verdict(&self) -> bool {
        self.expected.is_empty() == self.found.is_empty()
    }

    fn has_same_count(&self) -> bool {
        self.expected.len() == self.found.len()
    }
}

/// The errors of the reference; what its terminology server answered does not count offline.
fn expected(issues: &Value) -> Vec<Expected> {
    let issues = issues.as_array().into_iter().flatten();
    let errors =
        issues.filter(|issue| matches!(text(issue, "severity"), "error" | "fatal") && issue.get("tx_server").is_none());
    let errors = errors.map(|issue| {
        let line = issue.get("line").map_or_else(|| "None".to_owned(), Value::to_string);
        let place = normal(text(issue, "expression"));
        Expected {
            place: if place.is_empty() { format!("@{line}") } else { place },
            message_id: text(issue, "messageId_guess").to_owned(),
            text: text(issue, "text").to_owned(),
        }
    });
    one_per_place(errors, |error| error.place.clone())
}

fn found_expression(found: &Found) -> String {
    let place = normal(found.expression.as_deref().unwrap_or_default());
    if place.is_empty() {
        format!("@{}", found.line)
    } else {
        place
    }
}

fn found_place(found: &Found) -> String {
    found_expression(found)
}

fn one_per_place<T>(errors: impl IntoIterator<Item = T>, place: impl Fn(&T) -> String) -> Vec<T> {
    let mut seen = Vec::new();
    let mut kept = Vec::new();
    for error in errors {
        let place = place(&error);
        if !seen.contains(&place) {
            seen.push(place);
            kept.push(error);
        }
    }
    kept
}

/// An expression without the reference's comments and casts.
fn normal(expression: &str) -> String {
    let plain = without(expression, "/*", "*/");
    without(&plain, ".ofType(", ")").trim().to_owned()
}

fn without_indexes(expression: &str) -> String {
    without(expression, "[", "]")
}

/// The text without what stands between two marks, marks included.
fn without(text: &str, open: &str, close: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open)
        && let Some((_, after)) = after.split_once(close)
    {
        kept.push_str(before);
        rest = after;
    }
    kept + rest
}

/// The same element, its parent or its child, indexes aside.
fn is_near(one: &str, other: &str) -> bool {
    let (one, other) = (without_indexes(one), without_indexes(other));
    let parent = |path: &str| {
        path.rsplit_once('.')
            .map_or(String::new(), |(parent, _)| parent.to_owned())
    };
    one == other || parent(&one) == other || parent(&other) == one
}

/// Figures of a set of runs.
#[derive(Default)]
pub(crate) struct Figures {
    pub(crate) runs: usize,
    pub(crate) same_verdict: usize,
    pub(crate) same_count: usize,
    hits: usize,
    expected: usize,
    found: usize,
}

impl Figures {
    /// The figures of those runs.
    pub(crate) fn of<'c>(runs: impl IntoIterator<Item = &'c Compared>) -> Figures {
        let mut figures = Figures::default();
        for run in runs {
            figures.runs += 1;
            figures.same_verdict += usize::from(run.has_same_verdict());
            figures.same_count += usize::from(run.has_same_count());
            figures.hits += run.expected.len() - run.missing.len();
            figures.expected += run.expected.len();
            figures.found += run.found.len();
        }
        figures
    }

    /// Harmonic mean of precision and recall of the places, in percent.
    pub(crate) fn location_f1(&self) -> f64 {
        percent(2 * self.hits, self.expected + self.found)
    }

    /// One line for people.
    pub(crate) fn line(&self, name: &str) -> String {
        format!(
            "{name:32} runs {:4}  same verdict {:4} ({:5.1} %)  same count {:4} ({:5.1} %)  location F1 {:5.1} %",
            self.runs,
            self.same_verdict,
            percent(self.same_verdict, self.runs),
            self.same_count,
            percent(self.same_count, self.runs),
            self.location_f1()
        )
    }
}

/// A share in percent; of nothing it is all.
#[expect(clippy::cast_precision_loss, reason = "counts of test cases are small")]
pub(crate) fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        100.0
    } else {
        100.0 * part as f64 / whole as f64
    }
}

/// Counts by name, most frequent first, one line each.
pub(crate) fn ranking(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut counts = BTreeMap::<String, usize>::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
        .into_iter()
        .map(|(name, count)| format!("{count:5}  {name}"))
        .collect()
}
