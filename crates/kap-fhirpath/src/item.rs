//! What collections hold: elements of a document, and values of the System types.

use std::borrow::Cow;

use kap_fhir::{Decimal, Primitive};
use kap_json::Node;

use crate::model::{Model, Place, Shape};
use crate::temporal::{Date, DateTime, Time};

/// An element of a document.
#[derive(Clone, Copy, Debug)]
pub struct Element<'d> {
    /// What stands under its name; none for a primitive that has only an id or extensions.
    pub node: Option<Node<'d>>,
    /// What stands under its name with `_`, for primitives.
    pub shadow: Option<Node<'d>>,
    /// Which element of which definition it is.
    pub place: Place,
    /// What it is.
    pub shape: Shape,
}

impl<'d> Element<'d> {
    /// An element that is no primitive, or a primitive without id and extensions.
    pub fn new(node: Node<'d>, place: Place, shape: Shape) -> Element<'d> {
        Element {
            node: Some(node),
            shadow: None,
            place,
            shape,
        }
    }

    /// A resource whose type is looked up when an expression asks for it: for `%resource` and `%rootResource`, which few
    /// expressions do.
    pub fn of_resource(node: Node<'d>) -> Element<'d> {
        Element::new(node, Place::UNRESOLVED, Shape::Resource)
    }

    /// A resource, of the type that its `resourceType` names; of `fallback` if that is no type of the model.
    pub fn resource(node: Node<'d>, model: &dyn Model, fallback: Place) -> Element<'d> {
        let place = node
            .get("resourceType")
            .and_then(Node::as_str)
            .and_then(|name| model.type_place(name));
        Element::new(node, place.unwrap_or(fallback), Shape::Resource)
    }

    /// A resource that is not at hand, but whose reference names its type.
    pub(crate) fn elsewhere(place: Place) -> Element<'d> {
        Element {
            node: None,
            shadow: None,
            place,
            shape: Shape::Resource,
        }
    }

    /// Whether it is a resource that is not at hand: its type is known, what it holds is not.
    pub fn is_elsewhere(&self) -> bool {
        self.shape == Shape::Resource && self.node.is_none()
    }

    /// The primitive type it has.
    pub fn primitive(&self) -> Option<Primitive> {
        match self.shape {
            Shape::Primitive(primitive) => Some(primitive),
            _ => None,
        }
    }

    /// The object with its id, extensions and other members.
    pub fn object(&self) -> Option<Node<'d>> {
        match self.shape {
            Shape::Primitive(_) => self.shadow,
            _ => self.node,
        }
    }

    /// The value or the object: whichever there is, for places in the text.
    pub fn any_node(&self) -> Option<Node<'d>> {
        self.node.or(self.shadow)
    }

    /// The text of a primitive: strings unescaped, numbers and booleans as written.
    pub fn text(&self) -> Option<&'d str> {
        let node = self.node?;
        match node.kind() {
            kap_json::Kind::String => node.as_str(),
            kap_json::Kind::Number | kap_json::Kind::Bool => Some(node.raw()),
            _ => None,
        }
    }
}

/// One item of a collection.
#[derive(Clone, Debug)]
pub enum Item<'d> {
    /// An element of a document.
    Element(Element<'d>),
    /// `System.Boolean`
    Boolean(bool),
    /// `System.Integer`
    Integer(i64),
    /// `System.Decimal`
    Decimal(Decimal),
    /// `System.String`
    String(Cow<'d, str>),
    /// `System.Date`
    Date(Date),
    /// `System.DateTime`
    DateTime(DateTime),
    /// `System.Time`
    Time(Time),
    /// `System.Quantity`
    Quantity(Box<Quantity<'d>>),
    /// What `type()` tells.
    Type(Box<TypeInfo>),
}

/// A quantity: a number with a unit (<http://hl7.org/fhirpath/N1/#quantity>).
#[derive(Clone, Debug)]
pub struct Quantity<'d> {
    /// The number.
    pub value: Decimal,
    /// The unit.
    pub unit: Unit<'d>,
}

/// The unit of a quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit<'d> {
    /// A calendar duration, in the singular: `year`, `month`, `week`, `day`, `hour`, `minute`, `second`, `millisecond`.
    Calendar(&'static str),
    /// A code of UCUM (<http://unitsofmeasure.org>).
    Ucum(Cow<'d, str>),
}

/// The name of a type, as `type()` tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeInfo {
    /// `System` or `FHIR`.
    pub namespace: &'static str,
    /// The type's name.
    pub name: String,
}

impl Item<'static> {
    /// The same item, borrowing its text.
    pub(crate) fn borrowed(&self) -> Item<'_> {
        match self {
            Item::String(text) => Item::String(Cow::Borrowed(text)),
            Item::Quantity(quantity) => Item::Quantity(Box::new(Quantity {
                value: quantity.value,
                unit: match &quantity.unit {
                    Unit::Calendar(word) => Unit::Calendar(word),
                    Unit::Ucum(code) => Unit::Ucum(Cow::Borrowed(code)),
                },
            })),
            other => other.clone(),
        }
    }
}

impl<'d> Item<'d> {
    /// The element of a document that it is.
    pub fn element(&self) -> Option<&Element<'d>> {
        match self {
            Item::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The value of a System type that it is or, for a primitive, that it converts to
    /// (<https://hl7.org/fhir/R4/fhirpath.html#types>).
    pub fn to_system(&self) -> Option<Item<'d>> {
        crate::evaluate::system(self)
    }
}

impl std::fmt::Display for Item<'_> {
    /// As `toString()` writes it; nothing for elements that are no primitives.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Item::Element(element) => formatter.write_str(element.text().unwrap_or_default()),
            Item::Boolean(value) => write!(formatter, "{value}"),
            Item::Integer(value) => write!(formatter, "{value}"),
            Item::Decimal(value) => write!(formatter, "{value}"),
            Item::String(text) => formatter.write_str(text),
            Item::Date(date) => write!(formatter, "{date}"),
            Item::DateTime(date_time) => write!(formatter, "{date_time}"),
            Item::Time(time) => write!(formatter, "{time}"),
            Item::Quantity(quantity) => write!(formatter, "{quantity}"),
            Item::Type(info) => write!(formatter, "{}.{}", info.namespace, info.name),
        }
    }
}

impl std::fmt::Display for Quantity<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.unit {
            Unit::Calendar(word) if self.value == Decimal::ONE => write!(formatter, "{} {word}", self.value),
            Unit::Calendar(word) => write!(formatter, "{} {word}s", self.value),
            Unit::Ucum(code) => write!(formatter, "{} '{code}'", self.value),
        }
    }
}
