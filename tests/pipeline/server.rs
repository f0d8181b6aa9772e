//! A sandbox in a process of its own, and a look into what it holds.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

use serde_json::Value;

use crate::kap::kap;

/// A running `kap sandbox`; it ends with the test.
pub(crate) struct Server {
    process: Child,
    /// Its base address.
    pub(crate) base: String,
}

impl Server {
    /// Starts a sandbox on a free port, with its database in `folder`.
    pub(crate) fn start(folder: &Path) -> Self {
        Self::start_with(folder, &[])
    }

    /// Starts one with more arguments.
    pub(crate) fn start_with(folder: &Path, arguments: &[&str]) -> Self {
        let mut process = kap(folder)
            .args(["sandbox", "--port", "0", "--database", "ehr.db"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the sandbox can be started");
        let mut base = String::new();
        let stdout = process.stdout.take().expect("its standard output is ours");
        BufReader::new(stdout)
            .read_line(&mut base)
            .expect("it prints its address");
        Self {
            process,
            base: base.trim().to_owned(),
        }
    }

    /// What its clients asked for although its statement does not offer it, and what went wrong on demand.
    pub(crate) fn told(&self) -> Value {
        self.get("/faults")
    }

    /// What it answers at that path.
    pub(crate) fn get(&self, path: &str) -> Value {
        let address = self.base.replace("/fhir", path);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(async {
            let client = reqwest::Client::builder().no_proxy().build().expect("a client");
            let answer = client.get(address).send().await.expect("an answer");
            answer.json().await.expect("JSON")
        })
    }

    /// Every current resource of `resource_type`, page by page.
    pub(crate) fn all(&self, resource_type: &str) -> Vec<Value> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(async {
            let client = reqwest::Client::builder().no_proxy().build().expect("a client");
            let mut found = Vec::new();
            let mut next = Some(format!("{}/{resource_type}?_count=200", self.base));
            while let Some(address) = next {
                let page: Value = client
                    .get(address)
                    .send()
                    .await
                    .expect("an answer")
                    .json()
                    .await
                    .expect("JSON");
                let entries = page["entry"].as_array().cloned().unwrap_or_default();
                found.extend(
                    entries
                        .into_iter()
                        .filter(|entry| entry["search"]["mode"] != "outcome")
                        .map(|entry| entry["resource"].clone()),
                );
                let links = page["link"].as_array().cloned().unwrap_or_default();
                next = links
                    .iter()
                    .find(|link| link["relation"] == "next")
                    .and_then(|link| link["url"].as_str().map(str::to_owned));
            }
            found
        })
    }

    /// How often each resource is stored, told apart by type and every identifier it carries.
    pub(crate) fn copies(&self, resource_types: &[String]) -> BTreeMap<String, usize> {
        let mut copies = BTreeMap::new();
        for resource_type in resource_types {
            for resource in self.all(resource_type) {
                *copies.entry(identity(&resource)).or_default() += 1;
            }
        }
        copies
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already; either way it is gone now.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Type and identifiers of a resource; a Provenance is known by what its source entity is identified as.
pub(crate) fn identity(resource: &Value) -> String {
    let identifiers = match resource["resourceType"].as_str() {
        Some("Provenance") => resource["entity"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|entity| entity["role"] == "source")
            .map(|entity| &entity["what"]["identifier"]),
        _ => resource.get("identifier"),
    };
    let mut values: Vec<&str> = Vec::new();
    collect_values(identifiers.unwrap_or(&Value::Null), &mut values);
    values.sort_unstable();
    format!(
        "{} {}",
        resource["resourceType"].as_str().unwrap_or_default(),
        values.join(" ")
    )
}

fn collect_values<'v>(identifiers: &'v Value, values: &mut Vec<&'v str>) {
    match identifiers {
        Value::Array(items) => items.iter().for_each(|item| collect_values(item, values)),
        _ => values.extend(identifiers["value"].as_str()),
    }
}
