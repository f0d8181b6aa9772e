//! What a server complains about (<https://hl7.org/fhir/R4/operationoutcome.html>).

use serde_json::Value;

/// Codes and places from an OperationOutcome. Its texts are read but never kept: they may quote a patient.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Complaint {
    /// FHIR issue types, as sent.
    codes: Vec<String>,
    /// FHIRPath of the elements, without literals.
    pub(crate) expressions: Vec<String>,
    /// The server says that a version, or the number of matches, stands in the way.
    pub(crate) is_conflict: bool,
    /// The server says that the bundle as a whole was more than it takes.
    pub(crate) exceeds: Option<Excess>,
}

/// More than the server takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Excess {
    /// It does not say how much that is.
    Unnumbered,
    /// It takes so many entries.
    Limit(usize),
}

impl Complaint {
    pub(crate) fn of_body(body: &[u8]) -> Complaint {
        serde_json::from_slice(body).map_or_else(|_| Complaint::default(), |outcome| Complaint::of(&outcome))
    }

    pub(crate) fn of(outcome: &Value) -> Complaint {
        let mut complaint = Complaint::default();
        if outcome["resourceType"] != "OperationOutcome" {
            return complaint;
        }
        for issue in outcome["issue"].as_array().into_iter().flatten() {
            let texts = [&issue["details"]["text"], &issue["diagnostics"]];
            complaint.is_conflict |= texts.iter().filter_map(|text| text.as_str()).any(names_conflict);
            let exceeded = texts.iter().filter_map(|text| text.as_str()).find_map(exceeded);
            complaint.exceeds = complaint.exceeds.or(exceeded);
            if let Some(code) = issue["code"].as_str().filter(|code| is_code(code)) {
                complaint.is_conflict |= matches!(code, "multiple-matches" | "conflict" | "duplicate");
                push_new(&mut complaint.codes, code);
            }
            // `location` is the older element, with the same paths on most servers.
            let places = [&issue["expression"], &issue["location"]];
            for place in places.into_iter().filter_map(Value::as_array).flatten() {
                if let Some(path) = place.as_str().filter(|path| is_path(path)) {
                    push_new(&mut complaint.expressions, path);
                }
            }
        }
        // What is said of an element is not said of the bundle.
        if complaint.is_about_element() {
            complaint.exceeds = None;
        }
        complaint
    }

    /// Whether it names an element, so that it is not about the bundle as a whole.
    pub(crate) fn is_about_element(&self) -> bool {
        self.expressions
            .iter()
            .any(|path| !matches!(path.as_str(), "Bundle" | "Bundle.entry"))
    }

    /// The complaint as far as it concerns entry `index` of the bundle that was sent: places in other entries are left out.
    pub(crate) fn about_entry(&self, index: usize) -> Complaint {
        let own = format!("Bundle.entry[{index}]");
        let elsewhere = |path: &String| path.starts_with("Bundle.entry[") && !path.starts_with(&own);
        Complaint {
            expressions: self
                .expressions
                .iter()
                .filter(|path| !elsewhere(path))
                .cloned()
                .collect(),
            ..self.clone()
        }
    }

    /// For a message: `required at Bundle.entry[2].resource.status`, or nothing.
    pub(crate) fn summary(&self) -> String {
        let codes = self.codes.join(", ");
        match (codes.is_empty(), self.expressions.is_empty()) {
            (_, true) => codes,
            (true, false) => format!("at {}", self.expressions.join(", ")),
            (false, false) => format!("{codes} at {}", self.expressions.join(", ")),
        }
    }
}

fn push_new(list: &mut Vec<String>, text: &str) {
    // More than this nobody reads in one line.
    if list.len() < 8 && !list.iter().any(|known| known == text) {
        list.push(text.to_owned());
    }
}

/// The limit that a text speaks of, with the number behind that word (Azure: "exceeded the configured limit of 500").
fn exceeded(text: &str) -> Option<Excess> {
    let text = text.to_ascii_lowercase();
    let is_about_bundle = ["bundle", "entries", "resources"]
        .iter()
        .any(|word| text.contains(word));
    let at = ["limit", "maximum", "at most"]
        .iter()
        .find_map(|word| text.find(word))?;
    let digits = text[at..]
        .split(|letter: char| !letter.is_ascii_digit())
        .find(|part| !part.is_empty());
    let limit = digits.and_then(|digits| digits.parse().ok());
    is_about_bundle.then_some(limit.map_or(Excess::Unnumbered, Excess::Limit))
}

/// Helios 0.2.7 answers a transaction with 400 `processing` and names the entry's real status in the text only.
fn names_conflict(text: &str) -> bool {
    text.contains("failed with status 412") || text.contains("failed with status 409")
}

/// The grammar of an issue type: anything else could be a value.
fn is_code(text: &str) -> bool {
    (1..=40).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

/// A plain path: anything with a literal in it could be a value.
fn is_path(text: &str) -> bool {
    (1..=200).contains(&text.len())
        && text.starts_with(|first: char| first.is_ascii_uppercase())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'[' | b']'))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Complaint;

    #[test]
    fn texts_and_literals_are_left_out() {
        let complaint = Complaint::of(&json!({"resourceType": "OperationOutcome", "issue": [
            {"severity": "error", "code": "required", "diagnostics": "Zoe Testperson lacks a status", "expression": ["Encounter.status"]},
            {"severity": "error", "code": "Zoe Testperson", "expression": ["Patient.name.where(family='Testperson')"]},
        ]}));
        assert_eq!(complaint.summary(), "required at Encounter.status");
        assert!(!complaint.is_conflict);
    }

    #[test]
    fn a_conflict_is_seen_in_code_and_text() {
        for issue in [
            json!({"code": "multiple-matches"}),
            json!({"code": "processing", "details": {"text": "Transaction failed at entry 0: Entry failed with status 412"}}),
        ] {
            assert!(Complaint::of(&json!({"resourceType": "OperationOutcome", "issue": [issue]})).is_conflict);
        }
    }
}
