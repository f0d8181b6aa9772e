//! Mapped resources on their way into the bundle, and what stays.

use kap_record::primitive;
use serde_json::{Map, Value};

use crate::identity::Key;
use crate::label::{Label, Labels};
use crate::narrative::{PART2_NOTICE, narrative};
use crate::resource::{Resource, ResourceType};
use crate::segment::Reason;

/// A mapped resource on its way into the bundle.
pub(crate) struct Draft {
    pub(crate) resource_type: ResourceType,
    pub(crate) key: Key,
    pub(crate) pointer: String,
    pub(crate) labels: Labels,
    /// The business identifier by which the EHR knows what is never updated.
    pub(crate) known_as: Option<primitive::Identifier>,
    pub(crate) resource: Map<String, Value>,
}

/// What stays in the clinic, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Withheld {
    pub(crate) pointer: String,
    pub(crate) reason: Reason,
}

/// The resource as JSON, with its narrative behind its metadata.
pub(crate) fn with_narrative<R: Resource>(resource: R, labels: &Labels) -> Map<String, Value> {
    with_notice(resource, labels.has(Label::Part2).then_some(PART2_NOTICE))
}

/// The resource as JSON, with its narrative and `notice` in it behind its metadata.
pub(crate) fn with_notice<R: Resource>(resource: R, notice: Option<&str>) -> Map<String, Value> {
    let mut members = json(resource);
    let text = narrative(&members, notice);
    let behind_meta = 1 + usize::from(members.contains_key("meta"));
    members.shift_insert(behind_meta, "text".to_owned(), text);
    members
}

/// Writing a typed resource fails only if a mapper left out an element that R4 requires, whatever the record says: a bug of that mapper.
fn json<R: Resource>(resource: R) -> Map<String, Value> {
    match fhirbolt::json::to_json_value(resource, None) {
        Ok(Value::Object(members)) => members,
        Ok(_) => panic!("a {} did not become an object", R::TYPE.as_str()),
        Err(error) => panic!("a mapper left a {} incomplete: {error}", R::TYPE.as_str()),
    }
}
