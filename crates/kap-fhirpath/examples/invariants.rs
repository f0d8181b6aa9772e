//! Evaluates every invariant of R4 on resources, and says what fails and what it costs:
//!
//!     cargo run --release -p kap-fhirpath --example invariants -- hl7.fhir.r4.core-4.0.1.tgz RESOURCES...
//!
//! `RESOURCES` are JSON files, folders or package archives.
#![expect(clippy::print_stdout, reason = "an example that prints what it measured")]

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use kap_fhir::Package;
use kap_fhirpath::definitions::Definitions;
use kap_fhirpath::{Element, EvaluationContext, Expression, Host, Mode, Model, Outcome, Place, Resolved, Shape};
use kap_json::{Kind, Limits, Node};

struct Invariant {
    key: String,
    expression: Expression,
}

/// Texts by the names of their files.
type Texts = Vec<(String, Vec<u8>)>;
type Invariants = HashMap<Place, Vec<Invariant>>;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let core = arguments.next().ok_or("the archive of R4's definitions is missing")?;
    let core = package(Path::new(&core))?;
    let model = Definitions::new(core.files.iter().map(|file| file.bytes.as_slice()));
    let invariants = invariants(&core, &model)?;
    let mut tally = Tally {
        timed: std::env::var_os("BY_KEY").is_some(),
        ..Tally::default()
    };
    for path in arguments {
        for (name, bytes) in texts(Path::new(&path))? {
            let parsed = kap_json::parse_with_names(&bytes, &Limits::default(), &model);
            let Some(document) = &parsed.document else { continue };
            let root = document.root();
            if root
                .get("resourceType")
                .and_then(Node::as_str)
                .is_none_or(|name| name == "StructureDefinition")
            {
                continue;
            }
            let Some(place) = model.type_place("Resource") else {
                continue;
            };
            let resource = Element::resource(root, &model, place);
            let started = Instant::now();
            Walk {
                model: &model,
                invariants: &invariants,
                tally: &mut tally,
                name: &name,
            }
            .resource(resource, resource);
            tally.time += started.elapsed();
        }
    }
    tally.print();
    Ok(())
}

#[derive(Default)]
struct Tally {
    evaluations: u64,
    time: Duration,
    by_key: BTreeMap<String, (u64, Duration)>,
    failures: BTreeMap<String, Vec<String>>,
    timed: bool,
}

impl Tally {
    fn print(&self) {
        for (what, files) in &self.failures {
            println!(
                "{what}: {} times, first in {}",
                files.len(),
                files.first().map_or("", String::as_str)
            );
        }
        let mut keys: Vec<_> = self.by_key.iter().collect();
        keys.sort_by_key(|(_, (_, time))| std::cmp::Reverse(*time));
        for (key, (count, time)) in keys.iter().take(25) {
            println!("{key:30} {count:9} times {time:?}");
        }
        println!("{} evaluations in {:?}", self.evaluations, self.time);
    }
}

struct Walk<'w, 'd> {
    model: &'d Definitions,
    invariants: &'d Invariants,
    tally: &'w mut Tally,
    name: &'w str,
}

impl<'d> Walk<'_, 'd> {
    fn resource(&mut self, resource: Element<'d>, container: Element<'d>) {
        self.element(resource, resource, container);
    }

    fn element(&mut self, element: Element<'d>, resource: Element<'d>, container: Element<'d>) {
        let of_type = self.model.type_place(self.model.type_name(element.place));
        for place in [Some(element.place), of_type.filter(|place| *place != element.place)]
            .into_iter()
            .flatten()
        {
            for invariant in self.invariants.get(&place).into_iter().flatten() {
                self.evaluate(invariant, element, resource, container);
            }
        }
        let Some(object) = element.object().filter(|node| node.kind() == Kind::Object) else {
            return;
        };
        for child in object.members() {
            let plain_name = child.name.strip_prefix('_').unwrap_or(child.name);
            let is_shadow = plain_name.len() < child.name.len();
            let Some(member) = self.model.member(element.place, plain_name, None) else {
                continue;
            };
            if is_shadow && object.get(plain_name).is_some() {
                continue;
            }
            let shadow = if is_shadow {
                Some(child.node)
            } else {
                object.get(&format!("_{plain_name}"))
            };
            let plain = (!is_shadow).then_some(child.node);
            let items = |node: Option<Node<'d>>| -> Vec<Option<Node<'d>>> {
                match node {
                    Some(array) if array.kind() == Kind::Array => array.items().map(Some).collect(),
                    node => vec![node],
                }
            };
            let (plains, shadows) = (items(plain), items(shadow));
            for at in 0..plains.len().max(shadows.len()) {
                let node = plains
                    .get(at)
                    .copied()
                    .flatten()
                    .filter(|node| node.kind() != Kind::Null);
                let shadow = shadows
                    .get(at)
                    .copied()
                    .flatten()
                    .filter(|node| node.kind() == Kind::Object);
                let below = Element {
                    node,
                    shadow,
                    place: member.place,
                    shape: member.shape,
                };
                match (member.shape, node) {
                    (Shape::Resource, Some(node)) => {
                        let inner = Element::resource(node, self.model, member.place);
                        let container = if plain_name == "contained" { container } else { inner };
                        self.resource(inner, container);
                    }
                    _ => self.element(below, resource, container),
                }
            }
        }
    }

    fn evaluate(&mut self, invariant: &'d Invariant, item: Element<'d>, resource: Element<'d>, container: Element<'d>) {
        self.tally.evaluations += 1;
        let host = Inside { root: container };
        let mut context = EvaluationContext::new(self.model, &host, resource).at(item);
        context.root_resource = container;
        let started = self.tally.timed.then(Instant::now);
        let outcome = invariant.expression.test(&context);
        if let Some(started) = started {
            let entry = self.tally.by_key.entry(invariant.key.clone()).or_default();
            entry.0 += 1;
            entry.1 += started.elapsed();
        }
        let problem = match outcome {
            Outcome::True | Outcome::Empty => return,
            Outcome::False => "fails".to_owned(),
            Outcome::Undecided(undecided) => format!("undecided ({})", undecided.reason),
            Outcome::Error(error) => format!("error: {error}"),
        };
        self.tally
            .failures
            .entry(format!("{} {problem}: {}", invariant.key, invariant.expression.text()))
            .or_default()
            .push(format!(
                "{} {}",
                self.name,
                item.any_node().map(Node::pointer).unwrap_or_default()
            ));
    }
}

/// Resolves contained resources.
struct Inside<'d> {
    root: Element<'d>,
}

impl<'d> Host<'d> for Inside<'d> {
    fn resolve(&self, reference: &str, _from: Option<Node<'d>>) -> Resolved<'d> {
        let contained = self.root.node.and_then(|root| root.get("contained"));
        let wanted = reference.strip_prefix('#');
        let found = contained
            .into_iter()
            .flat_map(Node::items)
            .find(|found| wanted.is_some() && found.get("id").and_then(Node::as_str) == wanted);
        found.map_or(Resolved::Missing, Resolved::Found)
    }
}

fn invariants(core: &Package, model: &Definitions) -> Result<Invariants, Box<dyn Error>> {
    let mut invariants = Invariants::new();
    for file in core
        .files
        .iter()
        .filter(|file| file.name.starts_with("StructureDefinition-"))
    {
        let parsed = kap_json::parse(&file.bytes, &Limits::default());
        let Some(document) = &parsed.document else { continue };
        let root = document.root();
        if root.get("derivation").and_then(Node::as_str) == Some("constraint") {
            continue;
        }
        let elements = root.get("snapshot").and_then(|snapshot| snapshot.get("element"));
        for element in elements.into_iter().flat_map(Node::items) {
            let path = element.get("path").and_then(Node::as_str).unwrap_or_default();
            for place in places(path, model) {
                for constraint in element.get("constraint").into_iter().flat_map(Node::items) {
                    let text = constraint.get("expression").and_then(Node::as_str);
                    let key = constraint.get("key").and_then(Node::as_str);
                    let (Some(text), Some(key)) = (text, key) else { continue };
                    let of_place = invariants.entry(place).or_default();
                    if of_place.iter().all(|known| known.expression.text() != text) {
                        let expression = Expression::compile(text, Some(place), model, Mode::Lenient)?;
                        of_place.push(Invariant {
                            key: key.to_owned(),
                            expression,
                        });
                    }
                }
            }
        }
    }
    Ok(invariants)
}

fn places(path: &str, model: &Definitions) -> Vec<Place> {
    let mut names = path.split('.');
    let mut places: Vec<Place> = names
        .next()
        .and_then(|name| model.type_place(name))
        .into_iter()
        .collect();
    for name in names {
        let name = name.trim_end_matches("[x]");
        places = places
            .into_iter()
            .flat_map(|place| model.members(place, name).into_iter().map(|member| member.place))
            .collect();
    }
    places
}

fn package(path: &Path) -> Result<Package, Box<dyn Error>> {
    let file = fs::File::open(path)?;
    Ok(Package::from_tgz(
        &path.to_string_lossy(),
        file,
        &kap_fhir::package::Limits::default(),
    )?)
}

fn texts(path: &Path) -> Result<Texts, Box<dyn Error>> {
    let name = path.to_string_lossy().into_owned();
    let has_extension = |wanted: &str| path.extension().is_some_and(|extension| extension == wanted);
    if has_extension("tgz") {
        let files = package(path)?.files;
        return Ok(files.into_iter().map(|file| (file.name, file.bytes)).collect());
    }
    if path.is_dir() {
        let mut all = Vec::new();
        for entry in fs::read_dir(path)? {
            all.extend(texts(&entry?.path())?);
        }
        return Ok(all);
    }
    Ok(if has_extension("json") {
        vec![(name, fs::read(path)?)]
    } else {
        Vec::new()
    })
}
