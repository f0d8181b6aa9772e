//! The links of a bundle (<https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.link>).

use kap_json::{Message, Node};

use super::super::walk::Walk;
use super::text;
use crate::codes;

/// Relations that lead from page to page.
const PAGES: [&str; 5] = ["first", "previous", "prev", "next", "last"];

pub(super) fn check<'c>(walk: &mut Walk<'c>, bundle: Node<'c>, kind: &str) {
    let Some(links) = bundle.get("link") else { return };
    let has_pages = matches!(kind, "searchset" | "history" | "");
    for (index, link) in links.items().enumerate() {
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
        } else if (is_page || relation == "self")
            && links
                .items()
                .take(index)
                .any(|earlier| text(earlier, "relation") == Some(relation))
        {
            let message = || Message::text(format!("the bundle has another link `{relation}`"));
            walk.report(&codes::BUNDLE_LINK_DUPLICATE, node, message, None);
        }
    }
}
