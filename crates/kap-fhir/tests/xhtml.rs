//! Narratives: what FHIR allows in their XHTML.

use std::fmt::Write as _;

use kap_fhir::xhtml::{Fault, Link, anchors, check, faults, links, root_attribute};

fn div(content: &str) -> String {
    format!(r#"<div xmlns="http://www.w3.org/1999/xhtml">{content}</div>"#)
}

#[test]
fn formatting_is_allowed() {
    for content in [
        "text",
        "<p>a<br/>b</p>",
        "<table border='1'><tbody><tr><td>1 &lt; 2 &#160;</td></tr></tbody></table>",
        r##"<a href="#x" title="5 > 4">link</a><!-- <script> -->"##,
        r#"<img src="x.png" alt="photo"/>"#,
        "<![CDATA[ a < b ]]>text",
    ] {
        assert_eq!(check(&div(content)), Ok(()), "{content}");
    }
    assert_eq!(check(&format!("\n {} \n", div("text"))), Ok(()));
}

#[test]
fn active_content_is_not() {
    for (content, name) in [
        ("<script>x</script>", "script"),
        ("<form>x</form>", "form"),
        ("<iframe/>", "iframe"),
        ("<object/>", "object"),
        ("<ins>x</ins>", "ins"),
        ("<unheard-of>x</unheard-of>", "unheard-of"),
    ] {
        assert_eq!(check(&div(content)), Err(Fault::Element(name)), "{content}");
    }
    for (content, element, attribute) in [
        (r#"<p onclick="x">x</p>"#, "p", "onclick"),
        (r#"<a href=" JavaScript:x">x</a>"#, "a", "href"),
        (r#"<table><tr idref="x"/></table>x"#, "tr", "idref"),
    ] {
        assert_eq!(
            check(&div(content)),
            Err(Fault::Attribute { element, attribute }),
            "{content}"
        );
    }
}

#[test]
fn parts_of_lists_and_tables_have_their_places() {
    for content in [
        "<ul><li>1<ul><li>a</li></ul></li></ul>",
        "<b><p>1</p></b>",
        "<dl>&#9;<dt>a</dt>\n&#10; <dd>b</dd></dl>",
        "<table><colgroup><col/></colgroup> <tr><td>1<br></br></td></tr></table>",
    ] {
        assert_eq!(check(&div(content)), Ok(()), "{content}");
    }
    for (content, element) in [
        ("<li>1</li>", "li"),
        ("<ul><p>1</p></ul>", "p"),
        ("<ol>1<li>2</li></ol>", "ol"),
        ("<table><td>1</td></table>", "td"),
        ("<p>1<br>2</br></p>", "br"),
        (r#"1<img src="x"><b>2</b></img>"#, "b"),
        ("<a>1<i><a>2</a></i></a>", "a"),
    ] {
        assert_eq!(check(&div(content)), Err(Fault::Misplaced(element)), "{content}");
    }
}

#[test]
fn markup_is_well_formed() {
    for content in [
        "<p>x",
        "</p>x",
        "<p>x</b></p>",
        "<p title=x>x</p>",
        "<p title>x</p>",
        "a & b",
        "&;",
        "<p ",
        "<!-- x",
    ] {
        assert!(
            matches!(check(&div(content)), Err(Fault::Malformed(_))),
            "{content}: {:?}",
            check(&div(content))
        );
    }
}

#[test]
fn one_div_in_the_namespace() {
    for text in ["", "text", r#"<p xmlns="http://www.w3.org/1999/xhtml">x</p>"#] {
        assert_eq!(check(text), Err(Fault::NotADiv), "{text}");
    }
    for text in [
        "<div>x</div>",
        r#"<div xmlns="http://example.org">x</div>"#,
        r#"<div xmlns="http://www.w3.org/1999/xhtml"><p xmlns="urn:x">x</p></div>"#,
    ] {
        assert_eq!(check(text), Err(Fault::Namespace), "{text}");
    }
    assert_eq!(check(&format!("{0}{0}", div("x"))), Err(Fault::NotADiv));
}

#[test]
fn something_is_shown() {
    assert_eq!(check(&div(" <p> </p> ")), Err(Fault::Empty));
    assert_eq!(check(&div("<!-- x -->")), Err(Fault::Empty));
}

#[test]
fn every_fault_is_found() {
    let text = div(
        r#"<p id="a"><table><tr idref="b"><td>&nbsp;&nope;</td></tr></table></p><p id="a"/><a href="">x</a><img src="data:x"/>"#,
    );
    assert_eq!(
        faults(&text),
        [
            Fault::Block("table"),
            Fault::Attribute {
                element: "tr",
                attribute: "idref"
            },
            Fault::Entity("nope"),
            Fault::DuplicateId("a"),
            Fault::Address(""),
            Fault::Address("data:x"),
        ]
    );
    assert_eq!(faults(&format!("<!DOCTYPE html>{}", div("x"))), [Fault::DocumentType]);
}

#[test]
fn links_and_the_places_they_lead_to() {
    let text = div(r##"<a name="top">x</a><p id="p">y</p><a href="#p">y</a><img src="#q" alt="z"/>"##);
    let found: Vec<_> = links(&text).collect();
    assert_eq!(found, [Link::Href("#p"), Link::Image("#q")]);
    let places: Vec<_> = anchors(&text).collect();
    assert_eq!(places, ["top", "p"]);
    assert_eq!(root_attribute(&text, "xmlns"), Some("http://www.w3.org/1999/xhtml"));
    assert_eq!(root_attribute(&text, "lang"), None);
}

#[test]
fn hostile_narratives_take_no_time() {
    let deep = format!(
        "{}{}",
        r#"<div xmlns="http://www.w3.org/1999/xhtml">"#,
        "<p>".repeat(300_000)
    );
    assert!(faults(&deep).len() <= 40);
    let wide = div(&format!("<p {}>x</p>", r#"a="b" "#.repeat(200_000)));
    assert!(!faults(&wide).is_empty());
    let mut ids = String::new();
    for id in 0..50_000 {
        let _ = write!(ids, r#"<p id="{id}">x</p>"#);
    }
    assert_eq!(faults(&div(&ids)), []);
}
