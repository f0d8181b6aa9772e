//! References within a transaction: [`fullUrl`s](https://hl7.org/fhir/R4/bundle.html#references) become `Type/id`, and so do
//! [conditional references](https://hl7.org/fhir/R4/http.html#trules).

use std::collections::HashMap;

use axum::http::StatusCode;
use rusqlite::Connection;
use serde_json::{Map, Value};

use crate::context::Context;
use crate::key::Key;
use crate::outcome::Refusal;
use crate::reference::for_each_text;
use crate::search::query::{self, Match};
use crate::supported;

/// What the references of one transaction stand for.
pub(crate) struct Links<'c> {
    connection: &'c Connection,
    context: &'c Context,
    by_full_url: HashMap<String, String>,
    /// Conditional references that were asked already.
    by_condition: HashMap<String, String>,
}

impl<'c> Links<'c> {
    pub(crate) fn new(connection: &'c Connection, context: &'c Context) -> Self {
        Self {
            connection,
            context,
            by_full_url: HashMap::new(),
            by_condition: HashMap::new(),
        }
    }

    /// Notes where the entry with this `fullUrl` is stored.
    pub(crate) fn add(&mut self, full_url: &str, key: &Key) -> Result<(), Refusal> {
        if self.by_full_url.insert(full_url.to_owned(), key.to_string()).is_none() {
            return Ok(());
        }
        let text = "another entry has the same `fullUrl`";
        Err(Refusal::bad_request(
            "duplicate",
            text,
            "Give each entry a fullUrl of its own; nothing was written",
        ))
    }

    /// Rewrites references, uris and links in narrative text.
    pub(crate) fn rewrite(&mut self, resource: &mut Map<String, Value>, full_url: Option<&str>) -> Result<(), Refusal> {
        // `http://server/fhir/Patient/1` → `http://server/fhir`, which relative references of the entry are relative to.
        let source_base = full_url.filter(|url| url.starts_with("http")).and_then(|url| {
            let (rest, _id) = url.rsplit_once('/')?;
            Some(rest.rsplit_once('/')?.0)
        });
        for (name, member) in resource.iter_mut() {
            for_each_text(name, member, &mut |name, text| {
                self.rewrite_text(name, text, source_base)
            })?;
        }
        Ok(())
    }

    fn rewrite_text(&mut self, name: &str, text: &mut String, source_base: Option<&str>) -> Result<(), Refusal> {
        if name == "reference" {
            if let Some(target) = self.resolve(text, source_base)? {
                *text = target;
            }
        } else if name == "div" {
            self.rewrite_narrative(text);
        } else if is_uri(name)
            && let Some(target) = self.by_full_url.get(text)
        {
            text.clone_from(target);
        }
        Ok(())
    }

    /// The `Type/id` that a reference stands for, if it has to be rewritten.
    fn resolve(&mut self, reference: &str, source_base: Option<&str>) -> Result<Option<String>, Refusal> {
        let absolute = source_base.map(|base| format!("{base}/{reference}"));
        let known = self
            .by_full_url
            .get(reference)
            .or_else(|| self.by_full_url.get(absolute.as_deref()?));
        if let Some(target) = known {
            return Ok(Some(target.clone()));
        }
        if reference.starts_with("urn:uuid:") || reference.starts_with("urn:oid:") {
            let text = "a reference names a urn that is the fullUrl of no entry";
            return Err(Refusal::bad_request(
                "not-found",
                text,
                "Send the entry along, or refer to it as Type/id; nothing was written",
            ));
        }
        match reference.split_once('?') {
            Some((type_name, condition)) if type_name.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
                self.resolve_condition(reference, type_name, condition).map(Some)
            }
            _ => Ok(None),
        }
    }

    fn resolve_condition(&mut self, reference: &str, type_name: &str, condition: &str) -> Result<String, Refusal> {
        if let Some(target) = self.by_condition.get(reference) {
            return Ok(target.clone());
        }
        let resource_type = supported::resource_type(type_name).ok_or_else(|| {
            let text = "a conditional reference names a resource type that the sandbox does not store";
            Refusal::bad_request("not-supported", text, "GET metadata lists the types it stores")
        })?;
        match query::find(self.connection, resource_type, condition, self.context)? {
            Match::One(key) => {
                self.by_condition.insert(reference.to_owned(), key.to_string());
                Ok(key.to_string())
            }
            Match::Several => Err(Refusal::multiple_matches(format!(
                "a conditional reference to {type_name}"
            ))),
            Match::None => {
                let text = format!("a conditional reference to {type_name} matches nothing that was stored before");
                let diagnostics = "Refer to an entry of the same transaction by its fullUrl; nothing was written";
                Err(Refusal::new(
                    StatusCode::PRECONDITION_FAILED,
                    "not-found",
                    text,
                    diagnostics,
                ))
            }
        }
    }

    /// `href` and `src` in narrative text may be links to other entries.
    fn rewrite_narrative(&self, div: &mut String) {
        for attribute in ["href=\"", "src=\""] {
            let mut from = 0;
            while let Some(start) = div
                .get(from..)
                .and_then(|rest| rest.find(attribute))
                .map(|at| from + at + attribute.len())
            {
                let Some(length) = div.get(start..).and_then(|rest| rest.find('"')) else {
                    break;
                };
                let target = div
                    .get(start..start + length)
                    .and_then(|link| self.by_full_url.get(link));
                from = start + target.map_or(length, String::len);
                if let Some(target) = target {
                    div.replace_range(start..start + length, target);
                }
            }
        }
    }
}

/// Whether members of that name hold an uri: the server has no definitions, but R4 names them so.
fn is_uri(name: &str) -> bool {
    matches!(name, "url" | "uri")
        || ["Uri", "Url", "Uuid", "Oid"]
            .iter()
            .any(|ending| name.ends_with(ending))
}
