//! Versions of definitions and packages: which one is asked for, and which of several is the newest
//! (<https://hl7.org/fhir/R4/references.html#canonical>).

use std::cmp::Ordering;

/// Whether a canonical that asks for version `asked` means a definition of version `found`.
///
/// Nothing asked means any. A version with three parts means itself. `4.0` means every `4.0.x`, and so do `4.0.x` and `4.0.*`. Ranges are read as packages write
/// them: `^1.2.0`, `~1.2.0`, `>=1.0.0 <2.0.0`, `1.0.0 - 2.0.0`.
pub fn accepts(asked: &str, found: &str) -> bool {
    let asked = asked.trim();
    if asked.is_empty() || asked == found {
        return true;
    }
    if let Some((low, high)) = asked.split_once(" - ") {
        return order(found, low.trim()) != Ordering::Less && order(found, high.trim()) != Ordering::Greater;
    }
    asked.split_whitespace().all(|part| meets(part, found))
}

/// One comparison of a range.
fn meets(part: &str, found: &str) -> bool {
    if let Some(bound) = part.strip_prefix(">=") {
        return order(found, bound) != Ordering::Less;
    }
    if let Some(bound) = part.strip_prefix("<=") {
        return order(found, bound) != Ordering::Greater;
    }
    if let Some(bound) = part.strip_prefix('>') {
        return order(found, bound) == Ordering::Greater;
    }
    if let Some(bound) = part.strip_prefix('<') {
        return order(found, bound) == Ordering::Less;
    }
    if let Some(bound) = part.strip_prefix('^') {
        return order(found, bound) != Ordering::Less && first_parts(found, 1) == first_parts(bound, 1);
    }
    if let Some(bound) = part.strip_prefix('~') {
        return order(found, bound) != Ordering::Less && first_parts(found, 2) == first_parts(bound, 2);
    }
    if part.split('.').count() > 2 && part.ends_with(|last: char| !matches!(last, 'x' | 'X' | '*')) {
        return part == found;
    }
    let stem = part.trim_end_matches(['x', 'X', '*', '.']);
    let rest = found.strip_prefix(stem);
    rest.is_some_and(|rest| stem.is_empty() || rest.is_empty() || rest.starts_with(['.', '-']))
}

fn first_parts(version: &str, count: usize) -> Vec<&str> {
    let core = version.split(['-', '+']).next().unwrap_or_default();
    core.split('.').take(count).collect()
}

/// Which of two versions is the newer one. Numbers count as numbers, and a release is newer than what led up to it:
/// `9.0.0` < `10.0.0-ballot` < `10.0.0`. What has no dots, such as a date, is older than what has.
pub fn order(left: &str, right: &str) -> Ordering {
    let rank = |version: &str| (!version.is_empty(), version.contains('.'));
    rank(left).cmp(&rank(right)).then_with(|| {
        let (left, left_label) = split(left);
        let (right, right_label) = split(right);
        by_parts(left, right).then_with(|| match (left_label, right_label) {
            ("", "") => Ordering::Equal,
            ("", _) => Ordering::Greater,
            (_, "") => Ordering::Less,
            (left, right) => by_parts(left, right),
        })
    })
}

/// The numbers of a version and its label; a version without dots has no label.
fn split(version: &str) -> (&str, &str) {
    let version = version.split('+').next().unwrap_or_default();
    match version.split_once('-') {
        Some(parts) if version.contains('.') => parts,
        _ => (version, ""),
    }
}

fn by_parts(left: &str, right: &str) -> Ordering {
    let mut left = left.split(['.', '-']);
    let mut right = right.split(['.', '-']);
    loop {
        let order = match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(left), Some(right)) => match (left.parse::<u64>(), right.parse::<u64>()) {
                (Ok(left), Ok(right)) => left.cmp(&right),
                (Ok(_), Err(_)) => Ordering::Less,
                (Err(_), Ok(_)) => Ordering::Greater,
                (Err(_), Err(_)) => left.cmp(right),
            },
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_canonical_asks_for() {
        for asked in [
            "",
            "4.0.1",
            "4.0",
            "4",
            "4.0.x",
            "4.x",
            "*",
            "^4.0.0",
            "~4.0.0",
            ">=4.0.0 <5.0.0",
            "4.0.0 - 4.1.0",
        ] {
            assert!(accepts(asked, "4.0.1"), "{asked}");
        }
        for asked in [
            "4.0.10",
            "4.1",
            "4.0.1.1",
            "3.x",
            "^3.0.0",
            "~4.1.0",
            ">4.0.1",
            "<4.0.1",
            "5.0.0 - 6.0.0",
            "4.01",
        ] {
            assert!(!accepts(asked, "4.0.1"), "{asked}");
        }
        assert!(accepts("7.0", "7.0.0-ballot"));
        assert!(!accepts("7.0.0", "7.0.0-ballot"));
        assert!(!accepts("1.1", "1.10.0"));
    }

    #[test]
    fn newer_and_older() {
        let rising = [
            "",
            "2018-08-12",
            "2019-01-01",
            "1.0",
            "1.0.0",
            "1.2.0",
            "9.0.0",
            "10.0.0-ballot",
            "10.0.0-ballot2",
            "10.0.0",
        ];
        for pair in rising.windows(2) {
            assert_eq!(order(pair[0], pair[1]), Ordering::Less, "{pair:?}");
            assert_eq!(order(pair[1], pair[0]), Ordering::Greater, "{pair:?}");
        }
        assert_eq!(order("1.0.0+build", "1.0.0"), Ordering::Equal);
    }
}
