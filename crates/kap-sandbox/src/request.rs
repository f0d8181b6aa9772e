//! From a method and an address to an interaction, the same for HTTP requests and for entries of a batch or transaction.

use axum::http::{Method, StatusCode};
use serde_json::{Map, Value};

use crate::interaction::Interaction;
use crate::interaction::write::{Aim, Write, same_id};
use crate::key::{Key, is_legal_id};
use crate::outcome::Refusal;
use crate::preferences::Handling;
use crate::store::history::Scope;
use crate::supported::{self, ResourceType};

/// A request as it came, its body read.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: Method,
    /// Relative to the service base, as in `Patient/1`.
    pub(crate) path: String,
    /// Still encoded; of a search by POST the form is part of it.
    pub(crate) query: String,
    pub(crate) conditions: Conditions,
    pub(crate) handling: Handling,
    pub(crate) resource: Option<Map<String, Value>>,
    /// The operations of a [JSON Patch](https://hl7.org/fhir/R4/http.html#patch).
    pub(crate) patch: Option<Value>,
}

/// The headers that make a request conditional, or their like in a Bundle entry.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_field_names, reason = "they are the names of the headers")]
pub(crate) struct Conditions {
    pub(crate) if_match: Option<String>,
    pub(crate) if_none_match: Option<String>,
    pub(crate) if_none_exist: Option<String>,
}

/// An address, by its shape.
enum Address<'p> {
    System,
    Metadata,
    SystemHistory,
    Type(&'p str),
    TypeSearch(&'p str),
    TypeHistory(&'p str),
    Instance(&'p str, &'p str),
    InstanceHistory(&'p str, &'p str),
    InstanceVersion(&'p str, &'p str, &'p str),
}

impl<'p> Address<'p> {
    fn parse(path: &'p str) -> Option<Self> {
        let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
        Some(match *segments.as_slice() {
            [""] => Self::System,
            ["metadata"] => Self::Metadata,
            ["_history"] => Self::SystemHistory,
            [type_name] => Self::Type(type_name),
            [type_name, "_search"] => Self::TypeSearch(type_name),
            [type_name, "_history"] => Self::TypeHistory(type_name),
            [type_name, id] => Self::Instance(type_name, id),
            [type_name, id, "_history"] => Self::InstanceHistory(type_name, id),
            [type_name, id, "_history", version] => Self::InstanceVersion(type_name, id, version),
            _ => return None,
        })
    }

    fn methods(&self) -> &'static str {
        match self {
            Self::System | Self::TypeSearch(_) => "POST",
            Self::Type(_) => "GET, HEAD, POST, PUT",
            Self::Instance(..) => "GET, HEAD, PUT, PATCH, DELETE",
            Self::Metadata
            | Self::SystemHistory
            | Self::TypeHistory(_)
            | Self::InstanceHistory(..)
            | Self::InstanceVersion(..) => "GET, HEAD",
        }
    }
}

impl Request {
    /// Says what is asked for, or why nothing can be.
    pub(crate) fn interpret(self) -> Result<Interaction, Refusal> {
        let Self {
            method,
            path,
            query,
            conditions,
            handling,
            resource,
            patch,
        } = self;
        let address = Address::parse(&path).ok_or_else(unknown_address)?;
        let reading = method == Method::GET || method == Method::HEAD;
        Ok(match address {
            Address::Metadata if reading => Interaction::Capabilities,
            Address::SystemHistory if reading => Interaction::History {
                scope: Scope::System,
                query,
            },
            Address::Type(name) if reading => Interaction::Search {
                resource_type: known_type(name)?,
                query,
                handling,
                posted: false,
            },
            Address::TypeSearch(name) if method == Method::POST => Interaction::Search {
                resource_type: known_type(name)?,
                query,
                handling,
                posted: true,
            },
            Address::TypeHistory(name) if reading => Interaction::History {
                scope: Scope::Type(known_type(name)?),
                query,
            },
            Address::Instance(name, id) if reading => Interaction::Read {
                key: key(name, id)?,
                if_none_match: conditions.if_none_match,
            },
            Address::InstanceHistory(name, id) if reading => Interaction::History {
                scope: Scope::Resource(key(name, id)?),
                query,
            },
            Address::InstanceVersion(name, id, version) if reading => {
                let key = key(name, id)?;
                let number = version
                    .parse()
                    .map_err(|_| Refusal::not_found(format!("version {version} of {key}")))?;
                Interaction::ReadVersion { key, number }
            }
            Address::Type(name) if method == Method::POST => {
                let aim = conditions.if_none_exist.map_or(Aim::New, Aim::NewUnless);
                Interaction::Write(write(known_type(name)?, resource, aim, None)?)
            }
            Address::Type(name) if method == Method::PUT => Interaction::Write(write(
                known_type(name)?,
                resource,
                Aim::Where(query),
                conditions.if_match,
            )?),
            Address::Instance(name, id) if method == Method::PUT => {
                let Key { resource_type, id } = key(name, id)?;
                let write = write(resource_type, resource, Aim::Id(id.clone()), conditions.if_match)?;
                same_id(&write.resource, &id)?;
                Interaction::Write(write)
            }
            Address::Instance(name, id) if method == Method::PATCH => Interaction::Patch {
                key: key(name, id)?,
                operations: patch.unwrap_or_default(),
                if_match: conditions.if_match,
            },
            Address::Instance(name, id) if method == Method::DELETE => Interaction::Delete {
                key: key(name, id)?,
                if_match: conditions.if_match,
            },
            other => return Err(Refusal::method_not_allowed(other.methods())),
        })
    }
}

fn key(type_name: &str, id: &str) -> Result<Key, Refusal> {
    let resource_type = known_type(type_name)?;
    if is_legal_id(id) {
        return Ok(Key {
            resource_type,
            id: id.to_owned(),
        });
    }
    let text = "the id in the address is not legal";
    Err(Refusal::bad_request(
        "value",
        text,
        "An id has 1 to 64 letters, digits, hyphens and dots",
    ))
}

fn known_type(name: &str) -> Result<&'static ResourceType, Refusal> {
    supported::resource_type(name).ok_or_else(|| {
        let text = "the address names a resource type that the sandbox does not store";
        Refusal::new(
            StatusCode::NOT_FOUND,
            "not-supported",
            text,
            "GET metadata lists the types it stores",
        )
    })
}

/// A write of the body, once that is seen to be of the address's type.
fn write(
    resource_type: &'static ResourceType,
    resource: Option<Map<String, Value>>,
    aim: Aim,
    if_match: Option<String>,
) -> Result<Write, Refusal> {
    let expected = format!("Send a JSON object with \"resourceType\": \"{}\"", resource_type.name);
    let Some(resource) = resource else {
        return Err(Refusal::bad_request(
            "required",
            "a resource is needed and none was given",
            expected,
        ));
    };
    match resource.get("resourceType").and_then(Value::as_str) {
        None => {
            return Err(Refusal::bad_request(
                "required",
                "the resource has no `resourceType`",
                expected,
            ));
        }
        Some(name) if name != resource_type.name => {
            let text = "the `resourceType` of the resource is not that of the address";
            return Err(Refusal::bad_request("invalid", text, expected));
        }
        Some(_) => {}
    }
    if resource.get("meta").is_some_and(|meta| !meta.is_object()) {
        let diagnostics = "The server writes its version there: leave `meta` out or make it an object";
        return Err(Refusal::bad_request("structure", "`meta` is no object", diagnostics));
    }
    Ok(Write {
        resource_type,
        resource,
        aim,
        if_match,
    })
}

/// 404 for what is outside the service base or has no shape that is known in it.
pub(crate) fn unknown_address() -> Refusal {
    let text = "there is nothing at this address";
    Refusal::new(
        StatusCode::NOT_FOUND,
        "not-found",
        text,
        "The service base is /fhir; GET /fhir/metadata lists what is there",
    )
}
