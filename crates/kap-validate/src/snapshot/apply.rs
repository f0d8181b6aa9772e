//! A differential laid over the snapshot of its base.

use std::rc::Rc;

use serde_json::{Map, Value, json};

use super::merge::merge;
use super::node::Node;
use super::{MAX_ELEMENTS, Snapshots};
use crate::compile::{choice_name, text};

/// What is the same for all elements of a snapshot.
struct Frame<'f> {
    definition: &'f Value,
    /// The base as it was: `contentReference` means elements of it.
    base: &'f Node,
    /// The URL of the definition: the source of its constraints.
    url: &'f str,
    /// Whether the definition adds elements of its own rather than constrain those of its base.
    specializes: bool,
}

/// What a choice that is constrained under the name of one type becomes.
#[derive(Clone, Copy)]
enum Shortcut {
    /// The choice itself is constrained: no other type is left, or it lies in a slice.
    Choice,
    /// A slice, and no types but those that are named: the element must be there, or it is the value of an extension.
    Only,
    /// A slice besides which other types are allowed.
    Slice,
}

impl Snapshots<'_> {
    /// Lays a differential over a base. `None` if the snapshot gets too large.
    pub(super) fn apply(&mut self, definition: &Value, base: &Node, differential: &Node) -> Option<Node> {
        let frame = Frame {
            definition,
            base,
            url: text(definition, "url").unwrap_or_default(),
            specializes: text(definition, "derivation") == Some("specialization"),
        };
        self.copied = 0;
        let mut root = base.clone();
        if frame.specializes {
            text(definition, "type").unwrap_or_default().clone_into(&mut root.name);
        }
        // Slicing and slices of the base's root would be those of an element that it stood for.
        self.element(&frame, &mut root, differential);
        if self.copied > MAX_ELEMENTS {
            self.note(
                definition,
                format!("its snapshot has more than {MAX_ELEMENTS} elements"),
            );
            return None;
        }
        Some(root)
    }

    fn element(&mut self, frame: &Frame<'_>, node: &mut Node, differential: &Node) {
        if self.copied > MAX_ELEMENTS {
            return;
        }
        // Slices are like the element was in the base: what the differential says of the sliced element binds every item
        // anyway. Slices of a slice are like that slice is now.
        let is_sliced = !differential.slices.is_empty();
        let before = (is_sliced && node.slice.is_empty()).then(|| template(node));
        self.extension_root(frame, node, differential);
        merge(&mut node.facts, &differential.facts, frame.url);
        let template = before.or_else(|| is_sliced.then(|| template(node)));
        if !differential.children.is_empty() && node.children.is_empty() {
            self.unfold(frame, node);
        }
        for child in &differential.children {
            self.child(frame, node, child, &differential.children);
        }
        if let Some(template) = template {
            self.slices(frame, node, &template, differential);
        }
    }

    fn child(&mut self, frame: &Frame<'_>, node: &mut Node, differential: &Node, siblings: &[Node]) {
        let in_slice = !node.slice.is_empty();
        let defines_extension = node.name == "Extension" && frame.base.name == "Extension";
        if let Some(child) = node.children.iter_mut().find(|child| child.name == differential.name) {
            self.element(frame, child, differential);
            return;
        }
        // `valueQuantity` is `value[x]` with that type.
        let named = node.children.iter_mut().find_map(|child| {
            let code = type_named(child, &differential.name)?;
            Some((child, code))
        });
        if let Some((child, code)) = named {
            let wanted: Vec<String> = siblings
                .iter()
                .filter_map(|sibling| type_named(child, &sibling.name))
                .collect();
            let use_as = match wanted.as_slice() {
                _ if in_slice || child.types().len() == 1 => Shortcut::Choice,
                _ if defines_extension => Shortcut::Only,
                [_] if min(differential) > 0 => Shortcut::Only,
                _ => Shortcut::Slice,
            };
            self.shortcut(frame, child, differential, &code, use_as, &wanted);
            return;
        }
        if frame.specializes {
            let mut child = differential.clone();
            self.copied += child.size();
            add_base(&mut child);
            node.children.push(child);
            return;
        }
        let what = format!(
            "it constrains `{}` below `{}`, which is not there",
            differential.name, node.name
        );
        self.open(frame.definition, what);
    }

    /// A choice constrained under the name that it has with one type.
    fn shortcut(
        &mut self,
        frame: &Frame<'_>,
        choice: &mut Node,
        differential: &Node,
        code: &str,
        use_as: Shortcut,
        wanted: &[String],
    ) {
        let kinds = |keep: &dyn Fn(&str) -> bool| -> Value {
            let kinds = choice.types().iter().filter(|kind| keep(type_code(kind)));
            kinds.cloned().collect()
        };
        match use_as {
            Shortcut::Choice => {
                let kind = kinds(&|one| one == code);
                choice.facts.insert("type".to_owned(), kind);
                self.element(frame, choice, differential);
                return;
            }
            Shortcut::Only => {
                let kinds = kinds(&|one| wanted.iter().any(|wanted| wanted == one));
                choice.facts.insert("type".to_owned(), kinds);
                let mut slicing = implied_slicing(choice);
                slicing["rules"] = "closed".into();
                choice.facts.insert("slicing".to_owned(), slicing);
            }
            Shortcut::Slice => {}
        }
        let mut slice = differential.clone();
        slice.name.clone_from(&choice.name);
        slice.slice.clone_from(&differential.name);
        slice.facts.entry("type").or_insert_with(|| json!([{"code": code}]));
        let mut wrapper = Node::new(&choice.name, "");
        wrapper.slices.push(slice);
        let template = template(choice);
        self.slices(frame, choice, &template, &wrapper);
    }

    fn slices(&mut self, frame: &Frame<'_>, node: &mut Node, template: &Node, differential: &Node) {
        if !node.facts.contains_key("slicing") && node.slice.is_empty() {
            node.facts.insert("slicing".to_owned(), implied_slicing(node));
        }
        for slice in &differential.slices {
            let known = node.slices.iter().position(|known| known.slice == slice.slice);
            let at = known.unwrap_or_else(|| {
                let new = new_slice(template, slice);
                self.copied += new.size();
                node.slices.push(new);
                node.slices.len() - 1
            });
            if let Some(known) = node.slices.get_mut(at) {
                self.element(frame, known, slice);
                drop_idle_binding(known);
            }
        }
        // As many items as its slices must have, an element must have at least.
        let least = node.slices.iter().map(min).fold(0, u64::saturating_add);
        if least > min(node) {
            node.facts.insert("min".to_owned(), least.into());
        }
    }

    /// An extension that names its definition takes over what that says of its root
    /// (<https://hl7.org/fhir/R4/defining-extensions.html>).
    fn extension_root(&mut self, frame: &Frame<'_>, node: &mut Node, differential: &Node) {
        let [kind] = differential.types() else { return };
        if text(kind, "code") != Some("Extension") {
            return;
        }
        let Some(profile) = only_profile(kind) else { return };
        let Some(root) = self.resolve(profile) else {
            self.note(frame.definition, format!("the extension {profile} is not at hand"));
            return;
        };
        for (name, value) in &root.facts {
            // Its constraints are checked when the extension itself is.
            if !matches!(
                name.as_str(),
                "base" | "type" | "slicing" | "mustSupport" | "constraint"
            ) {
                node.facts.insert(name.clone(), value.clone());
            }
        }
    }

    /// Puts below an element what its type, the profile of its type, or the target of its reference has there.
    fn unfold(&mut self, frame: &Frame<'_>, node: &mut Node) {
        if let Some(target) = text_of(&node.facts, "contentReference").map(str::to_owned) {
            self.unfold_reference(frame, node, &target);
            return;
        }
        let tree = match node.types() {
            [kind] => {
                let code = type_code(kind).to_owned();
                let profile = only_profile(kind).map(str::to_owned);
                self.type_tree(frame, &code, profile.as_deref())
            }
            // What all data types have.
            _ => self.resolve_type("Element"),
        };
        let Some(tree) = tree else {
            let what = format!(
                "it constrains what lies below `{}`, whose type is not at hand",
                node.name
            );
            self.open(frame.definition, what);
            return;
        };
        self.put_below(node, &tree);
    }

    fn type_tree(&mut self, frame: &Frame<'_>, code: &str, profile: Option<&str>) -> Option<Rc<Node>> {
        if let Some(profile) = profile {
            if let Some(tree) = self.resolve(profile) {
                return Some(tree);
            }
            self.note(
                frame.definition,
                format!("the profile {profile} of a type is not at hand"),
            );
        }
        self.resolve_type(code)
    }

    fn unfold_reference(&mut self, frame: &Frame<'_>, node: &mut Node, target: &str) {
        let path = target.rsplit('#').next().unwrap_or(target);
        let (root, below) = path.split_once('.').unwrap_or((path, ""));
        let names = || below.split('.').filter(|name| !name.is_empty());
        let own = (frame.base.name == root)
            .then(|| frame.base.at(names()).cloned())
            .flatten();
        let target = own.or_else(|| self.resolve_type(root)?.at(names()).cloned());
        let Some(mut target) = target else {
            self.open(frame.definition, format!("`{path}` is referred to and is not there"));
            return;
        };
        target.slices.clear();
        node.facts.remove("contentReference");
        if let Some(types) = target.facts.get("type") {
            node.facts.insert("type".to_owned(), types.clone());
        }
        self.put_below(node, &target);
    }

    fn put_below(&mut self, node: &mut Node, tree: &Node) {
        self.copied += tree.size();
        if self.copied <= MAX_ELEMENTS {
            node.children.clone_from(&tree.children);
        }
    }
}

/// The type that an element name of the form `valueQuantity` gives to the choice `value[x]`.
fn type_named(choice: &Node, name: &str) -> Option<String> {
    let stem = choice.name.strip_suffix("[x]")?;
    if !name.starts_with(stem) {
        return None;
    }
    let codes = choice.types().iter().map(type_code);
    codes
        .filter(|code| choice_name(stem, code) == name)
        .map(str::to_owned)
        .next()
}

/// An element without its slices and what tells them apart.
fn template(node: &Node) -> Node {
    let mut template = Node {
        name: node.name.clone(),
        slice: node.slice.clone(),
        facts: node.facts.clone(),
        children: node.children.clone(),
        slices: Vec::new(),
    };
    template.facts.remove("slicing");
    template
}

/// A slice that is not there yet: like the element that it is a slice of, but optional.
fn new_slice(node: &Node, differential: &Node) -> Node {
    let mut slice = node.clone();
    differential.slice.clone_into(&mut slice.slice);
    slice.facts.insert("min".to_owned(), 0.into());
    let stem = node.name.strip_suffix("[x]");
    if let (Some(stem), false) = (stem, differential.facts.contains_key("type")) {
        // The name of a slice of a choice tells its type.
        let named = |kind: &&Value| choice_name(stem, type_code(kind)) == differential.slice;
        if let Some(kind) = node.types().iter().find(named).cloned() {
            slice.facts.insert("type".to_owned(), Value::Array(vec![kind]));
        }
    }
    slice
}

/// How slices are told apart where a definition need not say it: extensions by URL, choices by type.
fn implied_slicing(node: &Node) -> Value {
    let discriminator = if node.name.ends_with("[x]") {
        json!({"type": "type", "path": "$this"})
    } else {
        json!({"type": "value", "path": "url"})
    };
    if node.name.ends_with("[x]") || matches!(node.name.as_str(), "extension" | "modifierExtension") {
        json!({"discriminator": [discriminator], "ordered": false, "rules": "open"})
    } else {
        json!({"ordered": false, "rules": "open"})
    }
}

/// Elements that a definition adds are their own base.
fn add_base(node: &mut Node) {
    let max = node.facts.get("max").cloned().unwrap_or_else(|| "*".into());
    let min = node.facts.get("min").cloned().unwrap_or_else(|| 0.into());
    node.facts.insert("base".to_owned(), json!({"min": min, "max": max}));
    for below in node.children.iter_mut().chain(&mut node.slices) {
        add_base(below);
    }
}

/// A slice of a choice has no use for the binding of the choice if its type holds no code.
fn drop_idle_binding(slice: &mut Node) {
    const BOUND: [&str; 6] = ["code", "Coding", "CodeableConcept", "Quantity", "string", "uri"];
    let mut codes = slice.types().iter().map(type_code);
    if slice.name.ends_with("[x]") && !slice.types().is_empty() && !codes.any(|code| BOUND.contains(&code)) {
        slice.facts.remove("binding");
    }
}

fn min(node: &Node) -> u64 {
    node.facts.get("min").and_then(Value::as_u64).unwrap_or(0)
}

fn only_profile(kind: &Value) -> Option<&str> {
    match kind.get("profile")?.as_array()?.as_slice() {
        [profile] => profile.as_str(),
        _ => None,
    }
}

fn type_code(kind: &Value) -> &str {
    let code = crate::compile::fhir_type(kind);
    code.strip_prefix(super::FHIR_TYPES).unwrap_or(code)
}

fn text_of<'m>(facts: &'m Map<String, Value>, name: &str) -> Option<&'m str> {
    facts.get(name)?.as_str()
}
