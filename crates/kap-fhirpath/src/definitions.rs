//! A model read from StructureDefinitions: for tools and tests that have no compiled plan at hand.

use std::collections::HashMap;

use kap_fhir::Primitive;
use kap_json::{Limits, NameTable, Node};

use crate::model::{Member, Model, Place, Shape};

/// Set in the number of a name that is written with `_`.
const UNDERSCORE: u16 = 1 << 15;
/// The type of each element of a choice stands in the low bits of a place.
const TYPE_BITS: u32 = 8;

/// The types of a set of StructureDefinitions (<https://hl7.org/fhir/R4/structuredefinition.html>) with snapshots.
///
/// ```
/// use kap_fhirpath::definitions::Definitions;
/// use kap_fhirpath::{Expression, Mode, Model};
///
/// let person = br##"{"resourceType": "StructureDefinition", "type": "Person", "kind": "resource",
///     "derivation": "specialization", "snapshot": {"element": [
///         {"path": "Person", "max": "*"},
///         {"path": "Person.active", "max": "1", "type": [{"code": "boolean"}]}]}}"##;
/// let definitions = Definitions::new([person.as_slice()]);
/// let place = definitions.type_place("Person");
/// assert!(Expression::compile("active.exists()", place, &definitions, Mode::Strict).is_ok());
/// assert!(Expression::compile("actve.exists()", place, &definitions, Mode::Strict).is_err());
/// ```
#[derive(Debug, Default)]
pub struct Definitions {
    types: HashMap<String, Type>,
    elements: Vec<Element>,
    names: HashMap<String, u16>,
}

#[derive(Debug)]
struct Type {
    root: usize,
    base: Option<String>,
}

#[derive(Debug)]
struct Element {
    /// Its name without `[x]`.
    name: String,
    types: Vec<String>,
    shapes: Vec<Shape>,
    /// The name in JSON for each type.
    json_names: Vec<String>,
    children: Vec<usize>,
    /// The path of the element whose content it has.
    reference: Option<String>,
    repeats: bool,
}

impl Definitions {
    /// Reads definitions of types; what is no such definition, or is a profile on a type, is passed over.
    pub fn new<'t>(texts: impl IntoIterator<Item = &'t [u8]>) -> Definitions {
        let mut definitions = Definitions::default();
        let mut kinds = HashMap::new();
        let mut paths = HashMap::new();
        for text in texts {
            let parsed = kap_json::parse(text, &Limits::default());
            if let Some(document) = &parsed.document {
                definitions.read(document.root(), &mut kinds, &mut paths);
            }
        }
        definitions.finish(&kinds, &paths);
        definitions
    }

    fn read(&mut self, root: Node<'_>, kinds: &mut HashMap<String, String>, paths: &mut HashMap<String, usize>) {
        let member = |name: &str| root.get(name).and_then(Node::as_str);
        let (Some("StructureDefinition"), Some(type_name), Some(kind)) =
            (member("resourceType"), member("type"), member("kind"))
        else {
            return;
        };
        let Some(elements) = root.get("snapshot").and_then(|snapshot| snapshot.get("element")) else {
            return;
        };
        if member("derivation") == Some("constraint") || self.types.contains_key(type_name) || kind == "logical" {
            return;
        }
        kinds.insert(type_name.to_owned(), kind.to_owned());
        let base = member("baseDefinition")
            .and_then(|base| base.rsplit('/').next())
            .map(str::to_owned);
        let root = self.elements.len();
        self.types.insert(type_name.to_owned(), Type { root, base });
        for element in elements.items() {
            let Some(path) = element.get("path").and_then(Node::as_str) else {
                continue;
            };
            let number = self.elements.len();
            if let Some((parent, _)) = path.rsplit_once('.')
                && let Some(parent) = paths.get(parent)
            {
                self.elements[*parent].children.push(number);
            }
            paths.insert(path.to_owned(), number);
            self.elements.push(element_of(element, path, type_name, kind));
        }
    }

    fn finish(&mut self, kinds: &HashMap<String, String>, paths: &HashMap<String, usize>) {
        let targets: Vec<Option<Vec<usize>>> = self
            .elements
            .iter()
            .map(|element| {
                let target = paths.get(element.reference.as_deref()?)?;
                Some(self.elements.get(*target)?.children.clone())
            })
            .collect();
        for (element, children) in self.elements.iter_mut().zip(targets) {
            if let Some(children) = children {
                element.children = children;
            }
            element.shapes = element
                .types
                .iter()
                .map(
                    |name| match (Primitive::from_name(name), kinds.get(name).map(String::as_str)) {
                        (Some(primitive), _) => Shape::Primitive(primitive),
                        (None, Some("resource")) => Shape::Resource,
                        _ => Shape::Complex,
                    },
                )
                .collect();
        }
        let names = self.elements.iter().flat_map(|element| &element.json_names);
        let mut names: Vec<&String> = names.collect();
        names.sort_unstable();
        names.dedup();
        self.names = names
            .into_iter()
            .zip(0..UNDERSCORE)
            .map(|(name, number)| (name.clone(), number))
            .collect();
    }

    fn element(&self, place: Place) -> Option<(&Element, usize)> {
        let element = usize::try_from(place.0 >> TYPE_BITS).ok()?;
        let kind = usize::try_from(place.0 & ((1 << TYPE_BITS) - 1)).ok()?;
        self.elements.get(element).map(|element| (element, kind))
    }

    /// The elements below `place`: its own, or else those of its type.
    fn below(&self, place: Place) -> &[usize] {
        let Some((element, kind)) = self.element(place) else {
            return &[];
        };
        if !element.children.is_empty() {
            return &element.children;
        }
        element
            .types
            .get(kind)
            .and_then(|name| self.types.get(name))
            .and_then(|found| self.elements.get(found.root))
            .map_or(&[], |root| &root.children)
    }

    fn member_of(&self, number: usize, kind: usize) -> Option<Member<'_>> {
        let element = self.elements.get(number)?;
        let name = element.json_names.get(kind)?;
        let code = self.names.get(name).copied();
        Some(Member {
            name,
            number: code,
            shadow_number: code.map(|code| code | UNDERSCORE),
            place: place_of(number, kind),
            shape: *element.shapes.get(kind)?,
            repeats: element.repeats,
        })
    }
}

fn place_of(element: usize, kind: usize) -> Place {
    let number = |value: usize| u64::try_from(value).unwrap_or(0);
    Place(number(element) << TYPE_BITS | number(kind))
}

fn element_of(element: Node<'_>, path: &str, type_name: &str, kind: &str) -> Element {
    let is_root = !path.contains('.');
    let last = path.rsplit('.').next().unwrap_or(path);
    let (name, is_choice) = match last.strip_suffix("[x]") {
        Some(name) => (name, true),
        None => (last, false),
    };
    let types: Vec<String> = if is_root {
        vec![type_name.to_owned()]
    } else if kind == "resource" && path.matches('.').count() == 1 && name == "id" {
        // Published with the type string, but its rules are those of id.
        vec!["id".to_owned()]
    } else {
        let types = element.get("type").into_iter().flat_map(Node::items);
        types.filter_map(type_code).map(str::to_owned).collect()
    };
    let reference = element
        .get("contentReference")
        .and_then(Node::as_str)
        .and_then(|reference| reference.rsplit('#').next())
        .map(str::to_owned);
    let types = if types.is_empty() {
        vec!["BackboneElement".to_owned()]
    } else {
        types
    };
    let json_names = types.iter().map(|of| {
        if !is_choice {
            return name.to_owned();
        }
        let (first, rest) = of.split_at(of.chars().next().map_or(0, char::len_utf8));
        format!("{name}{}{rest}", first.to_uppercase())
    });
    Element {
        name: name.to_owned(),
        json_names: json_names.collect(),
        shapes: Vec::new(),
        children: Vec::new(),
        reference,
        repeats: element.get("max").and_then(Node::as_str) != Some("1"),
        types,
    }
}

/// The FHIR type of an element. The values of primitives and some ids are typed by FHIRPath's own types, with the FHIR
/// type in an extension.
fn type_code(of: Node<'_>) -> Option<&str> {
    let code = of.get("code").and_then(Node::as_str)?;
    if !code.starts_with("http://hl7.org/fhirpath/System.") {
        return Some(code);
    }
    let extension = of
        .get("extension")
        .into_iter()
        .flat_map(Node::items)
        .find_map(|extension| {
            ["valueUrl", "valueUri"]
                .iter()
                .find_map(|name| extension.get(name).and_then(Node::as_str))
        });
    Some(extension.unwrap_or("string"))
}

impl NameTable for Definitions {
    fn lookup(&self, name: &str) -> Option<u16> {
        match name.strip_prefix('_') {
            Some(name) => self.names.get(name).map(|number| number | UNDERSCORE),
            None => self.names.get(name).copied(),
        }
    }
}

impl Model for Definitions {
    fn type_place(&self, type_name: &str) -> Option<Place> {
        self.types.get(type_name).map(|found| place_of(found.root, 0))
    }

    fn members(&self, place: Place, name: &str) -> Vec<Member<'_>> {
        let below = self.below(place).iter();
        let named = below.filter(|number| self.elements.get(**number).is_some_and(|element| element.name == name));
        named
            .flat_map(|number| {
                let kinds = self.elements.get(*number).map_or(0, |element| element.types.len());
                (0..kinds).filter_map(|kind| self.member_of(*number, kind))
            })
            .collect()
    }

    fn member(&self, place: Place, name: &str, _number: Option<u16>) -> Option<Member<'_>> {
        self.below(place).iter().find_map(|number| {
            let element = self.elements.get(*number)?;
            let kind = element.json_names.iter().position(|known| known == name)?;
            self.member_of(*number, kind)
        })
    }

    fn type_name(&self, place: Place) -> &str {
        self.element(place)
            .and_then(|(element, kind)| element.types.get(kind))
            .map_or("", String::as_str)
    }

    fn supertype(&self, type_name: &str) -> Option<&str> {
        self.types.get(type_name)?.base.as_deref()
    }

    fn shape(&self, place: Place) -> Shape {
        self.element(place)
            .and_then(|(element, kind)| element.shapes.get(kind).copied())
            .unwrap_or(Shape::Complex)
    }
}
