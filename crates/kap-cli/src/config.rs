//! `kap.toml`: read once, judged by its JSON Schema, values masked in every complaint.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use kap_record::primitive::Identifier;
use serde::Deserialize;
use serde_json::Value;

const SCHEMA: &str = include_str!("config.schema.json");

/// The configuration; every part may be absent.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    pub(crate) clinic: Clinic,
    pub(crate) policy: Policy,
    pub(crate) endpoint: BTreeMap<String, Endpoint>,
    pub(crate) validate: Validate,
}

/// What is true of the clinic.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Clinic {
    pub(crate) namespace: Option<uuid::Uuid>,
}

impl std::fmt::Debug for Clinic {
    /// The namespace is a secret.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Clinic")
    }
}

/// What may leave beyond the default.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Policy {
    pub(crate) release: Vec<String>,
    pub(crate) recipient: Option<Identifier>,
}

/// What `kap validate` is told each time.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Validate {
    /// Findings that are lived with.
    pub(crate) suppress: Vec<Suppress>,
    /// Files of the reference validator that say the same.
    pub(crate) advisor: Vec<PathBuf>,
}

/// A finding that is lived with.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Suppress {
    pub(crate) code: String,
    pub(crate) path: Option<String>,
    pub(crate) reason: String,
}

/// One EHR.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Endpoint {
    pub(crate) base: url::Url,
    #[serde(default)]
    pub(crate) create_patients: bool,
    pub(crate) token_file: Option<PathBuf>,
    /// Codes of security labels that this server may drop.
    #[serde(default)]
    pub(crate) may_drop_labels: Vec<String>,
    /// Whose quirks apply, where the server's statement does not tell.
    pub(crate) vendor: Option<String>,
    /// What is known better here than the server states: `server.FACT` or `TYPE.FACT`.
    #[serde(default)]
    pub(crate) capabilities: BTreeMap<String, Value>,
}

/// Reads `path`, or `kap.toml` in this folder if there is one and none was named.
pub(crate) fn load(path: Option<&Path>) -> anyhow::Result<Config> {
    let (path, named) = path.map_or((Path::new("kap.toml"), false), |path| (path, true));
    if !named && !path.exists() {
        return Ok(Config::default());
    }
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read the configuration `{}`", path.display()))?;
    parse(&text).with_context(|| format!("the configuration `{}` is not usable", path.display()))
}

fn parse(text: &str) -> anyhow::Result<Config> {
    // A parser's own message quotes the line, and the namespace is a secret: say the place only.
    let value: toml::Table = text.parse().map_err(|fault: toml::de::Error| {
        let at = fault.span().map_or(0, |span| span.start);
        let line = text.get(..at).unwrap_or_default().matches('\n').count() + 1;
        anyhow::anyhow!("line {line} is not TOML: {}", fault.message())
    })?;
    let value = serde_json::to_value(value).context("the configuration holds a value that JSON does not know")?;
    let schema: Value = serde_json::from_str(SCHEMA).context("the schema of kap.toml is broken")?;
    let schema = jsonschema::validator_for(&schema).context("the schema of kap.toml is broken")?;
    let faults: Vec<String> = schema
        .iter_errors(&value)
        .map(|fault| match fault.instance_path().as_str() {
            "" => format!("at the top level: {}", fault.masked()),
            place => format!("at {place}: {}", fault.masked()),
        })
        .collect();
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    serde_json::from_value(value).map_err(|_| anyhow::anyhow!("a value has the wrong form"))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_full_configuration_is_read() {
        let config = parse(
            "[clinic]\nnamespace = \"0b0e5d44-8d7e-4d4f-9a53-1f0a4f2f7c11\"\n[policy]\nrelease = [\"insight-themes\"]\n\
             [endpoint.clinic-ehr]\nbase = \"https://ehr.example.org/fhir\"\ncreate-patients = true\n\
             [[validate.suppress]]\ncode = \"extension-unknown\"\npath = \"Patient.extension\"\nreason = \"our own\"\n",
        )
        .expect("it follows the schema");
        assert!(config.clinic.namespace.is_some());
        assert!(config.endpoint["clinic-ehr"].create_patients);
        assert!(parse("").is_ok(), "every part may be absent");
    }

    #[test]
    fn faults_name_their_place_and_no_value() {
        for (text, place) in [
            ("[clinic]\nnamespace = \"hunter2\"", "/clinic/namespace"),
            ("[clinic]\nnamespaze = \"hunter2\"", "/clinic"),
            ("[endpoint.x]\nbase = \"ftp://hunter2\"", "/endpoint/x/base"),
            ("[endpoint.x]\ntoken-file = \"t\"", "/endpoint/x"),
            ("[[validate.suppress]]\ncode = \"hunter2\"", "/validate/suppress/0"),
            (
                "[[validate.suppress]]\ncode = \"hunter2\"\nreason = \" \"",
                "/validate/suppress/0/reason",
            ),
            ("[clinic\nnamespace = \"hunter2\"", "line 1"),
        ] {
            let fault = format!("{:#}", parse(text).expect_err(text));
            assert!(fault.contains(place), "{fault}");
            assert!(!fault.contains("hunter2"), "{fault}");
        }
    }
}
