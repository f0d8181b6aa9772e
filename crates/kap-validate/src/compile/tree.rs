//! The list of a snapshot's elements as the tree that their ids describe.

use std::collections::HashMap;

use serde_json::Value;

/// An element of a snapshot with what stands below it.
#[derive(Debug)]
pub(crate) struct Branch<'s> {
    /// The ElementDefinition.
    pub(crate) element: &'s Value,
    /// Last step of its path, without `[x]`.
    pub(crate) name: &'s str,
    /// Whether the path ends in `[x]`.
    pub(crate) choice: bool,
    /// The branch above it: the parent element, or for a slice the element that is sliced.
    pub(crate) parent: Option<usize>,
    /// Elements directly below, slices of them excepted.
    pub(crate) children: Vec<usize>,
    /// Its slices.
    pub(crate) slices: Vec<usize>,
}

/// The tree of a snapshot, flat: the root is the first branch.
#[derive(Debug)]
pub(crate) struct Tree<'s> {
    pub(crate) branches: Vec<Branch<'s>>,
    by_path: HashMap<&'s str, usize>,
}

impl<'s> Tree<'s> {
    /// Reads `snapshot.element`; `None` where there is no snapshot. Elements whose parent is missing are left out: a
    /// definition that is broken this way constrains less, and the walk of its base type still finds the faults.
    pub(crate) fn read(structure_definition: &'s Value) -> Option<Tree<'s>> {
        let elements = structure_definition.get("snapshot")?.get("element")?.as_array()?;
        let mut tree = Tree {
            branches: Vec::with_capacity(elements.len()),
            by_path: HashMap::new(),
        };
        let mut by_id: HashMap<&str, usize> = HashMap::new();
        for element in elements {
            let path = text(element, "path")?;
            let id = text(element, "id").unwrap_or(path);
            let above = above(id);
            let parent = match above {
                None if tree.branches.is_empty() => None,
                None => continue,
                Some(above) => match by_id.get(above.id) {
                    Some(parent) => Some(*parent),
                    None => continue,
                },
            };
            let (name, choice) = name_of(element, path);
            let index = tree.branches.len();
            let mut parent = parent;
            let mut is_slice = above.is_some_and(|above| above.is_sliced);
            // `valueQuantity` beside `value[x]` is a slice of it.
            if let Some(sibling) = parent
                .filter(|_| choice && !is_slice)
                .and_then(|parent| tree.child(parent, name))
            {
                (parent, is_slice) = (Some(sibling), true);
            }
            if let Some(parent) = parent {
                let holder = &mut tree.branches[parent];
                if is_slice {
                    holder.slices.push(index);
                } else {
                    holder.children.push(index);
                }
            }
            tree.branches.push(Branch {
                element,
                name,
                choice,
                parent,
                children: Vec::new(),
                slices: Vec::new(),
            });
            by_id.insert(id, index);
            tree.by_path.entry(path).or_insert(index);
        }
        (!tree.branches.is_empty()).then_some(tree)
    }

    /// The branch below `branch` with that element name.
    fn child(&self, branch: usize, name: &str) -> Option<usize> {
        let mut children = self.branches.get(branch)?.children.iter().copied();
        children.find(|child| self.branches[*child].name == name)
    }

    /// The branch that a `contentReference` means: `#path` or `url#path`, always within the same snapshot, because a
    /// profile's snapshot repeats the elements of its base.
    pub(crate) fn content_reference(&self, branch: &Branch<'s>) -> Option<usize> {
        let target = text(branch.element, "contentReference")?;
        self.by_path.get(target.rsplit('#').next()?).copied()
    }
}

/// The name of an element without `[x]`, and whether it is a choice. A choice of one type may be written with the JSON
/// name of that type, as in `Observation.valueQuantity`: then the path of its base says what it is.
fn name_of<'s>(element: &'s Value, path: &'s str) -> (&'s str, bool) {
    let last = |path: &'s str| path.rsplit('.').next().unwrap_or(path);
    let name = last(path);
    if let Some(plain) = name.strip_suffix("[x]") {
        return (plain, true);
    }
    let base = element.get("base").and_then(|base| text(base, "path")).map(last);
    let choice = base.and_then(|base| base.strip_suffix("[x]"));
    match choice.filter(|plain| name.starts_with(plain) && name.len() > plain.len()) {
        Some(plain) => (plain, true),
        None => (name, false),
    }
}

#[derive(Clone, Copy)]
struct Above<'s> {
    id: &'s str,
    is_sliced: bool,
}

/// The id of the element above: `a.b:slice` lies above nothing but is a slice of `a.b`, `a.b:slice/sub` one of
/// `a.b:slice`, and everything else lies below the id without its last step.
fn above(id: &str) -> Option<Above<'_>> {
    let step_start = id.rfind('.').map_or(0, |dot| dot + 1);
    let step = &id[step_start..];
    match step.find(':') {
        Some(colon) => {
            let cut = step[colon..].rfind('/').map_or(colon, |slash| colon + slash);
            Some(Above {
                id: &id[..step_start + cut],
                is_sliced: true,
            })
        }
        None if step_start == 0 => None,
        None => Some(Above {
            id: &id[..step_start - 1],
            is_sliced: false,
        }),
    }
}

/// A member of a JSON object that must be a string to count.
pub(crate) fn text<'s>(value: &'s Value, name: &str) -> Option<&'s str> {
    value.get(name)?.as_str()
}

/// The items of a member that is an array; none where it is missing.
pub(crate) fn items<'s>(value: &'s Value, name: &str) -> impl Iterator<Item = &'s Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}
