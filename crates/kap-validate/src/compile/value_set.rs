//! ValueSets (<https://hl7.org/fhir/R4/valueset.html#compositions>): a value set becomes the union of its parts, less
//! what it excludes. Nothing is worked out here: code systems and value sets of other packages may take part, so
//! membership is decided over all loaded plans.

use std::collections::BTreeMap;

use serde_json::Value;
use zerocopy::little_endian::{U16, U32};

use super::flags;
use super::intern::{Intern, since};
use super::tree::{items, text};
use crate::plan::rows::{Filter, NONE, Part, Range, ValueSet};

const NOTHING: Range = Range {
    start: U32::ZERO,
    length: U32::ZERO,
};

/// Extensions that mark an expansion as cut short.
const CUT_SHORT: [&str; 2] = [
    "http://hl7.org/fhir/StructureDefinition/valueset-unclosed",
    "http://hl7.org/fhir/StructureDefinition/valueset-toocostly",
];

/// Marks a value set of our own making that stands in for one that no package has.
const SUBSTITUTE: &str = "urn:kap:substitute";

/// Parameters of an expansion that leave codes out.
const NARROWING: [&str; 3] = ["filter", "limitedExpansion", "offset"];

/// Adds the row of a value set. `places` gives the row of each code system of the plan by URL.
pub(super) fn compile(intern: &mut Intern, places: &BTreeMap<String, U32>, value_set: &Value) {
    let url = text(value_set, "url").unwrap_or_default();
    let compose = value_set.get("compose");
    let defined = compose.is_some_and(|compose| compose.get("include").is_some());
    let mut flags = if defined { flags::value_set::DEFINED } else { 0 };
    if compose.and_then(|compose| compose.get("inactive")) == Some(&Value::Bool(false)) {
        flags |= flags::value_set::ONLY_ACTIVE;
    }
    if items(value_set, "extension").any(|extension| text(extension, "url") == Some(SUBSTITUTE)) {
        flags |= flags::value_set::SUBSTITUTE;
    }
    let mut parts = |name| {
        let parts: Vec<Part> = compose
            .into_iter()
            .flat_map(|compose| items(compose, name))
            .map(|include| part_of(intern, places, url, include))
            .collect();
        add(intern, parts)
    };
    let (parts, excluded) = (parts("include"), parts("exclude"));
    let mut expansion = NOTHING;
    if let Some(expanded) = value_set.get("expansion") {
        flags |= flags::value_set::EXPANDED;
        let (codes, is_complete) = contained(expanded);
        if !is_complete {
            flags |= flags::value_set::EXPANSION_OPEN;
        }
        let parts = listed(intern, places, &codes);
        expansion = add(intern, parts);
    }
    let row = ValueSet {
        url: intern.text(url),
        version: intern.text(text(value_set, "version").unwrap_or_default()),
        flags: U16::new(flags),
        parts,
        excluded,
        expansion,
    };
    intern.tables.value_sets.push(row);
}

fn add(intern: &mut Intern, parts: Vec<Part>) -> Range {
    let start = intern.tables.parts.len();
    intern.tables.parts.extend(parts);
    since(&intern.tables.parts, start)
}

/// One `include` or `exclude`.
fn part_of(intern: &mut Intern, places: &BTreeMap<String, U32>, url: &str, include: &Value) -> Part {
    let system = text(include, "system").unwrap_or_default();
    let links: Vec<U32> = items(include, "valueSet")
        .filter_map(Value::as_str)
        .map(|canonical| link(intern, url, canonical))
        .collect();
    let value_sets = intern.run(links);
    let version = intern.text(text(include, "version").unwrap_or_default());
    let part = Part {
        version,
        value_sets,
        ..part(intern, flags::part::SYSTEM, places, system)
    };
    if system.is_empty() {
        if value_sets.length.get() == 0 {
            let reason = intern.text("the value set includes neither a system nor a value set");
            return Part {
                kind: U16::new(flags::part::OPEN),
                reason,
                ..part
            };
        }
        return Part {
            kind: U16::new(flags::part::VALUE_SETS),
            ..part
        };
    }
    if include.get("concept").is_some() {
        let concepts: BTreeMap<&str, String> = items(include, "concept")
            .filter_map(|concept| Some((text(concept, "code")?, names(concept))))
            .collect();
        return with_codes(intern, part, &concepts);
    }
    let filters = filters(intern, include);
    match grammar(system) {
        Some(grammar) => Part {
            kind: U16::new(flags::part::GRAMMAR),
            link: U32::new(grammar),
            filters,
            ..part
        },
        None => Part { filters, ..part },
    }
}

/// A value set that another one names; `#id` is one contained in it.
pub(super) fn link(intern: &mut Intern, url: &str, canonical: &str) -> U32 {
    if canonical.starts_with('#') {
        return intern.link(&format!("{url}{canonical}"));
    }
    intern.link(canonical)
}

fn filters(intern: &mut Intern, include: &Value) -> Range {
    let filters: Vec<Filter> = items(include, "filter")
        .map(|filter| {
            let member = |name| text(filter, name).unwrap_or_default();
            let name = member("op");
            let known = flags::filter::NAMES.iter().position(|known| *known == name);
            let operator = known.and_then(|at| u16::try_from(at).ok());
            Filter {
                property: intern.text(member("property")),
                operator: U16::new(operator.unwrap_or(flags::filter::OTHER)),
                value: intern.text(member("value")),
            }
        })
        .collect();
    let start = intern.tables.filters.len();
    intern.tables.filters.extend(filters);
    since(&intern.tables.filters, start)
}

fn grammar(system: &str) -> Option<u32> {
    Some(match system {
        "urn:ietf:bcp:13" => flags::grammar::MIME_TYPE,
        "urn:ietf:bcp:47" => flags::grammar::LANGUAGE,
        "urn:iso:std:iso:4217" => flags::grammar::CURRENCY,
        "http://unitsofmeasure.org" => flags::grammar::UNIT,
        "urn:iso:std:iso:3166" => flags::grammar::COUNTRY,
        "https://www.usps.com/" => flags::grammar::US_STATE,
        "https://www.iana.org/time-zones" => flags::grammar::TIME_ZONE,
        _ => return None,
    })
}

/// Codes with what they are called, by system.
type Codes<'v> = BTreeMap<&'v str, BTreeMap<&'v str, String>>;

/// What a value set calls a code: its display and its designations, each on a line.
fn names(concept: &Value) -> String {
    let designations = items(concept, "designation").filter_map(|designation| text(designation, "value"));
    let names: Vec<&str> = text(concept, "display").into_iter().chain(designations).collect();
    names.join("\n")
}

/// One part a system, with the codes listed.
fn listed(intern: &mut Intern, places: &BTreeMap<String, U32>, codes: &Codes<'_>) -> Vec<Part> {
    let parts = codes.iter().map(|(system, codes)| {
        let part = part(intern, flags::part::CODES, places, system);
        with_codes(intern, part, codes)
    });
    parts.collect()
}

fn with_codes(intern: &mut Intern, part: Part, concepts: &BTreeMap<&str, String>) -> Part {
    let codes = intern.codes(concepts.keys().copied());
    // Displays are compared only where the code system is at hand, which these never are.
    let system = intern.text_bytes(part.system);
    let is_elsewhere = system == b"http://loinc.org" || system == b"http://snomed.info/sct";
    let displays = if is_elsewhere || concepts.values().all(String::is_empty) {
        NOTHING
    } else {
        let displays = concepts.values().map(|display| intern.text(display)).collect();
        intern.run(displays)
    };
    Part {
        kind: U16::new(flags::part::CODES),
        codes,
        displays,
        ..part
    }
}

fn part(intern: &mut Intern, kind: u16, places: &BTreeMap<String, U32>, system: &str) -> Part {
    Part {
        kind: U16::new(kind),
        system: intern.text(system),
        version: U32::ZERO,
        codes: NOTHING,
        displays: NOTHING,
        filters: NOTHING,
        value_sets: NOTHING,
        link: places.get(system).copied().unwrap_or(U32::new(NONE)),
        reason: U32::ZERO,
    }
}

/// The codes of an expansion, and whether they are all of them.
fn contained(expansion: &Value) -> (Codes<'_>, bool) {
    let mut open: Vec<&Value> = items(expansion, "contains").collect();
    let mut codes = Codes::new();
    let mut count = 0;
    while let Some(contains) = open.pop() {
        open.extend(items(contains, "contains"));
        count += 1;
        let listed = contains.get("abstract") != Some(&Value::Bool(true));
        if let (true, Some(code)) = (listed, text(contains, "code")) {
            let system = text(contains, "system").unwrap_or_default();
            codes.entry(system).or_default().insert(code, names(contains));
        }
    }
    let total = expansion.get("total").and_then(Value::as_u64);
    let is_cut = items(expansion, "extension")
        .filter_map(|extension| text(extension, "url"))
        .any(|url| CUT_SHORT.contains(&url));
    let is_narrowed = items(expansion, "parameter")
        .filter_map(|parameter| text(parameter, "name"))
        .any(|name| NARROWING.contains(&name));
    let is_complete = count > 0 && total.is_none_or(|total| total <= count) && !is_cut && !is_narrowed;
    (codes, is_complete)
}
