//! The links of a bundle (<https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.link>).

use std::collections::HashSet;

use kap_json::{Message, Node};

use super::super::walk::Walk;
use super::text;
use crate::codes;

/// Relations that lead from page to page.
const PAGES: [&str; 5] = ["first", "previous", "prev", "next", "last"];

pub(super) fn check<'c>(walk: &mut Walk<'c>, bundle: Node<'c>, kind: &str) {
    let Some(links) = bundle.get("link") else { return };
    let has_pages = matches!(kind, "searchset" | "history" | "");
    let mut met = HashSet::new();
    for link in links.items() {
        let Some(relation) = text(link, "relation") else {
            continue;
        };
        let node = link.get("relation").unwrap_or(link);
        let is_page = PAGES.contains(&relation);
        if is_page && !has_pages {
            let message = || {
                Message::text(format!(
                    "only a searchset or history has pages, so no link `{relation}`"
                ))
            };
            walk.report(&codes::BUNDLE_LINK_PAGE, node, message, None);
        } else if (is_page || relation == "self") && !met.insert(relation) {
            let message = || Message::text(format!("the bundle has another link `{relation}`"));
            walk.report(&codes::BUNDLE_LINK_DUPLICATE, node, message, None);
        }
    }
}
