//! What holds of a code whatever it is bound to: its code system is named rightly, has the code, and calls it by the
//! display given (<https://hl7.org/fhir/R4/datatypes.html#Coding>).

use std::ops::Range;

use kap_fhir::{Membership, Question};
use kap_json::{CodeInfo, Kind, Message, Node};

use super::walk::Walk;
use super::{binding, check_digit, display};
use crate::codes;
use crate::plan::code_system::ConceptView;
use crate::plan::flags::code_system;
use crate::plan::membership::Coded;
use crate::plan::set::PlanSet;

/// A code as it stands in a document.
#[derive(Clone, Copy)]
pub(super) struct Given<'c> {
    /// The Coding or Quantity, or the code itself.
    node: Node<'c>,
    pub(super) code: Coded<'c>,
}

/// What the walk remembers about code systems, so that it need not be found out for every code anew.
#[derive(Debug, Default)]
pub(crate) struct Terms<'c> {
    systems: Vec<(&'c str, System)>,
}

/// What a code system's URL leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum System {
    Loaded,
    NotLoaded,
    /// Not loaded, but the codes have check digits.
    Loinc,
    Snomed,
    Wrong(Fault),
}

/// What is wrong with the URL of a code system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Relative,
    ValueSet,
    Supplement,
    Scheme,
    Page,
}

impl<'c> Terms<'c> {
    fn system(&mut self, set: &PlanSet<'_>, url: &'c str) -> System {
        if let Some((_, known)) = self.systems.iter().find(|(known, _)| *known == url) {
            return *known;
        }
        let found = classify(set, url);
        // Documents name few code systems; one that names thousands must not make the search slow.
        if self.systems.len() < 64 {
            self.systems.push((url, found));
        }
        found
    }
}

/// The codes of a value: a code itself, a Coding, a Quantity, or the codings of a CodeableConcept.
pub(super) fn codings(node: Node<'_>) -> impl Iterator<Item = Given<'_>> {
    let codings = match node.kind() {
        Kind::Object => node.get("coding"),
        _ => None,
    };
    let alone = if codings.is_some() { None } else { read(node) };
    alone
        .into_iter()
        .chain(codings.into_iter().flat_map(Node::items).filter_map(read))
}

fn read(node: Node<'_>) -> Option<Given<'_>> {
    let text = |name| node.get(name).and_then(Node::as_str);
    let code = match node.kind() {
        Kind::String => Coded {
            system: None,
            version: "",
            code: node.as_str()?,
        },
        Kind::Object => Coded {
            system: Some(text("system").unwrap_or_default()),
            version: text("version").unwrap_or_default(),
            code: text("code")?,
        },
        _ => return None,
    };
    Some(Given { node, code })
}

/// Checks every code of a bound value. `is_open` says that a value set could not be decided, which then is listed already.
pub(super) fn check_all<'c>(walk: &mut Walk<'c>, node: Node<'c>, visits: Range<usize>, is_open: bool) {
    let base = walk.visits[visits.start];
    let is_coded = base
        .kind()
        .is_some_and(|kind| matches!(base.element.type_name(kind), "Coding" | "CodeableConcept"));
    if !is_coded {
        return;
    }
    for given in codings(node) {
        check(walk, given, visits.clone(), is_open);
    }
    if node.get("coding").is_some_and(|codings| codings.len() > 1) {
        check_duplicates(walk, node);
    }
}

fn check<'c>(walk: &mut Walk<'c>, given: Given<'c>, visits: Range<usize>, is_open: bool) {
    let Some(url) = given.code.system.filter(|url| !url.is_empty()) else {
        let has_system = given.node.get("system").is_some();
        if !has_system {
            let message = || Message::text("the code has no system, so nobody can tell what it means");
            walk.report(&codes::BINDING_SYSTEM_MISSING, given.node, message, None);
        }
        return;
    };
    match walk.terminology.system(walk.set, url) {
        System::Loaded => check_concept(walk, given, url, visits, is_open),
        System::Wrong(fault) => report_system(walk, given, url, fault),
        other => {
            let is_wrong = match other {
                System::Loinc => !check_digit::is_loinc(given.code.code),
                System::Snomed => !check_digit::is_snomed(given.code.code),
                _ => false,
            };
            if is_wrong {
                report_check_digit(walk, given, url);
            }
            if !is_open && !binding::is_listed(walk, visits, given.code) {
                undecided(walk, given, url, || format!("code system `{url}` is not loaded"));
            }
        }
    }
}

/// Checks a code of a code system that is at hand.
fn check_concept<'c>(walk: &mut Walk<'c>, given: Given<'c>, url: &'c str, visits: Range<usize>, is_open: bool) {
    let set = walk.set;
    let code = given.code;
    let is_at_hand = set.code_systems(url).any(|system| system.is_version(code.version));
    let mut found: Option<ConceptView<'c>> = None;
    let mut is_complete = false;
    for system in set
        .code_systems(url)
        .filter(|system| !is_at_hand || system.is_version(code.version))
    {
        is_complete |= system.is_complete();
        found = found.or_else(|| system.concept(code.code));
    }
    let Some(concept) = found else {
        if is_complete && is_at_hand {
            if !binding::is_listed(walk, visits, code) {
                let message = || {
                    let message = Message::text("code system ").and(url.to_owned()).and(" has no code ");
                    message.value(code.code)
                };
                let place = given.node.get("code").unwrap_or(given.node);
                walk.report(&codes::BINDING_CODE_UNKNOWN, place, message, None);
            }
        } else if !is_open && !binding::is_listed(walk, visits, code) {
            undecided(walk, given, url, || {
                if is_at_hand {
                    format!("only a part of code system `{url}` is loaded")
                } else {
                    format!("version {} of code system `{url}` is not loaded", code.version)
                }
            });
        }
        return;
    };
    if let Some(display) = given.node.get("display") {
        display::check(walk, given.code, display, concept, visits);
    }
    let remarks = [
        (
            concept.is_inactive(),
            &codes::BINDING_CODE_INACTIVE,
            "is not used any more",
        ),
        (
            concept.is_abstract(),
            &codes::BINDING_CODE_ABSTRACT,
            "only groups others",
        ),
    ];
    for (_, info, remark) in remarks.into_iter().filter(|(holds, ..)| *holds) {
        let message = || {
            Message::text("code ")
                .value(code.code)
                .and(format!(" of {url} {remark}"))
        };
        walk.report(info, given.node, message, None);
    }
}

/// What stays open about a code, counted once however often the document has it. A service is asked whether it exists.
fn undecided<'c>(walk: &mut Walk<'c>, given: Given<'c>, url: &'c str, reason: impl FnOnce() -> String) {
    let Some(question) = walk.findings.first(&("code", given.code)) else {
        return;
    };
    let answer = walk.options.terminology.as_ref().map(|terminology| {
        terminology.validate_code(&Question {
            value_set: None,
            system: Some(url),
            version: Some(given.code.version).filter(|version| !version.is_empty()),
            code: given.code.code,
        })
    });
    match answer {
        Some(Membership::Member) => {}
        Some(Membership::NotMember) => {
            let message = || {
                Message::text("code system ")
                    .and(url.to_owned())
                    .and(" has no code ")
                    .value(given.code.code)
            };
            let place = given.node.get("code").unwrap_or(given.node);
            walk.report(&codes::BINDING_CODE_UNKNOWN, place, message, None);
        }
        Some(Membership::Unknown(reason)) => {
            walk.findings
                .undecided_question(question, &reason, &format!("codes of {url}"));
        }
        None => walk
            .findings
            .undecided_question(question, &reason(), &format!("codes of {url}")),
    }
}

fn check_duplicates<'c>(walk: &mut Walk<'c>, node: Node<'c>) {
    for (at, given) in codings(node).enumerate() {
        let is_repeated = codings(node).take(at).any(|earlier| earlier.code == given.code);
        if is_repeated {
            let message = || {
                Message::text("the code ")
                    .value(given.code.code)
                    .and(" stands here already")
            };
            walk.report(&codes::BINDING_CODING_DUPLICATE, given.node, message, None);
        }
    }
}

/// What the URL of a code system leads to.
fn classify(set: &PlanSet<'_>, url: &str) -> System {
    match url {
        "http://loinc.org" if set.code_systems(url).next().is_none() => return System::Loinc,
        "http://snomed.info/sct" => return System::Snomed,
        _ => {}
    }
    if !is_absolute(url) {
        return System::Wrong(Fault::Relative);
    }
    if set.code_systems(url).next().is_some() {
        return System::Loaded;
    }
    if set.systems(url).any(|system| system.has(code_system::SUPPLEMENT)) {
        return System::Wrong(Fault::Supplement);
    }
    if set.value_sets(url).next().is_some() {
        return System::Wrong(Fault::ValueSet);
    }
    if is_page(url) {
        return System::Wrong(Fault::Page);
    }
    let plain = url.strip_prefix("https:").map(|rest| format!("http:{rest}"));
    let is_known = |plain: String| {
        matches!(
            plain.as_str(),
            "http://loinc.org" | "http://snomed.info/sct" | "http://unitsofmeasure.org"
        ) || set.code_systems(&plain).next().is_some()
    };
    if plain.is_some_and(is_known) {
        return System::Wrong(Fault::Scheme);
    }
    System::NotLoaded
}

/// Whether a URL is that of a page about a code system of FHIR: HL7's pages end in `.html`, and nothing is published where
/// FHIR is built.
fn is_page(url: &str) -> bool {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let path = path.split(['#', '?']).next().unwrap_or(path);
    host == "build.fhir.org"
        || (path.rsplit('.').next() == Some("html") && (host == "hl7.org" || host.ends_with(".hl7.org")))
}

/// Whether a URI begins with a scheme.
fn is_absolute(url: &str) -> bool {
    url.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

fn report_system<'c>(walk: &mut Walk<'c>, given: Given<'c>, url: &'c str, fault: Fault) {
    let is_oid = !url.is_empty() && url.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let (info, text): (&'static CodeInfo, _) = match fault {
        Fault::Relative if is_oid => (
            &codes::BINDING_SYSTEM_RELATIVE,
            "an OID is written as `urn:oid:…`, not as ",
        ),
        Fault::Relative => (
            &codes::BINDING_SYSTEM_RELATIVE,
            "the URI of a code system is absolute, not ",
        ),
        Fault::ValueSet => (
            &codes::BINDING_SYSTEM_VALUE_SET,
            "a value set stands where a code system belongs: ",
        ),
        Fault::Supplement => (
            &codes::BINDING_SYSTEM_SUPPLEMENT,
            "a supplement stands where the code system that it supplements belongs: ",
        ),
        Fault::Page => (
            &codes::BINDING_SYSTEM_PAGE,
            "this is the address of a page, not the URI of a code system: ",
        ),
        Fault::Scheme => (
            &codes::BINDING_SYSTEM_SCHEME,
            "the URI of this code system begins with `http:`, not as ",
        ),
    };
    let place = given.node.get("system").unwrap_or(given.node);
    walk.report(info, place, || Message::text(text).value(url), None);
}

fn report_check_digit<'c>(walk: &mut Walk<'c>, given: Given<'c>, url: &'c str) {
    let place = given.node.get("code").unwrap_or(given.node);
    let message = || {
        let message = Message::text("the check digit of ").value(given.code.code);
        message.and(format!(" is wrong, so {url} cannot have that code"))
    };
    walk.report(&codes::BINDING_CHECK_DIGIT, place, message, None);
}
