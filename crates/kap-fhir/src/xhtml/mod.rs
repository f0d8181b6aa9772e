//! The XHTML of narratives: well formed, and only what FHIR allows (<https://hl7.org/fhir/R4/narrative.html#xhtml>).

mod names;
mod scan;

use std::collections::HashSet;

use scan::{Piece, Pieces, attributes};

const NAMESPACE: &str = "http://www.w3.org/1999/xhtml";
/// Deeper than any narrative is written; what is deeper is not looked into.
const MAX_DEPTH: usize = 512;
/// More attributes than any element has.
const MAX_ATTRIBUTES: usize = 64;
/// After so many faults the rest is not read.
const MAX_FAULTS: usize = 32;

/// What is wrong with a narrative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault<'t> {
    /// It is not well-formed XML, for example because an element is not closed.
    Malformed(&'static str),
    /// Its outermost element is not one `div`.
    NotADiv,
    /// An element is not in the XHTML namespace.
    Namespace,
    /// It declares a document type, which could make a reader fetch or expand something.
    DocumentType,
    /// It has an element that may carry active content, or that HTML's text does not have.
    Element(&'t str),
    /// A block such as a table stands in a paragraph.
    Block(&'t str),
    /// An element stands where it cannot: a part of a list or table outside of one, something else directly in one, a
    /// link in a link, or anything in an element that has no content.
    Misplaced(&'t str),
    /// It has an attribute that may carry active content, or that is not one of formatting.
    Attribute {
        /// The element that has it.
        element: &'t str,
        /// Its name.
        attribute: &'t str,
    },
    /// `&name;` is no entity that is known.
    Entity(&'t str),
    /// The address of a link or image is not one: empty, with characters that no URL has, or active.
    Address(&'t str),
    /// Two places have the same id.
    DuplicateId(&'t str),
    /// It shows nothing: no text and no image.
    Empty,
}

impl Fault<'_> {
    /// Whether the narrative breaks txt-1, "only the basic html formatting elements and attributes".
    pub fn is_active(&self) -> bool {
        matches!(self, Fault::Element(_) | Fault::Attribute { .. } | Fault::DocumentType)
    }
}

/// A place in a narrative that leads somewhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link<'t> {
    /// The `href` of a link.
    Href(&'t str),
    /// The `src` of an image.
    Image(&'t str),
}

/// Checks the text of a narrative's `div`; the first fault found.
pub fn check(text: &str) -> Result<(), Fault<'_>> {
    faults(text).into_iter().next().map_or(Ok(()), Err)
}

/// Every fault of a narrative's `div`, in the order of the text. A text that is not well formed is read no further.
pub fn faults(text: &str) -> Vec<Fault<'_>> {
    let mut reader = Reader {
        open: Vec::new(),
        faults: Vec::new(),
        ids: HashSet::new(),
        is_shown: false,
        is_over: false,
        is_stopped: false,
    };
    for piece in Pieces::of(text.trim()) {
        reader.piece(piece);
        if reader.is_stopped || reader.faults.len() >= MAX_FAULTS {
            return reader.faults;
        }
    }
    if !reader.open.is_empty() {
        reader.malformed("an element is not closed");
    } else if !reader.is_over {
        reader.fault(Fault::NotADiv);
    }
    if !reader.is_shown && reader.faults.is_empty() {
        reader.fault(Fault::Empty);
    }
    reader.faults
}

/// The links and images of a narrative.
pub fn links(text: &str) -> impl Iterator<Item = Link<'_>> {
    let tags = Pieces::of(text).filter_map(|piece| match piece {
        Piece::Open { name, attributes, .. } => Some((name, attributes)),
        _ => None,
    });
    tags.filter_map(|(name, text)| match name {
        "a" | "area" => value_of(text, "href").map(Link::Href),
        "img" => value_of(text, "src").map(Link::Image),
        _ => None,
    })
}

/// The places of a narrative that links can lead to: ids, and names of anchors.
pub fn anchors(text: &str) -> impl Iterator<Item = &str> {
    let tags = Pieces::of(text).filter_map(|piece| match piece {
        Piece::Open { name, attributes, .. } => Some((name, attributes)),
        _ => None,
    });
    tags.flat_map(|(name, attributes)| {
        let anchor = (name == "a").then(|| value_of(attributes, "name")).flatten();
        [value_of(attributes, "id"), anchor].into_iter().flatten()
    })
}

/// The value of an attribute of the outermost element, for example `lang`.
pub fn root_attribute<'t>(text: &'t str, attribute: &str) -> Option<&'t str> {
    match Pieces::of(text.trim_start()).next()? {
        Piece::Open { attributes, .. } => value_of(attributes, attribute),
        _ => None,
    }
}

fn value_of<'t>(text: &'t str, attribute: &str) -> Option<&'t str> {
    let found = attributes(text).flatten().find(|(name, _)| *name == attribute);
    found.map(|(_, value)| value)
}

struct Reader<'t> {
    open: Vec<&'t str>,
    faults: Vec<Fault<'t>>,
    ids: HashSet<&'t str>,
    /// Text or an image was met.
    is_shown: bool,
    /// The outermost element is closed.
    is_over: bool,
    /// The rest is not worth reading.
    is_stopped: bool,
}

impl<'t> Reader<'t> {
    fn fault(&mut self, fault: Fault<'t>) {
        self.faults.push(fault);
    }

    fn malformed(&mut self, what: &'static str) {
        if !self.faults.iter().any(|fault| matches!(fault, Fault::Malformed(_))) {
            self.fault(Fault::Malformed(what));
        }
    }

    fn piece(&mut self, piece: Piece<'t>) {
        match piece {
            Piece::Text(text) => {
                self.text(text);
                self.entities(text);
            }
            Piece::Data(text) => self.text(text),
            Piece::Open {
                name,
                attributes,
                is_empty,
            } => {
                self.element(name, attributes);
                if !is_empty {
                    self.open.push(name);
                } else if self.open.is_empty() {
                    self.is_over = true;
                }
            }
            Piece::Close(name) => {
                if self.open.pop() != Some(name) {
                    self.malformed("a closing tag does not match its opening tag");
                }
                self.is_over |= self.open.is_empty();
            }
            Piece::DocumentType => self.fault(Fault::DocumentType),
            Piece::Malformed(what) => {
                self.open.clear();
                self.is_over = true;
                self.malformed(what);
            }
        }
    }

    fn text(&mut self, text: &'t str) {
        let is_blank = text.trim().is_empty();
        if self.open.is_empty() && !is_blank {
            self.fault(Fault::NotADiv);
        }
        if let Some(holder) = self.open.last().filter(|_| !is_space(text))
            && (names::holds_parts(holder) || names::is_void(holder))
        {
            self.fault(Fault::Misplaced(holder));
        }
        self.is_shown |= !is_blank;
    }

    fn element(&mut self, name: &'t str, text: &'t str) {
        let is_root = self.open.is_empty();
        if is_root && (name != "div" || self.is_over) {
            self.fault(Fault::NotADiv);
        } else if !names::is_element(name) {
            self.fault(Fault::Element(name));
        }
        if self.open.len() > MAX_DEPTH {
            self.is_stopped = true;
            return self.malformed("elements are nested deeper than any narrative needs");
        }
        if names::is_block_in_text(name, &self.open) {
            self.fault(Fault::Block(name));
        }
        let is_misplaced = self.open.last().is_some_and(|parent| names::is_misplaced(name, parent));
        if is_misplaced || (name == "a" && self.open.contains(&"a")) {
            self.fault(Fault::Misplaced(name));
        }
        self.is_shown |= name == "img";
        let mut namespace = None;
        for (index, attribute) in attributes(text).enumerate() {
            let Some((attribute, value)) = attribute else {
                return self.malformed("an attribute is not written `name=\"value\"`");
            };
            if index >= MAX_ATTRIBUTES {
                self.is_stopped = true;
                return self.malformed("an element has more attributes than there are");
            }
            if attributes(text)
                .take(index)
                .flatten()
                .any(|(earlier, _)| earlier == attribute)
            {
                self.malformed("an element has an attribute twice");
            }
            if attribute == "xmlns" {
                namespace = Some(value);
            }
            self.attribute(name, attribute, value);
        }
        if namespace.map_or(is_root, |namespace| namespace != NAMESPACE) {
            self.fault(Fault::Namespace);
        }
    }

    fn attribute(&mut self, element: &'t str, attribute: &'t str, value: &'t str) {
        self.entities(value);
        if !names::is_attribute(element, attribute) {
            self.fault(Fault::Attribute { element, attribute });
        }
        if attribute == "id" && !self.ids.insert(value) {
            self.fault(Fault::DuplicateId(value));
        }
        let is_active = {
            let start = value.trim_start().get(..11).unwrap_or_default();
            start.eq_ignore_ascii_case("javascript:")
                || start
                    .get(..9)
                    .is_some_and(|start| start.eq_ignore_ascii_case("vbscript:"))
        };
        if is_active {
            self.fault(Fault::Attribute { element, attribute });
        } else if matches!((element, attribute), ("a", "href") | ("img", "src")) && !is_address(value) {
            self.fault(Fault::Address(value));
        }
    }

    /// Every `&` begins a character reference or an entity.
    fn entities(&mut self, text: &'t str) {
        for rest in text.split('&').skip(1) {
            match rest.split_once(';') {
                Some((name, _)) if names::is_entity(name) => {}
                Some((name, _)) if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
                    self.fault(Fault::Entity(name));
                }
                _ => self.malformed("`&` does not begin an entity such as `&amp;`"),
            }
        }
    }
}

/// Whether a text is white space, which may be written as character references.
fn is_space(text: &str) -> bool {
    let mut rest = text.trim_start();
    while let Some((number, after)) = rest.strip_prefix("&#").and_then(|rest| rest.split_once(';')) {
        if !matches!(
            number,
            "9" | "10" | "13" | "32" | "160" | "x9" | "xA" | "xD" | "x20" | "xA0"
        ) {
            return false;
        }
        rest = after.trim_start();
    }
    rest.is_empty()
}

/// Whether the address of a link or image can be a URL; relative ones can. A URN names something and leads nowhere.
fn is_address(url: &str) -> bool {
    if url.starts_with("urn:") || url.starts_with("cid:") {
        return false;
    }
    if let Some(data) = url.strip_prefix("data:") {
        return data.split_once(',').is_some_and(|(kind, content)| {
            !content.is_empty() && (!kind.ends_with(";base64") || crate::base64::decode(content).is_some())
        });
    }
    let is_forbidden = |character: char| character.is_whitespace() || "\"<>\\^`{}".contains(character);
    !url.is_empty() && !url.contains(is_forbidden)
}
