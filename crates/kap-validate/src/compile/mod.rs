//! Definitions to a plan. Everything that can be settled beforehand is settled here, so that the walk never sees a
//! StructureDefinition.
//!
//! One facet of ElementDefinition is one file here and one file of the same name in `check/`. To add a facet: give it
//! a field in [`crate::plan::rows`], a file here, a line in [`FACETS`], a file in `check/`, and fixtures.

mod binding;
mod cardinality;
mod choice;
mod code_system;
mod extension;
mod intern;
mod invariant;
mod limit;
mod resource;
mod slicing;
mod sources;
mod terminology;
mod tree;
mod types;
mod value;
mod value_set;

use std::collections::{HashMap, HashSet};

use kap_fhir::Package;
use serde_json::Value;
use zerocopy::little_endian::{U16, U32};

pub(crate) use binding::{ADDITIONAL_BINDING, MAX_VALUE_SET, MIN_VALUE_SET};
pub(crate) use choice::choice_name;
pub(crate) use invariant::BEST_PRACTICE;
pub(crate) use limit::extensions as limit_extensions;
pub(crate) use tree::text;
pub(crate) use types::{FHIR_TYPE_EXTENSION, fhir_type};

use crate::plan::rows::{Definition, Element, NONE, Range};
use crate::plan::{flags, version};
use crate::snapshot::{canonical, complete_snapshots};
use crate::{Error, Incomplete, Plan, PlanSet};
use intern::{Intern, number};
use sources::Sources;
use tree::{Branch, Tree};

/// One facet: reads what an ElementDefinition says of it and writes it into the row.
type Facet = fn(&mut Scope<'_, '_>, &Branch<'_>, &mut Element);

/// The facets, in the order in which they are compiled.
const FACETS: [Facet; 7] = [
    cardinality::compile,
    types::compile,
    value::compile,
    limit::compile,
    binding::compile,
    invariant::compile,
    slicing::compile,
];

/// What a facet may look at besides the element itself.
struct Scope<'i, 's> {
    intern: &'i mut Intern,
    structure_definition: &'s Value,
    tree: &'i Tree<'s>,
    /// Row of each branch.
    rows: &'i [usize],
}

/// Compiles definitions (StructureDefinitions with snapshots, ValueSets, CodeSystems; anything else is passed over)
/// into the bytes of a plan. Where two have the same canonical URL and
/// version, the first one counts.
///
/// The same definitions give the same bytes, whatever order they come in otherwise.
pub fn compile(name: &str, version: &str, definitions: impl IntoIterator<Item = Value>) -> Result<Vec<u8>, Error> {
    compile_with(name, version, definitions, &[])
}

fn compile_with(
    name: &str,
    version: &str,
    definitions: impl IntoIterator<Item = Value>,
    incomplete: &[Incomplete],
) -> Result<Vec<u8>, Error> {
    let open = incomplete.iter().filter(|one| one.is_open);
    let open: HashSet<&str> = open.map(|one| one.canonical.as_str()).collect();
    let sources = Sources::sort(definitions);
    let mut intern = Intern::default();
    for text in ["", name, version] {
        intern.text(text);
    }
    for structure_definition in sources.structures.values() {
        let is_open = !open.is_empty() && open.contains(canonical(structure_definition).as_str());
        compile_structure(&mut intern, structure_definition, is_open);
    }
    terminology::compile(&mut intern, &sources);
    resource::compile(&mut intern, &sources.resources);
    resolve_links(&mut intern);
    intern.finish_names();
    index_types(&mut intern);
    if intern.tables.names.len() >= usize::from(u16::MAX / 2) {
        let package = format!("{name}#{version}");
        return Err(Error::TooLarge {
            package,
            allowed: usize::from(u16::MAX / 2),
            what: "element names",
        });
    }
    Ok(intern.tables.finish())
}

/// A plan, and what is missing in it.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The bytes of the plan.
    pub bytes: Vec<u8>,
    /// What kept snapshots from being made, or from being whole.
    pub incomplete: Vec<Incomplete>,
}

/// The same for definitions that may have no snapshots: these are made, on definitions given here and in `bases`
/// ([`complete_snapshots`](crate::complete_snapshots)).
pub fn compile_on(
    bases: &PlanSet<'_>,
    name: &str,
    version: &str,
    definitions: impl IntoIterator<Item = Value>,
) -> Result<Compiled, Error> {
    let mut definitions: Vec<Value> = definitions.into_iter().collect();
    let incomplete = complete_snapshots(bases, &mut definitions);
    Ok(Compiled {
        bytes: compile_with(name, version, definitions, &incomplete)?,
        incomplete,
    })
}

/// Compiles a package that rests on R4 alone.
pub fn compile_package(package: &Package) -> Result<Vec<u8>, Error> {
    let compiled = compile_package_on(&PlanSet::new(&[Plan::r4()]), package)?;
    Ok(compiled.bytes)
}

/// Compiles a package that rests on the packages in `bases`. Files that are not JSON are an error: they would silently
/// constrain less.
pub fn compile_package_on(bases: &PlanSet<'_>, package: &Package) -> Result<Compiled, Error> {
    let mut definitions = Vec::with_capacity(package.files.len());
    for file in &package.files {
        let definition = serde_json::from_slice(&file.bytes).map_err(|source| Error::Definition {
            package: package.manifest.label(),
            file: file.name.clone(),
            source,
        })?;
        definitions.push(definition);
    }
    compile_on(bases, &package.manifest.name, &package.manifest.version, definitions)
}

fn compile_structure(intern: &mut Intern, structure_definition: &Value, is_open: bool) {
    let tree = Tree::read(structure_definition);
    let definition = number(intern.tables.definitions.len());
    let string = |name| text(structure_definition, name).unwrap_or_default();
    let root = if tree.is_some() {
        number(intern.tables.elements.len())
    } else {
        U32::new(NONE)
    };
    let row = Definition {
        url: intern.text(string("url")),
        version: intern.text(string("version")),
        name: intern.text(string("name")),
        type_name: intern.text(string("type")),
        base: text(structure_definition, "baseDefinition").map_or(U32::new(NONE), |base| intern.link(base)),
        root,
        flags: U16::new(definition_flags(structure_definition, tree.is_some(), is_open)),
        contexts: extension::contexts(intern, structure_definition),
        context_invariants: extension::context_invariants(intern, structure_definition),
        imposes: extension::imposes(intern, structure_definition),
    };
    intern.tables.definitions.push(row);
    if let Some(tree) = tree {
        compile_elements(intern, structure_definition, &tree, definition);
    }
}

fn definition_flags(structure_definition: &Value, has_snapshot: bool, is_open: bool) -> u16 {
    let is = |name, value| text(structure_definition, name) == Some(value);
    let stated = [
        (flags::definition::RESOURCE, is("kind", "resource")),
        (flags::definition::PRIMITIVE, is("kind", "primitive-type")),
        (
            flags::definition::ABSTRACT,
            structure_definition.get("abstract") == Some(&Value::Bool(true)),
        ),
        (flags::definition::PROFILE, is("derivation", "constraint")),
        (flags::definition::NO_SNAPSHOT, !has_snapshot),
        (flags::definition::INCOMPLETE, is_open),
    ];
    stated.iter().filter(|(_, holds)| *holds).map(|(flag, _)| flag).sum()
}

/// Adds the rows of one snapshot. Children of one parent lie side by side, so a parent needs only a range.
fn compile_elements(intern: &mut Intern, structure_definition: &Value, tree: &Tree<'_>, definition: U32) {
    let first = intern.tables.elements.len();
    let order = rows_in_order(tree);
    let mut rows = vec![0; tree.branches.len()];
    for (offset, branch) in order.iter().enumerate() {
        rows[*branch] = first + offset;
    }
    for index in order {
        let branch = &tree.branches[index];
        let mut row = Element {
            definition,
            parent: branch.parent.map_or(U32::new(NONE), |parent| number(rows[parent])),
            name: intern.name(branch.name),
            slice_name: intern.text(slice_name(tree, branch)),
            flags: U16::new(0),
            min: U16::new(0),
            max: U16::new(0),
            children: children(tree, branch, &rows),
            properties: choice::properties(intern, tree, branch),
            types: Range::EMPTY,
            binding: U32::new(NONE),
            value: U32::new(NONE),
            slicing: U32::new(NONE),
            constraints: Range::EMPTY,
            content_reference: tree
                .content_reference(branch)
                .map_or(U32::new(NONE), |target| number(rows[target])),
            limit: U32::new(NONE),
        };
        let mut scope = Scope {
            intern,
            structure_definition,
            tree,
            rows: &rows,
        };
        for facet in FACETS {
            facet(&mut scope, branch, &mut row);
        }
        intern.tables.elements.push(row);
    }
}

/// The name of a slice; empty for other elements. A choice that is written with the JSON name of one of its types is a
/// slice of that name.
fn slice_name<'s>(tree: &Tree<'s>, branch: &Branch<'s>) -> &'s str {
    let is_slice = branch
        .parent
        .is_some_and(|parent| tree.branches[parent].name == branch.name && branch.choice);
    let path = text(branch.element, "path").unwrap_or_default();
    let json_name = path.rsplit('.').next().filter(|_| is_slice).unwrap_or_default();
    text(branch.element, "sliceName").unwrap_or(json_name)
}

/// Breadth first: every element's children follow each other, then its slices do.
fn rows_in_order(tree: &Tree<'_>) -> Vec<usize> {
    let mut order = vec![0];
    let mut next = 0;
    while let Some(branch) = order.get(next).map(|index| &tree.branches[*index]) {
        next += 1;
        order.extend(branch.children.iter().chain(&branch.slices));
    }
    order
}

/// The rows below an element; a content reference has those of its target.
fn children(tree: &Tree<'_>, branch: &Branch<'_>, rows: &[usize]) -> Range {
    let holder = tree
        .content_reference(branch)
        .map_or(branch, |target| &tree.branches[target]);
    let start = holder.children.first().map_or(0, |child| rows[*child]);
    Range {
        start: number(start),
        length: number(holder.children.len()),
    }
}

/// Points links at the definitions and value sets of this plan, the newest version that is asked for; other links are
/// resolved when plans are combined.
fn resolve_links(intern: &mut Intern) {
    let mut rows: HashMap<u32, Vec<(U32, U32)>> = HashMap::new();
    let definitions = intern.tables.definitions.iter().map(|row| (row.url, row.version));
    let value_sets = intern.tables.value_sets.iter().map(|row| (row.url, row.version));
    for (row, (url, version)) in definitions.enumerate().chain(value_sets.enumerate()) {
        rows.entry(url.get()).or_default().push((number(row), version));
    }
    let mut locals = Vec::with_capacity(intern.tables.links.len());
    let text = |text| std::str::from_utf8(intern.text_bytes(text)).unwrap_or_default();
    for link in &intern.tables.links {
        let asked = text(link.version);
        let candidates = rows.get(&link.url.get()).into_iter().flatten();
        let accepted = candidates.filter(|(_, version)| version::accepts(asked, text(*version)));
        let newest = accepted.max_by(|(_, left), (_, right)| version::order(text(*left), text(*right)));
        locals.push(newest.map_or(U32::new(NONE), |(row, _)| *row));
    }
    for (link, local) in intern.tables.links.iter_mut().zip(locals) {
        link.local = local;
    }
}

/// Lists the definitions of types by type name, for `resourceType` and for types named in text.
fn index_types(intern: &mut Intern) {
    let tables = &intern.tables;
    let mut types: Vec<(&[u8], U32)> = tables
        .definitions
        .iter()
        .enumerate()
        .filter(|(_, definition)| definition.flags.get() & flags::definition::PROFILE == 0)
        .map(|(index, definition)| (intern.text_bytes(definition.type_name), number(index)))
        .collect();
    types.sort_unstable_by_key(|(name, index)| (*name, index.get()));
    intern.tables.type_index = types.into_iter().map(|(_, index)| index).collect();
}
