//! From drafts to the bytes of a transaction. <https://hl7.org/fhir/R4/http.html#transaction>

use std::collections::{BTreeMap, HashSet};

use fhirbolt::model::r4::types::Coding;
use kap_json::{Issue, Location};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::identity::KEY_SYSTEM;
use crate::label::Labels;
use crate::mapping::{Draft, Mapping, Withheld};
use crate::receipt::Receipt;
use crate::segment::Reason;
use crate::segment::repair::repair;
use crate::source_map::{SourceEntry, SourceMap};
use crate::{Context, Mapped, code, codes, provenance};

/// Settles what was mapped, adds its provenance, and writes bundle, receipt, source map and findings.
pub(crate) fn finish(mut mapping: Mapping<'_>, context: &Context) -> Mapped {
    let (drafts, mut withheld) = mapping.take();
    let mut drafts = settle(drafts, &mut withheld);
    let labels = high_water(&drafts);
    if !drafts.is_empty() {
        drafts.push(provenance::draft(&mapping, &drafts, labels.clone()));
    }
    let security = labels.codings();
    let source_map = SourceMap {
        entries: drafts.iter().map(source).collect(),
    };
    let kept = count(drafts.iter().map(|draft| draft.resource_type.as_str()));
    let issues = issues(&withheld);
    let bundle = bytes(drafts, &security);
    let receipt = Receipt {
        record_key: mapping.record_key().to_string(),
        purpose: code::hl7::purpose(context.purpose).value,
        security: security.into_iter().filter_map(|label| label.code?.value).collect(),
        kept,
        withheld: count(withheld.iter().map(|withheld| withheld.reason)),
        removed: mapping.record().removed.len(),
        bundle_sha256: hex::encode(Sha256::digest(&bundle)),
    };
    Mapped {
        bundle,
        receipt,
        source_map,
        issues,
    }
}

fn count<T: Ord>(things: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    for thing in things {
        *counts.entry(thing).or_default() += 1;
    }
    counts
}

fn source(draft: &Draft) -> SourceEntry {
    SourceEntry {
        full_url: draft.key.urn(),
        resource_type: draft.resource_type.as_str(),
        pointer: draft.pointer.clone(),
    }
}

/// One finding per thing that stayed for a reason which somebody may want to look into.
fn issues(withheld: &[Withheld]) -> Vec<Issue> {
    let issue = |withheld: &Withheld| {
        let code = match withheld.reason {
            Reason::ConsentDenied => &codes::CONSENT_DENIES,
            Reason::ConsentMissing => &codes::CONSENT_MISSING,
            Reason::Dependent => &codes::HOLDER_DEPENDENT,
            Reason::NeverLeaves | Reason::Policy | Reason::EnteredInError => return None,
        };
        Some(Issue::new(
            code,
            Location {
                pointer: withheld.pointer.clone(),
                ..Location::default()
            },
            code.title,
        ))
    };
    withheld.iter().filter_map(issue).collect()
}

/// Repairs references until nothing points to what stays; moves what cannot stand without it to `withheld`.
/// If nothing clinical is left, nothing leaves: a bundle with a patient alone would tell that this patient is treated here.
fn settle(mut drafts: Vec<Draft>, withheld: &mut Vec<Withheld>) -> Vec<Draft> {
    loop {
        let kept: HashSet<String> = drafts.iter().map(|draft| draft.key.urn()).collect();
        let before = drafts.len();
        drafts.retain_mut(|draft| {
            let stands = repair(&mut draft.resource, &kept);
            if !stands {
                withheld.push(Withheld {
                    pointer: std::mem::take(&mut draft.pointer),
                    reason: Reason::Dependent,
                });
            }
            stands
        });
        if drafts.len() == before {
            break;
        }
    }
    if drafts.iter().all(|draft| draft.resource_type.is_administrative()) {
        withheld.extend(drafts.drain(..).map(|draft| Withheld {
            pointer: draft.pointer,
            reason: Reason::Dependent,
        }));
    }
    drafts
}

/// The labels of the whole bundle: the high-water mark of its entries.
fn high_water(drafts: &[Draft]) -> Labels {
    drafts
        .iter()
        .fold(Labels::administrative(), |mark, draft| mark.raised_by(&draft.labels))
}

/// The bytes of the transaction bundle.
fn bytes(drafts: Vec<Draft>, security: &[Coding]) -> Vec<u8> {
    let mut members = vec![
        ("resourceType", "Bundle".into()),
        (
            "meta",
            json!({ "security": security.iter().map(label).collect::<Vec<_>>() }),
        ),
        ("type", "transaction".into()),
    ];
    if !drafts.is_empty() {
        members.push(("entry", drafts.into_iter().map(entry).collect()));
    }
    object(members).to_string().into_bytes()
}

fn label(coding: &Coding) -> Value {
    let uri = coding.system.as_ref().and_then(|system| system.value.as_ref());
    let code = coding.code.as_ref().and_then(|code| code.value.as_ref());
    let display = coding.display.as_ref().and_then(|display| display.value.as_ref());
    json!({ "system": uri, "code": code, "display": display })
}

fn entry(draft: Draft) -> Value {
    let mut request = vec![("method", "POST".into()), ("url", draft.resource_type.as_str().into())];
    request.extend(condition(&draft).map(|query| ("ifNoneExist", query.into())));
    object([
        ("fullUrl", draft.key.urn().into()),
        ("resource", Value::Object(draft.resource)),
        ("request", object(request)),
    ])
}

/// An object of these members. `json!` would copy what it is given.
fn object(members: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    Value::Object(
        members
            .into_iter()
            .map(|(name, member)| (name.to_owned(), member))
            .collect(),
    )
}

/// The search that finds the resource if the server has it already. <https://hl7.org/fhir/R4/http.html#ccreate>
fn condition(draft: &Draft) -> Option<String> {
    match &draft.known_as {
        Some(identifier) => Some(query(identifier.system.as_str(), identifier.value.as_str())),
        None => draft
            .resource_type
            .is_found_by_key()
            .then(|| query(KEY_SYSTEM, &draft.key.to_string())),
    }
}

fn query(system: &str, value: &str) -> String {
    format!("identifier={}|{}", search_value(system), search_value(value))
}

/// Escapes what FHIR's search gives a meaning (<https://hl7.org/fhir/R4/search.html#escaping>), then what a URL does.
fn search_value(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '|' | ',' | '$' => escaped.extend(["%5C", &percent_encoded(letter)]),
            ':' | '/' | '-' | '.' | '_' | '~' => escaped.push(letter),
            letter if letter.is_ascii_alphanumeric() => escaped.push(letter),
            letter => escaped.push_str(&percent_encoded(letter)),
        }
    }
    escaped
}

fn percent_encoded(letter: char) -> String {
    letter
        .encode_utf8(&mut [0; 4])
        .bytes()
        .map(|byte| format!("%{byte:02X}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::query;

    #[test]
    fn a_search_value_survives_search_and_url() {
        assert_eq!(
            query("urn:oid:1.2", "A b|c&dé"),
            "identifier=urn:oid:1.2|A%20b%5C%7Cc%26d%C3%A9"
        );
    }
}
