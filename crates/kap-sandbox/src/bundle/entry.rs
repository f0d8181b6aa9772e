//! One entry: from its `request` to an interaction, from the answer to its `response`.

use axum::http::Method;
use serde_json::{Map, Value, json};

use crate::context::Context;
use crate::habits::{Settings, WriteAnswer};
use crate::interaction::{Answer, Content, Interaction};
use crate::key::instant;
use crate::outcome::Refusal;
use crate::preferences::{Preferences, Returning};
use crate::request::{Conditions, Request};

/// An entry that was understood.
#[derive(Debug)]
pub(crate) struct Entry<T = Interaction> {
    pub(crate) name: Name,
    pub(crate) full_url: Option<String>,
    pub(crate) action: T,
}

/// What refusals call an entry.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    /// The place in the Bundle, from 0.
    pub(crate) index: usize,
    /// Method and address without the query, which may hold a patient's identifier.
    label: String,
}

impl Name {
    /// The refusal, saying that it was this entry.
    pub(crate) fn blame(&self, refusal: Refusal) -> Refusal {
        refusal.at_entry(self.index, &self.label)
    }
}

impl Entry {
    /// Reads the entry; refusals name it.
    pub(crate) fn parse(
        index: usize,
        entry: Value,
        preferences: Preferences,
        context: &Context,
    ) -> Result<Self, Refusal> {
        let malformed = |refusal: Refusal| refusal.at_entry(index, "malformed");
        let Value::Object(mut entry) = entry else {
            let refusal = Refusal::bad_request("structure", "the entry is no object", "Send objects as entries");
            return Err(malformed(refusal));
        };
        let Some(Value::Object(request)) = entry.remove("request") else {
            let refusal = Refusal::bad_request("required", "the entry has no `request`", "Give it `method` and `url`");
            return Err(malformed(refusal));
        };
        let name = Name {
            index,
            label: label(&request),
        };
        let action = interpret(&request, entry.remove("resource"), preferences, &context.base);
        let action = action
            .and_then(|action| context.admit(action))
            .map_err(|refusal| name.blame(refusal))?;
        let full_url = entry.get("fullUrl").and_then(Value::as_str).map(str::to_owned);
        Ok(Self { name, full_url, action })
    }
}

fn interpret(
    request: &Map<String, Value>,
    resource: Option<Value>,
    preferences: Preferences,
    base: &str,
) -> Result<Interaction, Refusal> {
    let text = |name: &str| request.get(name).and_then(Value::as_str);
    let method = match text("method") {
        Some("GET") => Method::GET,
        Some("HEAD") => Method::HEAD,
        Some("POST") => Method::POST,
        Some("PUT") => Method::PUT,
        Some("DELETE") => Method::DELETE,
        _ => {
            let text = "`request.method` is missing or not supported";
            return Err(Refusal::bad_request(
                "value",
                text,
                "Use GET, HEAD, POST, PUT or DELETE, in capitals",
            ));
        }
    };
    let Some(url) = text("url") else {
        return Err(Refusal::bad_request(
            "required",
            "`request.url` is missing",
            "Give an address such as Patient or Patient/1",
        ));
    };
    let resource = match resource {
        None => None,
        Some(Value::Object(resource)) => Some(resource),
        Some(_) => {
            return Err(Refusal::bad_request(
                "structure",
                "`resource` is no object",
                "Send a resource as JSON object",
            ));
        }
    };
    let url = url.strip_prefix(base).unwrap_or(url);
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let header = |name: &str| text(name).map(str::to_owned);
    let conditions = Conditions {
        if_match: header("ifMatch"),
        if_none_match: header("ifNoneMatch"),
        if_none_exist: header("ifNoneExist"),
    };
    let (path, query) = (path.to_owned(), query.to_owned());
    Request {
        method,
        path,
        query,
        conditions,
        handling: preferences.handling,
        resource,
        patch: None,
    }
    .interpret()
}

fn label(request: &Map<String, Value>) -> String {
    let text = |name: &str| request.get(name).and_then(Value::as_str).unwrap_or("?");
    let url = text("url");
    format!("{} {}", text("method"), url.split('?').next().unwrap_or(url))
}

/// The entry of the answering Bundle.
pub(crate) fn response(mut answer: Answer, returning: Returning, settings: &Settings) -> Value {
    let mut entry = Map::new();
    let mut response = Map::new();
    response.insert("status".to_owned(), json!(answer.status.to_string()));
    if let Some(version) = &answer.version {
        if answer.wrote {
            response.insert("location".to_owned(), json!(version.location()));
        }
        response.insert("etag".to_owned(), json!(version.etag()));
        response.insert("lastModified".to_owned(), json!(instant(version.last_updated)));
    }
    let returning = match settings.write_answer {
        WriteAnswer::Resource => returning,
        WriteAnswer::Nothing => Returning::Minimal,
    };
    match answer.content(returning) {
        Content::Nothing => {}
        Content::Resource(resource) => {
            entry.insert("resource".to_owned(), resource);
        }
        Content::Outcome(outcome) => {
            response.insert("outcome".to_owned(), outcome);
        }
    }
    entry.insert("response".to_owned(), Value::Object(response));
    Value::Object(entry)
}

/// The entry of a batch's answer for an entry that failed.
pub(crate) fn failure(refusal: &Refusal, settings: &Settings) -> Value {
    json!({ "response": { "status": refusal.status.to_string(), "outcome": refusal.to_outcome(settings) } })
}
