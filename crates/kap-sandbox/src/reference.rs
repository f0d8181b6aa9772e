//! Literal references, after [references.html](https://hl7.org/fhir/R4/references.html).

use serde_json::Value;

use crate::key::is_legal_id;

/// What a reference's text points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// A resource of this server, whichever version of it the reference names.
    Local { type_name: String, id: String },
    /// Anything else: another server's resource, a `urn:`, a contained one.
    Elsewhere(String),
}

impl Target {
    /// Reads `Type/id`, `Type/id/_history/n` or the same below the service base.
    pub(crate) fn parse(text: &str, base: &str) -> Self {
        let relative = text
            .strip_prefix(base)
            .and_then(|rest| rest.strip_prefix('/'))
            .unwrap_or(text);
        let mut segments = relative.split('/');
        match (segments.next(), segments.next(), segments.next()) {
            (Some(type_name), Some(id), None | Some("_history")) if is_type_name(type_name) && is_legal_id(id) => {
                Self::Local {
                    type_name: type_name.to_owned(),
                    id: id.to_owned(),
                }
            }
            _ => Self::Elsewhere(text.to_owned()),
        }
    }

    /// The type that the text shows, also on another server.
    pub(crate) fn type_name(&self) -> Option<&str> {
        match self {
            Self::Local { type_name, .. } => Some(type_name),
            Self::Elsewhere(text) => {
                let plain = text.split("/_history/").next()?;
                plain.rsplit('/').nth(1).filter(|segment| is_type_name(segment))
            }
        }
    }

    /// Type and id as the index stores them: an address elsewhere stands whole in the place of the id.
    pub(crate) fn columns(&self) -> (&str, &str) {
        match self {
            Self::Local { type_name, id } => (type_name, id),
            Self::Elsewhere(text) => ("", text),
        }
    }
}

fn is_type_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_uppercase()) && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Calls `visit` with the name and the text of every string below `element`; items of an array have the array's name.
pub(crate) fn for_each_text<E>(
    name: &str,
    element: &mut Value,
    visit: &mut impl FnMut(&str, &mut String) -> Result<(), E>,
) -> Result<(), E> {
    match element {
        Value::String(text) => visit(name, text),
        Value::Array(items) => items.iter_mut().try_for_each(|item| for_each_text(name, item, visit)),
        Value::Object(members) => members
            .iter_mut()
            .try_for_each(|(name, member)| for_each_text(name, member, visit)),
        _ => Ok(()),
    }
}
