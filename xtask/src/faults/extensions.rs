//! Faults in extensions: value type, context, URL, value beside nested extensions, and modifiers nobody knows.

use serde_json::{Value, json};

use super::schema::{Schema, Spot, text, type_names};
use super::values::{spot, with};
use super::{Draw, Fault, Operator, Source};

pub(crate) const OPERATORS: &[(&str, Operator)] = &[
    ("extension-value-type", value_type),
    ("extension-context", context),
    ("extension-unknown-modifier", unknown_modifier),
    ("extension-without-url", without_url),
    ("extension-value-and-nested", value_and_nested),
    ("extension-empty", empty),
    ("extension-missing-part", missing_part),
];

/// An element that may carry an extension, whose owner is an object.
fn owner<'v, 's>(source: &'v Source<'s>, draw: &mut Draw, wants: impl Fn(&Spot<'s>) -> bool) -> Option<&'v Spot<'s>> {
    spot(source, draw, |spot| {
        let value = source.resource.pointer(&spot.pointer);
        value.is_some_and(Value::is_object)
            && !spot.expression.contains("xtension")
            && !matches!(spot.type_name.as_str(), "Resource" | "Narrative" | "Meta")
            && wants(spot)
    })
}

fn added(source: &Source<'_>, spot: &Spot<'_>, extension: Value) -> Option<(Value, String)> {
    let mut owner = source.resource.pointer(&spot.pointer)?.clone();
    let list = owner.as_object_mut()?.entry("extension").or_insert_with(|| json!([]));
    let at = list.as_array()?.len();
    list.as_array_mut()?.push(extension);
    Some((
        with(source, spot, owner)?,
        format!("{}.extension[{at}]", spot.expression),
    ))
}

#[expect(clippy::unnecessary_wraps, reason = "it is how operators end")]
fn one(kind: &str, (resource, expected): (Value, String)) -> Option<Vec<Fault>> {
    Some(vec![Fault::new(kind, resource, expected)])
}

/// Extensions of one value that may stand at an element of any kind that `wants` accepts.
fn simple(schema: &Schema, wants: impl Fn(&Value) -> bool) -> Vec<(&str, &Value)> {
    let of_one_value = schema.extensions.iter().filter(|(_, definition)| {
        let value = element(definition, "Extension.value[x]");
        value.is_some_and(|value| value["max"] != "0" && type_names(value).count() < 10)
            && definition["context"]
                .as_array()
                .is_some_and(|contexts| !contexts.is_empty())
            && definition["contextInvariant"].is_null()
            && wants(definition)
    });
    of_one_value
        .map(|(url, definition)| (url.as_str(), definition))
        .collect()
}

fn element<'v>(definition: &'v Value, path: &str) -> Option<&'v Value> {
    let mut elements = definition["snapshot"]["element"].as_array()?.iter();
    elements.find(|element| element["path"] == path && element["sliceName"].is_null())
}

/// Where an extension may stand, of contexts that name elements.
fn contexts(definition: &Value) -> impl Iterator<Item = (&str, &str)> {
    let contexts = definition["context"].as_array().into_iter().flatten();
    contexts.map(|context| (text(context, "type"), text(context, "expression")))
}

/// Extensions with their declared context, and a value of a type that they do not have.
fn value_type(schema: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let root = text(&source.resource, "resourceType");
    let fits = simple(schema, |definition| {
        contexts(definition).any(|(kind, at)| kind == "element" && at == root)
    });
    let (url, definition) = *draw.pick(&fits)?;
    let types: Vec<&str> = type_names(element(definition, "Extension.value[x]")?).collect();
    let samples = [
        ("valueBoolean", json!(true), "boolean"),
        ("valueAddress", json!({"city": "x"}), "Address"),
    ];
    let (name, value, _) = samples.into_iter().find(|(.., kind)| !types.contains(kind))?;
    let mut resource = source.resource.clone();
    let list = resource
        .as_object_mut()?
        .entry("extension")
        .or_insert_with(|| json!([]));
    let at = list.as_array()?.len();
    list.as_array_mut()?.push(json!({"url": url, name: value}));
    one("extension-value-type", (resource, format!("{root}.extension[{at}]")))
}

/// A known extension at an element that its definition does not name.
fn context(schema: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = owner(source, draw, |spot| {
        spot.path.is_some() && !spot.element["path"].as_str().is_some_and(|path| path.ends_with("[x]"))
    })?;
    let path = spot.path.clone()?;
    // A context may be a profile's or an ancestor type's, so only those count that name one resource or its element.
    let elsewhere = |definition: &Value| {
        contexts(definition).all(|(kind, at)| {
            let is_resource = at.split('.').next().is_some_and(|name| {
                schema
                    .definition(name)
                    .is_some_and(|definition| text(definition, "kind") == "resource" && definition["abstract"] != true)
            });
            kind == "element" && is_resource && at != path
        })
    };
    let fits = simple(schema, |definition| {
        elsewhere(definition) && sample(definition).is_some()
    });
    let (url, definition) = *draw.pick(&fits)?;
    let (name, value) = sample(definition)?;
    one(
        "extension-context",
        added(source, spot, json!({"url": url, name: value}))?,
    )
}

/// A value that the extension may have.
fn sample(definition: &Value) -> Option<(&'static str, Value)> {
    let value = element(definition, "Extension.value[x]")?;
    type_names(value).find_map(|kind| match kind {
        "boolean" => Some(("valueBoolean", json!(true))),
        "string" => Some(("valueString", json!("x"))),
        "integer" => Some(("valueInteger", json!(1))),
        "dateTime" => Some(("valueDateTime", json!("2020-01-01"))),
        "Period" => Some(("valuePeriod", json!({"start": "2020-01-01"}))),
        _ => None,
    })
}

fn unknown_modifier(_: &Schema, source: &Source<'_>, _: &mut Draw) -> Option<Vec<Fault>> {
    let mut resource = source.resource.clone();
    let root = text(&resource, "resourceType").to_owned();
    if ["Bundle", "Parameters", "Binary"].contains(&root.as_str()) || resource.get("modifierExtension").is_some() {
        return None;
    }
    resource["modifierExtension"] = json!([{"url": "http://vendor.test/not-known", "valueBoolean": true}]);
    one(
        "extension-unknown-modifier",
        (resource, format!("{root}.modifierExtension[0]")),
    )
}

fn without_url(_: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = owner(source, draw, |_| true)?;
    one(
        "extension-without-url",
        added(source, spot, json!({"valueString": "x"}))?,
    )
}

fn value_and_nested(_: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = owner(source, draw, |_| true)?;
    let both = json!({
        "url": "http://vendor.test/both",
        "extension": [{"url": "part", "valueString": "x"}],
        "valueString": "y",
    });
    one("extension-value-and-nested", added(source, spot, both)?)
}

fn empty(_: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = owner(source, draw, |_| true)?;
    one(
        "extension-empty",
        added(source, spot, json!({"url": "http://vendor.test/empty"}))?,
    )
}

/// An extension of parts that the data have, without a part that its definition requires.
fn missing_part(schema: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = spot(source, draw, |spot| {
        spot.type_name == "Extension" && required_parts(schema, source, spot).next().is_some()
    })?;
    let parts: Vec<&str> = required_parts(schema, source, spot).collect();
    let part = *draw.pick(&parts)?;
    let mut extension = source.resource.pointer(&spot.pointer)?.clone();
    extension["extension"]
        .as_array_mut()?
        .retain(|nested| nested["url"] != part);
    if extension["extension"].as_array()?.is_empty() {
        return None;
    }
    one(
        "extension-missing-part",
        (with(source, spot, extension)?, spot.expression.clone()),
    )
}

fn required_parts<'s>(schema: &'s Schema, source: &Source<'_>, spot: &Spot<'_>) -> impl Iterator<Item = &'s str> {
    let extension = source.resource.pointer(&spot.pointer).unwrap_or(&Value::Null);
    let url = text(extension, "url").to_owned();
    let definition = schema
        .extensions
        .iter()
        .find(|(known, _)| *known == url)
        .map(|(_, definition)| definition);
    let elements = definition.and_then(|definition| definition["snapshot"]["element"].as_array());
    let required = elements.into_iter().flatten().filter(|element| {
        element["path"] == "Extension.extension" && !element["sliceName"].is_null() && element["min"] != 0
    });
    required.map(|element| text(element, "sliceName"))
}
