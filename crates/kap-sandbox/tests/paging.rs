//! Pages: together they hold everything, once.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::service::{Service, creating, patient};

/// Follows the `next` links from there on; each page is handed to `visit`.
async fn walk(service: &Service, start: &str, mut visit: impl AsyncFnMut(&Value)) {
    let mut target = Some(start.to_owned());
    while let Some(page) = target {
        let bundle = service.get(&page).await;
        visit(&bundle).await;
        let next = bundle["link"]
            .as_array()
            .expect("links")
            .iter()
            .find(|link| link["relation"] == "next");
        target = next.map(|link| link["url"].as_str().expect("an address").to_owned());
    }
}

fn ids(bundle: &Value) -> Vec<String> {
    let entries = bundle["entry"].as_array().map(Vec::as_slice).unwrap_or_default();
    entries
        .iter()
        .map(|entry| entry["resource"]["id"].as_str().expect("an id").to_owned())
        .collect()
}

#[tokio::test]
async fn a_search_walks_through_all_matches_once() {
    let service = Service::new();
    service
        .post("/fhir", &creating((0..47).map(|number| patient(&number.to_string()))))
        .await;
    for (query, pages) in [
        ("", 3),
        ("?_count=10", 5),
        ("?_count=47", 1),
        ("?_count=46", 2),
        ("?identifier=urn:mrn|&_count=9", 6),
    ] {
        let (mut seen, mut count) = (Vec::new(), 0);
        walk(&service, &format!("/fhir/Patient{query}"), async |page: &Value| {
            seen.extend(ids(page));
            count += 1;
        })
        .await;
        assert_eq!(count, pages, "{query}");
        assert_eq!(seen.len(), 47, "{query}");
        assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 47, "{query}");
    }
}

#[tokio::test]
async fn what_was_there_at_the_beginning_is_seen_though_others_write() {
    let service = Service::new();
    service
        .post("/fhir", &creating((0..10).map(|number| patient(&number.to_string()))))
        .await;
    let before: BTreeSet<_> = ids(&service.get("/fhir/Patient").await).into_iter().collect();
    let mut seen = Vec::new();
    walk(&service, "/fhir/Patient?_count=3", async |page: &Value| {
        seen.extend(ids(page));
        if seen.len() < 10 {
            service.post("/fhir/Patient", &patient("late")).await;
        }
    })
    .await;
    assert!(before.iter().all(|id| seen.contains(id)), "{seen:?}");
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), seen.len(), "nothing twice");
}

#[tokio::test]
async fn a_history_walks_through_all_versions_once() {
    let service = Service::new();
    service
        .post("/fhir", &creating((0..25).map(|number| patient(&number.to_string()))))
        .await;
    for start in [
        "/fhir/_history?_count=10",
        "/fhir/Patient/_history?_count=4",
        "/fhir/Patient/_history",
    ] {
        let mut seen = Vec::new();
        walk(&service, start, async |page: &Value| {
            assert_eq!(page["total"], 25);
            seen.extend(ids(page));
        })
        .await;
        assert_eq!(seen.len(), 25, "{start}");
        assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 25, "{start}");
    }
}
