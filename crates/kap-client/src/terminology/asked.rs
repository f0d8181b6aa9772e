//! A question that can be kept, sent and written down.

use kap_fhir::Question;
use serde_json::{Value, json};

/// How long a code may be: the longest ones in use are identifiers of objects.
const LONGEST_CODE: usize = 128;

/// A [`Question`] of its own. It holds what may leave, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Asked {
    pub(super) value_set: Option<String>,
    pub(super) system: Option<String>,
    pub(super) version: Option<String>,
    pub(super) code: String,
}

impl From<&Question<'_>> for Asked {
    fn from(question: &Question<'_>) -> Asked {
        let owned = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
        Asked {
            value_set: owned(question.value_set),
            system: owned(question.system),
            version: owned(question.version),
            code: question.code.to_owned(),
        }
    }
}

/// Whether every part of a question looks like what it should be: a code is short and has no white space, and systems are
/// absolute URIs. A sentence that someone wrote into `code` must not leave.
pub(super) fn is_code(question: &Question<'_>) -> bool {
    let is_plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    let is_uri = |text: &str| is_plain(text) && text.contains(':');
    let is_optional_uri = |text: Option<&str>| text.is_none_or(is_uri);
    is_plain(question.code)
        && question.code.len() <= LONGEST_CODE
        && is_optional_uri(question.system)
        && is_optional_uri(question.value_set)
        && question
            .version
            .is_none_or(|version| is_plain(version) && version.len() <= LONGEST_CODE)
        && (question.system.is_some() || question.value_set.is_some())
}

impl Asked {
    /// The operation that answers it, below the base.
    pub(super) fn operation(&self) -> &'static str {
        if self.value_set.is_some() {
            "ValueSet/$validate-code"
        } else {
            "CodeSystem/$validate-code"
        }
    }

    /// The input of that operation (<https://hl7.org/fhir/R4/valueset-operation-validate-code.html>).
    pub(super) fn parameters(&self) -> Value {
        let mut parameters = Vec::new();
        let mut add = |name: &str, kind: &str, value: &str| parameters.push(json!({"name": name, kind: value}));
        if let Some(canonical) = &self.value_set {
            let (url, version) = canonical.split_once('|').unwrap_or((canonical, ""));
            add("url", "valueUri", url);
            if !version.is_empty() {
                add("valueSetVersion", "valueString", version);
            }
            if let Some(system) = &self.system {
                add("system", "valueUri", system);
            }
            if let Some(version) = &self.version {
                add("systemVersion", "valueString", version);
            }
        } else {
            add("url", "valueUri", self.system.as_deref().unwrap_or_default());
            if let Some(version) = &self.version {
                add("version", "valueString", version);
            }
        }
        add("code", "valueCode", &self.code);
        if self.system.is_none() {
            parameters.push(json!({"name": "inferSystem", "valueBoolean": true}));
        }
        json!({"resourceType": "Parameters", "parameter": parameters})
    }

    /// The question as it is written to logs and caches.
    pub(super) fn to_json(&self) -> Value {
        json!({"valueSet": self.value_set, "system": self.system, "version": self.version, "code": self.code})
    }

    pub(super) fn from_json(value: &Value) -> Option<Asked> {
        let text = |name: &str| value[name].as_str().map(str::to_owned);
        Some(Asked {
            value_set: text("valueSet"),
            system: text("system"),
            version: text("version"),
            code: text("code")?,
        })
    }
}
