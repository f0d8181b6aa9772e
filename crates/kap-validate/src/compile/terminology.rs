//! CodeSystems and ValueSets (<https://hl7.org/fhir/R4/valueset.html#compositions>): a value set becomes the union of
//! its parts. Plain inclusions stay references, so that a code system shared by many value sets is stored once;
//! exclusions, intersections and filters are worked out here. What cannot be worked out becomes an open part with the
//! reason, and membership is then undecided instead of wrong.

use std::collections::BTreeSet;

use serde_json::Value;
use zerocopy::little_endian::{U16, U32};

use super::intern::{Intern, since};
use super::tree::{items, text};
use super::{Sources, flags};
use crate::plan::rows::{CodeSystem, NONE, Part, Range, ValueSet};

/// How deep value sets may include each other.
const MAX_DEPTH: u32 = 16;

/// Code and system, as value sets list them.
type Codes = BTreeSet<(String, String)>;

pub(super) fn compile(intern: &mut Intern, sources: &Sources) {
    for code_system in sources.code_systems.values() {
        if let Some(row) = compile_code_system(intern, code_system) {
            intern.tables.code_systems.push(row);
        }
    }
    for value_set in sources.value_sets.values() {
        let parts = compile_value_set(intern, sources, value_set);
        let start = intern.tables.parts.len();
        intern.tables.parts.extend(parts);
        let row = ValueSet {
            url: intern.text(text(value_set, "url").unwrap_or_default()),
            version: intern.text(text(value_set, "version").unwrap_or_default()),
            parts: since(&intern.tables.parts, start),
        };
        intern.tables.value_sets.push(row);
    }
}

/// A code system counts only with all its codes at hand: fragments and examples would make right codes wrong.
fn is_complete(code_system: &Value) -> bool {
    text(code_system, "content") == Some("complete") && code_system.get("concept").is_some()
}

fn compile_code_system(intern: &mut Intern, code_system: &Value) -> Option<CodeSystem> {
    is_complete(code_system).then(|| {
        let mut codes = BTreeSet::new();
        collect(code_system, &mut |code, _| {
            codes.insert(code);
        });
        CodeSystem {
            url: intern.text(text(code_system, "url").unwrap_or_default()),
            version: intern.text(text(code_system, "version").unwrap_or_default()),
            codes: intern.codes(codes.into_iter()),
        }
    })
}

/// Visits every concept with the codes above it by nesting, outermost first.
fn collect<'v>(code_system: &'v Value, visit: &mut impl FnMut(&'v str, &[&'v str])) {
    let mut open: Vec<(usize, &Value)> = items(code_system, "concept").map(|concept| (0, concept)).collect();
    open.reverse();
    let mut above = Vec::new();
    while let Some((depth, concept)) = open.pop() {
        above.truncate(depth);
        let Some(code) = text(concept, "code") else { continue };
        visit(code, &above);
        above.push(code);
        let below: Vec<_> = items(concept, "concept").map(|child| (depth + 1, child)).collect();
        open.extend(below.into_iter().rev());
    }
}

fn compile_value_set(intern: &mut Intern, sources: &Sources, value_set: &Value) -> Vec<Part> {
    let Some(compose) = value_set.get("compose") else {
        return match expansion(value_set) {
            Some(codes) => listed(intern, &codes),
            None => vec![open(
                intern,
                "",
                "the value set gives neither a definition nor a complete expansion",
            )],
        };
    };
    if items(compose, "exclude").next().is_some() {
        return match enumerate_compose(sources, compose, 0) {
            Ok(codes) => listed(intern, &codes),
            Err(reason) => vec![open(intern, "", &reason)],
        };
    }
    let mut parts = Vec::new();
    for include in items(compose, "include") {
        parts.extend(compile_include(intern, sources, include));
    }
    parts
}

fn compile_include(intern: &mut Intern, sources: &Sources, include: &Value) -> Vec<Part> {
    let nested: Vec<&str> = items(include, "valueSet").filter_map(Value::as_str).collect();
    let system = text(include, "system").unwrap_or_default();
    let narrowed = items(include, "filter").next().is_some();
    match (system, nested.as_slice()) {
        ("", [value_set]) => {
            let link = intern.link(value_set);
            vec![Part {
                link,
                ..part(intern, flags::part::VALUE_SET, "")
            }]
        }
        (system, []) if include.get("concept").is_none() && !narrowed => vec![whole_system(intern, system)],
        _ => match enumerate_include(sources, include, 0) {
            Ok(codes) => listed(intern, &codes),
            Err(reason) => vec![open(intern, if nested.is_empty() { system } else { "" }, &reason)],
        },
    }
}

fn whole_system(intern: &mut Intern, system: &str) -> Part {
    let grammar = match system {
        "urn:ietf:bcp:13" => flags::grammar::MIME_TYPE,
        "urn:ietf:bcp:47" => flags::grammar::LANGUAGE,
        "urn:iso:std:iso:4217" => flags::grammar::CURRENCY,
        _ => return part(intern, flags::part::SYSTEM, system),
    };
    Part {
        link: U32::new(grammar),
        ..part(intern, flags::part::GRAMMAR, system)
    }
}

/// One part a system, with the codes listed.
fn listed(intern: &mut Intern, codes: &Codes) -> Vec<Part> {
    let systems: BTreeSet<&str> = codes.iter().map(|(system, _)| system.as_str()).collect();
    let mut parts = Vec::new();
    for system in systems {
        let codes = intern.codes(
            codes
                .iter()
                .filter(|(of, _)| of == system)
                .map(|(_, code)| code.as_str()),
        );
        parts.push(Part {
            codes,
            ..part(intern, flags::part::CODES, system)
        });
    }
    parts
}

fn open(intern: &mut Intern, system: &str, reason: &str) -> Part {
    let reason = intern.text(reason);
    Part {
        reason,
        ..part(intern, flags::part::OPEN, system)
    }
}

fn part(intern: &mut Intern, kind: u16, system: &str) -> Part {
    Part {
        kind: U16::new(kind),
        system: intern.text(system),
        codes: Range {
            start: U32::new(0),
            length: U32::new(0),
        },
        link: U32::new(NONE),
        reason: U32::new(0),
    }
}

/// The codes of a whole definition, or why they cannot be listed.
fn enumerate_compose(sources: &Sources, compose: &Value, depth: u32) -> Result<Codes, String> {
    let mut codes = Codes::new();
    for include in items(compose, "include") {
        codes.extend(enumerate_include(sources, include, depth)?);
    }
    for exclude in items(compose, "exclude") {
        let excluded = enumerate_include(sources, exclude, depth)?;
        codes.retain(|code| !excluded.contains(code));
    }
    Ok(codes)
}

/// The codes of one `include` or `exclude`: those of its system that are in every value set it names.
fn enumerate_include(sources: &Sources, include: &Value, depth: u32) -> Result<Codes, String> {
    let mut codes = match text(include, "system") {
        Some(system) => Some(enumerate_system(sources, include, system)?),
        None => None,
    };
    for url in items(include, "valueSet").filter_map(Value::as_str) {
        let nested = enumerate_value_set(sources, url, depth + 1)?;
        codes = Some(match codes {
            Some(codes) => codes.intersection(&nested).cloned().collect(),
            None => nested,
        });
    }
    codes.ok_or_else(|| "the value set includes neither a system nor a value set".to_owned())
}

fn enumerate_value_set(sources: &Sources, canonical: &str, depth: u32) -> Result<Codes, String> {
    let url = canonical.split('|').next().unwrap_or(canonical);
    if depth > MAX_DEPTH {
        return Err(format!("value set `{url}` includes others too deeply"));
    }
    let value_set = sources
        .value_sets
        .get(url)
        .ok_or_else(|| format!("value set `{url}` is not in the package"))?;
    match value_set.get("compose") {
        Some(compose) => enumerate_compose(sources, compose, depth),
        None => expansion(value_set).ok_or_else(|| format!("value set `{url}` has no definition")),
    }
}

fn enumerate_system(sources: &Sources, include: &Value, system: &str) -> Result<Codes, String> {
    let entry = |code: &str| (system.to_owned(), code.to_owned());
    if include.get("concept").is_some() {
        return Ok(items(include, "concept")
            .filter_map(|concept| text(concept, "code"))
            .map(entry)
            .collect());
    }
    let code_system = sources
        .code_systems
        .get(system)
        .filter(|code_system| is_complete(code_system))
        .ok_or_else(|| format!("code system `{system}` is not loaded"))?;
    let mut codes = Codes::new();
    collect(code_system, &mut |code, _| {
        codes.insert(entry(code));
    });
    for filter in items(include, "filter") {
        let kept = filtered(code_system, filter)?;
        codes.retain(|(_, code)| kept.contains(code.as_str()));
    }
    Ok(codes)
}

/// The codes that a hierarchy filter keeps. Parents are given by nesting or by the property `subsumedBy`.
fn filtered<'v>(code_system: &'v Value, filter: &'v Value) -> Result<BTreeSet<&'v str>, String> {
    let member = |name| text(filter, name).unwrap_or_default();
    let (operator, value) = (member("op"), member("value"));
    let include_itself = match (member("property"), operator) {
        ("concept" | "code", "is-a") => true,
        ("concept" | "code", "descendent-of") => false,
        (property, operator) => {
            return Err(format!(
                "filter `{operator}` on `{property}` is not worked out in this version"
            ));
        }
    };
    let mut parents: Vec<(&str, &str)> = Vec::new();
    collect(code_system, &mut |code, above| {
        parents.extend(above.iter().map(|ancestor| (code, *ancestor)));
    });
    parents.extend(subsumptions(code_system));
    let mut kept = BTreeSet::from([value]);
    loop {
        let below = parents
            .iter()
            .filter(|(_, parent)| kept.contains(parent))
            .map(|(code, _)| *code);
        let grown: BTreeSet<&str> = kept.iter().copied().chain(below).collect();
        if grown.len() == kept.len() {
            break;
        }
        kept = grown;
    }
    if !include_itself {
        kept.remove(value);
    }
    Ok(kept)
}

/// Parents that concepts name as properties, as HL7's terminology does.
fn subsumptions(code_system: &Value) -> Vec<(&str, &str)> {
    let mut open: Vec<&Value> = items(code_system, "concept").collect();
    let mut found = Vec::new();
    while let Some(concept) = open.pop() {
        open.extend(items(concept, "concept"));
        let Some(code) = text(concept, "code") else { continue };
        for property in items(concept, "property") {
            if matches!(text(property, "code"), Some("subsumedBy" | "parent"))
                && let Some(parent) = text(property, "valueCode")
            {
                found.push((code, parent));
            }
        }
    }
    found
}

/// The codes of an expansion, unless it was cut short.
fn expansion(value_set: &Value) -> Option<Codes> {
    let expansion = value_set.get("expansion")?;
    let mut open: Vec<&Value> = items(expansion, "contains").collect();
    let mut codes = Codes::new();
    while let Some(contains) = open.pop() {
        open.extend(items(contains, "contains"));
        let listed = contains.get("abstract") != Some(&Value::Bool(true));
        if let (true, Some(code)) = (listed, text(contains, "code")) {
            codes.insert((text(contains, "system").unwrap_or_default().to_owned(), code.to_owned()));
        }
    }
    let total = expansion.get("total").and_then(Value::as_u64);
    total.is_none_or(|total| total == codes.len() as u64).then_some(codes)
}
