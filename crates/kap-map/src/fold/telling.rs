//! A resource in words, whole: every element that says something is told, in the order in which it stands.

use serde_json::{Map, Value};

use super::link::Links;
use crate::narrative;

/// Elements that tell nothing about the patient's treatment, or what the document says for all it carries.
const UNTOLD: &[&str] = &[
    "resourceType",
    "meta",
    "text",
    "identifier",
    "subject",
    "patient",
    "encounter",
];

/// One element in words.
pub(super) struct Line {
    /// What the element is called.
    pub(super) name: String,
    /// What it says.
    pub(super) says: String,
}

/// Tells resources to a reader of something with `labels`.
#[derive(Clone, Copy)]
pub(super) struct Teller<'l> {
    pub(super) links: &'l Links<'l>,
    pub(super) labels: &'l Value,
}

impl Teller<'_> {
    /// The elements of a resource but those named in `without`.
    pub(super) fn lines(&self, resource: &Map<String, Value>, without: &[&str]) -> Vec<Line> {
        let resource_type = resource.get("resourceType").and_then(Value::as_str).unwrap_or_default();
        let is_untold = |name: &str| {
            // What a Provenance is about is what the document tells of.
            UNTOLD.contains(&name) || without.contains(&name) || (resource_type == "Provenance" && name == "target")
        };
        let mut lines = Vec::new();
        for (name, value) in resource.iter().filter(|(name, _)| !is_untold(name)) {
            if name == "extension" || name == "modifierExtension" {
                lines.extend(
                    value
                        .as_array()
                        .into_iter()
                        .flatten()
                        .filter_map(|extension| self.extension(extension)),
                );
            } else if let Some(says) = self.value(value) {
                lines.push(Line {
                    name: label(name),
                    says,
                });
            }
        }
        lines
    }

    /// What a value says; `None` if nothing.
    pub(super) fn value(&self, value: &Value) -> Option<String> {
        match value {
            Value::Null => None,
            Value::String(text) => Some(one_line(text)),
            Value::Bool(flag) => Some(if *flag { "yes" } else { "no" }.to_owned()),
            Value::Number(number) => Some(number.to_string()),
            Value::Array(items) => joined(items.iter().map(|item| self.value(item)), "; "),
            Value::Object(members) => self.object(value, members),
        }
    }

    fn object(&self, value: &Value, members: &Map<String, Value>) -> Option<String> {
        let has = |name| members.contains_key(name);
        let said = if has("reference") || (has("identifier") && has("type")) {
            self.links.words(value, self.labels)
        } else if has("coding") {
            concept(value)
        } else if has("system") && has("code") && !has("value") {
            Some(coding(value))
        } else if has("value") && (has("unit") || has("code")) {
            Some(quantity(members))
        } else if has("numerator") && has("denominator") {
            joined(
                ["numerator", "denominator"].map(|name| self.value(&members[name])),
                " per ",
            )
        } else if has("start") || has("end") {
            Some(period(value))
        } else {
            return joined(self.members(members), ", ");
        };
        // What an extension adds to a value stands behind it.
        let added = members
            .get("extension")
            .and_then(|extensions| self.extensions(extensions));
        match (said, added) {
            (Some(said), Some(added)) => Some(format!("{said} ({added})")),
            (said, added) => said.or(added),
        }
    }

    fn members(&self, members: &Map<String, Value>) -> Vec<Option<String>> {
        let of_member = |(name, value): (&String, &Value)| match value {
            Value::Array(_) if name == "extension" => self.extensions(value),
            _ => self.value(value).map(|says| {
                Line {
                    name: label(name),
                    says,
                }
                .in_words()
            }),
        };
        members.iter().map(of_member).collect()
    }

    fn extensions(&self, extensions: &Value) -> Option<String> {
        let extensions = extensions.as_array().into_iter().flatten();
        joined(
            extensions.map(|extension| self.extension(extension).map(Line::in_words)),
            ", ",
        )
    }

    /// An extension, by the last part of its URL.
    fn extension(&self, extension: &Value) -> Option<Line> {
        let url = extension["url"].as_str()?;
        let name = url.rsplit('/').next().unwrap_or(url);
        let name = name.strip_prefix("kap-").unwrap_or(name);
        let value = extension
            .as_object()?
            .iter()
            .find(|(name, _)| name.starts_with("value"))
            .map(|(_, value)| value);
        let says = match value {
            Some(value) => self.value(value),
            None => self.extensions(&extension["extension"]),
        };
        Some(Line {
            name: label(name),
            says: says?,
        })
    }
}

fn concept(concept: &Value) -> Option<String> {
    let codings = concept["coding"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|value| Some(coding(value)));
    let codings = joined(codings, ", ");
    let text = concept["text"].as_str().map(one_line);
    match (text, codings) {
        (Some(text), Some(codings)) => Some(format!("{text} ({codings})")),
        (text, codings) => text.or(codings),
    }
}

impl Line {
    /// `name: says`.
    pub(super) fn in_words(self) -> String {
        format!("{}: {}", self.name, self.says)
    }
}

/// A coding: its display, else its code as words, and what kind of code it is where words alone do not tell.
fn coding(coding: &Value) -> String {
    let code = coding["code"].as_str().unwrap_or_default();
    let shown = narrative::coding(coding).unwrap_or_default();
    match system(coding["system"].as_str().unwrap_or_default()) {
        Some(system) if shown == code => format!("{system} {code}"),
        Some(system) => format!("{shown} ({system} {code})"),
        None => shown,
    }
}

/// The names of the terminologies that people know by name.
fn system(url: &str) -> Option<&'static str> {
    Some(match url {
        "http://snomed.info/sct" => "SNOMED CT",
        "http://loinc.org" => "LOINC",
        "http://www.nlm.nih.gov/research/umls/rxnorm" => "RxNorm",
        "http://hl7.org/fhir/sid/icd-10-cm" => "ICD-10-CM",
        "http://hl7.org/fhir/sid/icd-10" => "ICD-10",
        "http://hl7.org/fhir/sid/ndc" => "NDC",
        _ => return None,
    })
}

fn quantity(members: &Map<String, Value>) -> String {
    let text = |name| members.get(name).and_then(Value::as_str);
    let number = members.get("value").map_or_else(String::new, |value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    });
    // Braces mark a unit of UCUM that is a word.
    let unit = text("unit")
        .or(text("code"))
        .unwrap_or_default()
        .trim_matches(['{', '}']);
    format!("{}{number} {unit}", text("comparator").unwrap_or_default())
}

fn period(period: &Value) -> String {
    match (period["start"].as_str(), period["end"].as_str()) {
        (Some(start), Some(end)) => format!("{start} to {end}"),
        (Some(start), None) => format!("from {start}"),
        (None, end) => format!("until {}", end.unwrap_or_default()),
    }
}

/// `effectiveDateTime` as `effective`, `weight-based-dose` as `weight based dose`.
fn label(name: &str) -> String {
    const TYPES: &[&str] = &[
        "CodeableConcept",
        "DateTime",
        "Period",
        "Quantity",
        "Reference",
        "String",
        "Boolean",
        "Integer",
        "Decimal",
        "Ratio",
        "Range",
        "Timing",
        "Coding",
        "Code",
        "Instant",
        "UnsignedInt",
        "Duration",
        "Canonical",
        "Uri",
    ];
    let stem = TYPES
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix))
        .filter(|stem| !stem.is_empty());
    narrative::words(stem.unwrap_or(name)).to_lowercase()
}

/// Text in one line: what it says stays, how it is set out does not.
fn one_line(text: &str) -> String {
    text.split(|letter: char| letter.is_control() || letter.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn joined(parts: impl IntoIterator<Item = Option<String>>, between: &str) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(between))
}
