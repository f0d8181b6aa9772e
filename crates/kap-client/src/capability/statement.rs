//! What a server says of itself (<https://hl7.org/fhir/R4/capabilitystatement.html>).

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::fact::{Fact, Subject, Value};
use crate::Error;

/// A CapabilityStatement, as far as a push depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// `software.name`, `publisher`, `name` and `implementation.url`, by these names: what the server is recognised by.
    pub(crate) names: BTreeMap<&'static str, String>,
    /// `software.version`.
    pub version: Option<String>,
    /// When it was made (`date`), as written.
    pub date: Option<String>,
    /// The facts that it states.
    pub(crate) facts: BTreeMap<(Subject, Fact), Value>,
}

impl Statement {
    /// Reads `text`, a CapabilityStatement of FHIR R4 as JSON.
    pub fn read(text: &[u8]) -> Result<Statement, Error> {
        let refuse = |reason| Error::Statement { reason };
        let json: Json = serde_json::from_slice(text).map_err(|_| refuse("it is not JSON"))?;
        if json["resourceType"] != "CapabilityStatement" {
            return Err(refuse("it is no CapabilityStatement"));
        }
        if !json["fhirVersion"]
            .as_str()
            .is_some_and(|version| version.starts_with("4.0"))
        {
            return Err(refuse("it is not of FHIR R4 (`fhirVersion` is not 4.0)"));
        }
        let rest = list(&json["rest"]).iter().find(|rest| rest["mode"] == "server");
        let rest = rest.ok_or_else(|| refuse("it has no `rest` of mode `server`"))?;
        Ok(Statement {
            names: names(&json),
            version: text_of(&json["software"]["version"]),
            date: text_of(&json["date"]),
            facts: facts(rest),
        })
    }

    /// What the server calls itself: its software's name, else its publisher's, else the statement's.
    pub fn name(&self) -> Option<&str> {
        ["software", "publisher", "name"]
            .iter()
            .find_map(|name| self.names.get(name))
            .map(String::as_str)
    }

    /// The types that it mentions.
    pub fn types(&self) -> impl Iterator<Item = &str> {
        self.facts.keys().filter_map(|(subject, fact)| match (subject, fact) {
            (Subject::Type(name), Fact::Create) => Some(name.as_str()),
            _ => None,
        })
    }
}

fn names(json: &Json) -> BTreeMap<&'static str, String> {
    let places = [
        ("software", &json["software"]["name"]),
        ("publisher", &json["publisher"]),
        ("name", &json["name"]),
        ("implementation", &json["implementation"]["url"]),
    ];
    places
        .into_iter()
        .filter_map(|(name, place)| Some((name, text_of(place)?)))
        .collect()
}

fn facts(rest: &Json) -> BTreeMap<(Subject, Fact), Value> {
    let mut facts = BTreeMap::new();
    let offers = interactions(rest);
    for (fact, code) in [(Fact::Transaction, "transaction"), (Fact::Batch, "batch")] {
        facts.insert((Subject::Server, fact), Value::Flag(offers(code)));
    }
    for resource in list(&rest["resource"]) {
        let Some(subject) = resource["type"].as_str().and_then(Subject::of_name) else {
            continue;
        };
        for (fact, value) in of_type(resource) {
            facts.insert((subject.clone(), fact), Value::Flag(value));
        }
    }
    facts
}

/// What is not declared is not offered: nothing else in the statement says so, and a request that is refused costs more than
/// one that is not made.
fn of_type(resource: &Json) -> Vec<(Fact, bool)> {
    let offers = interactions(resource);
    let declares = |name: &str| resource[name].as_bool().unwrap_or(false);
    let searches = |name: &str| {
        list(&resource["searchParam"])
            .iter()
            .any(|parameter| parameter["name"] == name)
    };
    vec![
        (Fact::Create, offers("create")),
        (Fact::Read, offers("read")),
        (Fact::Search, offers("search-type")),
        (Fact::Update, offers("update")),
        (Fact::Patch, offers("patch")),
        (Fact::Delete, offers("delete")),
        (Fact::UpdateCreate, declares("updateCreate")),
        (Fact::ConditionalCreate, declares("conditionalCreate")),
        (Fact::ConditionalUpdate, declares("conditionalUpdate")),
        // https://hl7.org/fhir/R4/valueset-versioning-policy.html
        (Fact::IfMatch, resource["versioning"] == "versioned-update"),
        (Fact::SearchIdentifier, offers("search-type") && searches("identifier")),
        (
            Fact::SearchPatient,
            offers("search-type") && (searches("patient") || searches("subject")),
        ),
    ]
}

fn interactions(place: &Json) -> impl Fn(&str) -> bool {
    let codes: Vec<String> = list(&place["interaction"])
        .iter()
        .filter_map(|interaction| text_of(&interaction["code"]))
        .collect();
    move |code| codes.iter().any(|known| known == code)
}

fn list(place: &Json) -> &[Json] {
    place.as_array().map_or(&[], Vec::as_slice)
}

fn text_of(place: &Json) -> Option<String> {
    place.as_str().map(str::to_owned)
}
