//! Displays: what a Coding calls its code is what the code system calls it, in a language that is wanted
//! (<https://hl7.org/fhir/R4/datatypes-definitions.html#Coding.display>).

use std::ops::Range;

use kap_json::{Issue, Message, Node, Severity};

use super::walk::{Walk, location};
use crate::codes;
use crate::language::serves;
use crate::plan::code_system::ConceptView;
use crate::plan::membership::Coded;

/// Compares a display with all that the code system, its supplements and the value sets call the code. Names whose
/// language nobody states serve everybody; so does any name where no language is wanted.
pub(super) fn check<'c>(
    walk: &mut Walk<'c>,
    code: Coded<'c>,
    display: Node<'c>,
    concept: ConceptView<'c>,
    visits: Range<usize>,
) {
    let Some(text) = display.as_str().filter(|_| !display.is_unread()) else {
        return;
    };
    let is_same = |name: &str| is_same_display(name, text);
    let is_right = |(language, name): (&str, &str)| is_same(name) && is_wanted(walk, display, language);
    if concept.names().any(is_right) {
        return;
    }
    let set = walk.set;
    let url = code.system.unwrap_or_default();
    let names = || {
        let versions = set
            .code_systems(url)
            .filter(|system| code.version.is_empty() || system.is_version(code.version));
        let all = versions.chain(set.supplements(url));
        all.filter_map(|system| system.concept(concept.code()))
            .flat_map(ConceptView::names)
    };
    if names().next().is_none() || names().any(is_right) {
        return;
    }
    let expected = expected(walk, display, names);
    if names().any(|(_, name)| is_same(name)) {
        // Where nothing is called anything in the language wanted, another one has to do.
        if let Some(expected) = expected {
            other_language(walk, display, url, expected);
        }
        return;
    }
    let is_named = walk.visits[visits].iter().any(|visit| {
        let binding = visit.element.binding();
        binding.is_some_and(|binding| set.names(visit.element.plan, binding.value_set, code, &is_same))
    });
    if !is_named {
        wrong(walk, display, url, expected.unwrap_or(concept.display()));
    }
}

/// Whether a language is wanted where `node` stands.
fn is_wanted(walk: &Walk<'_>, node: Node<'_>, language: &str) -> bool {
    language.is_empty()
        || match &walk.languages {
            Some(ranges) => ranges.iter().any(|range| serves(language, range)),
            None => stated(node).is_none_or(|range| serves(language, range)),
        }
}

/// The name in the best of the languages wanted.
fn expected<'c, N: Iterator<Item = (&'c str, &'c str)>>(
    walk: &Walk<'c>,
    node: Node<'c>,
    names: impl Fn() -> N,
) -> Option<&'c str> {
    let stated = stated(node);
    let ranges = walk.languages.as_deref().unwrap_or(stated.as_slice());
    let best = |range: &&str| names().find(|(language, _)| !language.is_empty() && serves(language, range));
    ranges.iter().find_map(best).map(|(_, name)| name)
}

/// The language of the innermost resource around `node` that states one
/// (<https://hl7.org/fhir/R4/resource-definitions.html#Resource.language>).
fn stated(node: Node<'_>) -> Option<&str> {
    let around = std::iter::successors(Some(node), |node| node.parent());
    around
        .filter(|node| node.get("resourceType").is_some())
        .find_map(|resource| resource.get("language")?.as_str())
}

fn other_language<'c>(walk: &mut Walk<'c>, display: Node<'c>, url: &str, expected: &str) {
    let message = || {
        let message = Message::text("this display is in another language than the one wanted, in which ");
        message.and(format!("{url} calls the code ")).value(expected)
    };
    walk.report(&codes::BINDING_DISPLAY_LANGUAGE, display, message, None);
}

fn wrong<'c>(walk: &mut Walk<'c>, display: Node<'c>, url: &str, expected: &str) {
    let severity = if walk.options.display_warnings {
        Severity::Warning
    } else {
        codes::BINDING_DISPLAY_WRONG.severity
    };
    let set = walk.set;
    walk.findings.add(severity, || {
        let message = Message::text("display ")
            .value(display.as_str().unwrap_or_default())
            .and(format!(" is not what {url} calls the code, which is "))
            .value(expected);
        Issue::new(&codes::BINDING_DISPLAY_WRONG, location(set, display), message).with_severity(severity)
    });
}

/// Displays are compared without regard to case and to how much white space there is.
fn is_same_display(left: &str, right: &str) -> bool {
    if left == right {
        return true;
    }
    let letters = |text: &'_ str| {
        text.split_whitespace()
            .flat_map(|word| word.chars().flat_map(char::to_lowercase).chain([' ']))
            .collect::<String>()
    };
    letters(left) == letters(right)
}
