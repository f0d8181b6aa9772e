//! Narratives: what FHIR allows in their XHTML.

use kap_fhir::xhtml::{Fault, check};

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
    for content in [
        "<script>x</script>",
        "<form>x</form>",
        "<iframe/>",
        "<object/>",
        "<unheard-of>x</unheard-of>",
    ] {
        assert_eq!(check(&div(content)), Err(Fault::Element), "{content}");
    }
    for content in [r#"<p onclick="x">x</p>"#, r#"<a href=" JavaScript:x">x</a>"#] {
        assert_eq!(check(&div(content)), Err(Fault::Attribute), "{content}");
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
    for text in [
        "",
        "text",
        "<p>x</p>",
        "<div>x</div>",
        r#"<div xmlns="http://example.org">x</div>"#,
    ] {
        assert_eq!(check(text), Err(Fault::NotADiv), "{text}");
    }
    assert_eq!(check(&format!("{0}{0}", div("x"))), Err(Fault::NotADiv));
}

#[test]
fn something_is_shown() {
    assert_eq!(check(&div(" <p> </p> ")), Err(Fault::Empty));
    assert_eq!(check(&div("<!-- x -->")), Err(Fault::Empty));
}
