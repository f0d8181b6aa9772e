//! Literal references and how they resolve inside a bundle (<https://hl7.org/fhir/R4/references.html>,
//! <https://hl7.org/fhir/R4/bundle.html#references>).

use std::borrow::Cow;

use crate::primitive::Primitive;

/// A literal reference, taken apart. Nothing is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference<'t> {
    /// `#id`: a contained resource; `#` alone is the container itself.
    Fragment(&'t str),
    /// `Type/id` or `Type/id/_history/version`, relative to a service base.
    Relative(RestTarget<'t>),
    /// An absolute URL that ends like a relative reference, with its service base.
    Rest {
        /// The URL up to, and without, the slash before the type.
        base: &'t str,
        /// What follows it.
        target: RestTarget<'t>,
    },
    /// `urn:uuid:…` or `urn:oid:…`, resolved by `Bundle.entry.fullUrl` alone.
    Urn(&'t str),
    /// `Type?query`: a conditional reference, allowed in transactions.
    Conditional {
        /// The type that is searched.
        resource_type: &'t str,
        /// The search, without the question mark.
        query: &'t str,
    },
    /// Some other absolute URL.
    Absolute(&'t str),
    /// None of these forms.
    Malformed(&'t str),
}

/// `Type/id` with an optional version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RestTarget<'t> {
    /// The resource type, not checked against the list of types.
    pub resource_type: &'t str,
    /// The logical id.
    pub id: &'t str,
    /// The version behind `_history/`.
    pub version: Option<&'t str>,
}

impl<'t> Reference<'t> {
    /// Takes a literal reference apart.
    pub fn parse(text: &'t str) -> Reference<'t> {
        if let Some(id) = text.strip_prefix('#') {
            return Reference::Fragment(id);
        }
        if text.starts_with("urn:") {
            return Reference::Urn(text);
        }
        match scheme_length(text) {
            Some(_) => match split_target(text) {
                Some((base, target)) if base.contains("://") => Reference::Rest { base, target },
                _ => Reference::Absolute(text),
            },
            None => Reference::parse_relative(text),
        }
    }

    fn parse_relative(text: &'t str) -> Reference<'t> {
        if let Some((resource_type, query)) = text.split_once('?')
            && is_type_name(resource_type)
            && !query.is_empty()
        {
            return Reference::Conditional { resource_type, query };
        }
        // A path that begins with `/` is relative to the server, not to the base of its FHIR service.
        match split_target(text).filter(|_| !text.starts_with('/')) {
            Some(("", target)) => Reference::Relative(target),
            _ => Reference::Malformed(text),
        }
    }

    /// The type that the reference itself names, where it names one.
    pub fn resource_type(&self) -> Option<&'t str> {
        match self {
            Reference::Relative(target) | Reference::Rest { target, .. } => Some(target.resource_type),
            Reference::Conditional { resource_type, .. } => Some(resource_type),
            _ => None,
        }
    }

    /// The `fullUrl` that an entry of the same bundle must have to be meant, given the `fullUrl` of the entry the
    /// reference stands in: a relative reference takes over that entry's service base. `None` if no entry can be meant.
    pub fn full_url(&self, holder: Option<&str>) -> Option<Cow<'t, str>> {
        match *self {
            Reference::Urn(text) | Reference::Absolute(text) => Some(Cow::Borrowed(text)),
            Reference::Rest { base, target } => Some(target.with_base(base)),
            Reference::Relative(target) => match Reference::parse(holder?) {
                Reference::Rest { base, .. } => Some(target.with_base(base)),
                _ => None,
            },
            _ => None,
        }
    }
}

impl<'t> RestTarget<'t> {
    fn with_base(self, base: &str) -> Cow<'t, str> {
        Cow::Owned(format!("{base}/{}/{}", self.resource_type, self.id))
    }
}

/// Splits `base/Type/id(/_history/version)?` into the base and the target.
fn split_target(text: &str) -> Option<(&str, RestTarget<'_>)> {
    let (path, version) = match text.rsplit_once("/_history/") {
        Some((path, version)) => (path, Some(version)),
        None => (text, None),
    };
    let (rest, id) = path.rsplit_once('/')?;
    let (base, resource_type) = rest.rsplit_once('/').unwrap_or(("", rest));
    let is_id = |text: &str| Primitive::Id.check(text).is_ok();
    (is_type_name(resource_type) && is_id(id) && version.is_none_or(is_id)).then_some((
        base,
        RestTarget {
            resource_type,
            id,
            version,
        },
    ))
}

/// A word that could be the name of a resource type: letters, the first one upper case.
fn is_type_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_uppercase()) && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The length of the URI scheme, if the text has one (RFC 3986, 3.1).
fn scheme_length(text: &str) -> Option<usize> {
    let length = text.find(':')?;
    let mut bytes = text.bytes().take(length);
    let first = bytes.next()?.is_ascii_alphabetic();
    (first && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))).then_some(length)
}

/// Whether `text` is an absolute URI, which `Bundle.entry.fullUrl` must be.
pub fn is_absolute(text: &str) -> bool {
    scheme_length(text).is_some()
}
