//! The XHTML of narratives: well formed, and only the elements FHIR allows
//! (<https://hl7.org/fhir/R4/narrative.html#xhtml>).

/// What is wrong with a narrative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is not well-formed XML, for example because an element is not closed.
    Malformed(&'static str),
    /// Its outermost element is not one `div` in the XHTML namespace.
    NotADiv,
    /// It has an element that may carry active content, or that HTML's text does not have.
    Element,
    /// It has an attribute that may carry active content.
    Attribute,
    /// It shows nothing: no text and no image.
    Empty,
}

const NAMESPACE: &str = "http://www.w3.org/1999/xhtml";

/// The elements of HTML 4.0 chapters 7 to 11 (but section 4 of chapter 9) and 15, with `a` and `img`, in order.
const ELEMENTS: [&str; 55] = [
    "a",
    "abbr",
    "acronym",
    "address",
    "b",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
];
const MORE_ELEMENTS: [&str; 3] = ["u", "ul", "var"];

/// Checks the text of a narrative's `div`.
pub fn check(text: &str) -> Result<(), Fault> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text.trim();
    let mut shown = false;
    if !rest.starts_with("<div") {
        return Err(Fault::NotADiv);
    }
    while let Some(start) = rest.find('<') {
        let (before, markup) = rest.split_at(start);
        shown |= show(before)?;
        if open.is_empty() && start > 0 {
            return Err(Fault::NotADiv);
        }
        let (name, is_empty_element, after) = if let Some(skipped) = comment(markup) {
            rest = skipped?;
            continue;
        } else if let Some(closing) = markup.strip_prefix("</") {
            let (name, after) = closing.split_once('>').ok_or(UNCLOSED)?;
            if open.pop() != Some(name.trim_end()) {
                return Err(Fault::Malformed("a closing tag does not match its opening tag"));
            }
            ("", true, after)
        } else {
            tag(markup, open.is_empty())?
        };
        shown |= name == "img";
        if !is_empty_element {
            open.push(name);
        }
        rest = after;
        if open.is_empty() {
            break;
        }
    }
    match (open.is_empty(), rest.trim().is_empty(), shown) {
        (false, _, _) => Err(UNCLOSED),
        (_, false, _) => Err(Fault::NotADiv),
        (_, _, false) => Err(Fault::Empty),
        _ => Ok(()),
    }
}

const UNCLOSED: Fault = Fault::Malformed("an element is not closed");

/// What follows a comment or a CDATA section, if one begins here.
fn comment(markup: &str) -> Option<Result<&str, Fault>> {
    let (body, end) = if let Some(body) = markup.strip_prefix("<!--") {
        (body, "-->")
    } else {
        (markup.strip_prefix("<![CDATA[")?, "]]>")
    };
    Some(body.split_once(end).map(|(_, after)| after).ok_or(UNCLOSED))
}

/// Reads an opening tag: its name, whether it closes itself, and what follows.
fn tag(markup: &str, is_root: bool) -> Result<(&str, bool, &str), Fault> {
    let body = markup.get(1..).unwrap_or_default();
    let length = body
        .find(|end: char| end.is_whitespace() || matches!(end, '>' | '/'))
        .unwrap_or(body.len());
    let (name, mut rest) = body.split_at(length);
    if ELEMENTS.binary_search(&name).is_err() && !MORE_ELEMENTS.contains(&name) {
        return Err(Fault::Element);
    }
    let mut has_namespace = !is_root;
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>") {
            return if has_namespace {
                Ok((name, true, after))
            } else {
                Err(Fault::NotADiv)
            };
        }
        if let Some(after) = rest.strip_prefix('>') {
            return if has_namespace {
                Ok((name, false, after))
            } else {
                Err(Fault::NotADiv)
            };
        }
        let (attribute, value, after) = attribute(rest)?;
        has_namespace |= attribute == "xmlns" && value == NAMESPACE;
        let active = attribute.starts_with("on") || value.trim_start().to_ascii_lowercase().starts_with("javascript:");
        if active {
            return Err(Fault::Attribute);
        }
        rest = after;
    }
}

/// Reads `name="value"` or `name='value'`.
fn attribute(text: &str) -> Result<(&str, &str, &str), Fault> {
    let wrong = Fault::Malformed("an attribute is not written `name=\"value\"`");
    let (name, rest) = text.split_once('=').ok_or(wrong)?;
    let name = name.trim_end();
    let rest = rest.trim_start();
    let quote = rest
        .chars()
        .next()
        .filter(|quote| matches!(quote, '"' | '\''))
        .ok_or(wrong)?;
    let (value, after) = rest.get(1..).and_then(|rest| rest.split_once(quote)).ok_or(wrong)?;
    let plain =
        !name.is_empty() && !name.contains(|inside: char| inside.is_whitespace() || matches!(inside, '<' | '>'));
    if !plain || value.contains('<') {
        return Err(wrong);
    }
    entities(value)?;
    Ok((name, value, after))
}

/// Whether text between tags shows something.
fn show(text: &str) -> Result<bool, Fault> {
    entities(text)?;
    Ok(!text.trim().is_empty())
}

/// Every `&` must begin a character reference or a named entity.
fn entities(text: &str) -> Result<(), Fault> {
    let is_name =
        |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#');
    let well_formed = text
        .split('&')
        .skip(1)
        .all(|rest| rest.split_once(';').is_some_and(|(name, _)| is_name(name)));
    if well_formed {
        Ok(())
    } else {
        Err(Fault::Malformed("`&` does not begin an entity such as `&amp;`"))
    }
}
