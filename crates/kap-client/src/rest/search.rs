//! Searching (<https://hl7.org/fhir/R4/search.html>) without putting anybody's identifier into a URL where that can be
//! avoided.

use std::sync::atomic::Ordering;

use reqwest::Method;
use serde_json::Value;
use url::Url;

use super::client::{Client, Failure, Response};
use crate::Category;
use crate::reference;

/// Pages that a search may have before we stop believing the server.
const MOST_PAGES: usize = 200;

/// A search for resources of one type by one parameter.
pub(crate) struct Query<'a> {
    pub(crate) resource_type: &'a str,
    pub(crate) parameter: &'a str,
    pub(crate) value: &'a str,
}

impl Client {
    /// All matches. The caller checks that they are what was asked for: some servers ignore what they do not know and
    /// answer with everything.
    pub(crate) async fn search(&self, query: &Query<'_>) -> Result<Vec<Value>, Failure> {
        let mut response = self.first_page(query).await?;
        let mut matches = Vec::new();
        for _ in 0..MOST_PAGES {
            let fault = response.failure(Category::Fault);
            let mut page = response.json().ok_or_else(|| fault.clone())?;
            if page["resourceType"] != "Bundle" || page["type"] != "searchset" {
                return Err(fault);
            }
            let next = page["link"].as_array().into_iter().flatten();
            let next = next
                .filter(|link| link["relation"] == "next")
                .find_map(|link| link["url"].as_str());
            let next = next.map(|link| self.page_url(link).ok_or(fault)).transpose()?;
            for entry in page["entry"].as_array_mut().into_iter().flatten() {
                // Entries of mode `outcome` and `include` are no matches.
                let is_match = matches!(entry["search"]["mode"].as_str(), None | Some("match"));
                if is_match && entry["resource"]["resourceType"] == query.resource_type {
                    matches.push(entry["resource"].take());
                }
            }
            let Some(next) = next else {
                return Ok(matches);
            };
            response = self
                .exchange_safely(|| {
                    Ok(self
                        .request_to(Method::GET, next.clone())
                        .header("Prefer", "handling=strict"))
                })
                .await?;
        }
        Err(Failure::without_answer(Category::Fault))
    }

    async fn first_page(&self, query: &Query<'_>) -> Result<Response, Failure> {
        let parameters = [(query.parameter, query.value)];
        if self.refused_post_search.load(Ordering::Relaxed) == 0 {
            let path = format!("{}/_search", query.resource_type);
            let posted = self
                .exchange_safely(|| {
                    let request = self.request(Method::POST, &path)?;
                    Ok(request.header("Prefer", "handling=strict").form(&parameters))
                })
                .await;
            match posted {
                Err(Failure {
                    status: Some(status @ (404 | 405)),
                    ..
                }) => self.refused_post_search.store(status, Ordering::Relaxed),
                answered => return answered,
            }
        }
        self.exchange_safely(|| {
            let request = self.request(Method::GET, query.resource_type)?;
            Ok(request.header("Prefer", "handling=strict").query(&parameters))
        })
        .await
    }

    /// The URL of a further page, if it is one of our server's. Servers behind a gateway write their inner address
    /// into links: then the link's last part is taken on our base.
    fn page_url(&self, link: &str) -> Option<Url> {
        let url = self.base.join(link).ok()?;
        if url.origin() == self.base.origin() {
            return Some(url);
        }
        let path = match url.path_segments()?.next_back()? {
            name if reference::is_id(name) && name.starts_with(|first: char| first.is_ascii_uppercase()) => name,
            _ => "",
        };
        let mut own = self.base.join(path).ok()?;
        own.set_query(url.query());
        Some(own)
    }
}
