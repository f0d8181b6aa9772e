//! Lists of ElementDefinitions as trees: snapshots and differentials alike.
//!
//! Ids say where an element belongs (<https://hl7.org/fhir/R4/elementdefinition.html#id>). Differentials of older tools
//! have none, or leave out the elements between: then the path and the slices named before it say so.

use serde_json::{Map, Value};

use crate::compile::text;

/// How deep elements may lie; FHIR's own types end at a tenth of it.
pub(super) const MAX_DEPTH: usize = 64;
/// How many elements a list may have: the longest published one has about 1,500.
const MAX_LISTED: usize = 20_000;
/// How deep slices may be sliced again.
const MAX_RESLICED: usize = 16;

/// An element with what stands below it.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    /// Last step of its path, with `[x]` where it is a choice.
    pub(super) name: String,
    /// Name of the slice that it is; empty for other elements. A slice of a slice has both names: `outer/inner`.
    pub(super) slice: String,
    /// The ElementDefinition without what its place says: `id`, `path`, `sliceName`.
    pub(super) facts: Map<String, Value>,
    /// Elements directly below, slices of them excepted.
    pub(super) children: Vec<Node>,
    /// Its slices.
    pub(super) slices: Vec<Node>,
}

/// A step from an element to one below it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    name: String,
    slice: String,
}

/// Members of an ElementDefinition that say where it stands.
const PLACE: [&str; 3] = ["id", "path", "sliceName"];

impl Node {
    pub(super) fn new(name: &str, slice: &str) -> Node {
        Node {
            name: name.to_owned(),
            slice: slice.to_owned(),
            ..Node::default()
        }
    }

    /// Reads a list of ElementDefinitions. What lies between two of them without being listed is there without facts.
    /// `None` if there are no elements, or more than anybody could mean.
    pub(super) fn read(elements: &[Value]) -> Option<Node> {
        if elements.len() > MAX_LISTED {
            return None;
        }
        let mut root: Option<Node> = None;
        let mut before: Vec<Step> = Vec::new();
        for element in elements {
            let Some(path) = text(element, "path").filter(|path| path.split('.').count() <= MAX_DEPTH) else {
                continue;
            };
            let steps = steps(element, path, &before);
            let Some((first, rest)) = steps.split_first() else {
                continue;
            };
            let root = root.get_or_insert_with(|| Node::new(&first.name, ""));
            let node = rest.iter().fold(root, |node, step| node.below(step));
            let facts = element.as_object().into_iter().flatten();
            let facts = facts.filter(|(name, _)| !PLACE.contains(&name.as_str()));
            node.facts
                .extend(facts.map(|(name, value)| (name.clone(), value.clone())));
            before = steps;
        }
        root
    }

    /// The node one step below, made if it is missing.
    fn below(&mut self, step: &Step) -> &mut Node {
        let mut node = child_or_new(&mut self.children, &step.name, "");
        if step.slice.is_empty() {
            return node;
        }
        // `outer/inner` is a slice of the slice `outer`.
        let ends = step.slice.match_indices('/').map(|(at, _)| at).take(MAX_RESLICED);
        for end in ends.chain([step.slice.len()]) {
            node = child_or_new(&mut node.slices, &step.name, &step.slice[..end]);
        }
        node
    }

    /// The elements as a snapshot lists them: an element, what lies below it, then its slices.
    pub(super) fn list(&self) -> Vec<Value> {
        let mut elements = Vec::new();
        self.list_into(&self.name, &self.name, &mut elements);
        elements
    }

    fn list_into(&self, id: &str, path: &str, elements: &mut Vec<Value>) {
        let mut element = Map::new();
        element.insert("id".to_owned(), id.into());
        element.insert("path".to_owned(), path.into());
        if !self.slice.is_empty() {
            element.insert("sliceName".to_owned(), self.slice.as_str().into());
        }
        element.extend(self.facts.clone());
        elements.push(Value::Object(element));
        for child in &self.children {
            child.list_into(
                &format!("{id}.{}", child.name),
                &format!("{path}.{}", child.name),
                elements,
            );
        }
        let sliced = id.strip_suffix(&format!(":{}", self.slice)).unwrap_or(id);
        for slice in &self.slices {
            slice.list_into(&format!("{sliced}:{}", slice.slice), path, elements);
        }
    }

    pub(super) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The node at a path of names below, for example `item.answerOption`.
    pub(super) fn at<'p>(&self, path: impl IntoIterator<Item = &'p str>) -> Option<&Node> {
        path.into_iter().try_fold(self, Node::child)
    }

    /// How many elements it is, with all below.
    pub(super) fn size(&self) -> usize {
        let below = self.children.iter().chain(&self.slices).map(Node::size);
        1 + below.sum::<usize>()
    }

    /// Its types, if it has any.
    pub(super) fn types(&self) -> &[Value] {
        let types = self.facts.get("type").and_then(Value::as_array);
        types.map_or(&[], Vec::as_slice)
    }
}

fn child_or_new<'n>(nodes: &'n mut Vec<Node>, name: &str, slice: &str) -> &'n mut Node {
    let at = nodes.iter().position(|node| node.name == name && node.slice == slice);
    let at = at.unwrap_or_else(|| {
        nodes.push(Node::new(name, slice));
        nodes.len() - 1
    });
    &mut nodes[at]
}

/// The steps to an element: names from its path, slices from its id, or else from its `sliceName` and the slices that
/// the element before it stood in.
fn steps(element: &Value, path: &str, before: &[Step]) -> Vec<Step> {
    let names: Vec<&str> = path.split('.').collect();
    let slice_name = text(element, "sliceName").unwrap_or_default();
    let id: Vec<&str> = text(element, "id").unwrap_or_default().split('.').collect();
    let mut steps: Vec<Step> = Vec::with_capacity(names.len());
    if id.len() == names.len() {
        for (name, id) in names.iter().zip(&id) {
            let (plain, slice) = id.split_once(':').unwrap_or((id, ""));
            // `value[x]:valueQuantity` can have the path `valueQuantity`.
            let name = if plain.ends_with("[x]") { plain } else { name };
            steps.push(Step {
                name: name.to_owned(),
                slice: slice.to_owned(),
            });
        }
    } else {
        let mut same = true;
        for (at, name) in names.iter().enumerate() {
            let known = before.get(at).filter(|step| same && step.name == *name);
            same = known.is_some();
            steps.push(Step {
                name: (*name).to_owned(),
                slice: known.map(|step| step.slice.clone()).unwrap_or_default(),
            });
        }
        if let Some(last) = steps.last_mut() {
            last.slice.clear();
        }
    }
    if let Some(last) = steps.last_mut().filter(|last| last.slice.is_empty()) {
        slice_name.clone_into(&mut last.slice);
    }
    steps
}
