//! Lists of codes as tables: what the schema describes and what the code systems of the KAP guide repeat.

use schemars::{Schema, json_schema};
use serde_json::{Map, Value};

/// One code and what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeDefinition {
    /// The code, in kebab case.
    pub code: &'static str,
    /// What it means, in one sentence.
    pub definition: &'static str,
}

/// A closed list of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeList {
    /// The name of its type.
    pub name: &'static str,
    /// What the list is about.
    pub about: &'static str,
    /// The id of the local code system that repeats it, such as `kap-session-type`; `None` if its codes are defined elsewhere (FHIR, UCUM) or only matter inside the record.
    pub system: Option<&'static str>,
    /// The codes in the order of their definition.
    pub codes: &'static [CodeDefinition],
}

impl CodeList {
    pub(crate) fn json_schema(&self) -> Schema {
        let codes: Vec<&str> = self.codes.iter().map(|code| code.code).collect();
        let meanings: Map<String, Value> = self
            .codes
            .iter()
            .map(|code| (code.code.to_owned(), code.definition.trim().into()))
            .collect();
        let mut schema = json_schema!({
            "description": self.about.trim(),
            "type": "string",
            "enum": codes,
            "x-kap-codes": meanings,
        });
        if let Some(system) = self.system {
            schema.insert("x-kap-code-system".to_owned(), system.into());
        }
        schema
    }
}
