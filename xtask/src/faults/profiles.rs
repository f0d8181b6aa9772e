//! Faults against a profile. The profile is made for the resource: one constraint that the resource does not meet, and for
//! the control the same constraint as the resource meets it.

use serde_json::{Value, json};

use super::schema::{Schema, Spot, capitalised, text, type_names};
use super::values::{is_primitive, list, spot};
use super::{Draw, Fault, Operator, Source};

pub(crate) const OPERATORS: &[(&str, Operator)] = &[
    ("profile-fixed", fixed),
    ("profile-pattern", pattern),
    ("profile-max", max),
    ("profile-prohibited", prohibited),
    ("profile-min", min),
    ("profile-missing", missing),
    ("profile-choice-type", choice_type),
    ("profile-target", target),
    ("profile-binding", binding),
    ("profile-max-length", max_length),
    ("profile-min-value", min_value),
    ("profile-max-value", max_value),
    ("profile-invariant", invariant),
];

/// URL of every profile that is made here.
pub(crate) const PROFILE: &str = "http://faults.test/StructureDefinition/made";

/// A profile of the resource's type in which `change` has changed the element at `path`.
pub(crate) fn profile(
    schema: &Schema,
    source: &Source<'_>,
    path: &str,
    change: impl FnOnce(&mut Vec<Value>, usize),
) -> Option<Value> {
    let root = text(&source.resource, "resourceType");
    let mut elements: Vec<Value> = schema.elements(root).cloned().collect();
    // What other elements refer to would constrain them, too.
    let is_shared = elements.iter().any(|element| {
        let target = text(element, "contentReference").trim_start_matches('#');
        !target.is_empty() && (path.starts_with(target) || path == text(element, "path"))
    });
    if is_shared {
        return None;
    }
    let at = unfold(schema, &mut elements, path)?;
    change(&mut elements, at);
    Some(json!({
        "resourceType": "StructureDefinition",
        "url": PROFILE,
        "version": "1.0.0",
        "name": "Made",
        "status": "active",
        "fhirVersion": "4.0.1",
        "kind": "resource",
        "abstract": false,
        "type": root,
        "baseDefinition": format!("http://hl7.org/fhir/StructureDefinition/{root}"),
        "derivation": "constraint",
        "snapshot": {"element": elements},
    }))
}

/// Where `path` is; elements of datatypes are put in on the way to it, as a snapshot has them.
fn unfold(schema: &Schema, elements: &mut Vec<Value>, path: &str) -> Option<usize> {
    if let Some(at) = elements.iter().position(|element| element["path"] == path) {
        return Some(at);
    }
    let (parent, _) = path.rsplit_once('.')?;
    let at = unfold(schema, elements, parent)?;
    let holder = &elements[at];
    if holder.get("contentReference").is_some() || type_names(holder).count() != 1 {
        return None;
    }
    let kind = type_names(holder).next()?.to_owned();
    let inner = children(schema, &kind, parent, parent);
    elements.splice((at + 1)..=at, inner);
    elements.iter().position(|element| element["path"] == path)
}

/// The elements of a datatype below `path`, with ids below `id`.
pub(crate) fn children(schema: &Schema, kind: &str, path: &str, id: &str) -> Vec<Value> {
    let below = schema.elements(kind).skip(1).map(|element| {
        let mut element = element.clone();
        let rest = text(&element, "path").strip_prefix(kind).unwrap_or_default().to_owned();
        element["path"] = json!(format!("{path}{rest}"));
        element["id"] = json!(format!("{id}{rest}"));
        element
    });
    below.collect()
}

/// The pair of the fault and its control, whose profiles set different members at the same element; found at the value.
fn pair(
    kind: &str,
    schema: &Schema,
    source: &Source<'_>,
    spot: &Spot<'_>,
    broken: impl FnOnce(&mut Value),
    met: impl FnOnce(&mut Value),
) -> Option<Vec<Fault>> {
    let path = spot.path.as_deref()?;
    let broken = profile(schema, source, path, |elements, at| broken(&mut elements[at]))?;
    let met = profile(schema, source, path, |elements, at| met(&mut elements[at]))?;
    let expected = spot.expression.clone();
    Some(faults(kind, &source.resource, expected, vec![broken], vec![met]))
}

/// The same for a fault of the whole list in which the value stands.
fn pair_of_list(
    kind: &str,
    schema: &Schema,
    source: &Source<'_>,
    spot: &Spot<'_>,
    broken: impl FnOnce(&mut Value),
    met: impl FnOnce(&mut Value),
) -> Option<Vec<Fault>> {
    let mut faults = pair(kind, schema, source, spot, broken, met)?;
    for fault in &mut faults {
        fault.expected = fault.expected.take().map(|_| list(spot));
    }
    Some(faults)
}

/// The fault with what it needs, and its control.
pub(crate) fn faults(
    kind: &str,
    resource: &Value,
    expected: String,
    broken: Vec<Value>,
    met: Vec<Value>,
) -> Vec<Fault> {
    let make = |expected: Option<String>, definitions: Vec<Value>| Fault {
        kind: kind.to_owned(),
        resource: resource.clone(),
        expected,
        definitions,
        profile: Some(PROFILE.to_owned()),
    };
    vec![make(Some(expected), broken), make(None, met)]
}

/// Whether a profile can say something of the element: it is the resource's own, and its place in a snapshot is known.
pub(crate) fn is_own(spot: &Spot<'_>) -> bool {
    spot.path.is_some()
        && spot.member != "resourceType"
        && !spot.expression.contains("xtension")
        && !spot.expression.contains(".contained")
        && !spot.expression.contains(".meta")
        && !spot.expression.contains(".text")
        && spot.type_name != "Resource"
}

pub(crate) fn value<'v>(source: &'v Source<'_>, spot: &Spot<'_>) -> &'v Value {
    source.resource.pointer(&spot.pointer).unwrap_or(&Value::Null)
}

fn is_choice(spot: &Spot<'_>) -> bool {
    text(spot.element, "path").ends_with("[x]")
}

/// A value of the same type that is not the same, changed in one place.
fn other(type_name: &str, value: &Value) -> Option<Value> {
    Some(match value {
        Value::String(text) => match type_name {
            "date" | "dateTime" => json!("1901-01-01"),
            "instant" => json!("1901-01-01T00:00:00Z"),
            "time" => json!(if text == "01:02:03" { "01:02:04" } else { "01:02:03" }),
            "base64Binary" => json!("QUJD"),
            _ => json!(format!("{text}-other")),
        },
        Value::Bool(value) => json!(!value),
        Value::Number(number) if number.to_string() == "77" => json!(78),
        Value::Number(_) => json!(77),
        Value::Object(object) => {
            let mut object = object.clone();
            let names: Vec<String> = object.keys().cloned().collect();
            let name = names
                .iter()
                .find(|name| object[*name].is_string() && !name.starts_with('_'))?;
            // Which type the member has hardly matters to a comparison.
            let kind = if matches!(name.as_str(), "start" | "end") {
                "dateTime"
            } else {
                "string"
            };
            object[name] = other(kind, &object[name])?;
            Value::Object(object)
        }
        _ => return None,
    })
}

/// A place whose value can be compared with another of its type.
fn comparable<'v, 's>(source: &'v Source<'s>, draw: &mut Draw) -> Option<&'v Spot<'s>> {
    spot(source, draw, |spot| {
        is_own(spot)
            && !is_choice(spot)
            && is_value(spot)
            && other(&spot.type_name, value(source, spot)).is_some()
            && is_alone(source, spot)
    })
}

fn fixed(schema: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = comparable(source, draw)?;
    let name = format!("fixed{}", capitalised(&spot.type_name));
    let wrong = other(&spot.type_name, value(source, spot))?;
    let broken = |element: &mut Value| element[&name] = wrong;
    let met = |element: &mut Value| element[&name] = value(source, spot).clone();
    pair("profile-fixed", schema, source, spot, broken, met)
}

fn pattern(schema: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = comparable(source, draw)?;
    let name = format!("pattern{}", capitalised(&spot.type_name));
    let wrong = other(&spot.type_name, value(source, spot))?;
    let mut part = value(source, spot).clone();
    // A pattern may say less than the data.
    if let Some(object) = part.as_object_mut()
        && object.len() > 1
    {
        let last = object.keys().next_back()?.clone();
        object.shift_remove(&last);
        object.retain(|name, _| !name.starts_with('_'));
    }
    let broken = |element: &mut Value| element[&name] = wrong;
    let met = |element: &mut Value| element[&name] = part;
    pair("profile-pattern", schema, source, spot, broken, met)
}

/// Whether nothing else in the resource stands at the same path of the definition: the constraint would meet that, too.
fn is_alone(source: &Source<'_>, spot: &Spot<'_>) -> bool {
    source.spots.iter().filter(|other| other.path == spot.path).count() == 1
}

/// Whether values of the type can be written into `fixed[x]`: data types, not backbone elements.
fn is_value(spot: &Spot<'_>) -> bool {
    !matches!(
        spot.type_name.as_str(),
        "" | "BackboneElement" | "Element" | "xhtml" | "Resource" | "Narrative" | "Extension"
    )
}

/// How many items the list of the spot has.
fn count(source: &Source<'_>, spot: &Spot<'_>) -> usize {
    let parent = source.resource.pointer(&spot.parent).unwrap_or(&Value::Null);
    parent[&spot.member].as_array().map_or(1, Vec::len)
}

/// Whether all other items at the path are in the same list.
fn is_only_list(source: &Source<'_>, spot: &Spot<'_>) -> bool {
    source
        .spots
        .iter()
        .filter(|other| other.path == spot.path)
        .all(|other| other.parent == spot.parent)
}

fn max(schema: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = spot(source, draw, |spot| {
        is_own(spot) && spot.is_list && count(source, spot) > 1 && is_only_list(source, spot)
    })?;
    let count = count(source, spot);
    let broken = |element: &mut Value| element["max"] = json!((count - 1).to_string());
    let met = |element: &mut Value| element["max"] = json!(count.to_string());
    pair_of_list("profile-max", schema, source, spot, broken, met)
}

fn prohibited(schema: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = spot(source, draw, |spot| {
        is_own(spot) && spot.element["min"] == 0 && is_only_list(source, spot)
    })?;
    let count = count(source, spot);
    let broken = |element: &mut Value| element["max"] = json!("0");
    let met = |element: &mut Value| element["max"] = json!(count.to_string());
    pair_of_list("profile-prohibited", schema, source, spot, broken, met)
}

fn min(schema: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = spot(source, draw, |spot| {
        is_own(spot) && spot.is_list && is_only_list(source, spot)
    })?;
    let count = count(source, spot);
    let broken = |element: &mut Value| element["min"] = json!(count + 1);
    let met = |element: &mut Value| element["min"] = json!(count);
    pair_of_list("profile-min", schema, source, spot, broken, met)
}

/// An element that the resource does not have.
fn missing(schema: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let root = text(&source.resource, "resourceType");
    let absent: Vec<&Value> = schema
        .elements(root)
        .filter(|element| {
            let path = text(element, "path");
            let is_present = source.spots.iter().any(|spot| spot.path.as_deref() == Some(path));
            path.matches('.').count() == 1 && element["min"] == 0 && !is_present && !path.contains("xtension")
        })
        .collect();
    let element = *draw.pick(&absent)?;
    let path = text(element, "path");
    let broken = profile(schema, source, path, |elements, at| elements[at]["min"] = json!(1))?;
    let met = profile(schema, source, path, |elements, at| elements[at]["max"] = json!("0"))?;
    let expected = path.trim_end_matches("[x]").to_owned();
    Some(faults(
        "profile-missing",
        &source.resource,
        expected,
        vec![broken],
        vec![met],
    ))
}

fn choice_type(schema: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = spot(source, draw, |spot| {
        is_own(spot) && is_choice(spot) && type_names(spot.element).count() > 1 && is_alone(source, spot)
    })?;
    let keep = |element: &mut Value, wanted: bool| {
        let types = element["type"].as_array_mut().into_iter().flatten();
        let kept: Vec<Value> = types
            .filter(|kind| (kind["code"] == spot.type_name.as_str()) == wanted)
            .map(|kind| kind.clone())
            .collect();
        element["type"] = Value::Array(kept);
    };
    let (broken, met) = (
        |element: &mut Value| keep(element, false),
        |element: &mut Value| keep(element, true),
    );
    pair("profile-choice-type", schema, source, spot, broken, met)
}

fn target(schema: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let target = |spot: &Spot<'_>| {
        let reference = text(value(source, spot), "reference").to_owned();
        let (kind, id) = reference.split_once('/')?;
        (!id.contains('/') && schema.definition(kind).is_some())
            .then(|| format!("http://hl7.org/fhir/StructureDefinition/{kind}"))
    };
    let spot = spot(source, draw, |spot| {
        let targets = spot.element["type"][0]["targetProfile"].as_array();
        spot.type_name == "Reference"
            && is_own(spot)
            && target(spot).is_some()
            && is_alone(source, spot)
            && targets.is_some_and(|targets| targets.len() > 1)
    })?;
    let wanted = target(spot)?;
    let keep = |element: &mut Value, is_wanted: bool| {
        let targets = element["type"][0]["targetProfile"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let kept: Vec<Value> = targets
            .into_iter()
            .filter(|target| (*target == wanted.as_str()) == is_wanted)
            .collect();
        element["type"][0]["targetProfile"] = Value::Array(kept);
    };
    let (broken, met) = (
        |element: &mut Value| keep(element, false),
        |element: &mut Value| keep(element, true),
    );
    pair("profile-target", schema, source, spot, broken, met)
}

/// A required binding to a value set without the code, and one with it.
fn binding(schema: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let coding = |spot: &Spot<'_>| {
        let value = value(source, spot);
        let coding = match spot.type_name.as_str() {
            "CodeableConcept" => value["coding"]
                .as_array()
                .filter(|codings| codings.len() == 1)?
                .first()?,
            "Coding" => value,
            _ => return None,
        };
        Some((
            coding.get("system")?.as_str()?.to_owned(),
            coding.get("code")?.as_str()?.to_owned(),
        ))
    };
    let spot = spot(source, draw, |spot| {
        is_own(spot) && coding(spot).is_some() && !is_choice(spot) && is_alone(source, spot)
    })?;
    let (system, code) = coding(spot)?;
    let url = "http://faults.test/ValueSet/made";
    let value_set = |code: &str| {
        json!({
            "resourceType": "ValueSet", "url": url, "version": "1.0.0", "name": "Made", "status": "active",
            "compose": {"include": [{"system": system, "concept": [{"code": code}]}]},
        })
    };
    let path = spot.path.as_deref()?;
    let bound = profile(schema, source, path, |elements, at| {
        elements[at]["binding"] = json!({"strength": "required", "valueSet": url});
    })?;
    let broken = vec![bound.clone(), value_set("another")];
    Some(faults(
        "profile-binding",
        &source.resource,
        spot.expression.clone(),
        broken,
        vec![bound, value_set(&code)],
    ))
}

fn max_length(schema: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let length = |spot: &Spot<'_>| value(source, spot).as_str().map_or(0, |text| text.chars().count());
    let spot = spot(source, draw, |spot| {
        is_own(spot)
            && matches!(spot.type_name.as_str(), "string" | "markdown" | "uri")
            && length(spot) > 1
            && is_alone(source, spot)
    })?;
    let length = length(spot);
    let broken = |element: &mut Value| element["maxLength"] = json!(length - 1);
    let met = |element: &mut Value| element["maxLength"] = json!(length);
    pair("profile-max-length", schema, source, spot, broken, met)
}

/// Limits of values: far beyond the value, and far on its other side.
fn limits(spot: &Spot<'_>) -> Option<(Value, Value)> {
    Some(match spot.type_name.as_str() {
        "integer" | "decimal" => (json!(-2_000_000_000), json!(2_000_000_000)),
        "positiveInt" | "unsignedInt" => (json!(1), json!(2_000_000_000)),
        "date" | "dateTime" => (json!("1801-01-01"), json!("2901-01-01")),
        "instant" => (json!("1801-01-01T00:00:00Z"), json!("2901-01-01T00:00:00Z")),
        _ => return None,
    })
}

fn limited<'v, 's>(source: &'v Source<'s>, draw: &mut Draw) -> Option<&'v Spot<'s>> {
    spot(source, draw, |spot| {
        let value = value(source, spot);
        is_own(spot)
            && limits(spot).is_some()
            && is_alone(source, spot)
            && *value != json!(1)
            && *value != json!(0)
            && is_primitive(&spot.type_name)
    })
}

fn min_value(schema: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = limited(source, draw)?;
    let (low, high) = limits(spot)?;
    let name = format!("minValue{}", capitalised(&spot.type_name));
    let (broken, met) = (
        |element: &mut Value| element[&name] = high,
        |element: &mut Value| element[&name] = low,
    );
    pair("profile-min-value", schema, source, spot, broken, met)
}

fn max_value(schema: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = limited(source, draw)?;
    let (low, high) = limits(spot)?;
    let name = format!("maxValue{}", capitalised(&spot.type_name));
    let (broken, met) = (
        |element: &mut Value| element[&name] = low,
        |element: &mut Value| element[&name] = high,
    );
    pair("profile-max-value", schema, source, spot, broken, met)
}

fn invariant(schema: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = spot(source, draw, |spot| {
        is_own(spot) && is_alone(source, spot) && !is_choice(spot)
    })?;
    let (broken, met) = *draw.pick(&[
        ("false", "true"),
        ("$this.exists().not()", "$this.exists()"),
        (
            "%resource.id = 'nobody-has-this-id'",
            "%resource.id != 'nobody-has-this-id'",
        ),
        (
            "extension.where(url = 'http://vendor.test/x').count() = 1",
            "extension.where(url = 'http://vendor.test/x').empty()",
        ),
        ("1 + 1 = 3", "1 + 1 = 2"),
    ])?;
    let constrained = |element: &mut Value, expression: &str| {
        let one = json!({"key": "made-1", "severity": "error", "human": "made", "expression": expression});
        match element["constraint"].as_array_mut() {
            Some(constraints) => constraints.push(one),
            None => element["constraint"] = json!([one]),
        }
    };
    let (broken, met) = (
        |element: &mut Value| constrained(element, broken),
        |element: &mut Value| constrained(element, met),
    );
    pair("profile-invariant", schema, source, spot, broken, met)
}
