//! The names that a narrative may use (<https://hl7.org/fhir/R4/narrative.html#xhtml>): "the basic HTML formatting
//! elements described in chapters 7-11 (except section 4 of chapter 9) and 15 of the HTML 4.0 standard, `<a>` elements
//! (either name or href), images and internally contained style attributes".

/// The elements, in order.
const ELEMENTS: [&str; 58] = [
    "a",
    "abbr",
    "acronym",
    "address",
    "area",
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
    "kbd",
    "li",
    "map",
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
    "u",
    "ul",
    "var",
];

/// The attributes that any element may have, in order.
const ATTRIBUTES: [&str; 24] = [
    "abbr",
    "accesskey",
    "align",
    "axis",
    "char",
    "charoff",
    "class",
    "colspan",
    "dir",
    "headers",
    "height",
    "id",
    "lang",
    "rowspan",
    "scope",
    "span",
    "style",
    "tabindex",
    "title",
    "valign",
    "width",
    "xml:lang",
    "xml:space",
    "xmlns",
];

/// The attributes of one element, as `element.attribute`, in order.
const ELEMENT_ATTRIBUTES: [&str; 52] = [
    "a.charset",
    "a.coords",
    "a.href",
    "a.hreflang",
    "a.name",
    "a.rel",
    "a.rev",
    "a.shape",
    "a.target",
    "a.type",
    "area.alt",
    "area.coords",
    "area.href",
    "area.nohref",
    "area.shape",
    "blockquote.cite",
    "br.clear",
    "dl.compact",
    "font.color",
    "font.face",
    "font.size",
    "hr.noshade",
    "hr.size",
    "img.alt",
    "img.border",
    "img.hspace",
    "img.ismap",
    "img.longdesc",
    "img.name",
    "img.src",
    "img.usemap",
    "img.vspace",
    "li.type",
    "li.value",
    "map.name",
    "ol.compact",
    "ol.start",
    "ol.type",
    "q.cite",
    "table.bgcolor",
    "table.border",
    "table.cellpadding",
    "table.cellspacing",
    "table.frame",
    "table.rules",
    "table.summary",
    "td.bgcolor",
    "td.nowrap",
    "th.bgcolor",
    "th.nowrap",
    "tr.bgcolor",
    "ul.type",
];

/// The elements that do not stand in a paragraph.
const BLOCKS: [&str; 6] = ["blockquote", "div", "ol", "p", "table", "ul"];

/// The elements of text, in which no block stands but a paragraph, as readers have come to accept.
const TEXT: [&str; 26] = [
    "a", "abbr", "acronym", "b", "big", "cite", "code", "dfn", "em", "font", "i", "kbd", "p", "q", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "bdo",
];

pub(super) fn is_element(name: &str) -> bool {
    ELEMENTS.binary_search(&name).is_ok()
}

fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Whether an element cannot stand directly in another one: the parts of lists and tables have their places, and these
/// hold nothing else (<https://www.w3.org/TR/html4/struct/lists.html>, <https://www.w3.org/TR/html4/struct/tables.html>).
pub(super) fn is_misplaced(name: &str, parent: &str) -> bool {
    let wanted: &[&str] = match name {
        "li" => &["ul", "ol"],
        "dt" | "dd" => &["dl"],
        "caption" | "thead" | "tbody" | "tfoot" | "colgroup" => &["table"],
        "col" => &["table", "colgroup"],
        "tr" => &["table", "thead", "tbody", "tfoot"],
        "td" | "th" => &["tr"],
        _ => return holds_parts(parent) || is_void(parent),
    };
    !wanted.contains(&parent)
}

/// Whether an element holds only parts of its own, and so no text.
pub(super) fn holds_parts(name: &str) -> bool {
    matches!(
        name,
        "ul" | "ol" | "dl" | "table" | "thead" | "tbody" | "tfoot" | "colgroup" | "tr"
    )
}

/// Whether an element never has content.
pub(super) fn is_void(name: &str) -> bool {
    matches!(name, "area" | "br" | "col" | "hr" | "img")
}

/// Whether a block stands in text: anywhere in it, however deep.
pub(super) fn is_block_in_text(name: &str, open: &[&str]) -> bool {
    is_block(name)
        && open
            .iter()
            .any(|holder| *holder == "p" || (name != "p" && TEXT.contains(holder)))
}

pub(super) fn is_attribute(element: &str, attribute: &str) -> bool {
    let of_element = |known: &&str| known.split_once('.') == Some((element, attribute));
    ATTRIBUTES.binary_search(&attribute).is_ok()
        || attribute.starts_with("xmlns:")
        || ELEMENT_ATTRIBUTES.iter().any(of_element)
}

/// Whether `&name;` is a character reference or one of HTML's entities.
pub(super) fn is_entity(name: &str) -> bool {
    match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            code.is_ok_and(|code| char::from_u32(code).is_some())
        }
        None => name == "apos" || ENTITIES.split(' ').any(|known| known == name),
    }
}

/// The entities of HTML 4.0 (<https://www.w3.org/TR/html4/sgml/entities.html>).
const ENTITIES: &str = "\
    AElig Aacute Acirc Agrave Alpha Aring Atilde Auml Beta Ccedil Chi Dagger Delta ETH Eacute Ecirc Egrave Epsilon \
    Eta Euml Gamma Iacute Icirc Igrave Iota Iuml Kappa Lambda Mu Ntilde Nu OElig Oacute Ocirc Ograve Omega Omicron \
    Oslash Otilde Ouml Phi Pi Prime Psi Rho Scaron Sigma THORN Tau Theta Uacute Ucirc Ugrave Upsilon Uuml Xi Yacute \
    Yuml Zeta aacute acirc acute aelig agrave alefsym alpha amp and ang aring asymp atilde auml bdquo beta brvbar \
    bull cap ccedil cedil cent chi circ clubs cong copy crarr cup curren dArr dagger darr deg delta diams divide \
    eacute ecirc egrave empty emsp ensp epsilon equiv eta eth euml euro exist fnof forall frac12 frac14 frac34 frasl \
    gamma ge gt hArr harr hearts hellip iacute icirc iexcl igrave image infin int iota iquest isin iuml kappa lArr \
    lambda lang laquo larr lceil ldquo le lfloor lowast loz lrm lsaquo lsquo lt macr mdash micro middot minus mu \
    nabla nbsp ndash ne ni not notin nsub ntilde nu oacute ocirc oelig ograve oline omega omicron oplus or ordf ordm \
    oslash otilde otimes ouml para part permil perp phi pi piv plusmn pound prime prod prop psi quot rArr radic rang \
    raquo rarr rceil rdquo real reg rfloor rho rlm rsaquo rsquo sbquo scaron sdot sect shy sigma sigmaf sim spades \
    sub sube sum sup sup1 sup2 sup3 supe szlig tau there4 theta thetasym thinsp thorn tilde times trade uArr uacute \
    uarr ucirc ugrave uml upsih upsilon uuml weierp xi yacute yen yuml zeta zwj zwnj";

#[cfg(test)]
mod tests {
    #[test]
    fn tables_are_in_order() {
        assert!(super::ELEMENTS.is_sorted());
        assert!(super::ATTRIBUTES.is_sorted());
        assert!(super::ELEMENT_ATTRIBUTES.is_sorted());
    }
}
