//! Lists of what is known to differ, with a reason each. A list is strict in both directions: what is not on it fails, and
//! so does an entry that no longer differs.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};

/// One known difference.
#[derive(Debug)]
struct Entry {
    /// The file, case or mutant, with `*` for any run of characters.
    name: String,
    /// What is found there, with `*` for any run of characters.
    what: String,
}

/// A list, `tests/conformance/*.toml`: tables `[[known]]` with `name`, `what` and `reason`.
#[derive(Debug)]
pub(crate) struct Known {
    entries: Vec<Entry>,
}

impl Known {
    /// Reads a list; each entry must say why.
    pub(crate) fn read(path: &Path) -> Result<Known> {
        let context = || format!("cannot use {}", path.display());
        let text = fs::read_to_string(path).with_context(context)?;
        let table: toml::Table = text.parse().with_context(context)?;
        let listed = table.get("known").and_then(toml::Value::as_array);
        let mut entries = Vec::new();
        for entry in listed.into_iter().flatten() {
            let text = |name: &str| entry.get(name).and_then(toml::Value::as_str).unwrap_or_default();
            let (name, what) = (text("name"), text("what"));
            ensure!(!name.is_empty(), "{}: an entry has no name", path.display());
            ensure!(!text("reason").is_empty(), "{}: {name} has no reason", path.display());
            entries.push(Entry {
                name: name.to_owned(),
                what: what.to_owned(),
            });
        }
        Ok(Known { entries })
    }

    /// Fails with every difference that is not listed and every entry that does not differ. `differences` are pairs of a
    /// name and what was found there.
    pub(crate) fn settle(&self, differences: &[(String, String)]) -> Result<()> {
        let problems = self.problems(differences);
        for problem in &problems {
            println!("{problem}");
        }
        ensure!(
            problems.is_empty(),
            "{} places where the list and the run disagree",
            problems.len()
        );
        println!("{} differences, all of them listed", differences.len());
        Ok(())
    }

    fn problems(&self, differences: &[(String, String)]) -> Vec<String> {
        let mut used = vec![false; self.entries.len()];
        let mut problems = Vec::new();
        for (name, what) in differences {
            let mut is_listed = false;
            for (entry, used) in self.entries.iter().zip(&mut used) {
                if matches(&entry.name, name) && matches(&entry.what, what) {
                    *used = true;
                    is_listed = true;
                }
            }
            if !is_listed {
                problems.push(format!("not listed: {name}: {what}"));
            }
        }
        let unused = self.entries.iter().zip(&used).filter(|(_, used)| !**used);
        problems.extend(unused.map(|(entry, _)| format!("listed, but not found: {}: {}", entry.name, entry.what)));
        problems
    }
}

/// Whether a text is what the pattern says; `*` stands for any run of characters.
fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else {
        return rest.is_empty();
    };
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else {
            return false;
        };
        rest = after;
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::{Entry, Known, matches};

    #[test]
    fn a_star_is_any_run_of_characters() {
        assert!(matches("a[*].b", "a[12].b"));
        assert!(matches("a*", "a"));
        assert!(matches("*b*d", "abcd"));
        assert!(!matches("a[*].b", "a[12].c"));
        assert!(!matches("a", "ab"));
    }

    #[test]
    fn lists_are_strict_in_both_directions() {
        let entry = |name: &str, what: &str| Entry {
            name: name.to_owned(),
            what: what.to_owned(),
        };
        let known = Known {
            entries: vec![entry("one", "x*"), entry("gone", "x")],
        };
        let found = [("one", "xy"), ("one", "z")].map(|(name, what)| (name.to_owned(), what.to_owned()));
        assert_eq!(
            known.problems(&found),
            ["not listed: one: z", "listed, but not found: gone: x"]
        );
    }
}
