//! The capability statement keeps its word.

use serde_json::{Value, json};

use axum::body::Body;
use axum::http::Request;

use crate::service::Service;

/// Every type and parameter of the statement is stored and searched, in strict handling.
#[tokio::test]
async fn every_parameter_of_the_statement_is_searchable() {
    let service = Service::new();
    let statement = service.get("/fhir/metadata").await;
    let resources = statement["rest"][0]["resource"].as_array().expect("resources");
    assert_eq!(resources.len(), 39);
    for resource in resources {
        let type_name = resource["type"].as_str().expect("a type");
        let created = service
            .post(&format!("/fhir/{type_name}"), &json!({ "resourceType": type_name }))
            .await;
        assert_eq!(created.status, 201, "{}", created.body);
        for parameter in resource["searchParam"].as_array().expect("parameters") {
            let name = parameter["name"].as_str().expect("a name");
            let value = if parameter["type"] == "date" { "1900" } else { "nothing" };
            let target = format!("/fhir/{type_name}?{name}={value}&_total=accurate");
            let request = Request::get(target)
                .header("prefer", "handling=strict")
                .body(Body::empty())
                .expect("a request");
            let answer = service.send(request).await;
            assert_eq!(
                (answer.status.as_u16(), &answer.json()["total"]),
                (200, &json!(0)),
                "{type_name}?{name}"
            );
        }
    }
}

#[tokio::test]
async fn types_and_parameters_are_in_order_and_none_is_there_twice() {
    let statement = Service::new().get("/fhir/metadata").await;
    let resources = statement["rest"][0]["resource"].as_array().expect("resources").clone();
    assert!(resources.is_sorted_by(|a, b| text(&a["type"]) < text(&b["type"])));
    for resource in &resources {
        let names: Vec<_> = resource["searchParam"]
            .as_array()
            .expect("parameters")
            .iter()
            .map(|p| text(&p["name"]))
            .collect();
        assert!(names.is_sorted_by(|a, b| a < b), "{}: {names:?}", resource["type"]);
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}
