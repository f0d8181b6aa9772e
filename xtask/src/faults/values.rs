//! Faults against R4 itself: values, shapes, cardinality, codes, references.

use serde_json::{Value, json};

use super::schema::{Schema, Spot, capitalised, text, type_names};
use super::{Draw, Fault, Operator, Source};

pub(crate) const OPERATORS: &[(&str, Operator)] = &[
    ("impossible-date", impossible_date),
    ("misaligned-primitives", misaligned_primitives),
    ("bad-primitive", bad_primitive),
    ("required-code", required_code),
    ("required-concept", required_concept),
    ("drop-required", drop_required),
    ("unknown-element", unknown_element),
    ("too-many", too_many),
    ("object-to-array", object_to_array),
    ("array-to-object", array_to_object),
    ("empty-string", empty_string),
    ("empty-object", empty_object),
    ("empty-array", empty_array),
    ("null-value", null_value),
    ("wrong-choice-type", wrong_choice_type),
    ("two-choices", two_choices),
    ("reference-target", reference_target),
    ("dangling-fragment", dangling_fragment),
    ("contained-orphan", contained_orphan),
    ("narrative-script", narrative_script),
];

/// One of the elements that `wants` accepts.
pub(crate) fn spot<'v, 's>(
    source: &'v Source<'s>,
    draw: &mut Draw,
    wants: impl Fn(&Spot<'s>) -> bool,
) -> Option<&'v Spot<'s>> {
    let wanted: Vec<&Spot<'s>> = source.spots.iter().filter(|spot| wants(spot)).collect();
    draw.pick(&wanted).copied()
}

/// The resource with another value at the spot.
pub(crate) fn with(source: &Source<'_>, spot: &Spot<'_>, value: Value) -> Option<Value> {
    let mut resource = source.resource.clone();
    *resource.pointer_mut(&spot.pointer)? = value;
    Some(resource)
}

/// The resource with the object around the spot changed.
fn with_parent(
    source: &Source<'_>,
    spot: &Spot<'_>,
    change: impl FnOnce(&mut serde_json::Map<String, Value>),
) -> Option<Value> {
    let mut resource = source.resource.clone();
    change(resource.pointer_mut(&spot.parent)?.as_object_mut()?);
    Some(resource)
}

/// The expression of the list or value that the spot is in.
pub(crate) fn list(spot: &Spot<'_>) -> String {
    if spot.is_list {
        return spot
            .expression
            .rsplit_once('[')
            .map_or_else(String::new, |(list, _)| list.to_owned());
    }
    spot.expression.clone()
}

#[expect(clippy::unnecessary_wraps, reason = "it is how operators end")]
fn one(kind: &str, resource: Value, expected: impl Into<String>) -> Option<Vec<Fault>> {
    Some(vec![Fault::new(kind, resource, expected)])
}

fn value<'v>(source: &'v Source<'_>, spot: &Spot<'_>) -> &'v Value {
    source.resource.pointer(&spot.pointer).unwrap_or(&Value::Null)
}

/// Whether a spot is what FHIR's own JSON forms make of it, rather than data: `resourceType`, the URL of an extension.
fn is_plain(spot: &Spot<'_>) -> bool {
    spot.member != "resourceType" && !spot.expression.contains("xtension") && spot.member != "id"
}

fn impossible_date(_: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = spot(source, draw, |spot| {
        matches!(spot.type_name.as_str(), "date" | "dateTime" | "instant")
    })?;
    let day = *draw.pick(&[
        "2023-02-29",
        "2022-04-31",
        "2021-13-01",
        "1900-02-29",
        "2020-00-10",
        "2020-01-32",
    ])?;
    let time = if spot.type_name == "instant" { "T10:00:00Z" } else { "" };
    one(
        "impossible-date",
        with(source, spot, json!(format!("{day}{time}")))?,
        &*spot.expression,
    )
}

fn misaligned_primitives(_: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = spot(source, draw, |spot| {
        spot.is_list && is_plain(spot) && is_primitive(&spot.type_name)
    })?;
    let resource = with_parent(source, spot, |object| {
        let count = object[&spot.member].as_array().map_or(0, Vec::len);
        let mut extensions = vec![Value::Null; count];
        extensions.push(json!({"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}]}));
        object.insert(format!("_{}", spot.member), Value::Array(extensions));
    })?;
    one("misaligned-primitives", resource, list(spot))
}

/// Whether the name is that of a primitive type: they alone begin with a small letter.
pub(crate) fn is_primitive(type_name: &str) -> bool {
    type_name.starts_with(|first: char| first.is_ascii_lowercase()) && type_name != "xhtml"
}

fn bad_primitive(_: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = spot(source, draw, |spot| {
        is_plain(spot) && bad_value(&spot.type_name).is_some()
    })?;
    let kind = format!("bad-primitive:{}", spot.type_name);
    let bad = draw.pick(bad_value(&spot.type_name)?)?;
    let bad: Value = serde_json::from_str(bad).ok()?;
    one(&kind, with(source, spot, bad)?, &*spot.expression)
}

/// Values as JSON that the type does not have.
fn bad_value(type_name: &str) -> Option<&'static [&'static str]> {
    Some(match type_name {
        "boolean" => &["\"true\"", "1", "\"yes\""],
        "integer" => &["1.5", "\"7\"", "2147483648"],
        "positiveInt" => &["0", "-1", "\"3\"", "1.0e1"],
        "unsignedInt" => &["-1", "\"0\"", "0.5"],
        "decimal" => &["\"1.0\"", "true"],
        "code" => &["\" a\"", "\"a  b\"", "\"a \"", "12"],
        "uri" | "url" | "canonical" => &["\"http://a b\"", "\" http://a.test\"", "5"],
        "time" => &["\"25:00:00\"", "\"10:00\"", "\"10:61:00\""],
        "base64Binary" => &["\"a*b=\"", "\"abcde\""],
        "string" | "markdown" => &["\"\"", "3", "false"],
        "date" => &["\"01/02/2020\"", "\"2020-1-1\"", "\"2020-01-01T10:00:00Z\""],
        "dateTime" => &[
            "\"2020-01-01T10:00:00\"",
            "\"2020-01-01 10:00:00Z\"",
            "\"yesterday\"",
            "\"2020-01-01T24:30:00Z\"",
        ],
        "instant" => &["\"2020-01-01\"", "\"2020-01-01T10:00Z\"", "\"2020-01-01T10:00:00\""],
        _ => return None,
    })
}

/// Value sets that are grammars or huge: any word may be a member.
const OPEN_VALUE_SETS: [&str; 5] = ["mimetypes", "languages", "all-languages", "ucum-units", "currencies"];

fn has_closed_binding(spot: &Spot<'_>) -> bool {
    let binding = &spot.element["binding"];
    let value_set = text(binding, "valueSet").split('|').next().unwrap_or_default();
    let name = value_set.rsplit('/').next().unwrap_or_default();
    text(binding, "strength") == "required"
        && !OPEN_VALUE_SETS.contains(&name)
        && value_set.starts_with("http://hl7.org/fhir/")
}

fn required_code(_: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = spot(source, draw, |spot| {
        spot.type_name == "code" && is_plain(spot) && has_closed_binding(spot)
    })?;
    one(
        "required-code",
        with(source, spot, json!("no-such-code"))?,
        &*spot.expression,
    )
}

fn required_concept(_: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = spot(source, draw, |spot| {
        spot.type_name == "CodeableConcept"
            && has_closed_binding(spot)
            && value(source, spot)["coding"][0]["code"].is_string()
    })?;
    let mut concept = value(source, spot).clone();
    concept["coding"].as_array_mut()?.truncate(1);
    concept["coding"][0]["code"] = json!("no-such-code");
    one("required-concept", with(source, spot, concept)?, &*spot.expression)
}

fn drop_required(_: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = spot(source, draw, |spot| {
        is_plain(spot)
            && spot.element["min"] != 0
            && !text(spot.element, "path").ends_with("[x]")
            && !spot.parent.is_empty()
    })?;
    let resource = with_parent(source, spot, |object| {
        object.shift_remove(&spot.member);
        object.shift_remove(&format!("_{}", spot.member));
    })?;
    // An object that would be empty now is another fault.
    if resource.pointer(&spot.parent)?.as_object()?.is_empty() {
        return None;
    }
    one("drop-required", resource, list(spot))
}

fn unknown_element(_: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = spot(source, draw, |spot| {
        value(source, spot).is_object() && spot.type_name != "Resource"
    })?;
    let mut object = value(source, spot).clone();
    object["notAnElement"] = json!("x");
    one(
        "unknown-element",
        with(source, spot, object)?,
        format!("{}.notAnElement", spot.expression),
    )
}

/// A second value where the definition allows one: JSON can only say it as a list.
fn too_many(_: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = spot(source, draw, |spot| {
        !spot.is_list && is_plain(spot) && spot.element["max"] == "1"
    })?;
    let two = value(source, spot).clone();
    one(
        "too-many",
        with(source, spot, json!([two.clone(), two]))?,
        &*spot.expression,
    )
}

fn object_to_array(_: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = spot(source, draw, |spot| {
        !spot.is_list && is_plain(spot) && value(source, spot).is_object()
    })?;
    one(
        "object-to-array",
        with(source, spot, json!([value(source, spot)]))?,
        &*spot.expression,
    )
}

fn array_to_object(_: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = spot(source, draw, |spot| spot.is_list && is_plain(spot))?;
    let single = value(source, spot).clone();
    let resource = with_parent(source, spot, |object| {
        object.insert(spot.member.clone(), single);
    })?;
    one("array-to-object", resource, list(spot))
}

fn empty_string(_: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = spot(source, draw, |spot| is_plain(spot) && value(source, spot).is_string())?;
    one("empty-string", with(source, spot, json!(""))?, &*spot.expression)
}

fn empty_object(_: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = spot(source, draw, |spot| {
        is_plain(spot) && value(source, spot).is_object() && spot.type_name != "Resource"
    })?;
    one("empty-object", with(source, spot, json!({}))?, &*spot.expression)
}

fn empty_array(_: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = spot(source, draw, |spot| spot.is_list && is_plain(spot))?;
    let resource = with_parent(source, spot, |object| {
        object.insert(spot.member.clone(), json!([]));
    })?;
    one("empty-array", resource, list(spot))
}

fn null_value(_: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = spot(source, draw, |spot| !spot.is_list && is_plain(spot))?;
    one("null-value", with(source, spot, Value::Null)?, &*spot.expression)
}

/// `valueFoo` of a type that the choice does not offer.
fn wrong_choice_type(_: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let is_choice =
        |spot: &Spot<'_>| text(spot.element, "path").ends_with("[x]") && type_names(spot.element).count() < 20;
    let spot = spot(source, draw, is_choice)?;
    let types: Vec<&str> = type_names(spot.element).collect();
    let offered = [
        ("Address", json!({"city": "x"})),
        ("time", json!("10:00:00")),
        ("Money", json!({"value": 1})),
    ];
    let (kind, value) = offered.into_iter().find(|(kind, _)| !types.contains(kind))?;
    let member = format!(
        "{}{}",
        spot.member.strip_suffix(&capitalised(&spot.type_name))?,
        capitalised(kind)
    );
    let resource = with_parent(source, spot, |object| {
        object.shift_remove(&spot.member);
        object.shift_remove(&format!("_{}", spot.member));
        object.insert(member.clone(), value);
    })?;
    let around = spot.expression.rsplit_once('.').map_or("", |(around, _)| around);
    one("wrong-choice-type", resource, format!("{around}.{member}"))
}

fn two_choices(_: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let is_choice =
        |spot: &Spot<'_>| text(spot.element, "path").ends_with("[x]") && type_names(spot.element).count() > 1;
    let spot = spot(source, draw, is_choice)?;
    let samples = [
        ("boolean", json!(true)),
        ("dateTime", json!("2020-01-01")),
        ("string", json!("x")),
        ("Period", json!({"start": "2020-01-01"})),
        ("Reference", json!({"display": "x"})),
        ("CodeableConcept", json!({"text": "x"})),
    ];
    let mut other = samples.into_iter();
    let (kind, value) =
        other.find(|(kind, _)| *kind != spot.type_name && type_names(spot.element).any(|one| one == *kind))?;
    let base = spot.member.strip_suffix(&capitalised(&spot.type_name))?;
    let resource = with_parent(source, spot, |object| {
        object.insert(format!("{base}{}", capitalised(kind)), value);
    })?;
    one("two-choices", resource, list(spot))
}

fn reference_target(_: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = spot(source, draw, |spot| {
        spot.type_name == "Reference"
            && text(value(source, spot), "reference").split('/').count() == 2
            && spot.element["type"][0]["targetProfile"].is_array()
            && !spot.element["type"]
                .to_string()
                .contains("StructureDefinition/Resource\"")
    })?;
    let allowed = spot.element["type"].to_string();
    let types = ["Patient", "Slot", "Medication", "Endpoint"];
    let wrong = types
        .iter()
        .find(|kind| !allowed.contains(&format!("StructureDefinition/{kind}\"")))?;
    let mut reference = value(source, spot).clone();
    reference["reference"] = json!(format!("{wrong}/other"));
    reference.as_object_mut()?.shift_remove("type");
    one("reference-target", with(source, spot, reference)?, &*spot.expression)
}

fn dangling_fragment(_: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = spot(source, draw, |spot| {
        spot.type_name == "Reference" && value(source, spot)["reference"].is_string()
    })?;
    let mut reference = value(source, spot).clone();
    if text(&reference, "reference").starts_with('#') {
        return None;
    }
    reference["reference"] = json!("#nowhere");
    one("dangling-fragment", with(source, spot, reference)?, &*spot.expression)
}

fn contained_orphan(_: &Schema, source: &Source<'_>, _: &mut Draw) -> Option<Vec<Fault>> {
    let mut resource = source.resource.clone();
    let kind = text(&resource, "resourceType").to_owned();
    if kind == "Bundle" || kind == "Parameters" || kind == "Binary" || resource.get("contained").is_some() {
        return None;
    }
    resource["contained"] = json!([{"resourceType": "Basic", "id": "nobody-refers-to-me", "code": {"text": "x"}}]);
    one("contained-orphan", resource, kind)
}

fn narrative_script(_: &Schema, source: &Source<'_>, draw: &mut Draw) -> Option<Vec<Fault>> {
    let spot = spot(source, draw, |spot| spot.type_name == "xhtml")?;
    let (kind, bad) = *draw.pick(&[
        (
            "narrative-script",
            "<div xmlns=\"http://www.w3.org/1999/xhtml\"><script>x</script>text</div>",
        ),
        (
            "narrative-handler",
            "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p onclick=\"x\">text</p></div>",
        ),
        (
            "narrative-unclosed",
            "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>text</div>",
        ),
        (
            "narrative-form",
            "<div xmlns=\"http://www.w3.org/1999/xhtml\"><form>text</form></div>",
        ),
        (
            "narrative-entity",
            "<div xmlns=\"http://www.w3.org/1999/xhtml\">&nosuch; text</div>",
        ),
        ("narrative-root", "<p>text</p>"),
    ])?;
    one(kind, with(source, spot, json!(bad))?, &*spot.expression)
}
