//! A naive reading of StructureDefinitions, to hold the compiled plan against: it knows cardinality, names, shapes,
//! choice types and fixed values, walks JSON values recursively, and looks everything up in the definition each time.
//!
//! It reads one resource type of its own, [`BASE`], and one profile on it, whose demands come from the input.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// An element of the type: path below the root, least and largest number, types.
type Row = (&'static str, u64, &'static str, &'static [&'static str]);

/// The resource type `Note`. `[x]` marks a choice; `Backbone` has its children below it in the list.
pub const BASE: &[Row] = &[
    ("status", 1, "1", &["code"]),
    ("count", 0, "1", &["integer"]),
    ("tag", 0, "*", &["string"]),
    ("flag", 0, "1", &["boolean"]),
    ("part", 0, "*", &["BackboneElement"]),
    ("part.name", 1, "1", &["string"]),
    ("part.value[x]", 0, "1", &["string", "integer", "boolean"]),
    ("part.piece", 0, "3", &["BackboneElement"]),
    ("part.piece.number", 0, "2", &["integer"]),
];

/// Canonical URL of the type.
pub const TYPE_URL: &str = "http://hl7.org/fhir/StructureDefinition/Note";
/// Canonical URL of the profile.
pub const PROFILE_URL: &str = "https://fuzz.invalid/StructureDefinition/profile";

/// What a profile demands of one element.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    path: &'static str,
    min: u64,
    max: u64,
    types: Vec<&'static str>,
    fixed: Option<Value>,
}

/// The most that `*` stands for: no document of the fuzzer has as many items.
const MANY: u64 = 60_000;

fn most(max: &str) -> u64 {
    max.parse().unwrap_or(MANY)
}

/// The type's own demands.
pub fn base() -> Vec<Demand> {
    let row = |(path, min, max, types): &Row| Demand {
        path,
        min: *min,
        max: most(max),
        types: types.to_vec(),
        fixed: None,
    };
    BASE.iter().map(row).collect()
}

/// The demands of a profile: those of the base, tightened by `changes` (`{"part.name": {"min": 1, "max": 0, …}}`).
pub fn profile(changes: &Value) -> Vec<Demand> {
    let mut demands = base();
    for demand in &mut demands {
        let change = &changes[demand.path];
        let number = |name: &str| change.get(name).and_then(Value::as_u64);
        demand.min = number("min").unwrap_or(0).clamp(demand.min, 3.max(demand.min));
        demand.max = number("max").unwrap_or(demand.max).min(demand.max);
        if let Some(kept) = change.get("type").and_then(Value::as_str)
            && demand.types.contains(&kept)
        {
            demand.types.retain(|kind| *kind == kept);
        }
        let fixed = change.get("fixed").filter(|fixed| is_of(fixed, demand.types[0]));
        demand.fixed = fixed.filter(|_| demand.types.len() == 1).cloned();
    }
    demands
}

/// A StructureDefinition with a snapshot that makes these demands.
pub fn structure_definition(url: &str, demands: &[Demand]) -> Value {
    let derivation = if url == TYPE_URL {
        "specialization"
    } else {
        "constraint"
    };
    let base = if url == TYPE_URL {
        "http://hl7.org/fhir/StructureDefinition/Resource"
    } else {
        TYPE_URL
    };
    let mut elements = vec![
        json!({"id": "Note", "path": "Note", "min": 0, "max": "*"}),
        json!({"id": "Note.meta", "path": "Note.meta", "min": 0, "max": "1", "type": [{"code": "Meta"}],
            "base": {"path": "Resource.meta", "min": 0, "max": "1"}}),
    ];
    for (demand, (_, _, base_max, _)) in demands.iter().zip(BASE) {
        let path = format!("Note.{}", demand.path);
        let max = if demand.max == MANY {
            "*".to_owned()
        } else {
            demand.max.to_string()
        };
        let types: Vec<Value> = demand.types.iter().map(|kind| json!({"code": kind})).collect();
        let mut element = json!({"id": path, "path": path, "min": demand.min, "max": max, "type": types,
            "base": {"path": path, "min": 0, "max": base_max}});
        if let Some(fixed) = &demand.fixed {
            let mut kind = demand.types[0].to_owned();
            kind[..1].make_ascii_uppercase();
            element[format!("fixed{kind}")] = fixed.clone();
        }
        elements.push(element);
    }
    json!({"resourceType": "StructureDefinition", "url": url, "version": "1", "name": "Note", "status": "active",
        "kind": "resource", "abstract": false, "type": "Note", "baseDefinition": base, "derivation": derivation,
        "snapshot": {"element": elements}})
}

/// Whether a value has the JSON form of a primitive type, and is one that the type allows.
fn is_of(value: &Value, kind: &str) -> bool {
    match (kind, value) {
        ("boolean", Value::Bool(_)) => true,
        ("integer", Value::Number(number)) => number
            .to_string()
            .parse::<i32>()
            .is_ok_and(|parsed| parsed.to_string() == number.to_string()),
        ("code", Value::String(text)) => is_plain(text) && !text.contains("  "),
        ("string", Value::String(text)) => is_plain(text),
        _ => false,
    }
}

/// Text about which no other rule has anything to say.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ')
}

/// Why a document has no list of faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Its shapes are so broken that paths say nothing; it has errors.
    Broken,
    /// It has texts of which rules speak that are not known here.
    Unclear,
}

/// The paths at which a document breaks demands.
pub fn faults(document: &Value, demands: &[Demand]) -> Result<BTreeSet<String>, Doubt> {
    let mut found = BTreeSet::new();
    object(members(document)?, "", "Note", demands, &mut found)?;
    Ok(found)
}

fn members(value: &Value) -> Result<&Map<String, Value>, Doubt> {
    value.as_object().ok_or(Doubt::Broken)
}

fn object(
    members: &Map<String, Value>,
    above: &str,
    place: &str,
    demands: &[Demand],
    found: &mut BTreeSet<String>,
) -> Result<(), Doubt> {
    if members.is_empty() {
        return Err(Doubt::Broken);
    }
    let children = demands
        .iter()
        .zip(BASE)
        .filter(|(demand, _)| is_child(demand.path, above));
    let mut known: Vec<String> = if above.is_empty() {
        vec!["resourceType".into(), "meta".into()]
    } else {
        Vec::new()
    };
    for (demand, (_, _, base_max, base_types)) in children {
        let step = demand.path.rsplit('.').next().unwrap_or_default();
        let repeats = most(base_max) > 1;
        let names = names(step, base_types);
        let present: Vec<&(String, &str)> = names.iter().filter(|(name, _)| members.contains_key(name)).collect();
        known.extend(names.iter().map(|(name, _)| name.clone()));
        if present.len() > 1 {
            return Err(Doubt::Broken);
        }
        let count = match present.first() {
            Some((name, kind)) => {
                if !demand.types.contains(kind) {
                    found.insert(format!("{place}.{}", step.trim_end_matches("[x]")));
                }
                values(
                    &members[name],
                    repeats,
                    demand,
                    kind,
                    &format!("{place}.{}", step.trim_end_matches("[x]")),
                    demands,
                    found,
                )?
            }
            None => 0,
        };
        if count < demand.min {
            found.insert(place.to_owned());
        }
        if count > demand.max {
            found.insert(format!("{place}.{}", step.trim_end_matches("[x]")));
        }
    }
    let all_known = members.keys().all(|name| known.contains(name));
    all_known.then_some(()).ok_or(Doubt::Broken)
}

/// Looks at what stands under one name and answers how many values there are.
fn values(
    value: &Value,
    repeats: bool,
    demand: &Demand,
    kind: &str,
    place: &str,
    demands: &[Demand],
    found: &mut BTreeSet<String>,
) -> Result<u64, Doubt> {
    let items = match (value, repeats) {
        (Value::Array(items), true) if !items.is_empty() => items.as_slice(),
        (Value::Array(_), _) | (_, true) => return Err(Doubt::Broken),
        (value, false) => std::slice::from_ref(value),
    };
    for (index, item) in items.iter().enumerate() {
        let place = if repeats {
            format!("{place}[{index}]")
        } else {
            place.to_owned()
        };
        if kind == "BackboneElement" {
            object(members(item)?, demand.path, &place, demands, found)?;
        } else if !is_of(item, kind) {
            let is_text = item.as_str().is_some_and(|text| !text.is_empty());
            return Err(if is_text && matches!(kind, "string" | "code") {
                Doubt::Unclear
            } else {
                Doubt::Broken
            });
        } else if demand.fixed.as_ref().is_some_and(|fixed| fixed != item) && demand.types.contains(&kind) {
            found.insert(place);
        }
    }
    Ok(items.len() as u64)
}

fn is_child(path: &str, above: &str) -> bool {
    match path.rsplit_once('.') {
        Some((parent, _)) => parent == above,
        None => above.is_empty(),
    }
}

/// The JSON names of an element, each with its type.
fn names<'t>(step: &str, types: &[&'t str]) -> Vec<(String, &'t str)> {
    let Some(name) = step.strip_suffix("[x]") else {
        return types.first().map(|kind| (step.to_owned(), *kind)).into_iter().collect();
    };
    let of = |kind: &&'t str| {
        let mut suffix = (*kind).to_owned();
        suffix[..1].make_ascii_uppercase();
        (format!("{name}{suffix}"), *kind)
    };
    types.iter().map(of).collect()
}
