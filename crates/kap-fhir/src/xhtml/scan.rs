//! XML text to tags and the text between them, as far as XHTML in a narrative needs it.

/// One piece of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// An opening tag, or an element that closes itself.
    Open {
        name: &'t str,
        attributes: &'t str,
        is_empty: bool,
    },
    /// A closing tag.
    Close(&'t str),
    /// Text between tags.
    Text(&'t str),
    /// A CDATA section: text in which `&` means itself.
    Data(&'t str),
    /// `<!DOCTYPE …>`
    DocumentType,
    /// The text is not well-formed here; nothing follows.
    Malformed(&'static str),
}

/// The pieces of a text, comments left out.
#[derive(Clone, Debug)]
pub(super) struct Pieces<'t> {
    rest: &'t str,
}

impl<'t> Pieces<'t> {
    pub(super) fn of(text: &'t str) -> Pieces<'t> {
        Pieces { rest: text }
    }

    fn malformed(&mut self, what: &'static str) -> Piece<'t> {
        self.rest = "";
        Piece::Malformed(what)
    }

    /// An opening or closing tag; a quoted `>` does not end it.
    fn tag(&mut self) -> Option<Piece<'t>> {
        let mut quote = None;
        let end = self.rest.bytes().position(|byte| match (quote, byte) {
            (None, b'"' | b'\'') => {
                quote = Some(byte);
                false
            }
            (Some(open), _) => {
                if open == byte {
                    quote = None;
                }
                false
            }
            (None, b'>') => true,
            _ => false,
        });
        let Some(end) = end else {
            return Some(self.malformed("a tag is not closed"));
        };
        let (inner, rest) = (self.rest.get(1..end)?, self.rest.get(end + 1..)?);
        self.rest = rest;
        if let Some(name) = inner.strip_prefix('/') {
            return Some(Piece::Close(name.trim_end()));
        }
        let (inner, is_empty) = match inner.strip_suffix('/') {
            Some(inner) => (inner, true),
            None => (inner, false),
        };
        let length = inner.find(char::is_whitespace).unwrap_or(inner.len());
        let (name, attributes) = inner.split_at(length);
        Some(Piece::Open {
            name,
            attributes,
            is_empty,
        })
    }
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if let Some(comment) = self.rest.strip_prefix("<!--") {
                match comment.split_once("-->") {
                    Some((_, rest)) => self.rest = rest,
                    None => return Some(self.malformed("a comment is not closed")),
                }
            } else if let Some(data) = self.rest.strip_prefix("<![CDATA[") {
                let Some((text, rest)) = data.split_once("]]>") else {
                    return Some(self.malformed("a CDATA section is not closed"));
                };
                self.rest = rest;
                return Some(Piece::Data(text));
            } else if self.rest.starts_with("<!") {
                self.rest = self.rest.split_once('>').map_or("", |(_, rest)| rest);
                return Some(Piece::DocumentType);
            } else if self.rest.starts_with("<?") {
                return Some(self.malformed("a processing instruction stands in a narrative"));
            } else if self.rest.starts_with('<') {
                return self.tag();
            } else {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                return Some(Piece::Text(text));
            }
        }
    }
}

/// An attribute with its value, or `None` where it is not written `name="value"`; nothing follows that.
pub(super) fn attributes(text: &str) -> impl Iterator<Item = Option<(&str, &str)>> {
    let mut rest = text.trim_start();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let found = attribute(rest);
        rest = found.map_or("", |(_, _, after)| after.trim_start());
        Some(found.map(|(name, value, _)| (name, value)))
    })
}

fn attribute(text: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = text.split_once('=')?;
    let name = name.trim_end();
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (value, after) = rest.get(1..)?.split_once(quote)?;
    let is_name = !name.is_empty() && !name.contains(|inside: char| inside.is_whitespace() || "<>\"'".contains(inside));
    (is_name && !value.contains('<')).then_some((name, value, after))
}
