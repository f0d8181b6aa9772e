//! The part of a document that can be read: the document without what the schema refused.

use std::collections::HashSet;

use kap_json::{Document, Kind, Location, Node, NodeId};
use serde_json::{Map, Value};

/// A document from which faulty parts were dropped, so that the rest can still be read and judged.
///
/// Pointers into what was kept count only what was kept: if the first item of a list was dropped, `/0` is the second one of the text.
pub(crate) struct Kept<'d> {
    document: &'d Document<'d>,
    dropped: HashSet<u32>,
}

impl<'d> Kept<'d> {
    pub(crate) fn whole(document: &'d Document<'d>) -> Self {
        Self {
            document,
            dropped: HashSet::new(),
        }
    }

    pub(crate) fn document(&self) -> &'d Document<'d> {
        self.document
    }

    pub(crate) fn root(&self) -> Node<'d> {
        self.document.root()
    }

    pub(crate) fn drop(&mut self, node: Node<'d>) {
        self.dropped.insert(node.id().0);
    }

    /// Whether nothing was dropped of what `pointer` leads to: nothing below it, and not itself.
    pub(crate) fn is_whole(&self, pointer: &str) -> bool {
        let (holder, name) = match self.find(pointer) {
            Ok(node) => (node, None),
            Err(nearest) => (nearest, pointer.rsplit('/').next()),
        };
        let dropped = self.dropped.iter().filter_map(|id| self.document.node(NodeId(*id)));
        let mut affected = dropped.filter(|dropped| match name {
            Some(_) => dropped.name() == name && dropped.parent() == Some(holder),
            None => std::iter::successors(dropped.parent(), |node| node.parent()).any(|ancestor| ancestor == holder),
        });
        affected.next().is_none()
    }

    /// The members that were kept; of two with the same name the first.
    pub(crate) fn members(&self, object: Node<'d>) -> impl Iterator<Item = (&'d str, Node<'d>)> {
        let mut names = HashSet::new();
        object.members().filter_map(move |member| {
            (names.insert(member.name) && !self.dropped.contains(&member.node.id().0))
                .then_some((member.name, member.node))
        })
    }

    /// The items that were kept.
    pub(crate) fn items(&self, array: Node<'d>) -> impl Iterator<Item = Node<'d>> {
        array.items().filter(|item| !self.dropped.contains(&item.id().0))
    }

    /// The member of that name, if it was kept.
    pub(crate) fn get(&self, object: Node<'d>, name: &str) -> Option<Node<'d>> {
        object.get(name).filter(|node| !self.dropped.contains(&node.id().0))
    }

    /// Calls `visit` with every object that was kept and the name of the member that holds it, or holds the list that holds it.
    pub(crate) fn each_object(&self, visit: &mut impl FnMut(&'d str, Node<'d>)) {
        self.visit("", self.root(), visit);
    }

    fn visit(&self, name: &'d str, node: Node<'d>, visit: &mut impl FnMut(&'d str, Node<'d>)) {
        match node.kind() {
            Kind::Object => {
                visit(name, node);
                self.members(node)
                    .for_each(|(name, node)| self.visit(name, node, visit));
            }
            Kind::Array => self.items(node).for_each(|item| self.visit(name, item, visit)),
            _ => {}
        }
    }

    /// The place of what `pointer` leads to, or of the nearest thing around it that is there.
    pub(crate) fn locate(&self, pointer: &str) -> Location {
        Location::of(self.find(pointer).unwrap_or_else(|nearest| nearest))
    }

    /// What `pointer` leads to; the last thing on the way if it leads nowhere.
    pub(crate) fn find(&self, pointer: &str) -> Result<Node<'d>, Node<'d>> {
        pointer.split('/').skip(1).try_fold(self.root(), |node, token| {
            let next = match node.kind() {
                Kind::Object => self.get(node, &token.replace("~1", "/").replace("~0", "~")),
                Kind::Array => token.parse().ok().and_then(|index| self.items(node).nth(index)),
                _ => None,
            };
            next.ok_or(node)
        })
    }

    pub(crate) fn to_value(&self) -> Value {
        self.value(self.root())
    }

    // The depth is bounded by the limits of the parse.
    fn value(&self, node: Node<'d>) -> Value {
        match node.kind() {
            Kind::Object => Value::Object(
                self.members(node)
                    .map(|(name, node)| (name.to_owned(), self.value(node)))
                    .collect::<Map<_, _>>(),
            ),
            Kind::Array => Value::Array(self.items(node).map(|item| self.value(item)).collect()),
            Kind::String => Value::String(node.as_str().unwrap_or_default().to_owned()),
            Kind::Number => node
                .as_number()
                .and_then(|lexeme| lexeme.parse().ok())
                .map_or(Value::Null, Value::Number),
            Kind::Bool => Value::Bool(node.as_bool().unwrap_or_default()),
            Kind::Null => Value::Null,
        }
    }
}
