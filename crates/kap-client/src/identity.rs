//! How a resource is recognised on a server.

use serde_json::Value;

/// A business identifier (<https://hl7.org/fhir/R4/datatypes.html#Identifier>): never shown.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Identifier {
    pub(crate) system: String,
    pub(crate) value: String,
}

impl Identifier {
    /// From a search by identifier, `identifier=system|value`.
    pub(crate) fn of_query(query: &str) -> Option<Identifier> {
        let (_, token) = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "identifier")?;
        let mut parts = vec![String::new()];
        let mut letters = token.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '|' => parts.push(String::new()),
                // An escaped character stands for itself (<https://hl7.org/fhir/R4/search.html#escaping>).
                '\\' => parts.last_mut()?.extend(letters.next()),
                letter => parts.last_mut()?.push(letter),
            }
        }
        let [system, value] = <[String; 2]>::try_from(parts).ok()?;
        (!system.is_empty() && !value.is_empty()).then_some(Identifier { system, value })
    }

    /// From an `Identifier` element.
    pub(crate) fn of_element(element: &Value) -> Option<Identifier> {
        Some(Identifier {
            system: element.get("system")?.as_str()?.to_owned(),
            value: element.get("value")?.as_str()?.to_owned(),
        })
    }

    /// As a token for a search (<https://hl7.org/fhir/R4/search.html#token>), with the characters that mean something
    /// there escaped.
    pub(crate) fn token(&self) -> String {
        let escape = |text: &str| {
            text.replace('\\', "\\\\")
                .replace('|', "\\|")
                .replace(',', "\\,")
                .replace('$', "\\$")
        };
        format!("{}|{}", escape(&self.system), escape(&self.value))
    }
}

/// What a resource's identity rests on, by its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Identity {
    /// The EHR knows it already, by a business identifier: matched, never updated.
    Matched,
    /// Ours, found again by our key in its `identifier`.
    Keyed,
    /// Ours, with our key in its `identifier`, but the type cannot be searched by it: found again through its subject.
    Unsearchable,
    /// Made once per push, with our key in `entity[0].what.identifier`: found again through its targets.
    OncePerPush,
}

impl Identity {
    pub(crate) fn of(resource_type: &str) -> Identity {
        match resource_type {
            "Patient" | "Practitioner" | "Organization" | "Location" => Identity::Matched,
            "AdverseEvent" => Identity::Unsearchable,
            "Provenance" => Identity::OncePerPush,
            _ => Identity::Keyed,
        }
    }

    /// Whether the server itself refuses a second copy (conditional create).
    pub(crate) fn is_enforced_by_server(self) -> bool {
        matches!(self, Identity::Matched | Identity::Keyed)
    }

    /// The identifiers that `resource` carries, where resources of this kind carry them.
    pub(crate) fn identifiers(self, resource: &Value) -> Vec<Identifier> {
        let elements: Vec<&Value> = match self {
            // Further entities are what the push removed.
            Identity::OncePerPush => list(resource.get("entity"))
                .iter()
                .take(1)
                .filter_map(|entity| entity.get("what")?.get("identifier"))
                .collect(),
            _ => list(resource.get("identifier")).iter().collect(),
        };
        elements.into_iter().filter_map(Identifier::of_element).collect()
    }
}

/// An element that repeats, or not (`AdverseEvent.identifier`).
fn list(element: Option<&Value>) -> &[Value] {
    match element {
        None => &[],
        Some(Value::Array(items)) => items,
        Some(single) => std::slice::from_ref(single),
    }
}

#[cfg(test)]
mod tests {
    use super::Identifier;

    #[test]
    fn a_query_is_read_and_written_with_its_escapes() {
        let read = |query| {
            Identifier::of_query(query)
                .map(|identifier| (identifier.system.clone(), identifier.value.clone(), identifier.token()))
        };
        assert_eq!(
            read("identifier=urn:oid:1.2|A%20%5C%7C%2F7%5C%2C"),
            Some(("urn:oid:1.2".into(), "A |/7,".into(), "urn:oid:1.2|A \\|/7\\,".into()))
        );
        for odd in [
            "identifier=value",
            "identifier=|value",
            "identifier=system|",
            "identifier=a|b|c",
            "_id=a|b",
            "",
        ] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }
}
