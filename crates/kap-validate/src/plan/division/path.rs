//! The restricted FHIRPath of discriminators (<https://hl7.org/fhir/R4/profiling.html#discriminator>).

/// A step of a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Written<'p> {
    Name(&'p str),
    Resolve,
    Extension(&'p str),
    OfType(&'p str),
}

/// The steps of a path. `$this` is none; functions that only choose among items, such as `first()`, are passed over.
pub(super) fn parse(path: &str) -> Vec<Written<'_>> {
    let mut steps = Vec::new();
    let mut rest = path.trim();
    while !rest.is_empty() {
        let (step, after) = split(rest);
        rest = after;
        let (name, argument) = match step.split_once('(') {
            Some((name, argument)) => (name.trim(), Some(argument.trim_end().trim_end_matches(')').trim())),
            None => (step.trim(), None),
        };
        match (name, argument) {
            ("$this" | "", None) => {}
            // `value[x]` is not FHIRPath, but some definitions write it.
            (name, None) => steps.push(Written::Name(name.strip_suffix("[x]").unwrap_or(name))),
            ("resolve", Some(_)) => steps.push(Written::Resolve),
            ("extension", Some(url)) => steps.push(Written::Extension(url.trim_matches(['\'', '"']))),
            ("ofType" | "as", Some(name)) => {
                let name = name.trim_matches('`');
                steps.push(Written::OfType(name.strip_prefix("FHIR.").unwrap_or(name)));
            }
            _ => {}
        }
    }
    steps
}

/// The text before and after the first dot that stands in no brackets and no quotes.
fn split(path: &str) -> (&str, &str) {
    let mut depth = 0_u32;
    let mut quoted = false;
    for (at, byte) in path.bytes().enumerate() {
        match byte {
            b'\'' => quoted = !quoted,
            b'(' if !quoted => depth += 1,
            b')' if !quoted => depth = depth.saturating_sub(1),
            b'.' if !quoted && depth == 0 => return (&path[..at], &path[at + 1..]),
            _ => {}
        }
    }
    (path, "")
}

#[cfg(test)]
mod tests {
    use super::{Written, parse};

    #[test]
    fn steps_of_paths() {
        assert_eq!(parse("$this"), []);
        assert_eq!(parse("code.coding.code"), ["code", "coding", "code"].map(Written::Name));
        assert_eq!(parse("$this.resolve()"), [Written::Resolve]);
        assert_eq!(
            parse("extension('http://hl7.org/a.b').value.ofType(FHIR.Quantity)"),
            [
                Written::Extension("http://hl7.org/a.b"),
                Written::Name("value"),
                Written::OfType("Quantity")
            ]
        );
        assert_eq!(parse("value[x]"), [Written::Name("value")]);
    }
}
