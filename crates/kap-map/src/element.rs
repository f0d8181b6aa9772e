//! The record's primitives and small objects as FHIR data types. <https://hl7.org/fhir/R4/datatypes.html>

use fhirbolt::model::r4::types::{
    Address, CodeableConcept, Coding, ContactPoint, Duration, Extension, ExtensionValue, HumanName, Identifier, Period,
    Quantity,
};
use jiff::Timestamp;
use kap_record::model::{condition, patient};
use kap_record::primitive::{self, Decimal, Unit};

use crate::code::ucum;

/// A quantity of the record: its digits as written, its unit in UCUM.
pub(crate) fn quantity<U: Unit>(quantity: &primitive::Quantity<U>) -> Quantity {
    ucum_quantity(quantity.value(), quantity.unit())
}

/// A number in a UCUM unit.
pub(crate) fn ucum_quantity(value: &Decimal, unit: &str) -> Quantity {
    measured(value.as_written(), unit)
}

/// A score, in the unit `{score}`.
pub(crate) fn score(value: &Decimal) -> Quantity {
    measured(value.as_written(), ucum::SCORE)
}

/// A whole number in a UCUM unit.
pub(crate) fn whole(value: impl Into<i64>, unit: &str) -> Quantity {
    measured(&value.into().to_string(), unit)
}

/// A length of time in a UCUM unit.
pub(crate) fn duration(value: &str, unit: &str) -> Duration {
    Duration {
        value: Some(value.into()),
        unit: Some(unit.into()),
        system: Some(ucum::SYSTEM.into()),
        code: Some(unit.into()),
        ..Default::default()
    }
}

fn measured(value: &str, unit: &str) -> Quantity {
    Quantity {
        value: Some(value.into()),
        unit: Some(unit.into()),
        system: Some(ucum::SYSTEM.into()),
        code: Some(unit.into()),
        ..Default::default()
    }
}

/// A stretch of days.
pub(crate) fn period(period: &primitive::Period) -> Period {
    Period {
        start: Some(period.start.as_str().into()),
        end: period.end.as_ref().map(|end| end.as_str().into()),
        ..Default::default()
    }
}

/// A stretch of time between two instants, the end unknown or still to come if absent.
pub(crate) fn time_span(start: &primitive::Instant, end: Option<&primitive::Instant>) -> Period {
    Period {
        start: Some(start.as_str().into()),
        end: end.map(|end| end.as_str().into()),
        ..Default::default()
    }
}

/// A stretch of time from `start` to `end`, or to `at` where the end is still to come; never one that ends before it begins.
pub(crate) fn time_span_until(start: &str, end: Option<&str>, at: &str) -> Period {
    let instant = |text: &str| text.parse::<Timestamp>().ok();
    let end = end.unwrap_or(if instant(at) > instant(start) { at } else { start });
    Period {
        start: Some(start.into()),
        end: Some(end.into()),
        ..Default::default()
    }
}

/// A coding of the record, as the source system has it.
pub(crate) fn coding(coding: &condition::Coding) -> Coding {
    Coding {
        system: Some(coding.system.as_str().into()),
        code: Some(coding.code.as_str().into()),
        display: coding.display.as_ref().map(|display| display.as_str().into()),
        ..Default::default()
    }
}

/// A concept of the record: its codings and its name.
pub(crate) fn named_concept(codings: &[condition::Coding], name: &primitive::Line) -> CodeableConcept {
    CodeableConcept {
        coding: codings.iter().map(coding).collect(),
        text: Some(name.as_str().into()),
        ..Default::default()
    }
}

/// A business identifier.
pub(crate) fn identifier(identifier: &primitive::Identifier) -> Identifier {
    system_value(identifier.system.as_str(), identifier.value.as_str())
}

/// An identifier from system and value.
pub(crate) fn system_value(system: &str, value: &str) -> Identifier {
    Identifier {
        system: Some(system.into()),
        value: Some(value.into()),
        ..Default::default()
    }
}

/// The name of a patient or professional.
pub(crate) fn human_name(name: &patient::HumanName) -> HumanName {
    let texts = |lines: &[primitive::Line]| lines.iter().map(|line| line.as_str().into()).collect();
    HumanName {
        r#use: name.name_use.map(|name_use| name_use.as_str().into()),
        text: name.text.as_ref().map(|text| text.as_str().into()),
        family: name.family.as_ref().map(|family| family.as_str().into()),
        given: texts(&name.given),
        prefix: texts(&name.prefix),
        suffix: texts(&name.suffix),
        ..Default::default()
    }
}

/// A way to reach a patient, professional or organization.
pub(crate) fn contact_point(telecom: &patient::Telecom) -> ContactPoint {
    ContactPoint {
        system: Some(telecom.system.as_str().into()),
        value: Some(telecom.value.as_str().into()),
        r#use: telecom.telecom_use.map(|telecom_use| telecom_use.as_str().into()),
        ..Default::default()
    }
}

/// A postal address.
pub(crate) fn address(address: &patient::Address) -> Address {
    Address {
        r#use: address.address_use.map(|address_use| address_use.as_str().into()),
        line: address.lines.iter().map(|line| line.as_str().into()).collect(),
        city: address.city.as_ref().map(|city| city.as_str().into()),
        state: address.state.as_ref().map(|state| state.as_str().into()),
        postal_code: address.postal_code.as_ref().map(|code| code.as_str().into()),
        country: address.country.as_ref().map(|country| country.as_str().into()),
        ..Default::default()
    }
}

/// A code as the value of an extension.
pub(crate) fn code_value(code: &str) -> ExtensionValue {
    ExtensionValue::Code(code.into())
}

/// The extensions that are there.
pub(crate) fn extensions(extensions: impl IntoIterator<Item = Option<Extension>>) -> Vec<Extension> {
    extensions.into_iter().flatten().collect()
}
