//! Faults against the slices of a made profile: closed slicing, too few and too many in a slice, wrong order, and what a
//! slice demands of its items.

use serde_json::{Value, json};

use super::profiles::{children, faults, is_own, profile, value};
use super::schema::{Schema, Spot, capitalised, text};
use super::values::{list, spot};
use super::{Draw, Fault, Operator, Source};

pub(crate) const OPERATORS: &[(&str, Operator)] = &[
    ("slice-closed", closed),
    ("slice-min", slice_min),
    ("slice-max", slice_max),
    ("slice-content", content),
    ("slice-open-at-end", open_at_end),
];

/// A list that can be target by a text of its items, with the name of that text.
struct Sliced<'v, 's> {
    spot: &'v Spot<'s>,
    member: &'static str,
    member_type: &'static str,
    texts: Vec<String>,
}

fn target_of<'v, 's>(source: &'v Source<'s>, draw: &mut Draw, least: usize) -> Option<Sliced<'v, 's>> {
    let by = |spot: &Spot<'s>| match spot.type_name.as_str() {
        "Identifier" => Some(("system", "uri")),
        "ContactPoint" => Some(("system", "code")),
        "HumanName" | "Address" => Some(("use", "code")),
        _ => None,
    };
    let texts = |spot: &Spot<'s>| {
        let (member, _) = by(spot)?;
        let items = source.resource.pointer(&spot.parent)?.get(&spot.member)?.as_array()?;
        let texts = items
            .iter()
            .map(|item| item.get(member).and_then(Value::as_str).map(str::to_owned));
        texts.collect::<Option<Vec<_>>>().filter(|texts| texts.len() >= least)
    };
    let is_only = |spot: &Spot<'s>| {
        source
            .spots
            .iter()
            .filter(|one| one.path == spot.path)
            .all(|one| one.parent == spot.parent)
    };
    let spot = spot(source, draw, |spot| {
        is_own(spot) && spot.is_list && texts(spot).is_some() && is_only(spot)
    })?;
    let (member, member_type) = by(spot)?;
    Some(Sliced {
        spot,
        member,
        member_type,
        texts: texts(spot)?,
    })
}

/// One slice: its name, the text that its items have, cardinality, and what else is demanded.
struct Slice<'c> {
    name: &'c str,
    text: &'c str,
    min: usize,
    max: &'c str,
    required: Option<&'c str>,
}

fn sliced_profile(
    schema: &Schema,
    source: &Source<'_>,
    target: &Sliced<'_, '_>,
    slicing: &Value,
    slices: &[Slice<'_>],
) -> Option<Value> {
    let path = target.spot.path.as_deref()?;
    let kind = target.spot.type_name.as_str();
    profile(schema, source, path, |elements, at| {
        let mut slicing = slicing.clone();
        slicing["discriminator"] = json!([{"type": "value", "path": target.member}]);
        let plain = elements[at].clone();
        elements[at]["slicing"] = slicing;
        let below = format!("{path}.");
        let end = elements[at + 1..]
            .iter()
            .position(|element| !text(element, "path").starts_with(&below));
        let mut insert = end.map_or(elements.len(), |end| at + 1 + end);
        for slice in slices {
            let mut head = plain.clone();
            let id = format!("{path}:{}", slice.name);
            head["id"] = json!(id);
            head["sliceName"] = json!(slice.name);
            head["min"] = json!(slice.min);
            head["max"] = json!(slice.max);
            let mut inner = children(schema, kind, path, &id);
            for element in &mut inner {
                if element["path"] == format!("{path}.{}", target.member) {
                    element["min"] = json!(1);
                    element[format!("fixed{}", capitalised(target.member_type))] = json!(slice.text);
                }
                if slice
                    .required
                    .is_some_and(|name| element["path"] == format!("{path}.{name}"))
                {
                    element["min"] = json!(1);
                }
            }
            let rows: Vec<Value> = [head].into_iter().chain(inner).collect();
            let length = rows.len();
            elements.splice(insert..insert, rows);
            insert += length;
        }
    })
}

/// A slice for each text that occurs.
fn slices_of(texts: &[String]) -> Vec<Slice<'_>> {
    let mut slices: Vec<Slice<'_>> = Vec::new();
    for text in texts {
        if slices.iter().all(|slice| slice.text != text) {
            let name = ["one", "two", "three", "four", "five", "six"]
                .get(slices.len())
                .copied()
                .unwrap_or("more");
            slices.push(Slice {
                name,
                text,
                min: 0,
                max: "*",
                required: None,
            });
        }
    }
    slices
}

/// Closed slicing into which one item does not fit.
fn closed(schema: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let target = target_of(source, draw, 1)?;
    let slicing = json!({"rules": "closed", "ordered": false});
    let met = sliced_profile(schema, source, &target, &slicing, &slices_of(&target.texts))?;
    let index: usize = target.spot.pointer.rsplit('/').next()?.parse().ok()?;
    let mut slices = slices_of(&target.texts);
    slices.retain(|slice| slice.text != target.texts[index]);
    slices.push(Slice {
        name: "other",
        text: "other",
        min: 0,
        max: "*",
        required: None,
    });
    let broken = sliced_profile(schema, source, &target, &slicing, &slices)?;
    Some(faults(
        "slice-closed",
        &source.resource,
        target.spot.expression.clone(),
        vec![broken],
        vec![met],
    ))
}

fn slice_min(schema: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let target = target_of(source, draw, 1)?;
    let slicing = json!({"rules": "open", "ordered": false});
    let with = |text: &str| {
        let slice = Slice {
            name: "wanted",
            text,
            min: 1,
            max: "*",
            required: None,
        };
        sliced_profile(schema, source, &target, &slicing, &[slice])
    };
    let (broken, met) = (with("nobody-has-this")?, with(&target.texts[0])?);
    Some(faults(
        "slice-min",
        &source.resource,
        list(target.spot),
        vec![broken],
        vec![met],
    ))
}

fn slice_max(schema: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let target = target_of(source, draw, 1)?;
    let slicing = json!({"rules": "open", "ordered": false});
    let text = &target.texts[0];
    let count = target.texts.iter().filter(|other| *other == text).count();
    let with = |max: usize| {
        let slice = Slice {
            name: "few",
            text,
            min: 0,
            max: &max.to_string(),
            required: None,
        };
        sliced_profile(schema, source, &target, &slicing, &[slice])
    };
    let (broken, met) = (with(count - 1)?, with(count)?);
    Some(faults(
        "slice-max",
        &source.resource,
        list(target.spot),
        vec![broken],
        vec![met],
    ))
}

/// A slice demands an element that its item lacks.
fn content(schema: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let target = target_of(source, draw, 1)?;
    let slicing = json!({"rules": "open", "ordered": false});
    let item = value(source, target.spot);
    let text_of = text(item, target.member);
    if target.texts.iter().filter(|other| *other == text_of).count() != 1 {
        return None;
    }
    let absent = ["period", "assigner", "rank", "text"].into_iter().find(|name| {
        item.get(*name).is_none()
            && schema
                .element(&target.spot.type_name, &format!("{}.{name}", target.spot.type_name))
                .is_some()
    })?;
    let with = |required: Option<&str>| {
        let slice = Slice {
            name: "full",
            text: text_of,
            min: 0,
            max: "*",
            required,
        };
        sliced_profile(schema, source, &target, &slicing, &[slice])
    };
    let (broken, met) = (with(Some(absent))?, with(None)?);
    let expected = format!("{}.{absent}", target.spot.expression);
    Some(faults(
        "slice-content",
        &source.resource,
        expected,
        vec![broken],
        vec![met],
    ))
}

/// What no slice takes must stand at the end.
fn open_at_end(schema: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let target = target_of(source, draw, 2)?;
    let (first, last) = (target.texts.first()?, target.texts.last()?);
    if first == last || target.texts.iter().filter(|text| *text == last).count() != 1 {
        return None;
    }
    let slicing = json!({"rules": "openAtEnd", "ordered": false});
    let with = |text: &str| {
        let slice = Slice {
            name: "leading",
            text,
            min: 0,
            max: "*",
            required: None,
        };
        sliced_profile(schema, source, &target, &slicing, &[slice])
    };
    let is_led = target.texts.iter().position(|text| text != first)?
        == target.texts.iter().filter(|text| *text == first).count();
    let (broken, met) = (with(last)?, is_led.then(|| with(first)).flatten());
    let mut faults = faults(
        "slice-open-at-end",
        &source.resource,
        list(target.spot),
        vec![broken],
        met.clone().into_iter().collect(),
    );
    if met.is_none() {
        faults.truncate(1);
    }
    Some(faults)
}
