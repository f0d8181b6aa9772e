//! From elements to values of the System types (<https://hl7.org/fhir/R4/fhirpath.html#types>).

use std::borrow::Cow;

use kap_fhir::{Decimal, Primitive};
use kap_json::Kind;

use crate::compile::kinds::is_type;
use crate::item::{Element, Item, Quantity, Unit};
use crate::model::{Model, Shape};
use crate::temporal::{Date, DateTime, Time};

/// The value of a System type that `item` is or converts to; none for elements that are no primitives or have no value.
pub(crate) fn system<'d>(item: &Item<'d>) -> Option<Item<'d>> {
    match item {
        Item::Element(element) => primitive(element),
        Item::Type(_) => None,
        value => Some(value.clone()),
    }
}

fn primitive<'d>(element: &Element<'d>) -> Option<Item<'d>> {
    let primitive = element.primitive()?;
    let text = element.text()?;
    let value = match primitive {
        Primitive::Boolean => element.node?.as_bool().map(Item::Boolean),
        Primitive::Integer | Primitive::PositiveInt | Primitive::UnsignedInt => {
            text.parse::<i32>().ok().map(|value| Item::Integer(i64::from(value)))
        }
        Primitive::Decimal => Decimal::parse(text).map(Item::Decimal),
        Primitive::Date => Date::parse(text).map(Item::Date),
        Primitive::DateTime | Primitive::Instant => DateTime::parse(text).map(Item::DateTime),
        Primitive::Time => Time::parse(text).map(Item::Time),
        _ => None,
    };
    // A value that its type does not allow is reported elsewhere; here it is a text.
    Some(value.unwrap_or(Item::String(Cow::Borrowed(text))))
}

/// The boolean that `item` is or converts to.
pub(crate) fn boolean(item: &Item<'_>) -> Option<bool> {
    match item {
        Item::Boolean(value) => Some(*value),
        Item::Element(element) if element.shape == Shape::Primitive(Primitive::Boolean) => element.node?.as_bool(),
        _ => None,
    }
}

/// The text of `item`: of a string, and of any primitive of a document as it is written there.
pub(crate) fn text<'d>(item: &Item<'d>) -> Option<Cow<'d, str>> {
    match item {
        Item::String(text) => Some(text.clone()),
        Item::Element(element) if element.primitive().is_some() => element.text().map(Cow::Borrowed),
        _ => None,
    }
}

/// The quantity that `item` is or converts to: numbers have the unit `1`, a Quantity element counts if its unit is of
/// UCUM.
pub(crate) fn quantity<'d>(item: &Item<'d>, model: &dyn Model) -> Option<Quantity<'d>> {
    let number = |value| Quantity {
        value,
        unit: Unit::Ucum(Cow::Borrowed("1")),
    };
    match item {
        Item::Quantity(quantity) => Some((**quantity).clone()),
        Item::Integer(value) => Some(number(Decimal::from(*value))),
        Item::Decimal(value) => Some(number(*value)),
        Item::Element(element) => match element.shape {
            Shape::Complex => quantity_element(element, model),
            Shape::Primitive(_) => match primitive(element)? {
                Item::Integer(value) => Some(number(Decimal::from(value))),
                Item::Decimal(value) => Some(number(value)),
                _ => None,
            },
            Shape::Resource => None,
        },
        _ => None,
    }
}

/// Whether `item` is a quantity, in the document or not.
pub(crate) fn is_quantity(item: &Item<'_>, model: &dyn Model) -> bool {
    match item {
        Item::Quantity(_) => true,
        Item::Element(element) => {
            element.shape == Shape::Complex && is_type(model, model.type_name(element.place), "Quantity")
        }
        _ => false,
    }
}

fn quantity_element<'d>(element: &Element<'d>, model: &dyn Model) -> Option<Quantity<'d>> {
    if !is_type(model, model.type_name(element.place), "Quantity") {
        return None;
    }
    let object = element.node?;
    let value = Decimal::parse(object.get("value").filter(|value| value.kind() == Kind::Number)?.raw())?;
    let member = |name: &str| object.get(name).and_then(kap_json::Node::as_str);
    // Units of other systems, and those that are only words, compare where they are the same.
    let unit = match member("system") {
        Some("http://unitsofmeasure.org") => member("code"),
        _ => member("code").or(member("unit")),
    };
    let unit = unit.or(member("unit")).unwrap_or("1");
    Some(Quantity {
        value,
        unit: Unit::Ucum(Cow::Borrowed(unit)),
    })
}
