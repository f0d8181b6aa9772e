//! Every file in `exchanges/` is a conversation with a new sandbox; `exchanges/README.md` says how to write one.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::http::Request;
use kap_sandbox::Vendor;
use serde_json::Value;

use crate::service::{Answered, Service};

#[tokio::test]
async fn conversations() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exchanges");
    let mut faults = String::new();
    for (vendor, file) in files(&folder) {
        let text = fs::read_to_string(&file).expect("a readable file");
        let service = Service::like(vendor);
        for exchange in text.split("\n### ").skip(1).map(Exchange::parse) {
            let answered = service.send(exchange.request()).await;
            for fault in exchange.differences(&answered) {
                let _ = writeln!(
                    faults,
                    "{}: {}: {fault}\n    answered {} {}",
                    file.display(),
                    exchange.title,
                    answered.status,
                    answered.body
                );
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// Every conversation: those of the folder itself, and those of the folders of the vendors.
fn files(folder: &Path) -> Vec<(Vendor, PathBuf)> {
    let listed = |folder: &Path| {
        let entries = fs::read_dir(folder).expect("the folder");
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        paths
    };
    let is_conversation = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "http");
    let mut found = Vec::new();
    for path in listed(folder) {
        if path.is_dir() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let vendor = Vendor::of_name(&name).expect("the folder has the name of a vendor");
            let files = listed(&path).into_iter().filter(is_conversation);
            found.extend(files.map(|file| (vendor, file)));
        } else if is_conversation(&path) {
            found.push((Vendor::Plain, path));
        }
    }
    for vendor in Vendor::ALL {
        assert!(
            found.iter().any(|(of, _)| of == vendor),
            "{} has no conversation",
            vendor.as_str()
        );
    }
    found
}

/// One request and what is expected of its response.
struct Exchange<'f> {
    title: &'f str,
    method: &'f str,
    target: &'f str,
    request: Message<'f>,
    status: &'f str,
    response: Message<'f>,
}

/// Headers and body.
struct Message<'f> {
    headers: Vec<(&'f str, &'f str)>,
    body: &'f str,
}

impl<'f> Message<'f> {
    fn parse(text: &'f str) -> Self {
        let without_headers = text.strip_prefix('\n').map(|body| ("", body));
        let (headers, body) = without_headers
            .or_else(|| text.split_once("\n\n"))
            .unwrap_or((text, ""));
        let headers = headers.lines().filter(|line| !line.is_empty());
        let headers = headers
            .map(|line| line.split_once(": ").expect("a header is `Name: value`"))
            .collect();
        Self {
            headers,
            body: body.trim(),
        }
    }
}

impl<'f> Exchange<'f> {
    fn parse(text: &'f str) -> Self {
        let (title, rest) = text.split_once('\n').expect("a title line");
        let (request, response) = rest.split_once("\n=> ").expect("a line `=> STATUS`");
        let (line, request) = request.split_once('\n').unwrap_or((request, ""));
        let (method, target) = line.split_once(' ').expect("a line `METHOD target`");
        let (status, response) = response.split_once('\n').unwrap_or((response, ""));
        let (request, response) = (Message::parse(request), Message::parse(response));
        Self {
            title,
            method,
            target,
            request,
            status: status.trim(),
            response,
        }
    }

    fn request(&self) -> Request<Body> {
        let mut builder = Request::builder().method(self.method).uri(self.target);
        let names_type = self
            .request
            .headers
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        if !self.request.body.is_empty() && !names_type {
            builder = builder.header("content-type", "application/fhir+json");
        }
        for (name, value) in &self.request.headers {
            builder = builder.header(*name, *value);
        }
        builder
            .body(Body::from(self.request.body.to_owned()))
            .expect("a request")
    }

    fn differences(&self, answered: &Answered) -> Vec<String> {
        let mut faults = Vec::new();
        if answered.status.as_str() != self.status {
            faults.push(format!("status is not {}", self.status));
        }
        for (name, expected) in &self.response.headers {
            let found = answered
                .headers
                .get(*name)
                .map_or("none", |value| value.to_str().expect("a header in ASCII"));
            if found != *expected {
                faults.push(format!("header {name} is `{found}`, not `{expected}`"));
            }
        }
        match self.response.body {
            "" => {}
            "empty" if answered.body.is_empty() => {}
            "empty" => faults.push("the body is not empty".to_owned()),
            expected => {
                let expected: Value = serde_json::from_str(expected).expect("the expected body is JSON");
                match serde_json::from_str(&answered.body) {
                    Ok(found) => compare("$", &expected, Some(&found), &mut faults),
                    Err(_) => faults.push("the body is not JSON".to_owned()),
                }
            }
        }
        faults
    }
}

/// Objects may have more members than expected, arrays not more items; `null` expects nothing, `~text` a part of the text.
fn compare(place: &str, expected: &Value, found: Option<&Value>, faults: &mut Vec<String>) {
    match (expected, found) {
        (Value::Null, None) => {}
        (Value::Object(members), Some(Value::Object(found))) => {
            for (name, member) in members {
                compare(&format!("{place}.{name}"), member, found.get(name), faults);
            }
        }
        (Value::Array(items), Some(Value::Array(found))) if items.len() == found.len() => {
            for (index, (item, found)) in items.iter().zip(found).enumerate() {
                compare(&format!("{place}[{index}]"), item, Some(found), faults);
            }
        }
        (Value::String(text), Some(Value::String(found)))
            if text.strip_prefix('~').is_some_and(|part| found.contains(part)) => {}
        (expected, Some(found)) if expected == found => {}
        (expected, found) => {
            let found = found.map_or("nothing".to_owned(), Value::to_string);
            faults.push(format!("{place} is {found}, not {expected}"));
        }
    }
}
