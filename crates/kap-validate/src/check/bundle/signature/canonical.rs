//! The canonical forms of FHIR's JSON (<https://hl7.org/fhir/R4/json.html#canonical>): no white space, members in the order
//! of their names, and without what does not belong to the content.

use kap_json::{Kind, Node};

const URL: &str = "http://hl7.org/fhir/canonicalization/json";

/// What is kept of a resource beside its narrative, so that those within it are found.
const KEPT_WITH_NARRATIVES: &[&str] = &["resourceType", "id", "text", "entry", "contained"];

/// A canonical form, by what it leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Canonical {
    /// Nothing.
    Plain,
    /// Narratives.
    Data,
    /// Narratives and `meta`.
    Static,
    /// All but ids and narratives.
    Narrative,
    /// `id` and `meta` of the bundle itself.
    Document,
}

impl Canonical {
    /// The form that the header of a signature names, else the `canonicalization` of `targetFormat`, else the plain one;
    /// `None` if it is another one than these.
    pub(super) fn of(named: Option<&str>, target_format: &str) -> Option<Canonical> {
        let parameter = || {
            let mut parameters = target_format.split(';').skip(1);
            parameters.find_map(|parameter| parameter.trim().strip_prefix("canonicalization="))
        };
        if !target_format.is_empty() && !target_format.contains("json") {
            return None;
        }
        let Some(url) = named.or_else(parameter) else {
            return Some(Canonical::Plain);
        };
        Some(match url.trim_matches('"').strip_prefix(URL)? {
            "" => Canonical::Plain,
            "#data" => Canonical::Data,
            "#static" => Canonical::Static,
            "#narrative" => Canonical::Narrative,
            "#document" => Canonical::Document,
            _ => return None,
        })
    }

    /// `bundle` in this form, without its signature.
    pub(super) fn text(self, bundle: Node<'_>) -> String {
        let mut out = String::new();
        let is_own = |name: &str| name == "signature" || (self == Canonical::Document && matches!(name, "id" | "meta"));
        self.object(bundle, &is_own, &mut out);
        out
    }

    fn object(self, node: Node<'_>, without: &dyn Fn(&str) -> bool, out: &mut String) {
        let is_resource = node.get("resourceType").is_some();
        let is_left_out = |name: &str| match self {
            _ if without(name) => true,
            Canonical::Data => is_resource && name == "text",
            Canonical::Static => is_resource && matches!(name, "text" | "meta"),
            Canonical::Narrative => is_resource && !KEPT_WITH_NARRATIVES.contains(&name),
            Canonical::Plain | Canonical::Document => false,
        };
        let mut members: Vec<_> = node.members().filter(|member| !is_left_out(member.name)).collect();
        members.sort_by(|one, other| one.name.cmp(other.name));
        out.push('{');
        for (at, member) in members.into_iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            string(member.name, out);
            out.push(':');
            self.value(member.node, out);
        }
        out.push('}');
    }

    fn value(self, node: Node<'_>, out: &mut String) {
        if let Some(text) = node.as_str() {
            string(text, out);
        } else if node.kind() == Kind::Object {
            self.object(node, &|_| false, out);
        } else if node.kind() == Kind::Array {
            out.push('[');
            for (at, item) in node.items().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                self.value(item, out);
            }
            out.push(']');
        } else {
            out.push_str(node.raw());
        }
    }
}

fn string(text: &str, out: &mut String) {
    out.push_str(&serde_json::Value::from(text).to_string());
}

#[cfg(test)]
mod tests {
    use kap_json::Limits;

    use super::Canonical;

    fn canonical(target_format: &str) -> Option<String> {
        let text = r#"{ "type" : "document", "resourceType": "Bundle", "id": "b", "meta": {"tag": []},
            "entry": [ {"resource": {"resourceType": "Basic", "id": "r", "text": {"div": "é\n"}, "meta": {"versionId": "1"}, "x": 1.50}} ],
            "signature": {"data": ""} }"#;
        let document = kap_json::parse(text.as_bytes(), &Limits::default()).document?;
        Some(Canonical::of(None, target_format)?.text(document.root()))
    }

    #[test]
    fn each_form_leaves_out_what_it_says() {
        let of = |form: &str| {
            canonical(&format!(
                "application/fhir+json;canonicalization=http://hl7.org/fhir/canonicalization/json{form}"
            ))
        };
        let entry = r#""entry":[{"resource":{"id":"r","meta":{"versionId":"1"},"resourceType":"Basic","text":{"div":"é\n"},"x":1.50}}]"#;
        let all = format!(r#"{{{entry},"id":"b","meta":{{"tag":[]}},"resourceType":"Bundle","type":"document"}}"#);
        assert_eq!(canonical("application/fhir+json"), Some(all.clone()));
        assert_eq!(of(""), Some(all.clone()));
        assert_eq!(
            of("#document"),
            Some(format!(r#"{{{entry},"resourceType":"Bundle","type":"document"}}"#))
        );
        assert_eq!(of("#data"), Some(all.replace(r#","text":{"div":"é\n"}"#, "")));
        let without_meta = all
            .replace(r#","text":{"div":"é\n"}"#, "")
            .replace(r#","meta":{"versionId":"1"}"#, "");
        assert_eq!(of("#static"), Some(without_meta.replace(r#","meta":{"tag":[]}"#, "")));
        let narrative = r#"{"entry":[{"resource":{"id":"r","resourceType":"Basic","text":{"div":"é\n"}}}],"id":"b","resourceType":"Bundle"}"#;
        assert_eq!(of("#narrative").as_deref(), Some(narrative));
        assert_eq!(of("#other"), None);
        assert_eq!(canonical("application/fhir+xml"), None);
    }
}
