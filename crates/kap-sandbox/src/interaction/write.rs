//! Creates and updates, conditional or not.
//!
//! They go in two steps, so that a transaction can know every id before the first resource is stored: `locate` decides where the
//! resource will be, `store` puts it there.

use axum::http::StatusCode;
use rusqlite::Connection;
use serde_json::{Map, Value};

use super::{Answer, check_version};
use crate::context::Context;
use crate::faults::Fault;
use crate::habits::standing;
use crate::key::{Key, is_legal_id};
use crate::outcome::Refusal;
use crate::search::query::{self, Match};
use crate::store::read::{self, Current};
use crate::store::write;
use crate::supported::ResourceType;

/// A resource on its way into the database.
#[derive(Debug)]
pub(crate) struct Write {
    pub(crate) resource_type: &'static ResourceType,
    pub(crate) resource: Map<String, Value>,
    pub(crate) aim: Aim,
    /// The version that has to be the current one.
    pub(crate) if_match: Option<String>,
}

/// Where a write wants to go.
#[derive(Debug)]
pub(crate) enum Aim {
    /// [create](https://hl7.org/fhir/R4/http.html#create): a new resource.
    New,
    /// [conditional create](https://hl7.org/fhir/R4/http.html#ccreate): a new resource unless the condition matches one.
    NewUnless(String),
    /// [update](https://hl7.org/fhir/R4/http.html#update): the resource of this id, new or not.
    Id(String),
    /// [conditional update](https://hl7.org/fhir/R4/http.html#cond-update): the resource the condition matches.
    Where(String),
}

/// Where it will go.
#[derive(Debug)]
pub(crate) enum Place {
    /// A conditional create found its resource: that stays as it is.
    Found(Key),
    /// The resource is stored under this key.
    At(Key),
}

impl Place {
    pub(crate) fn key(&self) -> &Key {
        match self {
            Self::Found(key) | Self::At(key) => key,
        }
    }
}

impl Write {
    /// The condition that may match one resource at most.
    pub(crate) fn condition(&self) -> Option<&str> {
        match &self.aim {
            Aim::New | Aim::Id(_) => None,
            Aim::NewUnless(condition) | Aim::Where(condition) => Some(condition),
        }
    }

    /// Whether it is an update, which a transaction does after the creates.
    pub(crate) fn is_update(&self) -> bool {
        matches!(self.aim, Aim::Id(_) | Aim::Where(_))
    }

    /// Decides where the resource goes; asks the condition, if there is one.
    pub(crate) fn locate(&self, connection: &Connection, context: &Context) -> Result<Place, Refusal> {
        let resource_type = self.resource_type;
        let condition = match &self.aim {
            Aim::New => return Ok(Place::At(new_key(connection, resource_type, context)?)),
            Aim::Id(id) => return self.locate_by_id(connection, id, context),
            Aim::NewUnless(condition) | Aim::Where(condition) => condition,
        };
        match query::find(connection, resource_type, condition, context)? {
            Match::None if self.is_update() => self.locate_unmatched(connection, context),
            Match::None => Ok(Place::At(new_key(connection, resource_type, context)?)),
            Match::One(key) if self.is_update() => {
                if self.resource.contains_key("id") {
                    same_id(&self.resource, &key.id)?;
                }
                Ok(Place::At(key))
            }
            Match::One(key) => Ok(Place::Found(key)),
            Match::Several => Err(Refusal::multiple_matches("the condition")),
        }
    }

    /// An update by id: of what is there, or of what is made by it where a client may do that.
    fn locate_by_id(&self, connection: &Connection, id: &str, context: &Context) -> Result<Place, Refusal> {
        let key = Key {
            resource_type: self.resource_type,
            id: id.to_owned(),
        };
        let settings = &context.habits.settings;
        if (settings.update_create && settings.numeric_ids && !context.suffers(Fault::IdRewritten))
            || read::current(connection, &key)?.is_some()
        {
            return Ok(Place::At(key));
        }
        if !settings.update_create {
            let text = format!("{key} does not exist, and clients choose no ids here");
            let diagnostics = "Create it with POST; nothing was written";
            return Err(
                Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "not-supported", text, diagnostics).allowing("GET"),
            );
        }
        if !settings.numeric_ids && id.bytes().all(|byte| byte.is_ascii_digit()) {
            let text = "a client's id needs a character that is no digit";
            return Err(Refusal::bad_request(
                "value",
                text,
                "Choose another one; nothing was written",
            ));
        }
        if context.suffers(Fault::IdRewritten) {
            return Ok(Place::At(new_key(connection, self.resource_type, context)?));
        }
        Ok(Place::At(key))
    }

    /// A conditional update that matches nothing creates: under the id of its body, if that is free, or else a new one.
    fn locate_unmatched(&self, connection: &Connection, context: &Context) -> Result<Place, Refusal> {
        let Some(id) = self.resource.get("id") else {
            return Ok(Place::At(new_key(connection, self.resource_type, context)?));
        };
        let Some(id) = id.as_str().filter(|id| is_legal_id(id)) else {
            let text = "the `id` of the body is not legal";
            return Err(Refusal::bad_request("value", text, "Leave it out; nothing was written"));
        };
        let key = Key {
            resource_type: self.resource_type,
            id: id.to_owned(),
        };
        match read::current(connection, &key)? {
            Some(Current { resource: Some(_), .. }) => {
                let text = format!("the condition matches nothing, but {key} exists");
                let diagnostics = "Leave the id out of the body, or update it by its id; nothing was written";
                Err(Refusal::new(StatusCode::CONFLICT, "conflict", text, diagnostics))
            }
            _ => Ok(Place::At(key)),
        }
    }

    /// Stores the resource at its place.
    pub(crate) fn store(self, connection: &Connection, place: Place, context: &Context) -> Result<Answer, Refusal> {
        let method = if self.is_update() { "PUT" } else { "POST" };
        let key = match place {
            Place::Found(key) => {
                let current = read::current(connection, &key)?.ok_or_else(|| Refusal::not_found(&key))?;
                return Ok(Answer {
                    wrote: true,
                    ..Answer::of_current(current, key)?
                });
            }
            Place::At(key) => key,
        };
        let current = read::current(connection, &key)?;
        check_version(&key, self.if_match.as_deref(), current.as_ref(), context)?;
        if !self.is_update() {
            standing::check_duplicate(connection, self.resource_type, &self.resource, context)?;
        }
        standing::check_restricted(connection, &self.resource, context)?;
        if context.habits.settings.same_content_same_version
            && let Some(current) = current
            && let Some(Value::Object(stored)) = &current.resource
            && is_same_content(stored, &self.resource)
        {
            return Ok(Answer {
                wrote: true,
                ..Answer::of_current(current, key)?
            });
        }
        if matches!(self.aim, Aim::NewUnless(_)) && context.suffers(Fault::RacingCreate) {
            let rival = new_key(connection, self.resource_type, context)?;
            write::put(connection, &rival, self.resource.clone(), method, context)?;
        }
        let stored = write::put(connection, &key, self.resource, method, context)?;
        Ok(Answer {
            status: if stored.created {
                StatusCode::CREATED
            } else {
                StatusCode::OK
            },
            version: Some(stored.version),
            resource: Some(stored.resource),
            wrote: true,
        })
    }
}

/// Refuses a body whose `id` is not that of the address.
pub(crate) fn same_id(resource: &Map<String, Value>, id: &str) -> Result<(), Refusal> {
    if resource.get("id").and_then(Value::as_str) == Some(id) {
        return Ok(());
    }
    let text = "the `id` in the body is not the id of the resource that is to be updated";
    Err(Refusal::bad_request(
        "invalid",
        text,
        "An update repeats the id in the body; nothing was written",
    ))
}

/// Whether two resources differ in nothing but their ids and versions.
fn is_same_content(one: &Map<String, Value>, other: &Map<String, Value>) -> bool {
    let content = |resource: &Map<String, Value>| {
        let mut content = resource.clone();
        content.shift_remove("id");
        if let Some(Value::Object(meta)) = content.get_mut("meta") {
            meta.shift_remove("versionId");
            meta.shift_remove("lastUpdated");
        }
        content.retain(|_, member| member.as_object().is_none_or(|members| !members.is_empty()));
        content
    };
    content(one) == content(other)
}

fn new_key(connection: &Connection, resource_type: &'static ResourceType, context: &Context) -> rusqlite::Result<Key> {
    let key = |id: &str| Key {
        resource_type,
        id: id.to_owned(),
    };
    let id = context.new_id(|id| Ok(read::current(connection, &key(id))?.is_some()))?;
    Ok(key(&id))
}
