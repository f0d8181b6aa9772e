//! Where a suppression holds: a pattern of FHIRPath expressions of instances.

use regex::{Regex, RegexBuilder};

/// How large a compiled regular expression may become.
const MAX_REGEX: usize = 1 << 20;

/// A pattern of places.
#[derive(Debug)]
pub(super) enum PathPattern {
    /// Step by step; `*` is any step, and any number of steps at the end.
    Steps(Vec<String>),
    /// A regular expression of the whole.
    Regex(Box<Regex>),
}

impl PathPattern {
    /// Reads a pattern; says what is wrong with it if it cannot be used.
    pub(super) fn new(text: &str) -> Result<PathPattern, String> {
        if let Some(expression) = text.strip_prefix('^') {
            let regex = RegexBuilder::new(&format!("^(?:{expression})$"))
                .size_limit(MAX_REGEX)
                .build();
            return match regex {
                Ok(regex) => Ok(PathPattern::Regex(Box::new(regex))),
                Err(_) => Err("its path is no regular expression that can be used".to_owned()),
            };
        }
        let steps = steps(text);
        if steps.iter().any(String::is_empty) {
            return Err("its path has a step without a name".to_owned());
        }
        Ok(PathPattern::Steps(steps))
    }

    /// Whether `expression` is one of the places.
    pub(super) fn matches(&self, expression: &str) -> bool {
        match self {
            PathPattern::Regex(regex) => regex.is_match(&steps(expression).join(".")) || regex.is_match(expression),
            PathPattern::Steps(wanted) => {
                let found = steps(expression);
                let is_open = wanted.last().is_some_and(|last| last == "*");
                let is_long_enough = if is_open {
                    found.len() >= wanted.len()
                } else {
                    found.len() == wanted.len()
                };
                is_long_enough && wanted.iter().zip(&found).all(|(wanted, found)| is_step(wanted, found))
            }
        }
    }
}

/// A step without an index is any of the items.
fn is_step(wanted: &str, found: &str) -> bool {
    if wanted == "*" || wanted == found {
        return true;
    }
    !wanted.contains('[') && found.split('[').next() == Some(wanted)
}

/// The steps of an expression, without what only says of which type something is: the reference writes
/// `Bundle.entry[0].resource/*Patient/p1*/.name` and `Observation.value.ofType(Quantity)`.
fn steps(expression: &str) -> Vec<String> {
    let mut plain = String::with_capacity(expression.len());
    let mut rest = expression;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain
        .split('.')
        .filter(|step| !(step.starts_with("ofType(") && step.ends_with(')')))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::PathPattern;

    fn matches(pattern: &str, expression: &str) -> bool {
        PathPattern::new(pattern).expect("a pattern").matches(expression)
    }

    #[test]
    fn steps_match_with_and_without_indices() {
        assert!(matches("Patient.name", "Patient.name[1]"));
        assert!(matches("Patient.name[1]", "Patient.name[1]"));
        assert!(!matches("Patient.name[0]", "Patient.name[1]"));
        assert!(!matches("Patient.name", "Patient.name[1].given[0]"));
        assert!(matches("Patient.name.*", "Patient.name[1].given[0]"));
        assert!(matches("Patient.*", "Patient.name[1].given[0]"));
        assert!(!matches("Patient.name.*", "Patient.name[1]"));
        assert!(matches("*.value", "Observation.value"));
    }

    #[test]
    fn what_the_reference_adds_is_left_out() {
        assert!(matches(
            "Bundle.entry.resource/*Patient/a.b*/.name",
            "Bundle.entry[3].resource.name[0]"
        ));
        assert!(matches(
            "Observation.value.ofType(Quantity).unit",
            "Observation.value.unit"
        ));
    }

    #[test]
    fn a_path_with_a_caret_is_a_regular_expression() {
        assert!(matches(r"^Patient\.(name|contact).*", "Patient.name[0].family"));
        assert!(!matches(r"^Patient\.name", "Patient.name[0]"));
        assert!(PathPattern::new("^(").is_err());
        assert!(PathPattern::new("Patient..name").is_err());
    }
}
