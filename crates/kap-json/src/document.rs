//! The arena that one parse fills, and the handles into it.

use crate::{Span, shortened};

/// How much of a member's name stands in a pointer or another path, in bytes: a name may be as long as the document.
pub const MAX_NAME: usize = 200;
/// Number that stands for "no such node".
pub(crate) const NONE: u32 = u32::MAX;
/// Number that stands for "not a known name".
pub(crate) const UNKNOWN_NAME: u16 = u16::MAX;

/// What a JSON value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `null`; also what stands in place of text that is no value ([`Node::is_unread`]).
    Null,
    /// `true` or `false`.
    Bool,
    /// A number, as written.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl Kind {
    /// The word for messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

/// One value. Nodes lie in document order, so a node's subtree is the run from itself to `next`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) kind: Kind,
    /// The string, or the member name, has escapes: its text is in the side table.
    pub(crate) escaped: bool,
    pub(crate) escaped_key: bool,
    /// The text here is no JSON value, so the node only holds its place.
    pub(crate) unread: bool,
    pub(crate) name: u16,
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Span of the member name between its quotes; `NONE` for items and the root.
    pub(crate) key_start: u32,
    pub(crate) key_end: u32,
    pub(crate) parent: u32,
    /// The node after this subtree.
    pub(crate) next: u32,
}

/// A parsed JSON text: one arena, strings borrowed from the text.
#[derive(Debug)]
pub struct Document<'t> {
    pub(crate) text: &'t str,
    pub(crate) entries: Vec<Entry>,
    /// Unescaped strings by node, in rising order of nodes; most texts have few.
    pub(crate) strings: Vec<(u32, Box<str>)>,
    /// Unescaped member names by node, likewise.
    pub(crate) keys: Vec<(u32, Box<str>)>,
}

/// The number of a node in its document, in document order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// A value in a document.
#[derive(Clone, Copy)]
pub struct Node<'d> {
    document: &'d Document<'d>,
    index: u32,
}

/// A member of an object.
#[derive(Clone, Copy, Debug)]
pub struct Member<'d> {
    /// Its name, escapes resolved.
    pub name: &'d str,
    /// The number of its name in the table handed to [`parse_with_names`](crate::parse_with_names).
    pub name_id: Option<u16>,
    /// Its value.
    pub node: Node<'d>,
}

/// How a node is reached from its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key<'d> {
    /// It is a member of that name.
    Name(&'d str),
    /// It is the item of that index.
    Index(usize),
}

impl<'t> Document<'t> {
    /// The outermost value.
    pub fn root(&self) -> Node<'_> {
        Node {
            document: self,
            index: 0,
        }
    }

    /// The text that was parsed.
    pub fn text(&self) -> &'t [u8] {
        self.text.as_bytes()
    }

    /// How many values there are.
    pub fn node_count(&self) -> usize {
        self.entries.len()
    }

    /// The node of that number, if there is one.
    pub fn node(&self, id: NodeId) -> Option<Node<'_>> {
        ((id.0 as usize) < self.entries.len()).then_some(Node {
            document: self,
            index: id.0,
        })
    }

    /// The innermost value whose text holds that byte; a member name belongs to its object.
    pub fn node_at(&self, offset: u32) -> Option<Node<'_>> {
        let next = self.entries.partition_point(|entry| entry.start <= offset);
        let mut node = self.node(NodeId(u32::try_from(next.checked_sub(1)?).ok()?))?;
        while node.entry().end <= offset {
            node = node.parent()?;
        }
        Some(node)
    }

    /// The value a JSON Pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)) leads to.
    pub fn resolve_pointer(&self, pointer: &str) -> Option<Node<'_>> {
        if pointer.is_empty() {
            return Some(self.root());
        }
        pointer
            .strip_prefix('/')?
            .split('/')
            .try_fold(self.root(), |node, token| {
                let token = token.replace("~1", "/").replace("~0", "~");
                match node.kind() {
                    Kind::Object => node.get(&token),
                    Kind::Array => node.at(token.parse().ok()?),
                    _ => None,
                }
            })
    }
}

impl<'d> Node<'d> {
    // Node numbers are made by the parser alone, so they always lie in the arena.
    fn entry(self) -> &'d Entry {
        &self.document.entries[self.index as usize]
    }

    /// Its number.
    pub fn id(self) -> NodeId {
        NodeId(self.index)
    }

    /// What it is.
    pub fn kind(self) -> Kind {
        self.entry().kind
    }

    /// Whether it only holds the place of text that is no JSON value. That text has its finding already, so whoever walks
    /// the document has nothing to add about this node.
    pub fn is_unread(self) -> bool {
        self.entry().unread
    }

    /// Where it stands in the text, quotes and brackets included.
    pub fn span(self) -> Span {
        let entry = self.entry();
        Span {
            start: entry.start,
            end: entry.end,
        }
    }

    /// Its text as written.
    pub fn raw(self) -> &'d str {
        let entry = self.entry();
        &self.document.text[entry.start as usize..entry.end as usize]
    }

    /// The string, escapes resolved.
    pub fn as_str(self) -> Option<&'d str> {
        let entry = self.entry();
        match entry.kind {
            Kind::String if entry.escaped => side_text(&self.document.strings, self.index),
            Kind::String => Some(&self.document.text[entry.start as usize + 1..entry.end as usize - 1]),
            _ => None,
        }
    }

    /// The number as written.
    pub fn as_number(self) -> Option<&'d str> {
        (self.kind() == Kind::Number).then(|| self.raw())
    }

    /// The boolean.
    pub fn as_bool(self) -> Option<bool> {
        (self.kind() == Kind::Bool).then(|| self.raw() == "true")
    }

    /// Its container; none for the root.
    pub fn parent(self) -> Option<Node<'d>> {
        let parent = self.entry().parent;
        (parent != NONE).then_some(Node {
            document: self.document,
            index: parent,
        })
    }

    /// The member name it has in its object, escapes resolved; none for items and the root.
    pub fn name(self) -> Option<&'d str> {
        let entry = self.entry();
        if entry.key_start == NONE {
            return None;
        }
        if entry.escaped_key {
            return side_text(&self.document.keys, self.index);
        }
        Some(&self.document.text[entry.key_start as usize..entry.key_end as usize])
    }

    /// The number of its member name, where the name is known.
    pub fn name_id(self) -> Option<u16> {
        let name = self.entry().name;
        (name != UNKNOWN_NAME).then_some(name)
    }

    /// Where its member name stands in the text, quotes included.
    pub fn name_span(self) -> Option<Span> {
        let entry = self.entry();
        (entry.key_start != NONE).then(|| Span {
            start: entry.key_start.saturating_sub(1),
            end: entry.key_end + 1,
        })
    }

    /// How it is reached from its parent; none for the root. Costs a scan of the siblings for items.
    pub fn key(self) -> Option<Key<'d>> {
        let parent = self.parent()?;
        if let Some(name) = self.name() {
            return Some(Key::Name(name));
        }
        parent.items().position(|item| item.index == self.index).map(Key::Index)
    }

    /// Children in document order, whatever the container.
    fn children(self) -> Children<'d> {
        self.children_if(|kind| matches!(kind, Kind::Array | Kind::Object))
    }

    /// Children in document order; none of what is of another kind.
    fn children_if(self, is_meant: impl Fn(Kind) -> bool) -> Children<'d> {
        let entry = self.entry();
        let end = if is_meant(entry.kind) {
            entry.next
        } else {
            self.index + 1
        };
        Children {
            document: self.document,
            at: self.index + 1,
            end,
        }
    }

    /// The members of an object, in document order, second ones of a duplicate name included; none for other values.
    pub fn members(self) -> impl Iterator<Item = Member<'d>> {
        let children = self.children_if(|kind| kind == Kind::Object);
        children.map(|node| Member {
            name: node.name().unwrap_or_default(),
            name_id: node.name_id(),
            node,
        })
    }

    /// The items of an array; none for other values.
    pub fn items(self) -> impl Iterator<Item = Node<'d>> {
        self.children_if(|kind| kind == Kind::Array)
    }

    /// How many members or items it has.
    pub fn len(self) -> usize {
        self.children().count()
    }

    /// Whether it has no members or items.
    pub fn is_empty(self) -> bool {
        self.children().next().is_none()
    }

    /// The value of the first member called `name`.
    pub fn get(self, name: &str) -> Option<Node<'d>> {
        self.members()
            .find(|member| member.name == name)
            .map(|member| member.node)
    }

    /// The item of that index.
    pub fn at(self, index: usize) -> Option<Node<'d>> {
        self.items().nth(index)
    }

    /// Its JSON Pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)). Of very long names the beginning is kept:
    /// there is one for each finding.
    pub fn pointer(self) -> String {
        let mut keys = Vec::new();
        let mut node = self;
        while let (Some(parent), Some(key)) = (node.parent(), node.key()) {
            keys.push(key);
            node = parent;
        }
        keys.iter().rev().fold(String::new(), |pointer, key| match key {
            Key::Name(name) => format!("{pointer}/{}", escape_token(&shortened(name, MAX_NAME))),
            Key::Index(index) => format!("{pointer}/{index}"),
        })
    }
}

impl PartialEq for Node<'_> {
    /// The same place of the same document.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.document, other.document) && self.index == other.index
    }
}

impl Eq for Node<'_> {}

impl std::hash::Hash for Node<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        std::ptr::hash(self.document, state);
        self.index.hash(state);
    }
}

impl std::fmt::Debug for Node<'_> {
    /// Kind and place, never the value.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} at {:?}", self.kind().as_str(), self.span())
    }
}

/// Writes `name` as one token of a JSON Pointer.
pub fn escape_token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

struct Children<'d> {
    document: &'d Document<'d>,
    at: u32,
    end: u32,
}

impl<'d> Iterator for Children<'d> {
    type Item = Node<'d>;

    fn next(&mut self) -> Option<Node<'d>> {
        if self.at >= self.end {
            return None;
        }
        let node = Node {
            document: self.document,
            index: self.at,
        };
        self.at = node.entry().next;
        Some(node)
    }
}

fn side_text(table: &[(u32, Box<str>)], node: u32) -> Option<&str> {
    table
        .binary_search_by_key(&node, |(owner, _)| *owner)
        .ok()
        .map(|at| &*table[at].1)
}
