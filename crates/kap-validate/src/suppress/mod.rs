//! Findings that somebody decided to live with: by our code, by a message id of the reference validator, or by the words
//! of a message, each with the reason why.
//!
//! Nothing is read here: [`Suppressions`] are made from text that the caller has, and applied to a [`Report`] afterwards.

mod advisor;
mod message_ids;
mod path;

use std::fmt;

use kap_json::Issue;

pub use message_ids::message_ids;

use self::path::PathPattern;
use crate::Report;

/// What a suppression looks at besides the place.
#[derive(Debug)]
enum Matcher {
    /// Our code; a `*` at its end stands for any rest.
    Code(String),
    /// The id that the reference validator gives to its message; a `*` at its end stands for any rest.
    MessageId(String),
    /// The words of the message; `%` stands for any text.
    Text(String),
}

/// One kind of finding that is not to be reported.
#[derive(Debug)]
pub struct Suppression {
    matcher: Matcher,
    path: Option<PathPattern>,
    label: String,
    reason: String,
}

/// Why a suppression cannot be used: a sentence that names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable(String);

impl fmt::Display for Unusable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Unusable {}

impl Suppression {
    /// A suppression of `code`, at `path` if there is one: `structure-unknown-element@Patient.contact.*`. An index that is
    /// left out stands for any, `*` for any step, and for any number of them at the end; a path that begins with `^` is a
    /// regular expression. A reason has to be given.
    pub fn of_code(code: &str, path: Option<&str>, reason: &str) -> Result<Suppression, Unusable> {
        let label = path.map_or_else(|| code.to_owned(), |path| format!("{code}@{path}"));
        if reason.trim().is_empty() {
            return Err(Unusable(format!("the suppression `{label}` says no reason")));
        }
        Suppression::new(Matcher::Code(code.to_owned()), path, label, reason)
    }

    fn new(matcher: Matcher, path: Option<&str>, label: String, reason: &str) -> Result<Suppression, Unusable> {
        let path = path
            .map(|path| PathPattern::new(path).map_err(|fault| Unusable(format!("the suppression `{label}`: {fault}"))))
            .transpose()?;
        Ok(Suppression {
            matcher,
            path,
            label,
            reason: reason.trim().to_owned(),
        })
    }

    /// The code it names, if it names one of ours.
    pub fn code(&self) -> Option<&str> {
        match &self.matcher {
            Matcher::Code(code) => Some(code),
            Matcher::MessageId(_) | Matcher::Text(_) => None,
        }
    }

    /// As it was written.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Why the finding is lived with.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Whether `issue` is what it is about.
    pub fn matches(&self, issue: &Issue) -> bool {
        let is_meant = match &self.matcher {
            Matcher::Code(code) => matches_name(code, issue.code),
            Matcher::MessageId(id) => matches_id(id, issue),
            Matcher::Text(text) => matches_text(text, issue),
        };
        let expression = || issue.location.expression.as_deref().unwrap_or_default();
        is_meant && self.path.as_ref().is_none_or(|path| path.matches(expression()))
    }
}

/// Suppressions in the order they were given.
#[derive(Debug, Default)]
pub struct Suppressions(Vec<Suppression>);

impl Suppressions {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Suppression> {
        self.0.iter()
    }

    /// Adds one.
    pub fn push(&mut self, suppression: Suppression) {
        self.0.push(suppression);
    }

    /// Adds what a file of the reference validator says: an advisor in JSON (`{"suppress": ["id@path", …]}`), or text with
    /// one message or `id@path` a line, as `ignoreWarnings.txt` of the IG publisher. `name` is what the file is called.
    pub fn add_file(&mut self, name: &str, text: &str) -> Result<(), Unusable> {
        self.0.extend(advisor::read(name, text)?);
        Ok(())
    }

    /// Takes the findings that are lived with out of `report` and answers how often each suppression was used, by its
    /// number. Findings beyond [`Options::max_issues`](crate::Options::max_issues) are beyond its reach.
    pub fn apply(&self, report: &mut Report) -> Vec<(usize, u32)> {
        let mut used: Vec<(usize, u32)> = Vec::new();
        if self.0.is_empty() {
            return used;
        }
        let mut errors = 0;
        report.issues.retain(|issue| {
            let Some(number) = self.0.iter().position(|suppression| suppression.matches(issue)) else {
                return true;
            };
            errors += usize::from(issue.severity.is_error());
            match used.iter_mut().find(|(known, _)| *known == number) {
                Some((_, count)) => *count += 1,
                None => used.push((number, 1)),
            }
            false
        });
        report.errors = report.errors.saturating_sub(errors);
        used
    }
}

/// Names are equal, or the pattern ends in `*` and is the beginning.
fn matches_name(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => name
            .get(..start.len())
            .is_some_and(|beginning| beginning.eq_ignore_ascii_case(start)),
        None => pattern.eq_ignore_ascii_case(name),
    }
}

/// Whether the reference gives the id `pattern` to such a finding. For an invariant its id is the canonical URL of the
/// definition, `#`, and the key.
fn matches_id(pattern: &str, issue: &Issue) -> bool {
    let ids = message_ids(issue.code);
    if ids.iter().any(|id| matches_name(pattern, id)) {
        return true;
    }
    pattern.rsplit_once('#').is_some_and(|(definition, key)| {
        issue.source.as_ref().is_some_and(|source| {
            let url = source.definition.split('|').next().unwrap_or_default();
            source.constraint.as_deref() == Some(key) && (url == definition || is_base(url) && is_base(definition))
        })
    })
}

/// The reference names an invariant of the base after the type that it is checked on (`…/Observation#dom-6`), where we
/// name the one that states it.
fn is_base(url: &str) -> bool {
    url.strip_prefix("http://hl7.org/fhir/StructureDefinition/")
        .is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Whether a message, alone or after the place, has these words; `%` stands for any text.
fn matches_text(pattern: &str, issue: &Issue) -> bool {
    let pattern = &pattern.replace('`', "");
    let message = issue.message.reveal().replace('`', "");
    let expression = issue.location.expression.as_deref().unwrap_or_default();
    let placed = format!("{}: {expression}: {message}", issue.severity);
    [message, placed].iter().any(|text| matches_words(pattern, text))
}

fn matches_words(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.to_lowercase(), text.to_lowercase());
    let mut parts = pattern.split('%');
    let Some(mut rest) = text.strip_prefix(parts.next().unwrap_or_default()) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::matches_words;

    #[test]
    fn words_match_with_gaps() {
        assert!(matches_words("%is not%loaded%", "profile x is not yet loaded here"));
        assert!(matches_words("Profile %", "profile x"));
        assert!(matches_words("exact", "Exact"));
        assert!(!matches_words("exact", "exactly"));
        assert!(!matches_words("%a%b", "b a"));
    }
}
