//! `package.json`.

use serde_json::Value;

use crate::Error;

/// What a package says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// Name, for example `hl7.fhir.us.core`.
    pub name: String,
    /// Version, for example `6.1.0`.
    pub version: String,
    /// Base of the canonical URLs, where stated.
    pub canonical: Option<String>,
    /// FHIR versions, for example `4.0.1`; empty where not stated.
    pub fhir_versions: Vec<String>,
    /// Names and versions of the packages it rests on, in the order of the file.
    pub dependencies: Vec<(String, String)>,
}

impl Manifest {
    /// Reads a `package.json`. `label` names the package in errors.
    pub fn parse(label: &str, bytes: &[u8]) -> Result<Manifest, Error> {
        let wrong = |problem: String| Error::Manifest {
            label: label.to_owned(),
            problem,
        };
        let manifest: Value = serde_json::from_slice(bytes).map_err(|error| wrong(error.to_string()))?;
        let text = |name: &str| manifest.get(name).and_then(Value::as_str).map(str::to_owned);
        let required = |name: &str| text(name).ok_or_else(|| wrong(format!("`{name}` is missing")));
        let versions = ["fhirVersions", "fhir-version-list"]
            .iter()
            .find_map(|name| manifest.get(name)?.as_array());
        let dependencies = manifest.get("dependencies").and_then(Value::as_object);
        Ok(Manifest {
            name: required("name")?,
            version: required("version")?,
            canonical: text("canonical"),
            fhir_versions: versions
                .into_iter()
                .flatten()
                .filter_map(|one| Some(one.as_str()?.to_owned()))
                .collect(),
            dependencies: dependencies
                .into_iter()
                .flatten()
                .filter_map(|(name, version)| Some((name.clone(), version.as_str()?.to_owned())))
                .collect(),
        })
    }

    /// `name#version`, as the FHIR package cache names its folders.
    pub fn label(&self) -> String {
        format!("{}#{}", self.name, self.version)
    }
}
