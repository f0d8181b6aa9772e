//! The interactions of the [REST API](https://hl7.org/fhir/R4/http.html): what they do to the database and what they answer.

mod patch;
pub(crate) mod write;

use axum::http::StatusCode;
use rusqlite::Connection;
use serde_json::Value;

use self::write::Write;
use crate::capability;
use crate::context::Context;
use crate::habits::{content, standing};
use crate::key::{Key, Version, names_version};
use crate::outcome::{Refusal, notice};
use crate::preferences::{Handling, Returning};
use crate::search::parse::Search;
use crate::search::searchset;
use crate::store::history::{self, Scope};
use crate::store::read::{self, Current};
use crate::supported::ResourceType;

/// Something to be done, understood but not yet tried.
#[derive(Debug)]
pub(crate) enum Interaction {
    Capabilities,
    Read {
        key: Key,
        if_none_match: Option<String>,
    },
    ReadVersion {
        key: Key,
        number: i64,
    },
    Search {
        resource_type: &'static ResourceType,
        query: String,
        handling: Handling,
        /// Whether it came by POST.
        posted: bool,
    },
    History {
        scope: Scope,
        query: String,
    },
    Write(Write),
    Patch {
        key: Key,
        operations: Value,
        if_match: Option<String>,
    },
    Delete {
        key: Key,
        if_match: Option<String>,
    },
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// Of the one resource it is about, if it is about one.
    pub(crate) version: Option<Version>,
    pub(crate) resource: Option<Value>,
    /// Whether it was a create or an update, whose answer says where the resource is.
    pub(crate) wrote: bool,
}

/// What an answer carries, after the client's preference.
#[derive(Debug)]
pub(crate) enum Content {
    Nothing,
    Resource(Value),
    Outcome(Value),
}

impl Interaction {
    /// Does it; the caller commits if it succeeded.
    pub(crate) fn perform(self, connection: &Connection, context: &Context) -> Result<Answer, Refusal> {
        match self {
            Self::Capabilities => Ok(Answer::of_resource(capability::statement(
                &context.base,
                &context.habits,
            ))),
            Self::Search {
                resource_type,
                query,
                handling,
                ..
            } => {
                let search = Search::parse(resource_type, &query, handling, context)?;
                searchset::answer(connection, &search, context).map(Answer::of_resource)
            }
            Self::History { scope, query } => {
                history::answer(connection, &scope, &query, &context.base).map(Answer::of_resource)
            }
            Self::Read { key, if_none_match } => {
                let answer = read(connection, &key, if_none_match.as_deref())?;
                if let Some(resource) = &answer.resource {
                    content::check_stored(&context.habits.settings, key.resource_type, resource)?;
                }
                Ok(answer)
            }
            Self::ReadVersion { key, number } => read_version(connection, &key, number),
            Self::Delete { key, if_match } => delete(connection, &key, if_match.as_deref(), context),
            Self::Write(write) => {
                let place = write.locate(connection, context)?;
                let answer = write.store(connection, place, context)?;
                if let Some(resource) = &answer.resource {
                    standing::check_references(connection, resource, context)?;
                }
                Ok(answer)
            }
            Self::Patch {
                key,
                operations,
                if_match,
            } => {
                let current = read::current(connection, &key)?;
                check_version(&key, if_match.as_deref(), current.as_ref(), context)?;
                patch::apply(connection, &key, current, &operations, context)
            }
        }
    }
}

fn read(connection: &Connection, key: &Key, if_none_match: Option<&str>) -> Result<Answer, Refusal> {
    let current = read::current(connection, key)?.ok_or_else(|| Refusal::not_found(key))?;
    let known = if_none_match.is_some_and(|header| names_version(header, current.version.number));
    if known && current.resource.is_some() {
        let version = Some(current.version);
        return Ok(Answer {
            status: StatusCode::NOT_MODIFIED,
            version,
            resource: None,
            wrote: false,
        });
    }
    Answer::of_current(current, key)
}

fn read_version(connection: &Connection, key: &Key, number: i64) -> Result<Answer, Refusal> {
    let name = format!("version {number} of {key}");
    let version = read::version(connection, key, number)?.ok_or_else(|| Refusal::not_found(&name))?;
    Answer::of_current(version, name)
}

/// Deletes; what is not there, or no longer, is deleted already.
fn delete(connection: &Connection, key: &Key, if_match: Option<&str>, context: &Context) -> Result<Answer, Refusal> {
    let current = read::current(connection, key)?;
    check_version(key, if_match, current.as_ref(), context)?;
    let version = match current {
        Some(Current { resource: Some(_), .. }) => Some(crate::store::write::delete(connection, key, context)?),
        absent => absent.map(|current| current.version),
    };
    Ok(Answer {
        status: StatusCode::NO_CONTENT,
        version,
        resource: None,
        wrote: false,
    })
}

/// Refuses unless there is no `If-Match`, or it names the current version.
fn check_version(
    key: &Key,
    if_match: Option<&str>,
    current: Option<&Current>,
    context: &Context,
) -> Result<(), Refusal> {
    match (if_match, current) {
        (None, _) => Ok(()),
        (
            Some(header),
            Some(Current {
                version,
                resource: Some(_),
            }),
        ) if names_version(header, version.number) => Ok(()),
        _ => Err(Refusal::version_conflict(key).with_status(context.habits.settings.stale_status)),
    }
}

impl Answer {
    fn of_resource(resource: Value) -> Self {
        Self {
            status: StatusCode::OK,
            version: None,
            resource: Some(resource),
            wrote: false,
        }
    }

    /// The resource, unless the client prefers less of what it has just written itself.
    pub(crate) fn content(&mut self, returning: Returning) -> Content {
        match (self.resource.take(), returning) {
            (None, _) => Content::Nothing,
            (Some(_), Returning::Minimal) if self.wrote => Content::Nothing,
            (Some(_), Returning::Outcome) if self.wrote => {
                let (text, diagnostics) = ("the resource is stored", "Its content was not validated");
                Content::Outcome(notice("information", "informational", text, diagnostics))
            }
            (Some(resource), _) => Content::Resource(resource),
        }
    }

    /// The version's resource; a deletion is gone.
    fn of_current(current: Current, name: impl std::fmt::Display) -> Result<Self, Refusal> {
        let Current {
            version,
            resource: Some(resource),
        } = current
        else {
            return Err(Refusal::gone(name));
        };
        Ok(Self {
            status: StatusCode::OK,
            version: Some(version),
            resource: Some(resource),
            wrote: false,
        })
    }
}
