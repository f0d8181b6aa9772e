//! Text that could do harm where it is shown, and addresses that are only for examples
//! (<https://hl7.org/fhir/R4/security.html#narrative>).

use kap_fhir::Primitive;
use kap_json::{Message, Node, Severity};

use super::walk::Walk;
use crate::codes;
use crate::plan::view::ElementView;

/// Domains that are reserved for examples (RFC 2606), and the company of every other FHIR example.
const EXAMPLE_DOMAINS: [&str; 6] = [
    "example.org",
    "example.com",
    "example.net",
    "example.edu",
    "acme.com",
    "acme.org",
];

/// A text in which something looks like an HTML tag. Markdown may hold HTML, unless the caller asks for security.
pub(super) fn markup<'c>(
    walk: &mut Walk<'c>,
    node: Node<'c>,
    text: &str,
    primitive: Primitive,
    element: ElementView<'c>,
) {
    let strict = walk.options.security_checks;
    if (strict || primitive != Primitive::Markdown) && has_tag(text) {
        let severity = if strict { Severity::Error } else { Severity::Information };
        let message = || Message::text("the text has what looks like an HTML tag");
        walk.report_as(&codes::SECURITY_MARKUP, severity, node, message, Some(element));
    }
}

/// Whether `<name …>` or `</name>` stands in the text.
fn has_tag(text: &str) -> bool {
    text.split('<').skip(1).any(|rest| {
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let name = rest
            .find(|inside: char| !inside.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        let begins = rest.starts_with(|first: char| first.is_ascii_alphabetic());
        let ends = rest
            .get(name..)
            .is_some_and(|after| after.starts_with(['>', '/']) || after.starts_with(char::is_whitespace));
        begins && ends && rest.contains('>')
    })
}

/// Whether a URL is one of a domain that is reserved for examples.
pub(super) fn is_example(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else {
        return false;
    };
    let host = rest.split(['/', '?', '#', '|', ':']).next().unwrap_or(rest);
    let is_below = |domain: &str| {
        host.strip_suffix(domain)
            .is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    EXAMPLE_DOMAINS.into_iter().any(is_below) || host.ends_with(".example")
}

#[cfg(test)]
mod tests {
    use super::{has_tag, is_example};

    #[test]
    fn tags_are_told_from_comparisons_and_addresses() {
        for text in [
            "a <b>c</b>",
            "<script>alert(1)</script>",
            "<img src='x' />",
            "</p>",
            "x<br/>",
        ] {
            assert!(has_tag(text), "{text}");
        }
        for text in ["a < b and c > d", "5<6>4", "Ann <ann@clinic.test>", "<>", "x <y", "<3"] {
            assert!(!has_tag(text), "{text}");
        }
    }

    #[test]
    fn example_domains_are_known_by_their_end() {
        for url in [
            "http://example.org/x",
            "https://fhir.example.com",
            "http://a.example|1",
            "http://acme.com:80/",
        ] {
            assert!(is_example(url), "{url}");
        }
        for url in [
            "http://myexample.org/",
            "http://hl7.org/example.org",
            "urn:oid:1.2.3",
            "example.org",
        ] {
            assert!(!is_example(url), "{url}");
        }
    }
}
