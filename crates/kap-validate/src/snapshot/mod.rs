//! Snapshots for profiles that come as differentials only
//! (<https://hl7.org/fhir/R4/profiling.html#snapshot>).
//!
//! The snapshot of the base becomes a tree, the differential another one, and the second is laid over the first: facts
//! are merged, slices are copies of what they are slices of, and where the differential goes deeper than the base, the
//! elements of the type, of the profile that the type names, or of the target of a `contentReference` are put below.
//! Base definitions come from the definitions at hand, or from compiled plans.

mod apply;
mod decompile;
mod merge;
mod node;

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::{Map, Value};

use crate::PlanSet;
use crate::compile::text;
use crate::plan::version;
use node::Node;

/// How many elements one snapshot may have: the longest published one has about 1,500.
const MAX_ELEMENTS: usize = 100_000;
/// How many problems are told.
const MAX_PROBLEMS: usize = 1_000;
/// How deep profiles may rest on profiles, and extensions on extensions.
const MAX_BASES: usize = 64;

/// Where the canonical URLs of FHIR's own types begin.
pub(crate) const FHIR_TYPES: &str = "http://hl7.org/fhir/StructureDefinition/";

/// What kept a snapshot from being made, or from being whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incomplete {
    /// The definition, `url` or `url|version`.
    pub canonical: String,
    /// What is missing or wrong, as the end of a sentence about the definition.
    pub what: String,
    /// Whether the definition now constrains less than it should: documents that claim it are undecided.
    pub is_open: bool,
}

impl std::fmt::Display for Incomplete {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "the snapshot of {}: {}", self.canonical, self.what)
    }
}

/// Gives every StructureDefinition among `definitions` that has only a differential its snapshot. Bases are looked up
/// among the definitions, then in `bases`.
///
/// What kept a snapshot from being made or from being whole is returned; a definition without a snapshot constrains
/// nothing, and documents that claim it are undecided.
pub fn complete_snapshots(bases: &PlanSet<'_>, definitions: &mut [Value]) -> Vec<Incomplete> {
    let mut snapshots = Snapshots::new(bases, definitions);
    let mut made = Vec::new();
    for (at, definition) in definitions.iter().enumerate() {
        if is_differential(definition)
            && let Some(tree) = snapshots.tree_of(at)
        {
            made.push((at, tree.list()));
        }
    }
    let problems = snapshots.problems;
    for (at, elements) in made {
        if let Some(Value::Object(definition)) = definitions.get_mut(at) {
            let mut snapshot = Map::new();
            snapshot.insert("element".to_owned(), elements.into());
            definition.insert("snapshot".to_owned(), snapshot.into());
        }
    }
    problems
}

fn is_differential(definition: &Value) -> bool {
    text(definition, "resourceType") == Some("StructureDefinition") && elements(definition, "snapshot").is_empty()
}

fn elements<'v>(definition: &'v Value, view: &str) -> &'v [Value] {
    let elements = definition.get(view).and_then(|view| view.get("element"));
    elements.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// What is known of the tree of one definition.
enum Known {
    /// It is being made: whoever asks for it now goes in a circle.
    Begun,
    Made(Option<Rc<Node>>),
}

/// Trees of definitions, each made once.
struct Snapshots<'a> {
    bases: &'a PlanSet<'a>,
    definitions: &'a [Value],
    /// Numbers of the definitions with a URL.
    by_url: HashMap<&'a str, Vec<usize>>,
    known: HashMap<usize, Known>,
    decompiled: HashMap<String, Option<Rc<Node>>>,
    /// Elements that were copied for the snapshot that is being made.
    copied: usize,
    depth: usize,
    problems: Vec<Incomplete>,
}

impl<'a> Snapshots<'a> {
    fn new(bases: &'a PlanSet<'a>, definitions: &'a [Value]) -> Snapshots<'a> {
        let mut by_url: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, definition) in definitions.iter().enumerate() {
            if let (Some("StructureDefinition"), Some(url)) =
                (text(definition, "resourceType"), text(definition, "url"))
            {
                by_url.entry(url).or_default().push(at);
            }
        }
        Snapshots {
            bases,
            definitions,
            by_url,
            known: HashMap::new(),
            decompiled: HashMap::new(),
            copied: 0,
            depth: 0,
            problems: Vec::new(),
        }
    }

    /// The tree of the definition with a canonical URL.
    fn resolve(&mut self, canonical: &str) -> Option<Rc<Node>> {
        let (url, asked) = canonical.split_once('|').unwrap_or((canonical, ""));
        let definitions = self.definitions;
        let found_version = |at: &usize| {
            definitions
                .get(*at)
                .and_then(|found| text(found, "version"))
                .unwrap_or_default()
        };
        let candidates = self.by_url.get(url).into_iter().flatten().copied();
        let accepted = candidates.filter(|at| version::accepts(asked, found_version(at)));
        let newest = accepted.reduce(|known, next| {
            if version::order(found_version(&next), found_version(&known)).is_gt() {
                next
            } else {
                known
            }
        });
        if let Some(at) = newest {
            return self.tree_of(at);
        }
        if let Some(known) = self.decompiled.get(canonical) {
            return known.clone();
        }
        let found = self.bases.definition(canonical);
        let tree = found.and_then(decompile::decompile).map(Rc::new);
        self.decompiled.insert(canonical.to_owned(), tree.clone());
        tree
    }

    /// The tree of a type by its name or URL.
    fn resolve_type(&mut self, code: &str) -> Option<Rc<Node>> {
        if code.contains(':') {
            return self.resolve(code);
        }
        self.resolve(&format!("{FHIR_TYPES}{code}"))
    }

    /// The tree of one of the definitions at hand.
    fn tree_of(&mut self, at: usize) -> Option<Rc<Node>> {
        let definition = self.definitions.get(at)?;
        match self.known.get(&at) {
            Some(Known::Made(tree)) => return tree.clone(),
            Some(Known::Begun) => {
                self.open(definition, "it rests on itself".to_owned());
                return None;
            }
            None => {}
        }
        if self.depth >= MAX_BASES {
            self.open(definition, "it rests on too many other definitions".to_owned());
            return None;
        }
        self.known.insert(at, Known::Begun);
        self.depth += 1;
        // A profile met on the way has a count of its own.
        let copied = std::mem::take(&mut self.copied);
        let tree = match elements(definition, "snapshot") {
            [] => self.make(definition),
            elements => Node::read(elements),
        };
        self.copied = copied;
        self.depth -= 1;
        let tree = tree.map(Rc::new);
        self.known.insert(at, Known::Made(tree.clone()));
        tree
    }

    /// Says what is missing without which the definition constrains less.
    fn open(&mut self, definition: &Value, what: String) {
        self.problem(definition, what, true);
    }

    /// Says what is missing that the walk will miss, too, where it matters.
    fn note(&mut self, definition: &Value, what: String) {
        self.problem(definition, what, false);
    }

    fn problem(&mut self, definition: &Value, what: String, is_open: bool) {
        let problem = Incomplete {
            canonical: canonical(definition),
            what,
            is_open,
        };
        if self.problems.len() < MAX_PROBLEMS && !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// Makes a snapshot.
    fn make(&mut self, definition: &'a Value) -> Option<Node> {
        if text(definition, "kind") == Some("logical") {
            // Logical models describe data that are not FHIR resources.
            return None;
        }
        let Some(differential) = Node::read(elements(definition, "differential")) else {
            self.open(
                definition,
                "it has neither a snapshot nor a readable differential".to_owned(),
            );
            return None;
        };
        let Some(base_url) = text(definition, "baseDefinition") else {
            self.open(definition, "it names no base".to_owned());
            return None;
        };
        let mut base = self.resolve(base_url);
        if base.is_none() {
            self.open(
                definition,
                format!("its base {base_url} is not at hand or has no snapshot"),
            );
            // What the differential says of the type itself still holds.
            let is_constraint = text(definition, "derivation") == Some("constraint");
            let of_type = text(definition, "type").filter(|_| is_constraint);
            base = of_type.and_then(|code| self.resolve_type(code));
        }
        self.apply(definition, &*base?, &differential)
    }
}

/// `url` or `url|version`.
pub(crate) fn canonical(definition: &Value) -> String {
    let url = text(definition, "url").unwrap_or_default();
    match text(definition, "version") {
        Some(version) => format!("{url}|{version}"),
        None => url.to_owned(),
    }
}
