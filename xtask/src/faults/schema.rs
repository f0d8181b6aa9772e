//! FHIR's definitions as plain JSON, and the elements of a resource with the definition of each: a second, naive reading
//! of the definitions, so that faults do not rest on what the validator thinks.

use std::collections::HashMap;

use serde_json::Value;

/// The StructureDefinitions at hand.
pub(crate) struct Schema {
    types: HashMap<String, Value>,
    /// Extensions by URL.
    pub(crate) extensions: Vec<(String, Value)>,
}

/// One element of a resource.
#[derive(Clone)]
pub(crate) struct Spot<'s> {
    /// JSON Pointer of the value.
    pub(crate) pointer: String,
    /// JSON Pointer of the object that has it as a member.
    pub(crate) parent: String,
    /// Name of the member.
    pub(crate) member: String,
    /// FHIRPath of the instance.
    pub(crate) expression: String,
    /// Path in a snapshot of the resource's type; `None` inside other resources, extensions and recursions.
    pub(crate) path: Option<String>,
    /// The ElementDefinition.
    pub(crate) element: &'s Value,
    /// Name of the type that the value has.
    pub(crate) type_name: String,
    /// Whether the member is a list.
    pub(crate) is_list: bool,
}

impl Schema {
    /// Sorts definitions; those without snapshot are of no use.
    pub(crate) fn new(definitions: impl IntoIterator<Item = Value>) -> Schema {
        let mut schema = Schema {
            types: HashMap::new(),
            extensions: Vec::new(),
        };
        for definition in definitions {
            if definition["resourceType"] != "StructureDefinition" || definition["snapshot"].is_null() {
                continue;
            }
            let name = text(&definition, "type").to_owned();
            if text(&definition, "derivation") != "constraint" {
                schema.types.entry(name).or_insert(definition);
            } else if name == "Extension" {
                schema
                    .extensions
                    .push((text(&definition, "url").to_owned(), definition));
            }
        }
        schema.extensions.sort_by(|left, right| left.0.cmp(&right.0));
        schema
    }

    /// The definition of a type.
    pub(crate) fn definition(&self, type_name: &str) -> Option<&Value> {
        self.types.get(type_name)
    }

    /// The elements of a type's snapshot.
    pub(crate) fn elements(&self, type_name: &str) -> impl Iterator<Item = &Value> {
        let elements = self
            .types
            .get(type_name)
            .map(|definition| &definition["snapshot"]["element"]);
        elements.and_then(Value::as_array).into_iter().flatten()
    }

    /// The element of that path in the snapshot of a type.
    pub(crate) fn element(&self, type_name: &str, path: &str) -> Option<&Value> {
        self.elements(type_name).find(|element| element["path"] == path)
    }

    /// Every element of a resource, the resource itself left out.
    pub(crate) fn spots<'s>(&'s self, resource: &Value) -> Vec<Spot<'s>> {
        let mut spots = Vec::new();
        let name = text(resource, "resourceType");
        let place = Place {
            pointer: String::new(),
            expression: name.to_owned(),
            path: Some(name.to_owned()),
        };
        self.walk(resource, name, name, &place, &mut spots);
        spots
    }

    fn walk<'s>(&'s self, value: &Value, type_name: &str, at: &str, place: &Place, spots: &mut Vec<Spot<'s>>) {
        for (member, content) in value.as_object().into_iter().flatten() {
            let Some((element, kind)) = self.find(type_name, at, member) else {
                continue;
            };
            let name = text(element, "path").rsplit('.').next().unwrap_or_default();
            let plain = name.trim_end_matches("[x]");
            let items: Vec<(&Value, String)> = match content {
                Value::Array(items) => items
                    .iter()
                    .zip(0..)
                    .map(|(item, at)| (item, format!("[{at}]")))
                    .collect(),
                single => vec![(single, String::new())],
            };
            for (item, index) in items {
                let number = index.trim_matches(['[', ']']);
                let pointer = format!("{}/{member}", place.pointer);
                let inner = Place {
                    pointer: if index.is_empty() {
                        pointer
                    } else {
                        format!("{pointer}/{number}")
                    },
                    expression: format!("{}.{plain}{index}", place.expression),
                    path: place.path.as_ref().map(|path| format!("{path}.{name}")),
                };
                spots.push(Spot {
                    pointer: inner.pointer.clone(),
                    parent: place.pointer.clone(),
                    member: member.clone(),
                    expression: inner.expression.clone(),
                    path: inner.path.clone(),
                    element,
                    type_name: kind.clone(),
                    is_list: !index.is_empty(),
                });
                self.descend(item, type_name, element, &kind, inner, spots);
            }
        }
    }

    fn descend<'s>(
        &'s self,
        item: &Value,
        type_name: &str,
        element: &'s Value,
        kind: &str,
        mut place: Place,
        spots: &mut Vec<Spot<'s>>,
    ) {
        let path = text(element, "path");
        if let Some(target) = element.get("contentReference").and_then(Value::as_str) {
            place.path = None;
            let target = target.rsplit('#').next().unwrap_or_default();
            return self.walk(item, type_name, target, &place, spots);
        }
        if kind == "Resource" {
            let name = text(item, "resourceType");
            place.path = None;
            return self.walk(item, name, name, &place, spots);
        }
        let prefix = format!("{path}.");
        if self
            .elements(type_name)
            .any(|element| text(element, "path").starts_with(&prefix))
        {
            return self.walk(item, type_name, path, &place, spots);
        }
        if kind == "Extension" || path.ends_with("[x]") {
            place.path = None;
        }
        self.walk(item, kind, kind, &place, spots);
    }

    /// The element that a member is, and the type that its name states.
    fn find<'s>(&'s self, type_name: &str, at: &str, member: &str) -> Option<(&'s Value, String)> {
        if let Some(element) = self.element(type_name, &format!("{at}.{member}")) {
            let kind = type_names(element).next().unwrap_or_default();
            return Some((element, kind.to_owned()));
        }
        self.elements(type_name).find_map(|element| {
            let rest = text(element, "path").strip_prefix(at)?.strip_prefix('.')?;
            let suffix = member.strip_prefix(rest.strip_suffix("[x]")?)?;
            let kind = type_names(element).find(|kind| capitalised(kind) == suffix)?;
            Some((element, kind.to_owned()))
        })
    }
}

/// Where the walk is.
struct Place {
    pointer: String,
    expression: String,
    path: Option<String>,
}

/// The types that an element may have, as JSON names them.
pub(crate) fn type_names(element: &Value) -> impl Iterator<Item = &str> {
    let types = element["type"].as_array().into_iter().flatten();
    types.map(|kind| {
        let code = text(kind, "code");
        // The primitive inside a primitive, and ids: FHIRPath's own string.
        if code.starts_with("http://hl7.org/fhirpath/") {
            "string"
        } else {
            code
        }
    })
}

/// `dateTime` as in `valueDateTime`.
pub(crate) fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The text in a member; empty where there is none.
pub(crate) fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}
